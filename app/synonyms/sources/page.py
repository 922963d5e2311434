"""Sources: fill the store, see how far that is, and whose material it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.documents.file_kind import FileKind
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.page import SynonymsPage
from app.synonyms.saved_choices import mining_from_json, mining_to_json
from app.synonyms.sources.mining_form import MiningForm
from app.synonyms.sources.progress_row import ProgressRow
from app.synonyms.sources.store_sidebar import StoreSidebar
from app.synonyms.workspace import Workspace, usual_address
from app.theme import Theme
from app.widgets.control_state import ScrollPlace, restore_controls, save_controls
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.passwords import speakable, without_password
from core.synonyms.candidates.sources import SOURCES
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.shipped import SHIPPED

if TYPE_CHECKING:
    from core.synonyms.store import Store

_SHOWN: Final = 5
"""Faulty lines of a file that are shown, the first ones."""

_BESIDE: Final = 62
"""Width in lines of text from which progress stands beside the form."""


class SourcesPage(SynonymsPage):
    """The wizard that fills the store, its progress, and the shipped material with its licences."""

    page_id = "synonyms.sources"
    opens = frozenset({FileKind.STORE})

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look, mining = workspace.look, workspace.mining
        super().__init__(look, parent)
        self.session, self.mining = workspace.session, mining
        self.sidebar: StoreSidebar = StoreSidebar(look)
        self.form = MiningForm(look)
        self._wanted = ""
        self._mined: object = None
        self._mining_before: object = None
        self.now = PlainLabel()
        self.now.setWordWrap(True)
        self.faulty = PlainLabel()
        self.faulty.setWordWrap(True)
        self.faulty.setTextFormat(Qt.TextFormat.PlainText)
        self.faulty.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_style(self.faulty, kind="caption")
        self._now_title, self._data_title = PlainLabel(), PlainLabel()
        for title, words in ((self._now_title, N_("Progress")), (self._data_title, N_("Included data"))):
            set_style(title, kind="title")
            self.bind_text(title.setText, words)
        self._stages = QGridLayout()
        self._data = QVBoxLayout()
        self._data_labels: list[tuple[QLabel, QLabel]] = []
        self._progress, self._material = QVBoxLayout(), QVBoxLayout()
        # A row, unlike a grid, asks how high the form is at the width that it really has, which has an end.
        self._form_row = QHBoxLayout()
        self._is_beside = False
        page = QWidget()
        self._grid = QGridLayout(page)
        self._lay_out()
        # Every source there is, and the sentences.
        self.rows = [ProgressRow(look, self._stages, index, page) for index in range(len(SOURCES) + 1)]
        scroll = page_scroll(page, is_column=True)
        self.scroll_bar = scroll.verticalScrollBar()
        self._scroll = ScrollPlace(self.scroll_bar, self)
        self.status_bar: QWidget = QWidget()
        self._status_row = QHBoxLayout(self.status_bar)
        self._status_row.addWidget(self.form.start)
        self._status_row.addWidget(self.form.problem, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll)
        self._connect()
        self.symbol_links.add("cos", self.form.cosine)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _connect(self) -> None:
        self.mining.changed.connect(self._on_changed)
        self.form.start_wanted.connect(self._on_start)
        self.form.stop_wanted.connect(self.mining.stop)
        self.form.index_wanted.connect(self._on_index)
        self.sidebar.wanted.connect(self.open_file)
        self.session.opened.connect(self._on_opened)
        for signal in (self.session.opened, self.session.renewed, self.mining.ended):
            signal.connect(self._show_store)
        self.mining.grew.connect(self._on_grew)
        self.mining.failed.connect(self._on_failed)

    def _lay_out(self) -> None:
        self._progress.addWidget(self._now_title)
        self._progress.addWidget(self.now)
        self._progress.addLayout(self._stages)
        self._progress.addWidget(self.faulty)
        self._stages.setColumnStretch(2, 1)
        self._material.addWidget(self._data_title)
        for _source in SHIPPED:
            head, body = PlainLabel(), PlainLabel()
            body.setWordWrap(True)
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            set_style(body, kind="caption")
            self._data.addWidget(head)
            self._data.addWidget(body)
            self._data_labels.append((head, body))
        self._material.addLayout(self._data)
        self._material.addStretch()
        self._form_row.addWidget(self.form, 1)
        self._place(beside=True)

    def _place(self, *, beside: bool) -> None:
        """Put progress and material beside the form, or the form between the two."""
        self._is_beside = beside
        for part in (self._form_row, self._progress, self._material):
            self._grid.removeItem(part)
        if beside:
            self._grid.addLayout(self._form_row, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(self._progress, 0, 1)
            self._grid.addLayout(self._material, 1, 1)
        else:
            self._grid.addLayout(self._progress, 0, 0)
            self._grid.addLayout(self._form_row, 1, 0)
            self._grid.addLayout(self._material, 2, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)
        self._grid.setRowStretch(1, 1 if beside else 0)
        self._grid.setRowStretch(2, 0 if beside else 1)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._grid.setContentsMargins(em(1), em(0.5), em(1), em(0.75))
        self._status_row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._status_row.setSpacing(em(1))
        self._grid.setHorizontalSpacing(em(3))
        self._grid.setVerticalSpacing(em(0.75))
        self._progress.setSpacing(em(0.375))
        self._material.setSpacing(em(0.375))
        self._stages.setHorizontalSpacing(em(0.5))
        self._stages.setVerticalSpacing(em(0.375))
        self._data.setSpacing(em(0.0625))
        for title in (self._now_title, self._data_title):
            title.setContentsMargins(0, em(0.5), 0, em(0.125))
        self.faulty.setContentsMargins(0, em(0.375), 0, 0)
        for head, _body in self._data_labels:
            head.setContentsMargins(0, em(0.25), 0, 0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put progress beside the form on a wide window, above it on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        for (head, body), source in zip(self._data_labels, SHIPPED, strict=True):
            version = source.version
            state = _("version {version}").format(version=version) if version else _("not installed")
            head.setText(f"{source.name}   {source.licence}")
            content = _(source.content)
            body.setText(f"{content[:1].upper()}{content[1:]}. {source.origin}. {source.package}, {state}")
        self._on_changed()
        self._show_store()

    def _arrange(self) -> None:
        beside = self.width() >= self.look.scale.em(_BESIDE)
        if beside != self._is_beside:
            self._place(beside=beside)

    @Slot(object)
    def _on_start(self, config: object) -> None:
        assert isinstance(config, MineConfig)
        self.mining.start(config)

    @Slot(object)
    def _on_index(self, path: object) -> None:
        assert isinstance(path, Path)
        self.mining.index(path)

    @Slot()
    def _on_changed(self) -> None:
        state, config = self.mining.state, self.mining.config
        if config is not None:  # what pairs come from is also what they are looked up in
            self.session.look_up.use(EvidenceConfig(config.vectors, config.lexicons, config.corpora, config.english))
        for index, row in enumerate(self.rows):
            row.show_stage(state.stages[index] if index < len(state.stages) else None)
        self.form.show_working(self.mining.is_working, resumable=state.phase in {"stopped", "failed"})
        match state.phase:
            case "idle" if state.indexed is not None:
                told = _("The index covers {n:,} words; their neighbours are found instantly.").format(n=state.indexed)
            case "idle":
                told = ""  # the form says what can be done
            case "working":
                told = self.mining.words()
            case "stopped":
                told = _("Stopped. Pairs added so far are kept; it continues where it stopped.")
            case "failed":
                told = _("Stopped by an error. Pairs added so far are kept; it continues where it stopped.")
            case "finished":
                report = state.report
                assert report is not None
                told = _("Done: {added:,} new, {proposed:,} proposed.").format(
                    added=report.added, proposed=report.proposed
                )
        self.now.setText(told)
        for label in (self._now_title, self.now):
            label.setVisible(bool(told))
        self.faulty.setText("\n".join("\n\u2003".join(file.words(_SHOWN)) for file in state.faulty))
        self.faulty.setVisible(bool(state.faulty))

    # The store that is filled

    def entered(self) -> None:
        """Show how many pairs the store holds now."""
        self._show_store()

    @Slot()
    def _show_store(self) -> None:
        store = self.session.store
        self.form.show_store(self.session.address)
        if store is None:
            self.sidebar.show_store("", "", 0)
            return
        self.session.calls.call(store.table_query().count, partial(self._show_count, store), self._show_no_count)

    def _show_count(self, store: Store, count: int) -> None:
        if store is self.session.store:
            self.sidebar.show_store(self.session.address, store.where, count)

    def _show_no_count(self, error: SynonymsError) -> None:
        store = self.session.store
        self.sidebar.show_store(self.session.address, "" if store is None else store.where, None)
        self._on_failed(str(error))

    @Slot()
    def _on_grew(self) -> None:
        if self.isVisible():
            self._show_store()

    @Slot(str)
    def open_file(self, address: str) -> None:
        """Open another store, unless the one that is open is being filled; say which."""
        if self.mining.is_working:
            text = N_("Mining is in progress. Stop it first, then open another store.")
            self.message.emit("info", Sentence(text))
            return
        self._wanted = address
        self.session.open(address)

    @Slot()
    def _on_opened(self) -> None:
        """Say that the store is open that was wanted here."""
        wanted, self._wanted = self._wanted, ""
        if wanted and wanted == self.session.address:
            self.message.emit("success", Sentence(N_("{where} opened."), {"where": speakable(wanted)}))

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self.message.emit("error", text)

    # What is remembered

    def save_settings(self) -> dict[str, Any]:
        """Return how far the mining was, and what it mined."""
        phase, config = self.mining.state.phase, self.mining.config
        return {
            "mined": phase if phase != "idle" else self._mined,
            "mining": mining_to_json(config) if config is not None else self._mining_before,
        }

    def restore_settings(self, remembered: Mapping[str, Any]) -> None:
        """Show what was mined before, and look up in it. The usual store is filled where that was never finished."""
        self._mined, self._mining_before = remembered.get("mined"), remembered.get("mining")
        kept = mining_from_json(self._mining_before)
        if kept is not None:
            self.form.show_config(kept)
            self.session.look_up.use(EvidenceConfig(kept.vectors, kept.lexicons, kept.corpora, kept.english))
        if self.session.address == usual_address() and self._mined not in ("finished", "stopped"):
            self._mine_first()

    def _mine_first(self) -> None:
        """Fill the usual store from the shipped material: at the first start, or where that was cut short."""
        try:
            self.mining.start(self.form.config())
        except SynonymsError as error:
            self.message.emit("error", str(error))

    def save_state(self) -> dict[str, Any]:
        """Return what stands in the form."""
        return {
            "form": save_controls(self.form.controls()),
            "server": without_password(self.sidebar.server.text()),
            "scroll": self._scroll.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Fill the form in as it was."""
        restore_controls(self.form.controls(), state.get("form"))
        self.form.show_vectors()
        restore_controls({"server": self.sidebar.server}, state)
        self._scroll.restore(state.get("scroll"))
