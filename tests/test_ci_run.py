"""``.ci/run`` up to where it installs: what it says, what it asks for, and where it stops."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INSTALLED = "case $* in {installed}) echo install ok installed;; *) exit 1;; esac"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it is a shell's script, for Debian")


@pytest.fixture
def ci_run(tmp_path):
    """Run it on a machine that is told: who runs it, what is installed, whether sudo asks for a password."""

    def run(*arguments, user=1000, installed="nothing", sudo="exit 1", **changes):
        stubs = {
            "id": f"echo {user}",
            "dpkg-query": INSTALLED.format(installed=installed),
            "sudo": f"{sudo}; shift; exec \"$@\"",
            "apt-get": 'echo "apt-get $*" >&2',
            "git": 'test "$1" = status || exit 77',  # where the copy is made, this test has seen enough
        }  # fmt: skip
        (tmp_path / "bin").mkdir(exist_ok=True)
        for name, body in stubs.items():
            (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
            (tmp_path / "bin" / name).chmod(0o755)
        kept = {name: value for name, value in os.environ.items() if name != "CI"}
        return subprocess.run(
            [str(ROOT / ".ci" / "run"), *arguments],
            env=kept | {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)} | changes,
            capture_output=True, encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip

    return run


def test_without_root_or_sudo_it_names_what_is_missing_and_the_command_and_stops(ci_run):
    done = ci_run()
    assert done.returncode == 1
    assert "sudo apt-get install --no-install-recommends libegl1 libgl1 " in done.stderr
    assert "postgresql" not in done.stderr
    assert "apt-get update" not in done.stderr


@pytest.mark.parametrize("rights", [{"user": 0}, {"sudo": ":"}])
def test_where_it_takes_no_password_it_says_what_it_installs_and_does(ci_run, rights):
    done = ci_run(**rights)
    assert done.returncode == 77
    (told,) = re.findall("== installing Debian packages: (.*)", done.stdout)
    assert "libegl1" in told
    assert "xvfb" in told
    assert f"--no-install-recommends {told}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "changes", "wanted"),
    [((), {}, False), (("--postgresql",), {}, True), ((), {"CI": "true"}, True), ((), {"CI": "false"}, False)],
)
def test_postgresql_is_installed_only_where_it_is_asked_for(ci_run, arguments, changes, wanted):
    done = ci_run(*arguments, user=0, **changes)
    assert done.returncode == 77
    assert ("postgresql" in done.stderr) is wanted
    assert ("its tests are skipped" in done.stdout) is not wanted


def test_where_everything_is_there_nothing_is_installed(ci_run):
    done = ci_run("--postgresql", installed="*")
    assert done.returncode == 77
    assert "apt-get" not in done.stdout + done.stderr


def test_a_wrong_word_is_answered_with_how_it_is_used(ci_run):
    done = ci_run("--fast")
    assert done.returncode == 2
    assert "--postgresql" in done.stderr
