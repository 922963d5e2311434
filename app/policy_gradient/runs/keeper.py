"""Keeps runs on the disk, so that the next start finds them on the shelf again: also those that were not finished."""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.policy_gradient.runs.names import run_name
from app.policy_gradient.runs.shelf import RunShelf
from app.sentence import Sentence
from core.language import N_
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import RunFolderError
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.kept_runs import KeptRun, RunLetGo, RunNotOpened, has_runs
from core.runtime.events import Payload

LANE: Final = "shelf"
KEEP_AFTER: Final = 5000
"""Milliseconds after its end until a run is written down: whoever goes on at once is not kept waiting."""
_READING: Final = "core.policy_gradient.runs.shelf_files:reading"
_KEEPING: Final = "core.policy_gradient.runs.shelf_files:keeping"

log = logging.getLogger(__name__)


class ShelfKeeper(QObject):
    """Reads what is kept once, and keeps each run when it has ended; what is unfinished when the program ends, then.

    Args:
        shelf: the runs of this session.
        background: where files are read and written.
        folder: where runs are kept.

    Attributes:
        waiting: finished runs that are not on the disk yet.

    Signals:
        message: kind and text of a message for the person at the screen.
    """

    message = Signal(str, object)

    def __init__(self, shelf: RunShelf, background: Background, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf, self._folder = shelf, folder
        self.waiting: list[RunHistory] = []
        self._has_read = False
        self._found: list[RunHistory] = []
        self._kept: list[RunHistory] = []
        self._reading = CurrentRun(
            background, LANE, type(None), self,
            progressed=self._on_read, finished=self._on_all_read, failed=self._on_failed,
        )  # fmt: skip
        self._keeping = CurrentRun(
            background, LANE, type(None), self,
            progressed=self._on_progressed, finished=self._on_kept, failed=self._on_not_kept,
        )  # fmt: skip
        self._timer = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._timer.timeout.connect(self._keep_next)
        shelf.ended.connect(self._on_ended)
        shelf.dropped.connect(self._on_dropped)

    @property
    def is_busy(self) -> bool:
        """Whether something is read or written, or waits to be."""
        return self._reading.is_running or self._keeping.is_running or bool(self.waiting)

    def read(self) -> None:
        """Put on the shelf what is kept, the first time."""
        if not self._has_read:
            self._has_read = True
            if has_runs(self._folder):
                self._reading.start(_READING, folder=self._folder)

    def flush(self) -> None:
        """Keep at once what still waits, and what is unfinished and not on the disk as it is: the program ends."""
        self._timer.stop()
        self._keeping.forget(stop=True)
        is_read = self._has_read and not self._reading.is_running  # else more of a run may lie there than is here
        unfinished = self._shelf.unfinished if is_read else []
        runs = [*self.waiting, *(run for run in unfinished if not any(run is kept for kept in self._kept))]
        if not runs:
            return
        from core.policy_gradient.runs.shelf_files import keeping  # else the worker's alone

        for run in runs:
            try:
                list(keeping(self._folder, run))
            except RunFolderError as error:  # nobody is there any more to be told
                log.warning("A run can't be kept: %s", error)
        self.waiting.clear()

    @Slot(object)
    def _on_ended(self, run: object) -> None:
        assert isinstance(run, RunHistory)
        if run.episodes and not any(other is run for other in self.waiting):
            self.waiting.append(run)
            self._timer.start()

    @Slot()
    def _keep_next(self) -> None:
        if self._reading.is_running or self._keeping.is_running:
            self._timer.start()
        elif self.waiting:
            self._keeping.start(_KEEPING, folder=self._folder, run=self.waiting[0])

    def _on_kept(self, _nothing: None) -> None:
        with suppress(IndexError):
            self.waiting.pop(0)
        if self.waiting:
            self._timer.start()

    def _on_not_kept(self, failure: Failure) -> None:
        self._on_kept(None)
        reason = Sentence(N_("The finished run was not kept for the next start: {reason}"), {"reason": failure.message})
        self.message.emit("warning", reason)

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, RunLetGo):
                self._say_let_go(payload.config)

    def _on_read(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, KeptRun):
                self._found.append(payload.run)
            elif isinstance(payload, RunNotOpened):
                words = N_("A run on the shelf was left out: {reason}")
                self.message.emit("warning", Sentence(words, {"reason": payload.reason}))

    def _on_all_read(self, _nothing: None) -> None:
        self._kept, self._found = self._found, []
        self._shelf.add_older(self._kept)

    def _on_failed(self, failure: Failure) -> None:
        words = N_("A run on the shelf was left out: {reason}")
        self.message.emit("warning", Sentence(words, {"reason": failure.message}))
        self._on_all_read(None)

    @Slot(object)
    def _on_dropped(self, run: object) -> None:
        assert isinstance(run, RunHistory)
        if run.ending != "finished":  # else it is told when it leaves the disk
            self._say_let_go(run.config)

    def _say_let_go(self, config: TrainConfig) -> None:
        words = N_("The shelf is full: the oldest run ({run}) has made room. Save what you want to keep for good.")
        self.message.emit("info", Sentence(words, {"run": run_name(config)}))
