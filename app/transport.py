"""The bar at the foot of every stage where something moves: play, steps, speed, reset, and where one is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget

from app.actions import ACTIONS, Actions, keys_text, no_ampersand
from app.fonts import tabular
from app.icons import IconName, icon
from app.panel import Look, Panel
from app.reading import Reading
from app.style import mark
from app.theme import Theme
from core.language import N_, _

_ROOMY: Final = 62
"""Width in lines of text from which the buttons have room for words beside their keys."""


class Transport(Panel):
    """Buttons for actions of the table, with their keys written on them, and a choice of speeds.

    Signals:
        speed_chosen: the name of a speed.
    """

    speed_chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        *,
        play: str,
        steps: tuple[tuple[str, str], ...],
        reset: tuple[str, str],
        speeds: tuple[tuple[str, str, IconName], ...],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the bar.

        Args:
            look: colours and sizes.
            play: id of the action that plays and pauses.
            steps: id and short words (marked with ``N_``) of each action that steps.
            reset: the same of the action that goes back to the start.
            speeds: name, words (marked with ``N_``) and drawing of each speed, slowest first.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._play_id = play
        self._playing = False
        self.play = QPushButton()
        self.play.setObjectName("play")
        self.play.setIcon(icon("play", QPalette.ColorRole.HighlightedText, checked="pause"))
        mark(self.play, primary=True)
        self._words = dict((reset, *steps))
        self._tools = {name: QToolButton() for name in self._words}
        self._is_terse = False
        self._where = ("", "")
        self.speed_buttons: dict[str, QToolButton] = {}
        self._speed_group = QButtonGroup(self)
        self._position = Reading(alignment=Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.play)
        for name, tool in self._tools.items():
            tool.setObjectName(name)
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._row.addWidget(tool)
        self._row.addStretch(1)
        for name, words, drawing in speeds:
            button = QToolButton()
            button.setObjectName(f"speed_{name}")
            button.setCheckable(True)
            button.setIcon(icon(drawing))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self.say(button.setText, words)
            self._speed_group.addButton(button)
            self.speed_buttons[name] = button
            self._row.addWidget(button)
        self._speed_group.buttonClicked.connect(self._on_speed)
        self._row.addWidget(self._position, 2)
        self.retranslate()
        self.restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        self.play.clicked.connect(actions[self._play_id].trigger)
        for name, tool in self._tools.items():
            action: QAction = actions[name]
            if action.icon() is not None:
                tool.setIcon(action.icon())
            tool.clicked.connect(action.trigger)

    def show_playing(self, playing: bool) -> None:
        """Show what the big button does now."""
        self._playing = playing
        self.play.setIcon(icon("pause" if playing else "play", QPalette.ColorRole.HighlightedText))
        self.retranslate()

    def show_speed(self, name: str) -> None:
        """Mark the speed in force."""
        self.speed_buttons[name].setChecked(True)

    def show_position(self, text: str, short: str) -> None:
        """Say where one is: in few words, or in even fewer where there is no room for them."""
        self._where = (text, short)
        self._position.show_text(next((words for words in self._where if self._position.room_for(words)), ""))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.25))
        size = self.look.scale.icon_size(1.125)
        for button in (self.play, *self._tools.values(), *self.speed_buttons.values()):
            button.setIconSize(size)
        self._position.wear(tabular(self.look.scale.font()))
        self.play.setMinimumWidth(em(7))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window, keep only the keys on the buttons that step."""
        super().resizeEvent(event)
        terse = self.width() < self.look.scale.em(_ROOMY)
        if terse != self._is_terse:
            self._is_terse = terse
            self.retranslate()
        QTimer.singleShot(0, self._fit_position)  # the layout gives the label its width after this

    def retranslate(self) -> None:
        """Renew words and the keys on the buttons."""
        key = keys_text(self._specs[self._play_id])
        word = _("Pause") if self._playing else _("Play")
        self.play.setText(f"{word}  {key}")
        for name, tool in self._tools.items():
            spec = self._specs[name]
            words = no_ampersand(_(spec.text))
            short = _(self._words[name])
            tool.setText(keys_text(spec) if self._is_terse else f"{short}  {keys_text(spec)}")
            tool.setToolTip(f"{words} ({keys_text(spec)})")
            tool.setAccessibleName(words)

    @Slot()
    def _fit_position(self) -> None:
        self.show_position(*self._where)

    @Slot()
    def _on_speed(self) -> None:
        for name, button in self.speed_buttons.items():
            if button.isChecked():
                self.speed_chosen.emit(name)


SPEED_WORDS: Final[tuple[tuple[str, str, IconName], ...]] = (
    ("slow", N_("Slow"), "slow"),
    ("real", N_("Real time"), "speed"),
    ("fast", N_("Fast"), "fast"),
    ("turbo", N_("Turbo"), "turbo"),
)
