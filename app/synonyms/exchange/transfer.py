"""Files in and out under a person's hands: look first, then do; both in a worker."""

from __future__ import annotations

import uuid
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.time_left import TimeLeft
from core.language import N_
from core.runtime.events import Payload
from core.synonyms.exchange.config import (
    ExchangeProgress,
    ExportConfig,
    ExportPreview,
    ExportReport,
    ImportConfig,
    ImportReport,
)

LANE: Final = "exchange"

Doing = Literal["nothing", "previewing export", "exporting", "previewing import", "importing", "asking the store"]

_TASKS: Final[dict[Doing, str]] = {
    "previewing export": "core.synonyms.exchange.exporting:preview_export",
    "exporting": "core.synonyms.exchange.exporting:export_pairs",
    "previewing import": "core.synonyms.exchange.importing:preview_import",
    "importing": "core.synonyms.exchange.importing:apply_import",
    "asking the store": "core.synonyms.exchange.importing:has_landed",
}


class Transfer(QObject):
    """One file at a time: previews give way to what is asked next, a writing does not.

    Attributes:
        doing: what is under way.

    Signals:
        changed: something else is under way, or it has come further.
        export_previewed: an ``ExportPreview``.
        exported: an ``ExportReport``.
        import_previewed: an ``ImportReport`` of what would happen.
        imported: an ``ImportReport`` of what happened.
        landed: an import is in the store, though its process can't tell what it brought any more.
        failed: one or two sentences for the person at the screen.
    """

    changed = Signal()
    export_previewed = Signal(object)
    exported = Signal(object)
    import_previewed = Signal(object)
    imported = Signal(object)
    landed = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = CurrentRun(
            background, LANE, (ExportReport, ImportReport, bool, type(None)), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self._on_cancelled,
        )  # fmt: skip
        self._import: dict[str, Any] = {}
        self._is_stopped = False
        self.doing: Doing = "nothing"
        self.done: tuple[int, int | None] = (0, None)
        self._left = TimeLeft()

    @property
    def is_writing(self) -> bool:
        """Whether a file or the store is being written."""
        return self.doing in {"exporting", "importing", "asking the store"}

    @property
    def time_left(self) -> str:
        """About how long it still takes; empty while nobody can tell."""
        at, total = self.done
        return self._left.words(at / total) if total and self.doing != "nothing" else ""

    def preview_export(self, config: ExportConfig) -> None:
        """Ask what an export would write."""
        self._start("previewing export", config=config)

    def export(self, config: ExportConfig) -> None:
        """Write a file."""
        self._start("exporting", config=config)

    def preview_import(self, config: ImportConfig) -> None:
        """Ask what an import would do."""
        self._start("previewing import", config=config)

    def apply_import(self, config: ImportConfig, fingerprint: str) -> None:
        """Read a file into the store, if it still is the one that was previewed."""
        if not self.is_writing:
            self._is_stopped = False
            self._import = {"config": config, "action": f"import-{uuid.uuid4().hex}"}
        self._start("importing", fingerprint=fingerprint, **self._import)

    @Slot()
    def stop(self) -> None:
        """End what is under way, unless it comes to its end before."""
        self._is_stopped = True
        self._run.cancel()

    def _start(self, doing: Doing, **arguments: Any) -> None:
        if self.is_writing:
            self.failed.emit(Sentence(N_("A file is being exported or imported. Wait for it to finish, or stop it.")))
            return
        self._run.start(_TASKS[doing], **arguments)
        self.doing, self.done, self._left = doing, (0, None), TimeLeft()
        self.changed.emit()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, ExportPreview):
                self.export_previewed.emit(payload)
            elif isinstance(payload, ExchangeProgress):
                self.done = (payload.done, payload.total)
        self.changed.emit()

    def _on_finished(self, result: ExportReport | ImportReport | bool | None) -> None:
        doing = self._rest()
        if isinstance(result, bool):
            self._say_landed(result)
        if isinstance(result, ExportReport):
            self.exported.emit(result)
        elif isinstance(result, ImportReport):
            (self.imported if doing == "importing" else self.import_previewed).emit(result)

    def _on_failed(self, failure: Failure) -> None:
        doing = self._rest()
        if doing == "asking the store":
            told = N_(
                "The import ended unexpectedly; it may be in the store, which can't be asked ({reason}). "
                "Preview the file again: it shows what is in as unchanged."
            )
            self.failed.emit(Sentence(told, {"reason": failure.message}))
        elif not failure.has_died:
            self.failed.emit(failure.message)
        elif doing == "importing":
            self._start("asking the store", **self._import)
        elif doing == "exporting":
            self.failed.emit(
                Sentence(N_("The export ended unexpectedly; the file may be complete or not. Export it again."))
            )
        else:
            self.failed.emit(
                Sentence(N_("The process that imports and exports files ended unexpectedly. Nothing was changed."))
            )

    def _on_cancelled(self) -> None:
        """Ask the store after an import, too: it may have ended before it heard of it."""
        doing = self._rest()
        if doing == "importing":
            self._start("asking the store", **self._import)
        elif doing == "asking the store":
            told = N_(
                "It is not known whether the import is in the store. "
                "Preview the file again: it shows what is in as unchanged."
            )
            self.failed.emit(Sentence(told))

    def _say_landed(self, landed: bool) -> None:
        if landed:
            self.landed.emit()
        elif not self._is_stopped:
            self.failed.emit(
                Sentence(N_("The process that imports and exports files ended unexpectedly. Nothing was changed."))
            )

    def _rest(self) -> Doing:
        doing, self.doing = self.doing, "nothing"
        self.changed.emit()
        return doing
