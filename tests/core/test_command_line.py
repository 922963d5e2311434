import io
import os
import subprocess
import sys
import time

import pytest

from core.command_line import Progress, end, follow, program
from tests.core.synonyms.evaluation.small_pairs import write_labelled
from tests.program import MAIN, PATIENCE, environment


class Terminal(io.StringIO):
    """A screen; what it shows is what stands after the last return."""

    def isatty(self):
        return True

    @property
    def shown(self):
        return self.getvalue().rsplit("\r", 1)[-1]


def test_a_bar_says_what_how_far_and_a_note_and_leaves_nothing():
    terminal = Terminal()
    with Progress(terminal, "pairs") as progress:
        progress.show("cosine", 0, 40)
        progress.show("cosine", 20, 40, "+7")
        progress.show("glosses", 5, 10, "+1")
    said = terminal.getvalue()
    assert "cosine" in said
    assert "glosses" in said
    assert "/10 [" in said
    assert terminal.shown == ""


def test_a_new_name_begins_anew():
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show("first", 9, 10)
        progress.show("second", 1, 4)
        progress.show("second", 4, 4)
    assert "14/4" not in terminal.getvalue()


def test_a_file_gets_nothing_or_each_new_thing_once():
    silent, told = io.StringIO(), io.StringIO()
    for err, elsewhere in ((silent, "nothing"), (told, "names")):
        with Progress(err, elsewhere=elsewhere) as progress:
            for part in range(3):
                progress.show("Reading …", part, 3)
            progress.show("Writing …")
    assert silent.getvalue() == ""
    assert told.getvalue() == "Reading …\nWriting …\n"


def test_work_of_hours_leaves_its_bar_in_a_log_too():
    log = io.StringIO()
    with Progress(log, "episodes", elsewhere="bar") as progress:
        progress.show("", 3, 12, "mean 20.0")
    assert "/12 [" in log.getvalue()


def test_the_line_is_gone_before_an_error_is_said():
    terminal = Terminal()

    def fail():
        with Progress(terminal) as progress:
            progress.show("work", 1, 2)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert end(terminal, "It can't be done.", 1) == 1
    assert terminal.shown == "It can't be done.\n"


def test_follow_hands_on_every_step_and_returns_the_result():
    def task():
        yield 1
        yield 2
        return "done"

    steps = []
    assert follow(task(), steps.append) == "done"
    assert steps == [1, 2]


def test_follow_closes_what_is_interrupted():
    closed = []

    def task():
        try:
            yield 1
        finally:
            closed.append(True)

    def interrupt(_step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(task(), interrupt)
    assert closed == [True]


@pytest.mark.parametrize(
    ("started", "typed"),
    [
        ("main.py", "python main.py"),
        ("/home/ann/yaya-lab/main.py", "python main.py"),
        ("/home/ann/.local/bin/yaya-lab", "yaya-lab"),
        ("Scripts/yaya-lab.exe", "yaya-lab"),
    ],
)
def test_the_program_is_called_what_started_it(monkeypatch, started, typed):
    monkeypatch.setattr("sys.argv", [started, "doctor"])
    assert program() == typed


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


@pytest.mark.sweep(3)
@pytest.mark.parametrize("flags", [(), ("-u",)], ids=["buffered", "at once"])
@pytest.mark.parametrize(
    ("arguments", "code"), [(("ablate", "--list"), 0), (("--version",), 0), (("mine", "--help"), 0), (("synonyms",), 2)]
)
def test_a_command_that_nobody_hears_ends_as_it_would(own_home, tmp_path, arguments, code, flags):
    given = {"home": own_home, "cwd": tmp_path, "flags": flags}
    assert unread(*arguments, **given)[0] == code
    assert unread(*arguments, **given, streams=("stdout", "stderr")) == (code, None)


@pytest.mark.long
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


def test_a_new_note_is_shown_though_nothing_more_is_done():
    terminal = Terminal()
    with Progress(terminal, "episodes") as progress:
        progress.show("", 1, 2, "first")
        time.sleep(0.11)
        progress.show("", 2, 2, "second")  # as fast as that, half an episode would be waited for
        time.sleep(0.11)
        progress.show("", 2, 2, "third")
    assert "third" in terminal.getvalue()
