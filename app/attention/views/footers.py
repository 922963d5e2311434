"""What stands below the stage: numbers or an order, and the scale of colours."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.pictures.heads_order import OrderBox
from app.attention.pictures.readout import Readout
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel


class Footer(Panel):
    """Something that says more, and beside it the scale of colours."""

    def __init__(self, look: Look, first: QWidget, side: Qt.AlignmentFlag, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.bar = ScaleBar(look)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(first, 3, side)
        self._row.addWidget(self.bar, 1)
        self._restyle(look.theme.theme)

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(1))


class MapFooter(Footer):
    """Below a map: the numbers of what is under the mouse, and what the model expects next."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self.readout = Readout(look)
        self._next = ElidedLabel()
        self._next.hide()
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.scale.em(0.25))
        column.addWidget(self.readout)
        column.addWidget(self._next)
        super().__init__(look, both, Qt.AlignmentFlag(0), parent)

    def show_next(self, words: str) -> None:
        """Say what is expected next; nothing for an empty text."""
        if words != self._next.text():
            self._next.setText(words)
            self._next.setVisible(bool(words))


class HeadsFooter(Footer):
    """Below all heads: their order."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self.order = OrderBox(look)
        super().__init__(look, self.order, Qt.AlignmentFlag.AlignLeft, parent)
