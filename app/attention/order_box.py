"""In which order all heads stand."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from app.actions import ACTIONS, keys_text
from app.attention.mosaic import ORDER_NAMES, ORDERS
from app.panel import Look, Panel
from app.style import mark
from core.language import _


class OrderBox(Panel):
    """A name with the order's key, and the orders to choose from.

    Signals:
        chosen: the order.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name, self.box = QLabel(), QComboBox()
        mark(self._name, kind="caption")
        self._name.setBuddy(self.box)
        self.box.activated.connect(self._on_activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._name)
        row.addStretch()
        row.addWidget(self.box)
        self.retranslate()

    def show_order(self, order: str) -> None:
        """Mark the order of the heads."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(0, self.box.findData(order)))

    def retranslate(self) -> None:
        """Renew words."""
        key = next(keys_text(spec) for spec in ACTIONS if spec.id == "at_order")
        words = _("All heads")
        self._name.setText(f"{words}  {key}")
        chosen = self.box.currentData() or ORDERS[0]
        with QSignalBlocker(self.box):
            self.box.clear()
            for order in ORDERS:
                self.box.addItem(_(ORDER_NAMES[order]), order)
        self.show_order(chosen)
        self.box.setAccessibleName(_("Order of the heads"))

    @Slot()
    def _on_activated(self) -> None:
        self.chosen.emit(self.box.currentData())
