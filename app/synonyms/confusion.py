"""Two annotators' answers against each other: how often one said row where the other said column."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.verdicts import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from core.language import _
from core.synonyms.agreement.report import Couple
from core.synonyms.verdicts import Verdict

_CELL: Final = (3.25, 2.0)
_STRONGEST: Final = 0.35
"""How dark the fullest cell is: words on it stay readable."""


class ConfusionView(Panel):
    """The matrix of one couple: cells darker by their share of the row; the diagonal is framed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._couple: Couple | None = None
        self._categories: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_couple(self, couple: Couple | None, categories: tuple[str, ...]) -> None:
        """Show the answers of ``couple``; None empties the view."""
        self._couple, self._categories = couple, categories
        self.updateGeometry()
        self.retranslate()

    def sizeHint(self) -> QSize:
        """A cell for every two categories, and the heads."""
        n = len(self._categories) + 1
        em = self.look.scale.em
        return QSize(em(3 + _CELL[0] * n), em(1.5 + _CELL[1] * n))

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        """Renew words."""
        couple = self._couple
        if couple is None:
            self.setAccessibleName(_("No two annotators are compared"))
        else:
            self.setAccessibleName(
                _("Answers of {one} (rows) against {other} (columns)").format(one=couple.one, other=couple.other)
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
        painter.setFont(caption)
        painter.setPen(QColor(colours.muted))
        wide, tall = em(_CELL[0]), em(_CELL[1])
        left, top = wide, line + em(0.25) + tall
        words = _("{one} ↓   {other} →").format(one=self._couple.one, other=self._couple.other)
        painter.drawText(QRectF(0, 0, self.width(), line), Qt.AlignmentFlag.AlignLeft, words)
        for index, category in enumerate(self._categories):
            self._head(painter, QRectF(left + index * wide, top - tall, wide, tall), category)
            self._head(painter, QRectF(0, top + index * tall, wide, tall), category)
        counts = self._couple.confusion
        most = max(1, int(counts.max()))
        painter.setFont(tabular(self.look.scale.font()))
        for row, column in np.ndindex(*counts.shape):
            cell = QRectF(left + column * wide, top + row * tall, wide, tall).adjusted(1, 1, -1, -1)
            ground = QColor(colours.text)
            ground.setAlphaF(_STRONGEST * float(counts[row, column]) / most)
            painter.fillRect(cell, ground)
            if row == column:
                painter.setPen(QColor(colours.outline))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(cell)
            painter.setPen(QColor(colours.text if counts[row, column] else colours.muted))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, f"{counts[row, column]:,}")
        painter.end()

    def _head(self, painter: QPainter, cell: QRectF, category: str) -> None:
        colours = self.look.theme.theme.colours
        if category in set(Verdict):
            side = self.look.scale.em(1.0)
            square = QRectF(cell.center().x() - side / 2, cell.center().y() - side / 2, side, side)
            draw_sign(painter, square, VERDICT_LOOKS[Verdict(category)], colours, self.look.scale.font())
        else:
            painter.setPen(QColor(colours.muted))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, _("other"))
