"""What a mechanism's page brings to the sidebar: after which layer its vectors are, and what can be moved by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from app.attention.views.controls import Controls, size_of
from app.panel import Look
from app.style import set_style
from app.theme import Theme
from app.widgets.fields.index_slider import IndexSlider
from app.widgets.fields.named_slider import NamedSlider
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox
from core.attention.results import ModelCard
from core.language import N_, _

_STEPS: Final = 100
"""Places of a slider of fractions."""


class AmountSlider(NamedSlider):
    """A slider over an amount, with its name and its number.

    Signals:
        chosen: the amount.
    """

    chosen = Signal(float)

    def __init__(self, look: Look, name: str, least: float, most: float, parent: QWidget | None = None) -> None:
        """Make a slider from ``least`` to ``most``, its name marked with ``N_``."""
        super().__init__(look, name, parent)
        self._least, self._most = least, most
        self.slider.setRange(0, _STEPS)
        self.slider.valueChanged.connect(self._on_moved)

    def show_amount(self, amount: float) -> None:
        """Show ``amount``."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((amount - self._least) / (self._most - self._least) * _STEPS))
        self._value.setText(f"{amount:.2f}")

    def _on_moved(self, place: int) -> None:
        amount = round(self._least + (self._most - self._least) * place / _STEPS, 4)
        self._value.setText(f"{amount:.2f}")
        self.chosen.emit(amount)


class MechanismControls(Controls):
    """Controls of one mechanism; each of its rows shows and changes one field of ``MechanismOptions``.

    Signals:
        moved: changed fields of the mechanism's options, by name.
    """

    moved = Signal(dict)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.walk = self._make_walk()
        self.fields: dict[str, QWidget] = {}
        self._shows: list[Callable[[MechanismOptions], object]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._entries: list[tuple[ChoiceBox, Sequence[tuple[str, object]]]] = []
        self._last: MechanismOptions | None = None
        self._restyle(look.theme.theme)

    def _make_walk(self) -> IndexSlider:
        """Return the slider that the keys of the layers move; the layer after which the vectors are."""
        states = IndexSlider(self.look, N_("Vectors after layer"), N_("the middle layer"))
        states.chosen.connect(lambda index: self.wanted.emit({"states": index}))
        return states

    def _show_walk(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show in that slider what ``options`` say."""
        self.walk.show_index(options.states, size_of(cards.get(options.model), options.stack)[0] + 1)

    def add_choice(self, field: str, title: str, entries: Sequence[tuple[str, object]]) -> None:
        """Add a menu over ``field``; its title and its entries' words are marked with ``N_``."""
        box = ChoiceBox()
        self._entries.append((box, entries))
        box.offer([(_(words), value) for words, value in entries])
        box.activated.connect(lambda _at: self.moved.emit({field: box.value}))
        self.add_titled(field, title, box, lambda options: box.choose(getattr(options, field)))

    def add_titled(self, field: str, title: str, control: QWidget, show: Callable[[MechanismOptions], object]) -> None:
        """Add a control of ``field`` below its title, marked with ``N_``; ``show`` shows in it what is chosen."""
        label = PlainLabel()
        label.setBuddy(control)
        self.bind_text(label.setText, title)
        self.bind_text(control.setAccessibleName, title)
        self._column.addWidget(label)
        self._column.addWidget(control)
        self._shows.append(show)
        self.fields[field] = control

    def add_amount(self, field: str, title: str, least: float, most: float) -> None:
        """Add a slider over ``field``."""
        slider = AmountSlider(self.look, title, least, most)
        slider.chosen.connect(lambda amount: self.moved.emit({field: amount}))
        self._column.addWidget(slider)
        self._shows.append(lambda options: slider.show_amount(getattr(options, field)))
        self.fields[field] = slider

    def add_switch(self, field: str, title: str) -> None:
        """Add a switch of ``field``."""
        box = QCheckBox()
        self.bind_text(box.setText, title)
        box.clicked.connect(lambda on: self.moved.emit({field: on}))
        self._column.addWidget(box)
        self._shows.append(lambda options: box.setChecked(getattr(options, field)))
        self.fields[field] = box

    def add_button(self, title: str, pressed: Callable[[], None], *, primary: bool = False) -> QPushButton:
        """Add a button."""
        button = QPushButton()
        set_style(button, primary=primary)
        self.bind_text(button.setText, title)
        button.clicked.connect(lambda _on: pressed())
        self._column.addWidget(button)
        return button

    def add_caption(self, words: str) -> None:
        """Add lesser words that wrap."""
        label = PlainLabel()
        label.setWordWrap(True)
        set_style(label, kind="caption")
        self.bind_text(label.setText, words)
        self._column.addWidget(label)

    def finish(self) -> None:
        """Add what all of them have, below the rest."""
        self._column.addWidget(self.walk)

    def show_options(self, options: ViewOptions, cards: Mapping[str, ModelCard]) -> None:
        """Show ``options``."""
        self._show_walk(options, cards)
        if options.mechanism != self._last:
            self._last = options.mechanism
            for show in self._shows:
                show(options.mechanism)

    @property
    def layers(self) -> IndexSlider:
        """What the keys of the layers move."""
        return self.walk

    def add(self, widget: QWidget) -> None:
        """Add what is made elsewhere."""
        self._column.addWidget(widget)

    def changed(self, **changes: Any) -> None:
        """Say that fields of the mechanism's options are wanted."""
        self.moved.emit(changes)

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.375))

    def _retranslate(self) -> None:
        for box, entries in self._entries:
            with QSignalBlocker(box):
                box.offer([(_(words), value) for words, value in entries])
