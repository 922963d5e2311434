"""In and out: what a file would hold, or would change, before it is written or read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.actions import key_name
from app.dialogs import ask_where_to_write
from app.documents.file_kind import FileKind
from app.explain.columns import link_columns
from app.file_names import file_name
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.exchange.sidebar import ExchangeSidebar
from app.synonyms.exchange.status_bar import ExchangeStatusBar
from app.synonyms.exchange.transfer import Transfer
from app.synonyms.page import SynonymsPage
from app.synonyms.store_document import store_stem
from app.synonyms.verdict_style import VERDICT_LOOKS
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.big_number import BigNumber
from app.widgets.control_state import restore_controls, save_controls
from app.widgets.plain import PlainLabel
from app.widgets.tables.text_table import TextTable
from core.language import N_, _, ngettext, nN_
from core.synonyms.exchange.config import ExportPreview, ExportReport, ImportReport
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.record import Record

_WORDS_SHOWN: Final = 30
_SETS_SHOWN: Final = 500
_NOT_NOW: Final = N_("Importing a file. You can judge again when it is finished.")


class ExchangePage(SynonymsPage):
    """Shows what the choices beside it would do, and does it."""

    page_id = "synonyms.exchange"
    opens = frozenset({FileKind.PAIRS})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session = workspace.session
        self.transfer = transfer = Transfer(workspace.background, self)
        self.sidebar: ExchangeSidebar = ExchangeSidebar(look)
        self.export_found: ExportPreview | None = None
        self._has_failed = False
        self.import_found: ImportReport | None = None
        self.headline, self.words = PlainLabel(), PlainLabel()
        set_style(self.headline, kind="title")
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.numbers = [BigNumber(look) for _place in range(4)]
        self.grown = TextTable(
            look, N_("Sets enlarged by merging"),
            (N_("Words"), N_("Judged pairs"), N_("Implied"), N_("Contradicted"), N_("Word set")),
            frozenset({0, 1, 2, 3}),
        )  # fmt: skip
        self.samples = TextTable(
            look, N_("Preview of the pairs"), (N_("Word"), N_("Second word"), N_("Verdict"), N_("Annotator"),
            N_("Note")),
            frozenset(),
        )  # fmt: skip
        self.rejects = TextTable(look, N_("Rejected rows"), (N_("Line"), N_("Why"), N_("Content")), frozenset({0}))
        self.status_bar: ExchangeStatusBar = ExchangeStatusBar(look)
        self._lay_out()
        link_columns(self.symbol_links, self.samples.view, ("u", "v_word"), ("u", "v_word").index)
        self.symbol_links.add("w_word", self.grown)  # where a third word has come in
        self.sidebar.changed.connect(self.look_first)
        transfer.changed.connect(self._on_changed)
        transfer.export_previewed.connect(self._on_export_previewed)
        transfer.import_previewed.connect(self._on_import_previewed)
        transfer.exported.connect(self._on_exported)
        transfer.imported.connect(self._on_imported)
        transfer.landed.connect(self._on_landed)
        transfer.failed.connect(self._on_failed)
        self.status_bar.go.clicked.connect(self._go)
        self.status_bar.stop.clicked.connect(transfer.stop)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._numbers_row = QHBoxLayout()
        for number in self.numbers:
            self._numbers_row.addWidget(number)
        self._numbers_row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.headline)
        self._column.addWidget(self.words)
        self._column.addLayout(self._numbers_row)
        for listing in (self.grown, self.samples, self.rejects):
            listing.show_rows([])
            self._column.addWidget(listing, 1)
        self._column.addStretch()

    def entered(self) -> None:
        """The page has come to the front: look at what the choices would do now."""
        self.look_first()

    @property
    def is_busy(self) -> bool:
        """Whether it is being found out what the choices would do."""
        return self.transfer.doing != "nothing"

    def open_file(self, address: str) -> None:
        """Choose a file to be imported, and show what it would change; nothing is until the button is pressed."""
        if not self.transfer.is_writing:
            self.sidebar.choose_import(Path(address))
            self.page_wanted.emit(self.page_id, "")
            self.look_first()

    @Slot()
    def look_first(self) -> None:
        """Ask what the choices would do."""
        if self.transfer.is_writing or not self.session.address:
            self._retranslate()
            return
        self.export_found = self.import_found = None
        self._has_failed = False
        if self.sidebar.way == "out":
            self.transfer.preview_export(self.sidebar.export_config(self.session.address, Path()))
        elif self.sidebar.file.paths:
            self.transfer.preview_import(self.sidebar.import_config(self.session.address))
        else:
            self.transfer.stop()
        self._retranslate()

    def export_to(self, path: Path) -> None:
        """Write what was looked at to ``path``."""
        self.transfer.export(self.sidebar.export_config(self.session.address, path))

    @Slot()
    def _go(self) -> None:
        if self.sidebar.way == "in":
            if self.import_found is not None:
                self.transfer.apply_import(
                    self.sidebar.import_config(self.session.address),
                    self.import_found.fingerprint,
                )
            return
        kind = FORMATS[self.sidebar.format_name]
        proposed = file_name(store_stem(self.session.address), kind.name, ending=kind.suffix)
        ask_where_to_write(self, _("Export file"), proposed, f"* (*{kind.suffix})", self._on_named)

    def _on_named(self, name: str, _kind: str) -> None:
        self.export_to(Path(name))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(1), em(0.5), em(1), em(0.75))
        self._column.setSpacing(em(0.75))
        self._numbers_row.setSpacing(em(1.5))
        for number in self.numbers:
            number.setMinimumWidth(em(8))

    def changeEvent(self, event: QEvent) -> None:
        """Look at a file again whose rejected rows were told in another language."""
        super().changeEvent(event)
        found = self.import_found
        is_shown = self.sidebar.way == "in" and self.transfer.doing == "nothing"
        if event.type() == QEvent.Type.LanguageChange and is_shown and found is not None and found.rejects:
            self.look_first()

    def _retranslate(self) -> None:
        if self.sidebar.way == "out":
            self._show_export()
        else:
            self._show_import()
        self._on_changed()

    def _show_export(self) -> None:
        found = self.export_found
        self.headline.setText(_("Export file: {format}").format(format=FORMATS[self.sidebar.format_name]().title()))
        self.samples.show_rows([])
        self.rejects.show_rows([])
        if found is None:
            self.words.setText(self._counting_words())
            self._show_numbers([])
            self.grown.show_rows([])
            return
        self._show_numbers(
            [
                (N_("Records"), f"{found.records:,}"),
                (N_("Left out"), f"{found.left_out:,}"),
                *([(N_("Sets"), f"{found.sets:,}")] if found.sets else []),
                *([(N_("Largest set"), f"{len(found.grown[0].words):,}")] if found.grown else []),
            ]
        )
        self.words.setText(self._export_words(found))
        self.grown.show_rows(
            [
                (f"{len(each.words):,}", f"{each.judged:,}", f"{each.claimed:,}", f"{len(each.contradicted):,}",
                 _words(each.words))
                for each in found.grown[:_SETS_SHOWN]
            ]
        )  # fmt: skip

    def _counting_words(self) -> str:
        """Say why it is not known how much there is to export."""
        if not self.session.address:
            return _("No store is open. Open one under Sources ({key}).").format(key=key_name("F5"))
        if self.transfer.doing == "nothing" and self._has_failed:
            return _("The records could not be counted. Press {key} to try again.").format(key=key_name("F6"))
        return _("Counting records to export…")

    def _export_words(self, found: ExportPreview) -> str:
        if not found.records and not self.sidebar.known.isHidden() and not self.sidebar.known.isChecked():
            return _(
                "The file would be empty: right after mining, nothing is judged yet. Judge pairs first, or tick "
                '"Include known synonyms" for those that a dictionary lists.'
            )
        if not found.records:
            return _("No judged pair can be exported in this format. Judge pairs first, or choose another format.")
        if found.grown:
            claimed = sum(each.claimed for each in found.grown)
            return _("Implied pairs without a verdict: {n:,}. Check the largest sets before exporting.").format(
                n=claimed
            )
        if found.left_out:
            return _("What this format can't express stays in the store.")
        return _("Everything selected can be exported in this format.")

    def _show_import(self) -> None:
        self.headline.setText(_("Import file: {format}").format(format=FORMATS[self.sidebar.format_name]().title()))
        self.grown.show_rows([])
        found = self.import_found
        if found is None:
            looking = self.transfer.doing == "previewing import"
            self.words.setText(
                _("Reading the file…")
                if looking
                else _("Choose a file on the left. You will see a preview before anything changes.")
            )
            self._show_numbers([])
            self.samples.show_rows([])
            self.rejects.show_rows([])
            return
        self._show_numbers(
            [
                (N_("New pairs"), f"{found.new_pairs:,}"),
                (N_("New verdicts"), f"{found.new_verdicts:,}"),
                (N_("Verdicts replaced"), f"{found.changed:,}"),
                (N_("Rejected rows"), f"{found.rejected:,}"),
            ]
        )
        self.words.setText(_encoding_words(found) + _import_words(found))
        self.samples.show_rows([_cells(record) for record in found.samples])
        self.rejects.show_rows([(f"{each.line:,}", each.reason, each.text) for each in found.rejects])

    def _show_numbers(self, numbers: list[tuple[str, str]]) -> None:
        for index, view in enumerate(self.numbers):
            view.setVisible(index < len(numbers))
            if index < len(numbers):
                view.show_name(_(numbers[index][0]))
                view.show_number(numbers[index][1], "")

    @Slot()
    def _on_changed(self) -> None:
        doing = self.transfer.doing
        # It holds the store until it is complete.
        self.session.decisions.refusal = Sentence(_NOT_NOW) if doing in {"importing", "asking the store"} else None
        out = self.sidebar.way == "out"
        found = self.export_found.records if out and self.export_found is not None else 0
        if not out and self.import_found is not None:
            found = self.import_found.new_pairs + self.import_found.new_verdicts + self.import_found.changed
        self.sidebar.setEnabled(not self.transfer.is_writing)
        self.status_bar.show_doing(
            doing != "nothing", self.transfer.done, self.transfer.time_left, can_stop=self.transfer.is_writing
        )
        self.status_bar.go.setEnabled(found > 0 and doing == "nothing")
        self.status_bar.go.setText(_("Export…") if out else _("Import"))

    @Slot(object)
    def _on_export_previewed(self, found: object) -> None:
        assert isinstance(found, ExportPreview)
        self.export_found = found
        self._retranslate()

    @Slot(object)
    def _on_import_previewed(self, found: object) -> None:
        assert isinstance(found, ImportReport)
        self.import_found = found
        self._retranslate()

    @Slot(object)
    def _on_exported(self, report: object) -> None:
        assert isinstance(report, ExportReport)
        values = {"n": report.written, "path": report.file}
        if not report.written:
            self.message.emit(
                "warning", Sentence(N_("{path} is empty: no pair has a verdict that this format can express."), values)
            )
            return
        self.message.emit(
            "success", Sentence(nN_("{n:,} record exported to {path}.", "{n:,} records exported to {path}."), values)
        )

    @Slot(object)
    def _on_imported(self, report: object) -> None:
        assert isinstance(report, ImportReport)
        values: dict[str, object] = {"pairs": report.new_pairs, "answers": report.new_verdicts + report.changed}
        if report.rejects_file is None:
            self.message.emit("success", Sentence(N_("Imported. New pairs: {pairs:,}. Verdicts: {answers:,}."), values))
        else:
            message = N_(
                "Imported. New pairs: {pairs:,}. Verdicts: {answers:,}. Rejected rows: {n:,}, saved in {path}."
            )
            values |= {"n": report.rejected, "path": report.rejects_file}
            self.message.emit("warning", Sentence(message, values))
        self._after_import()

    @Slot()
    def _on_landed(self) -> None:
        told = N_("The import ended without its report, but all of it is in the store.")
        self.message.emit("warning", Sentence(told))
        self._after_import()

    def _after_import(self) -> None:
        self.sidebar.file.show_paths(())
        self.import_found = None
        self._retranslate()
        self.session.renew()

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self._has_failed = True
        self.message.emit("error", text)
        self._retranslate()

    def save_state(self) -> dict[str, Any]:
        """Return what is chosen beside the page."""
        return {"choices": save_controls(self.sidebar.controls())}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Choose it again, and look what it would do; what is being written is not disturbed."""
        if not self.transfer.is_writing:
            for _time in range(2):  # the way decides which encodings there are to choose from
                restore_controls(self.sidebar.controls(), state.get("choices"))
                self.sidebar.show_fitting()
            self.look_first()


def _encoding_words(found: ImportReport) -> str:
    """Return what is to be said of a guessed encoding, with a blank behind it; nothing where it is known."""
    encoding = found.encoding.upper()
    if found.is_doubtful:
        told = _("The encoding is uncertain: {encoding} is a guess. Choose another if the words below are wrong.")
    elif found.is_guessed:
        told = _("The file looks like {encoding}. Choose another encoding if the words below are wrong.")
    else:
        return ""
    return told.format(encoding=encoding) + "\n"


def _words(words: Sequence[str]) -> str:
    """Return the first of ``words``. No line ends within one: between two hanzi any other line may."""
    shown = ["\u2060".join(word) for word in words[:_WORDS_SHOWN]]
    return " ".join([*shown, *(["…"] if len(words) > _WORDS_SHOWN else [])])


def _cells(record: Record) -> tuple[str, ...]:
    verdict = _(VERDICT_LOOKS[record.verdict].word) if record.verdict is not None else ""
    return record.candidate.word1, record.candidate.word2, verdict, record.annotator, record.note


def _import_words(found: ImportReport) -> str:
    """Return what was read, and what of it changes nothing."""
    read = ngettext("{n:,} record ({encoding})", "{n:,} records ({encoding})", found.records)
    twice = ngettext("{n:,} duplicate", "{n:,} duplicates", found.repeated)
    return _("{records}: {unchanged:,} unchanged, {older:,} outdated, {duplicates}").format(
        records=read.format(n=found.records, encoding=found.encoding.upper()),
        unchanged=found.unchanged,
        older=found.older,
        duplicates=twice.format(n=found.repeated),
    )
