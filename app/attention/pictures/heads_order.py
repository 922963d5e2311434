"""In which order all heads stand."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QWidget

from app.actions import ACTIONS
from app.attention.options import ORDERS
from app.attention.pictures.heads import ORDER_NAMES
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.cap import KeyCaps
from app.widgets.plain import PlainLabel, plain_tip
from core.language import _


class OrderBox(Panel):
    """A name with the order's key, and beside it, or below where there is too little room, the orders to choose from.

    Signals:
        chosen: the order.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._name, self.box = PlainLabel(), QComboBox()
        self._key = KeyCaps(look, next(spec.keys[:1] for spec in ACTIONS if spec.id == "at_order"))
        set_style(self._name, kind="caption")
        self._name.setBuddy(self.box)
        self.box.activated.connect(self._on_activated)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addWidget(self._key)
        head.addStretch()
        self._row.addLayout(head, 1)
        self._row.addWidget(self.box)
        self._pair = ""
        self._retranslate()
        self._restyle(look.theme.theme)

    def sizeHint(self) -> QSize:
        """Name and orders beside each other, as high as they stand now."""
        gap = self.look.scale.em(0.5)
        name = self._name.sizeHint().width() + gap + self._key.sizeHint().width()
        return QSize(name + gap + self.box.sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as the longest order can be read."""
        return QSize(self.look.scale.em(8), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand the orders below their name where both have no room in one line."""
        super().resizeEvent(event)
        beside = self.width() >= self.sizeHint().width()
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if way != self._row.direction():
            self._row.setDirection(way)
            self.updateGeometry()

    def show_order(self, order: str) -> None:
        """Mark the order of the heads."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(0, self.box.findData(order)))

    def show_pair(self, words: str) -> None:
        """Say by which pair heads are ordered; empty where they are by something else."""
        if words != self._pair:
            self._pair = words
            self._name.setText(words or _("All heads"))
            self._name.setToolTip(plain_tip(words))
            self.updateGeometry()

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.25))

    def _retranslate(self) -> None:
        self._name.setText(self._pair or _("All heads"))
        chosen = self.box.currentData() or ORDERS[0]
        with QSignalBlocker(self.box):
            self.box.clear()
            for order in ORDERS:
                self.box.addItem(_(ORDER_NAMES[order]), order)
        self.show_order(chosen)
        self.box.setAccessibleName(_("Head order"))

    @Slot()
    def _on_activated(self) -> None:
        self.chosen.emit(self.box.currentData())
