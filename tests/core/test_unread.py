"""Who has read enough closes the pipe: the command goes on, and ends as it would."""

import os
import subprocess
import sys

import pytest

from tests.core.synonyms.evaluation.small_pairs import write_labelled
from tests.program import MAIN, PATIENCE, environment


def unread(*arguments, home, cwd, flags=(), streams=("stdout",)):
    """Run a command whose readers have left before it says anything; return its exit code and what it said of that."""
    reader, writer = os.pipe()
    os.close(reader)
    given = dict.fromkeys(("stdout", "stderr"), subprocess.PIPE) | dict.fromkeys(streams, writer)
    ended = subprocess.run(
        [sys.executable, *flags, str(MAIN), *map(str, arguments)],
        cwd=cwd, env=environment(home), encoding="utf-8", timeout=PATIENCE, check=False, **given,
    )  # fmt: skip
    os.close(writer)
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("flags", [(), ("-u",)], ids=["buffered", "at once"])
@pytest.mark.parametrize(
    ("arguments", "code"), [(("ablate", "--list"), 0), (("--version",), 0), (("mine", "--help"), 0), (("synonyms",), 2)]
)
def test_a_command_that_nobody_hears_ends_as_it_would(own_home, tmp_path, arguments, code, flags):
    given = {"home": own_home, "cwd": tmp_path, "flags": flags}
    assert unread(*arguments, **given)[0] == code
    assert unread(*arguments, **given, streams=("stdout", "stderr")) == (code, None)


def test_what_took_long_is_written_though_nobody_reads_the_table(own_home, tmp_path):
    pairs, vectors = write_labelled(tmp_path)
    given = ("synonyms", "evaluate", "--methods", "cosine", "--pairs", pairs, "--vectors", vectors)
    kept = tmp_path / "figures.json"
    assert unread(*given, "--json", kept, home=own_home, cwd=tmp_path) == (0, "")
    assert '"cosine"' in kept.read_text(encoding="utf-8")
    code, said = unread(*given, "--json", "-", home=own_home, cwd=tmp_path)
    assert code == 0
    assert "pipe" not in said.lower()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Windows can't close a stream")
def test_a_command_without_a_standard_output_speaks_to_nobody(own_home, tmp_path):
    ended = subprocess.run(
        ["/bin/sh", "-c", f'exec "{sys.executable}" "{MAIN}" ablate --list >&- 2>&-'],
        cwd=tmp_path, env=environment(own_home), timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == 0
