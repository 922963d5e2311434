"""The numbers at the left of the rows: to the pixel as the style sheet paints them, and several times as quickly."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.overrides import called_by_qt
from app.panel import Look

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@called_by_qt
class RowNumbers(QHeaderView):
    """Numbers that select their row. While the table is dragged, all of them change with every picture."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._look = look
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Write a number; the ground is the header's own."""
        model = self.model()
        number = model.headerData(logical_index, Qt.Orientation.Vertical) if model is not None else None
        if number is not None:
            beside = self._look.scale.em(0.5)
            painter.setPen(QColor(self._look.theme.theme.colours.muted))
            painter.drawText(rect.adjusted(beside, 0, -beside, 0), _LEFT, str(number))
