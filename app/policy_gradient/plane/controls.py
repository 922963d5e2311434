"""The column beside the map: what goes along the axes, what the other numbers are held at, and what lies on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.plane.axes import AxisRange
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox, Sidebar
from core.language import N_

PLACES: Final = 200
"""Places of a slider; the middle is one of them."""


class HeldSlider(Panel):
    """One number that is held: its name, its value and a slider.

    Signals:
        moved: somebody has chosen another value.
    """

    moved = Signal()

    def __init__(self, look: Look, axis: AxisRange, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._axis = axis
        self._value = 0.0
        self._name, self._written = PlainLabel(), PlainLabel()
        set_style(self._written, kind="muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, PLACES)
        self.slider.valueChanged.connect(self._on_moved)
        self._name.setBuddy(self.slider)
        head = QHBoxLayout()
        head.addWidget(self._name)
        head.addStretch()
        head.addWidget(self._written)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.slider)
        self.show_axis(axis)
        self.show_value(0.0)
        self._restyle(look.theme.theme)

    @property
    def value(self) -> float:
        """The value, in the environment's own unit."""
        return self._value

    def show_axis(self, axis: AxisRange) -> None:
        """Name it so, and let it reach so far; what it is held at stays."""
        self._axis = axis
        self._name.setText(axis.name)
        self.slider.setAccessibleName(axis.name)
        self.show_value(self._value)

    def show_value(self, value: float) -> None:
        """Hold the number at ``value``, in the environment's own unit, which may lie beyond the slider's ends."""
        self._value = value
        share = (value - self._axis.low) / (self._axis.high - self._axis.low)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(max(0.0, min(1.0, share)) * PLACES))
        self._written.setText(self._axis.written(value))

    def _restyle(self, _theme: Theme) -> None:
        self._written.setFont(tabular(self.look.scale.font()))

    @Slot(int)
    def _on_moved(self, place: int) -> None:
        self._value = self._axis.low + place / PLACES * (self._axis.high - self._axis.low)
        if 2 * place == PLACES:
            self._value = (self._axis.low + self._axis.high) / 2
        self._written.setText(self._axis.written(self._value))
        self.moved.emit()


class PlaneControls(Sidebar):
    """The column.

    Attributes:
        held: the sliders, one for each number of the observation; those on the axes are hidden.

    Signals:
        axes_chosen: other numbers go along the axes.
        held_moved: the others are held elsewhere.
        layers_switched: something is laid over the map, or taken off.
        greedy_switched: actions of a started episode are the likeliest ones, or drawn.
    """

    axes_chosen = Signal()
    held_moved = Signal()
    layers_switched = Signal()
    greedy_switched = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.x_box, self.y_box = ChoiceBox(), ChoiceBox()
        for title, box in ((N_("To the right"), self.x_box), (N_("Up"), self.y_box)):
            self.add_titled(title, box)
            box.activated.connect(self._on_axes)
        self.action_box = ChoiceBox()
        self._action_title = self.add_titled(N_("Action"), self.action_box)
        self.action_box.activated.connect(self._on_held)
        self.add_heading(N_("Held"))
        self._sliders = QVBoxLayout()
        self._sliders.setContentsMargins(0, 0, 0, 0)
        self.layout_.addLayout(self._sliders)
        self.held: list[HeldSlider] = []
        self.follows = self._add_switch(N_("As in the episode on screen"))
        self.add_heading(N_("On the map"))
        self.path = self._add_switch(N_("Path of the episode"), on=True)
        self.visited = self._add_switch(N_("States visited"), on=True)
        self.greedy = self._add_switch(N_("Start greedy episodes"), on=True)
        self.follows.toggled.connect(self._on_held)
        self.path.toggled.connect(self.layers_switched)
        self.visited.toggled.connect(self.layers_switched)
        self.greedy.toggled.connect(self.greedy_switched)
        self.layout_.addStretch()

    def _add_switch(self, words: str, *, on: bool = False) -> QCheckBox:
        switch = QCheckBox()
        switch.setChecked(on)
        self.bind_text(switch.setText, words)
        self.layout_.addWidget(switch)
        return switch

    def show_axes(self, ranges: Sequence[AxisRange], x: int, y: int) -> None:
        """Offer the numbers of an observation, ``x`` and ``y`` of them on the axes."""
        while len(self.held) > len(ranges):
            gone = self.held.pop()
            self._sliders.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for number, axis in enumerate(ranges):
            if number == len(self.held):
                slider = HeldSlider(self.look, axis)
                slider.moved.connect(self._on_held)
                self.held.append(slider)
                self._sliders.addWidget(slider)
            self.held[number].show_axis(axis)
            self.held[number].setVisible(number not in {x, y})
        for box, chosen in ((self.x_box, x), (self.y_box, y)):
            box.offer([(axis.name, number) for number, axis in enumerate(ranges)])
            box.choose(chosen)

    @property
    def action(self) -> int:
        """The action whose probability is shown."""
        chosen = self.action_box.value if self.action_box.count() else 1
        return chosen if isinstance(chosen, int) else 1

    def show_actions(self, names: Sequence[str]) -> None:
        """Offer the actions; of two, the second is meant, since the map shows both."""
        self.action_box.offer([(name, number) for number, name in enumerate(names)])
        for part in (self._action_title, self.action_box):
            part.setVisible(len(names) > 2)
        if len(names) == 2:
            self.action_box.choose(1)

    def show_held(self, values: Sequence[float]) -> None:
        """Show what the numbers are held at; by hand they can be moved only where nothing else says so."""
        for slider, value in zip(self.held, values, strict=True):
            slider.show_value(value)
            slider.slider.setEnabled(not self.follows.isChecked())

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        self.setFixedWidth(self.look.scale.em(13))

    @Slot()
    def _on_axes(self) -> None:
        self.axes_chosen.emit()

    @Slot()
    def _on_held(self) -> None:
        self.held_moved.emit()
