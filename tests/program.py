"""The program as a person starts it: ``python main.py …`` in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

MAIN = Path(__file__).resolve().parents[1] / "main.py"
PATIENCE = 100
"""Seconds a command may take on a busy machine."""

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def environment(home, **changes):
    """Return an environment without a display, that speaks English and keeps everything in ``home``."""
    kept = {name: value for name, value in os.environ.items() if name not in _DISPLAYS}
    return kept | {"YAYA_LAB_HOME": str(home), "YAYA_LANG": "en", "PYTHONIOENCODING": "utf-8"} | changes


def run(*arguments, home, cwd, patience=PATIENCE, **changes):
    """Run a command to its end; ``patience`` in seconds."""
    return subprocess.run(
        [sys.executable, str(MAIN), *map(str, arguments)],
        cwd=cwd, env=environment(home, **changes), capture_output=True, encoding="utf-8", timeout=patience,
        check=False,
    )  # fmt: skip


def start(*arguments, home, cwd, **changes):
    """Start a command, to be spoken to while it runs; its two streams are one."""
    return subprocess.Popen(
        [sys.executable, "-u", str(MAIN), *map(str, arguments)],
        cwd=cwd, env=environment(home, **changes), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def read_until(process, wanted):
    """Return what ``process`` says up to ``wanted``."""
    said = b""
    while wanted.encode() not in said:
        more = process.stdout.read1(4096)
        assert more, f"ended without saying {wanted!r}: {said.decode()}"
        said += more
    return said.decode()
