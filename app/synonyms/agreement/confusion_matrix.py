"""Two annotators' answers against each other: how often one said row where the other said column."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from core.language import _
from core.synonyms.agreement.report import Couple
from core.synonyms.verdicts import Verdict

_CELL: Final = (3.5, 1.75)
_LARGE: Final = (8.0, 3.0)
"""Width and height of a cell in lines of text: at least, and where there is room."""
_STRONGEST: Final = 0.35
"""How dark the fullest cell is: words on it stay readable."""


class ConfusionMatrix(Panel):
    """The matrix of one couple: cells darker by their share of the row; the diagonal is framed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._couple: Couple | None = None
        self._categories: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._retranslate()

    def show_couple(self, couple: Couple | None, categories: tuple[str, ...]) -> None:
        """Show the answers of ``couple``; None empties the view."""
        self._couple, self._categories = couple, categories
        self.updateGeometry()
        self._retranslate()

    def sizeHint(self) -> QSize:
        """Small cells, and the heads: it grows into what room there is, and makes no page scroll that need not."""
        return self._size(_CELL)

    def minimumSizeHint(self) -> QSize:
        """Small cells, and the heads."""
        return self._size(_CELL)

    def _size(self, cell: tuple[float, float]) -> QSize:
        em, n = self.look.scale.em, len(self._categories)
        wide, top = self._heads()
        return QSize(round(wide) + n * em(cell[0]), round(top) + n * em(cell[1]))

    def _heads(self) -> tuple[float, float]:
        """Return the width of the heads of rows, and the height of all that stands above the first row."""
        em, metrics = self.look.scale.em, QFontMetricsF(self.look.scale.font("caption"))
        widest = max((metrics.horizontalAdvance(_word(each)) for each in self._categories), default=0.0)
        return em(1) + em(0.375) + widest + em(0.75), metrics.height() * 2 + em(1) + em(1)

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        couple = self._couple
        if couple is None:
            self.setAccessibleName(_("No annotators to compare"))
        else:
            self.setAccessibleName(
                _("Verdicts of {one} (rows) and {other} (columns)").format(one=couple.one, other=couple.other)
            )
            self.setAccessibleDescription("; ".join(" ".join(map(str, row)) for row in couple.confusion.tolist()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw heads, cells and counts."""
        if self._couple is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        caption = self.look.scale.font("caption")
        line = QFontMetricsF(caption).height()
        left, top = self._heads()
        n = max(1, len(self._categories))
        wide = max(em(_CELL[0]), min(em(_LARGE[0]), (self.width() - left) / n))
        tall = max(em(_CELL[1]), min(em(_LARGE[1]), (self.height() - top) / n))
        painter.setFont(caption)
        painter.setPen(QColor(colours.muted))
        words = _("Rows: {one}   Columns: {other}").format(one=self._couple.one, other=self._couple.other)
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, words)
        for index, category in enumerate(self._categories):
            middle = left + (index + 0.5) * wide
            self._draw_sign(painter, middle - em(0.5), top - line - em(1.125), category)
            below = QRectF(middle - wide / 2, top - line - em(0.125), wide, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, _word(category))
            middle = top + (index + 0.5) * tall
            self._draw_sign(painter, 0, middle - em(0.5), category)
            beside = QRectF(em(1.375), middle - line / 2, left, line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignLeft, _word(category))
        self._draw_cells(painter, QRectF(left, top, wide, tall))
        painter.end()

    def _draw_cells(self, painter: QPainter, first: QRectF) -> None:
        assert self._couple is not None
        colours = self.look.theme.theme.colours
        counts = self._couple.confusion
        most = max(1, int(counts.max()))
        painter.setFont(tabular(self.look.scale.font()))
        for row, column in np.ndindex(*counts.shape):
            cell = first.translated(column * first.width(), row * first.height()).adjusted(1, 1, -1, -1)
            ground = QColor(colours.text)
            ground.setAlphaF(_STRONGEST * float(counts[row, column]) / most)
            painter.fillRect(cell, ground)
            if row == column:
                painter.setPen(QColor(colours.outline))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell)
            painter.setPen(QColor(colours.text if counts[row, column] else colours.muted))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{counts[row, column]:,}")

    def _draw_sign(self, painter: QPainter, x: float, y: float, category: str) -> None:
        if category in set(Verdict):
            side = self.look.scale.em(1)
            look = VERDICT_LOOKS[Verdict(category)]
            draw_sign(painter, QRectF(x, y, side, side), look, self.look.theme.theme.colours, self.look.scale.font())


def _word(category: str) -> str:
    """Return what a category is called: a verdict, or all others together."""
    return _(VERDICT_LOOKS[Verdict(category)].word) if category in set(Verdict) else _("other")
