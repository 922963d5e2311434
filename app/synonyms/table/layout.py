"""How the table page shares its room: the evidence beside the table, and a width for every column."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.scale import UiScale
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.table.model import CandidateModel
from app.synonyms.table.view import PairTable
from core.synonyms.store.rows import CHANGED, FLAGGED, JUDGES, KNOWN, RANK, VERDICT, WORD1, WORD2

_BESIDE: Final = 74
"""Width in lines of text from which the evidence of the row stands beside the table."""
_EVIDENCE: Final = 28
"""Width in lines of text that the evidence keeps before the table gets room for all its columns."""
_SHARES: Final = (13, 7)
"""How table and evidence part the width."""
_LEAST_TELLING: Final = (CHANGED, FLAGGED, JUDGES, RANK, KNOWN)
"""Columns that a hall misses least, the first of them first."""
_CHARACTERS: Final = 8
"""Characters of a word that are shown where there is room: as many as words are gathered with."""


class TableLayout:
    """Lays table and evidence side by side. Columns are as wide as their titles and the widest of their texts."""

    def __init__(
        self, page: QWidget, scale: UiScale, view: PairTable, model: CandidateModel, evidence: EvidencePanel
    ) -> None:
        self._page, self._scale = page, scale
        self._view, self._model, self._evidence = view, model, evidence
        self._presents = False
        self._row = QHBoxLayout(page)
        for part, share in zip((view, evidence), _SHARES, strict=True):
            self._row.addWidget(part, share)

    def restyle(self) -> None:
        """Measure everything anew: the size of the type is another."""
        em = self._scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(1))
        self._view.verticalHeader().setDefaultSectionSize(em(1.5))
        self._view.setIconSize(QSize(em(0.875), em(0.875)))
        self.size_columns()

    def present(self, on: bool) -> None:
        """Nobody in a hall scrolls sideways: leave out what tells least where not all columns have room."""
        self._presents = on
        self._leave_out()

    def _leave_out(self) -> None:
        columns = self._model.columns
        least_telling = [columns.index(name) for name in _LEAST_TELLING if name in columns]
        self._view.leave_out(least_telling if self._presents else ())

    def size_columns(self) -> None:
        """Give the columns of the model their widths: there are others, or their words are."""
        em, model = self._scale.em, self._model
        metrics = QFontMetricsF(self._scale.font())
        least, full = [], {}
        for section, column in enumerate(model.columns):
            title = metrics.horizontalAdvance(str(model.headerData(section, Qt.Orientation.Horizontal)))
            texts = max((metrics.horizontalAdvance(text) for text in model.widest(column)), default=em(4.25))
            sign = em(1.75) if column in (VERDICT, KNOWN, FLAGGED) else 0
            least.append(round(max(title + em(1.5), texts + sign + em(1.25))))
            if column in (WORD1, WORD2):
                full[section] = round(metrics.horizontalAdvance("国" * _CHARACTERS) + em(1.25))
        self._view.size_columns(least, full)
        self._leave_out()
        self.arrange()

    def arrange(self) -> None:
        """Show the evidence on a wide page, and let the table keep its columns whole where both have room."""
        em, wide = self._scale.em, self._page.width()
        self._evidence.setVisible(wide >= em(_BESIDE))
        room = wide - em(_EVIDENCE) - em(1) - 2 * em(0.75)
        wishes = (self._view.wished_width(full=True), self._view.wished_width(full=False))
        self._view.setMinimumWidth(next((wish for wish in wishes if wish <= room), 0))
