"""Files in and out under a person's hands: look first, then do; both in a worker."""

from __future__ import annotations

from typing import Any, Final, Literal

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
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

Doing = Literal["nothing", "previewing export", "exporting", "previewing import", "importing"]

_TASKS: Final[dict[Doing, str]] = {
    "previewing export": "core.synonyms.exchange.exporting:preview_export",
    "exporting": "core.synonyms.exchange.exporting:export_pairs",
    "previewing import": "core.synonyms.exchange.importing:preview_import",
    "importing": "core.synonyms.exchange.importing:apply_import",
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
        failed: one or two sentences for the person at the screen.
    """

    changed = Signal()
    export_previewed = Signal(object)
    exported = Signal(object)
    import_previewed = Signal(object)
    imported = Signal(object)
    failed = Signal(object)

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = CurrentRun(
            background, LANE, (ExportReport, ImportReport, type(None)), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed, cancelled=self._rest,
        )  # fmt: skip
        self.doing: Doing = "nothing"
        self.done: tuple[int, int | None] = (0, None)

    @property
    def is_writing(self) -> bool:
        """Whether a file or the store is being written."""
        return self.doing in {"exporting", "importing"}

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
        self._start("importing", config=config, fingerprint=fingerprint)

    @Slot()
    def stop(self) -> None:
        """End what is under way; neither file nor store is changed by it then."""
        self._run.cancel()

    def _start(self, doing: Doing, **arguments: Any) -> None:
        if self.is_writing:
            self.failed.emit(Sentence(N_("A file is being exported or imported. Wait for it to finish, or stop it.")))
            return
        self._run.start(_TASKS[doing], **arguments)
        self.doing, self.done = doing, (0, None)
        self.changed.emit()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, ExportPreview):
                self.export_previewed.emit(payload)
            elif isinstance(payload, ExchangeProgress):
                self.done = (payload.done, payload.total)
        self.changed.emit()

    def _on_finished(self, result: ExportReport | ImportReport | None) -> None:
        doing = self._rest()
        if isinstance(result, ExportReport):
            self.exported.emit(result)
        elif isinstance(result, ImportReport):
            (self.imported if doing == "importing" else self.import_previewed).emit(result)

    def _on_failed(self, failure: Failure) -> None:
        self._rest()
        if failure.has_died:
            self.failed.emit(
                Sentence(N_("The process that imports and exports files ended unexpectedly. Nothing was changed."))
            )
        else:
            self.failed.emit(failure.message)

    def _rest(self) -> Doing:
        doing, self.doing = self.doing, "nothing"
        self.changed.emit()
        return doing
