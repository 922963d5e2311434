"""Sources: fill the store, see how far that is, and whose material it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.key_routing import OwnKeys
from app.panel import Look, Panel
from app.style import mark
from app.synonyms.sources.mining import Mining
from app.synonyms.sources.mining_form import MiningForm
from app.synonyms.sources.progress_row import ProgressRow
from app.theme import Theme
from core.language import N_, _
from core.synonyms.mining.config import LABELS, MineConfig
from core.synonyms.shipped import SHIPPED

_SHOWN: Final = 5
"""Faulty lines of a file that are shown, the first ones."""

_BESIDE: Final = 62
"""Width in lines of text from which progress stands beside the form."""


class SourcesPage(Panel):
    """The wizard that fills the store, its progress, and the shipped material with its licences."""

    def __init__(self, look: Look, mining: Mining, keys: OwnKeys, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.mining = mining
        self.form = MiningForm(look, keys)
        self.now = QLabel()
        self.now.setWordWrap(True)
        self.faulty = QLabel()
        self.faulty.setWordWrap(True)
        self.faulty.setTextFormat(Qt.TextFormat.PlainText)
        self.faulty.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark(self.faulty, kind="caption")
        self._now_title, self._data_title = QLabel(), QLabel()
        for title, words in ((self._now_title, N_("How far it is")), (self._data_title, N_("Shipped material"))):
            mark(title, kind="title")
            self.say(title.setText, words)
        self._stages = QGridLayout()
        self._data = QVBoxLayout()
        self._data_labels: list[tuple[QLabel, QLabel]] = []
        self._progress, self._material = QVBoxLayout(), QVBoxLayout()
        self._is_beside = False
        page = QWidget()
        self._grid = QGridLayout(page)
        self._lay_out()
        # Seven stages at most: every source there is, and the sentences.
        self.rows = [ProgressRow(look, self._stages, index, page) for index in range(len(LABELS))]
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        self.status_bar = QWidget()
        self._status_row = QHBoxLayout(self.status_bar)
        self._status_row.addWidget(self.form.start)
        self._status_row.addWidget(self.form.problem, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll)
        mining.changed.connect(self._on_changed)
        self.form.start_wanted.connect(self._on_start)
        self.form.stop_wanted.connect(mining.stop)
        self.form.index_wanted.connect(self._on_index)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._progress.addWidget(self._now_title)
        self._progress.addWidget(self.now)
        self._progress.addLayout(self._stages)
        self._progress.addWidget(self.faulty)
        self._stages.setColumnStretch(2, 1)
        self._material.addWidget(self._data_title)
        for _source in SHIPPED:
            head, body = QLabel(), QLabel()
            body.setWordWrap(True)
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark(body, kind="caption")
            self._data.addWidget(head)
            self._data.addWidget(body)
            self._data_labels.append((head, body))
        self._material.addLayout(self._data)
        self._material.addStretch()
        self._place(beside=True)

    def _place(self, *, beside: bool) -> None:
        """Put progress and material beside the form, or the form between the two."""
        self._is_beside = beside
        for part in (self._progress, self._material):
            self._grid.removeItem(part)
        self._grid.removeWidget(self.form)
        if beside:
            self._grid.addWidget(self.form, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(self._progress, 0, 1)
            self._grid.addLayout(self._material, 1, 1)
        else:
            self._grid.addLayout(self._progress, 0, 0)
            self._grid.addWidget(self.form, 1, 0)
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
        state = self.mining.state
        for index, row in enumerate(self.rows):
            row.show_stage(state.stages[index] if index < len(state.stages) else None)
        self.form.show_working(self.mining.is_working, resumable=state.phase in {"stopped", "failed"})
        match state.phase:
            case "idle" if state.indexed is not None:
                told = _("The index holds {n:,} words; their neighbours are found at once.").format(n=state.indexed)
            case "idle":
                told = ""  # the form says what can be done
            case "working":
                told = self.mining.words()
            case "stopped":
                told = _("Stopped. What was added stays; it goes on where it was.")
            case "failed":
                told = _("It ended in an error. What was added stays; it goes on where it was.")
            case "finished":
                report = state.report
                assert report is not None
                told = _("Done: {added:,} new pairs of {proposed:,} proposed.").format(
                    added=report.added, proposed=report.proposed
                )
        self.now.setText(told)
        for label in (self._now_title, self.now):
            label.setVisible(bool(told))
        self.faulty.setText("\n".join("\n\u2003".join(file.words(_SHOWN)) for file in state.faulty))
        self.faulty.setVisible(bool(state.faulty))
