"""What moves the episodes in step: play, a step back and on, the place, the speed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.actions import ACTIONS, Actions, keys_text, without_dots
from app.fonts import tabular
from app.icons import icon
from app.panel import Look, Panel
from app.policy_gradient.replay.clock import RATES, ReplayClock
from app.theme import Theme
from app.widgets.keys.button import KeyToolButton
from app.widgets.live_label import LiveLabel
from app.widgets.sidebar import ChoiceBox
from core.language import N_, _

_WORDS: Final = {"rp_back": N_("Back"), "rp_play": N_("Watch"), "rp_on": N_("On")}
_LEAST_SLIDER: Final = 12
"""Width of the slider in lines of text; where it would have less beside the buttons, it has a line of its own."""
_RATE_WORDS: Final = {0.25: "¼×", 0.5: "½×", 1.0: "1×", 2.0: "2×", 4.0: "4×"}


class Scrubber(Panel):
    """A row of controls on a ``ReplayClock``, the slider above it where the row is too narrow."""

    def __init__(self, look: Look, clock: ReplayClock, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._clock = clock
        self._specs = {spec.id: spec for spec in ACTIONS if spec.id in _WORDS}
        self.tools = {name: KeyToolButton(look) for name in _WORDS}
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(10)
        self.rate = ChoiceBox()
        self.position = LiveLabel(widest="10000 / 10000")
        self._column, self._row = QVBoxLayout(self), QHBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        for tool in self.tools.values():
            self._row.addWidget(tool)
        self._row.addWidget(self.slider, 1)
        self._row.addStretch()
        self._row.addWidget(self.position)
        self._row.addWidget(self.rate)
        self._is_above = False
        self.rate.offer((_RATE_WORDS[rate], rate) for rate in RATES)
        self.rate.choose(1.0)
        self.slider.valueChanged.connect(self._on_slider)
        self.rate.currentIndexChanged.connect(self._on_rate)
        clock.moved.connect(self.show_clock)
        clock.playing_changed.connect(self.show_clock)
        self._restyle(look.theme.theme)
        self._retranslate()

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        for name, tool in self.tools.items():
            tool.clicked.connect(actions[name].trigger)

    def minimumSizeHint(self) -> QSize:
        """Room for the row without the slider."""
        return QSize(self._row_width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the slider a line of its own where it has too little room in the row."""
        super().resizeEvent(event)
        self._place_slider()

    def _row_width(self) -> int:
        """Return how wide the row is without the slider."""
        parts = (*self.tools.values(), self.position, self.rate)
        hints = (max(part.sizeHint().width(), part.minimumWidth()) for part in parts)
        return sum(hints) + self._row.spacing() * len(parts)

    def _place_slider(self) -> None:
        above = self.width() < self._row_width() + self.look.scale.em(_LEAST_SLIDER)
        if above != self._is_above:
            self._is_above = above
            (self._row if above else self._column).removeWidget(self.slider)
            if above:
                self._column.insertWidget(0, self.slider)
            else:
                self._row.insertWidget(len(self.tools), self.slider, 1)

    @Slot()
    def show_clock(self) -> None:
        """Show where it is, and whether it plays."""
        clock = self._clock
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, clock.length)
            self.slider.setValue(clock.step)
        self.position.show_text(f"{clock.step} / {clock.length}")
        self.tools["rp_play"].setIcon(icon("pause" if clock.is_playing else "play"))
        for widget in (*self.tools.values(), self.slider):
            widget.setEnabled(clock.length > 0)

    def show_rate(self, rate: float) -> None:
        """Take a speed for the one in force."""
        self.rate.choose(rate)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setSpacing(em(0.375))
        self._column.setSpacing(em(0.25))
        self.position.use_font(tabular(self.look.scale.font()))
        self.tools["rp_back"].setIcon(icon("chevron-left"))
        self.tools["rp_on"].setIcon(icon("chevron-right"))
        for tool in self.tools.values():
            tool.setIconSize(self.look.scale.icon_size(1.0))
        self.rate.setMinimumWidth(em(4))
        self._place_slider()

    def _retranslate(self) -> None:
        for name, tool in self.tools.items():
            spec = self._specs[name]
            tool.setText(_(_WORDS[name]))
            tool.show_key(spec.keys[0])
            words = without_dots(_(spec.text))
            tool.setToolTip(f"{words} ({keys_text(spec)})")
            tool.setAccessibleName(words)
        self.slider.setAccessibleName(_("Step of the episodes"))
        self.rate.setAccessibleName(_("Speed of the replay"))
        self.position.call(_("Step of the episodes"))
        self._place_slider()
        self.show_clock()

    @Slot(int)
    def _on_slider(self, step: int) -> None:
        self._clock.pause()
        self._clock.go_to(step)

    @Slot()
    def _on_rate(self) -> None:
        rate = self.rate.value
        assert isinstance(rate, float)
        self._clock.rate = rate
