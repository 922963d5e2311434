"""Where windows are drawn while they are measured: into memory, and on a display."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal

from app.doctor.qt import ProbeFailedError, probe
from core.language import _

ScreenName = Literal["offscreen", "display"]
SCREENS: Final[tuple[ScreenName, ...]] = ("offscreen", "display")
_SIZE: Final = "1920x1080x24"
_PATIENCE: Final = 10.0


class NoDisplayError(Exception):
    """There is no display to measure on; the text says what would give one."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A place to draw.

    Attributes:
        environment: what a process needs to draw there.
        note: what it is, for the reader of a row.
    """

    environment: Mapping[str, str]
    note: str


@contextmanager
def screen(name: ScreenName) -> Iterator[Screen]:
    """Give a screen for as long as the block runs.

    ``offscreen`` is Qt's own, without a window system. ``display`` is the system's on macOS and Windows; on
    Linux it is an X server without hardware of our own, so that the person at the machine sees no windows
    and their desktop's effects do not enter the figures.

    Raises:
        NoDisplayError: there is none.
    """
    if name == "offscreen":
        yield Screen({"QT_QPA_PLATFORM": "offscreen"}, _("drawn in memory (Qt's offscreen platform)"))
    elif sys.platform == "linux":
        with _virtual_x() as number:
            shown = Screen({"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}, _("drawn on an X server (Xvfb)"))
            _check(shown)
            yield shown
    else:
        yield Screen({}, _("drawn on the system's display"))


def _check(shown: Screen) -> None:
    """See in a process of its own that Qt can open the display: where it can't, Qt ends a process with an abort.

    Raises:
        NoDisplayError: it can't; the text says what to install.
    """
    try:
        tried = probe(shown.environment)
    except ProbeFailedError as error:
        raise NoDisplayError(str(error)) from error
    if tried["display_problem"]:
        raise NoDisplayError(tried["display_problem"])


@contextmanager
def _virtual_x() -> Iterator[int]:
    """Run Xvfb and give the number of its display."""
    program = shutil.which("Xvfb")
    if program is None:
        raise NoDisplayError(_("Xvfb is not installed; install it (package xvfb) to measure on a display."))
    reading, writing = os.pipe()
    arguments = [program, "-displayfd", str(writing), "-screen", "0", _SIZE, "-nolisten", "tcp"]
    try:
        server = subprocess.Popen(arguments, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    finally:
        os.close(writing)
    try:
        with os.fdopen(reading) as number:  # the server writes it once it can be reached
            line = number.readline().strip()
        if not line:
            raise NoDisplayError(_("Xvfb could not be started."))
        yield int(line)
    finally:
        server.terminate()
        server.wait(_PATIENCE)
