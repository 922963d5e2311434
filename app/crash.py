"""When something unexpected happens: the log, a calm bar, and a word at the next start.

An exception that nobody caught goes to the log and to the bar; the window lives on. A death of the whole process
(a crash in a library, ``kill -9``, a power cut) leaves its marker behind, and the next start tells about it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from app.sentence import Sentence, shorten
from core.language import N_
from core.one_line import system_reason
from core.passwords import hide_passwords

_LOG_NAME: Final = "yaya-lab.log"
_LOG_BYTES: Final = 1_000_000
_REPORTS_KEPT: Final = 5
_LONGEST: Final = 120
"""Characters of an error that the bar quotes: one line of a small window. The log has the rest."""

log = logging.getLogger(__name__)


class _WithoutPasswords(logging.Formatter):
    """The net under the log: a line, and the traceback below it, is written without the passwords in it."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_passwords(super().format(record))


def start_log(folder: Path) -> Sentence | None:
    """Write the log to ``folder``; return one sentence where that is impossible.

    A log that has grown large is set aside at the start, so that two programs at once never rotate it under each
    other.
    """
    path = folder / _LOG_NAME
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        # A name from outside may hold half a character; its line is kept all the same.
        handler = logging.FileHandler(path, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        return Sentence(
            N_("The log can't be written in {folder} ({reason})."),
            {"folder": folder, "reason": system_reason(error)},
        )
    handler.setFormatter(_WithoutPasswords("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    logging.raiseExceptions = False  # a full disk costs the log's lines; the terminal need not be told of each
    return None


def stop_log() -> None:
    """Close the log file."""
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, logging.FileHandler)]:
        root.removeHandler(handler)
        handler.close()


class CrashMarker:
    """A file that stands while the program runs. Whoever finds one of a program that no longer runs knows more."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / f"running-{os.getpid()}.txt"
        self._file: IO[str] | None = None

    def set(self) -> Sentence | None:
        """Put the marker up; return one sentence about an earlier program that ended unexpectedly, if any did."""
        told = self._find_crashed()
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding="utf-8")
            self._file.write(json.dumps({"started": time.time()}) + "\n")
            self._file.flush()
            faulthandler.enable(self._file)
        return told

    def remove(self) -> None:
        """Take the marker down: the program ends as it should."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def _find_crashed(self) -> Sentence | None:
        reports = []
        for marker in sorted(self._folder.glob("running-*.txt")):
            if _still_runs(marker):
                continue
            report = self._folder / f"crash-{marker.stem.removeprefix('running-')}.txt"
            try:
                marker.replace(report)
            except OSError:
                log.exception("Could not set the crash report aside")
                continue
            reports.append(report)
        if not reports:
            return None
        kept = [report for report in self._prune() if report in reports]
        values = {"path": kept[-1] if kept else self._folder, "n": len(reports)}
        if len(reports) == 1:
            message = N_(
                "Yaya Lab ended unexpectedly last time. Details are in {path} and in the log in the same folder."
            )
        else:
            message = N_(
                "Yaya Lab ended unexpectedly {n} times. Details of the latest are in {path} and in the log in the "
                "same folder."
            )
        return Sentence(message, values)

    def _prune(self) -> list[Path]:
        """Keep the newest reports only, and return those, the newest last."""
        reports = sorted(self._folder.glob("crash-*.txt"), key=_written_at)
        for report in reports[:-_REPORTS_KEPT]:
            with contextlib.suppress(OSError):  # another program may be at the same
                report.unlink()
        return [report for report in reports[-_REPORTS_KEPT:] if report.exists()]


def _written_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # another program has removed it
        return 0.0


def _still_runs(marker: Path) -> bool:
    """Return whether the program that put ``marker`` up runs: a process made later only has its number."""
    import psutil  # most starts find no marker, and need not wait for it

    try:
        pid = int(marker.stem.removeprefix("running-"))
        started = json.loads(marker.read_text(encoding="utf-8").splitlines()[0])["started"]
        return bool(psutil.Process(pid).create_time() < started + 2)
    except (OSError, ValueError, IndexError, KeyError, TypeError, psutil.Error):
        return False


def install_excepthook(tell: Callable[[Sentence], None]) -> Callable[[], None]:
    """Send exceptions that nobody caught to the log and, as one sentence, to ``tell``; return what undoes it."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        text = hide_passwords("".join(traceback.format_exception(kind, error, trace)))
        log.error("Nobody caught:\n%s", text)
        sys.stderr.write(text)
        tell(
            Sentence(
                N_(
                    "An unexpected error occurred ({what}). You can continue; the log in the File menu has the details."
                ),
                {"what": headline(error)},
            )
        )

    sys.excepthook = hook

    def undo() -> None:
        sys.excepthook = before

    return undo


def headline(error: BaseException) -> str:
    """Return the error's kind and the first line of what it says, 120 characters at most."""
    said = next((line.strip() for line in hide_passwords(str(error)).splitlines() if line.strip()), "")
    text = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return shorten(text, _LONGEST)
