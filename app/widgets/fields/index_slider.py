"""A slider over the layers or heads of a model whose first place is the mean of all."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.widgets.fields.named_slider import NamedSlider
from core.language import _


class IndexSlider(NamedSlider):
    """Chooses an index from 0, or None at the first place where there is one.

    Signals:
        chosen: the index, or None.
    """

    chosen = Signal(object)

    def __init__(
        self, look: Look, name: str, none: str | None, parent: QWidget | None = None, *, first: int = 0
    ) -> None:
        """Make a slider without any places.

        Args:
            look: colours and sizes.
            name: what is chosen, marked with ``N_``.
            none: what the first place, None, is called, marked with ``N_``; None for no such place.
            parent: the widget it lies in.
            first: what index 0 is called.
        """
        super().__init__(look, name, parent)
        self._none, self._first = none, first
        self._count = 0
        self._instead = ""
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._on_moved)
        self._retranslate()

    @property
    def index(self) -> int | None:
        """What is chosen."""
        return None if self._none is not None and self.slider.value() == 0 else self.slider.value() - self._shift

    def show_index(self, index: int | None, count: int, instead: str = "") -> None:
        """Show ``index`` among ``count``; ``instead`` is written where something else is in force until it is moved."""
        self._count, self._instead = count, instead
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, count - 1 + self._shift))
            self.slider.setValue(0 if index is None else index + self._shift)
        self._show_value()

    @property
    def count(self) -> int:
        """How many places there are, that of None aside."""
        return self._count

    @property
    def is_at_end(self) -> bool:
        """Whether the last place is chosen."""
        return self.slider.value() == self.slider.maximum()

    def choose_first(self) -> None:
        """Choose index 0."""
        self.slider.setValue(self._shift)

    def step(self, by: int) -> None:
        """Go ``by`` places on; at the ends, stay."""
        self.slider.setValue(self.slider.value() + by)

    def _retranslate(self) -> None:
        self._show_value()

    @property
    def _shift(self) -> int:
        return 1 if self._none is not None else 0

    def _show_value(self) -> None:
        index = self.index
        if self._instead:
            self._value.setText(self._instead)
        elif index is None:
            self._value.setText(_(self._none) if self._none else "")
        elif self._count:
            last = self._count - 1 + self._first
            words = _("{index} of 0–{last}") if self._first == 0 else _("{index} of 1–{last}")
            self._value.setText(words.format(index=index + self._first, last=last))
        else:
            self._value.setText(str(index + self._first))

    @Slot(int)
    def _on_moved(self, _value: int) -> None:
        self._instead = ""
        self._show_value()
        self.chosen.emit(self.index)
