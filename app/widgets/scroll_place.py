"""Where something is scrolled to, kept and brought back, also before what scrolls has arrived."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QScrollBar

from app.widgets.control_state import is_number


class ScrollPlace(QObject):
    """The place of one scroll bar; one brought back waits until there is as much to scroll through as there was."""

    def __init__(self, bar: QScrollBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._wanted: int | None = None
        bar.rangeChanged.connect(self._on_range)
        bar.actionTriggered.connect(self._on_hand)

    def save(self) -> int:
        """Return the place, or the one that is still wanted."""
        return self._bar.value() if self._wanted is None else self._wanted

    def restore(self, value: object) -> None:
        """Go to a place that :meth:`save` gave; anything else is passed over."""
        if is_number(value):
            self._wanted = max(0, int(value))
            self._go()

    def _go(self) -> None:
        if self._wanted is not None and self._wanted <= self._bar.maximum():
            self._bar.setValue(self._wanted)
            self._wanted = None

    @Slot(int, int)
    def _on_range(self, _least: int, _most: int) -> None:
        self._go()

    @Slot(int)
    def _on_hand(self, _action: int) -> None:
        """Whoever scrolls by hand wants to be elsewhere."""
        self._wanted = None
