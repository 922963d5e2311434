"""The nearest words of a word: synonyms, and with them opposites and things of the same kind."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.language import _, listed
from core.synonyms.vectors.neighbours import Neighbour

ROWS: Final = 8
_ROW: Final = 1.125


class NeighbourList(Panel):
    """Words with their cosines, nearest first; the pair's other word stands out. Room is kept for ``ROWS``."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._neighbours: tuple[Neighbour, ...] = ()
        self._other = ""
        self._known = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_neighbours(self, neighbours: tuple[Neighbour, ...] | None, other: str = "") -> None:
        """Show ``neighbours``, with ``other`` marked among them; None while they are not known."""
        self._neighbours, self._other = (neighbours or ())[:ROWS], other
        self._known = neighbours is not None
        self._retranslate()

    def sizeHint(self) -> QSize:
        """Room for all rows."""
        return QSize(self.look.scale.em(8), ROWS * self.look.scale.em(_ROW))

    def minimumSizeHint(self) -> QSize:
        """As tall as the hint, and narrow: words that do not fit end in an ellipsis."""
        return QSize(self.look.scale.em(4), self.sizeHint().height())

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Nearest words by cosine"))
        self.setAccessibleDescription(listed(f"{near.word} {near.cosine:.2f}" for near in self._neighbours))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, a bar behind each as long as its cosine, and the number."""
        painter = QPainter(self)
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        digits = tabular(self.look.scale.font("caption"))
        row = em(_ROW)
        if self._known and not self._neighbours:
            painter.setPen(QColor(colours.muted))
            painter.setFont(self.look.scale.font("caption"))
            painter.drawText(QRectF(0, 0, self.width(), row), Qt.AlignmentFlag.AlignVCenter, _("not in the vectors"))
        number = QFontMetricsF(digits).horizontalAdvance("0.00") + em(0.375)
        for index, near in enumerate(self._neighbours):
            line = QRectF(0, index * row, self.width(), row)
            is_other = near.word == self._other
            if is_other:
                painter.fillRect(line, QColor(colours.selection))
            font = self.look.scale.font(bold=is_other)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            word = QFontMetricsF(font).elidedText(
                near.word, Qt.TextElideMode.ElideRight, self.width() - number - em(0.25)
            )
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line.adjusted(em(0.125), 0, 0, 0), flags | Qt.AlignmentFlag.AlignLeft, word)
            painter.setFont(digits)
            painter.setPen(QColor(colours.muted))
            right = line.adjusted(0, 0, -em(0.125), 0)
            painter.drawText(right, flags | Qt.AlignmentFlag.AlignRight, f"{near.cosine:.2f}")
            rule = QRectF(0, line.bottom() - 1, self.width() * max(0.0, min(1.0, near.cosine)), 1)
            painter.fillRect(rule, QColor(colours.outline))
        painter.end()
