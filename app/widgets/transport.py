"""The bar at the foot of every stage where something moves: play, steps, speed, reset, and where one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QSpacerItem, QToolButton, QWidget

from app.actions import ACTIONS, Actions, keys_text, without_dots
from app.fonts import tabular
from app.icons import IconName, icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton, KeyToolButton
from app.widgets.live_label import LiveLabel
from core.language import N_, _

_BAREST: Final = 4
"""How far the buttons can be cut: 0 words and keys, 1 words alone on what steps, 2 and drawings alone on the speeds, 3
drawings and keys on what steps, 4 drawings alone everywhere. What a button no longer says stands in its tip."""
_PLACE: Final = 18
"""Lines of text in width that the words which say where one is get before the gap among the buttons grows."""
_LEAST_PLACE: Final = 6
"""Of these, what they keep before a button loses its words."""
_GAP: Final = 0.75
"""The gap between what steps and what sets the speed, in lines of text, where there is room for just that."""


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
        speed_keys: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the bar.

        Args:
            look: colours and sizes.
            play: id of the action that plays and pauses.
            steps: id and short words (marked with ``N_``) of each action that steps.
            reset: the same of the action that goes back to the start.
            speeds: name, words (marked with ``N_``) and drawing of each speed, slowest first.
            speed_keys: ids of the actions that go slower and faster, whose keys the speeds' tips name.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._play_id = play
        self._playing = False
        self._offers_speeds = True
        self.play = KeyPushButton(look)
        self.play.setObjectName("play")
        self._is_primary = True
        set_style(self.play, primary=True)
        self._draw_play()
        self._words = dict((reset, *steps))
        self._called: Mapping[str, str] = {}
        self._why_still = ""
        self._tools = {name: KeyToolButton(look) for name in self._words}
        self._speed_words = {name: words for name, words, _drawing in speeds}
        self._speed_keys = speed_keys
        self._cut = 0
        # A timer of its own: the static singleShot never lets go of a widget that is deleted before it rings.
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit_position)
        self._where: tuple[str, ...] = ()
        self.speed_buttons: dict[str, QToolButton] = {}
        self._speed_group = QButtonGroup(self)
        self._position = LiveLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.play)
        for name, tool in self._tools.items():
            tool.setObjectName(name)
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._row.addWidget(tool)
        self._gap = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding)
        self._row.addSpacerItem(self._gap)
        self._row.setStretch(self._row.count() - 1, 1)
        for name, _words, drawing in speeds:
            button = QToolButton()
            button.setObjectName(f"speed_{name}")
            button.setCheckable(True)
            button.setIcon(icon(drawing))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._speed_group.addButton(button)
            self.speed_buttons[name] = button
            self._row.addWidget(button)
        self._speed_group.buttonClicked.connect(self._on_speed)
        self.bind_text(self._position.call, N_("Progress"))
        self._row.addWidget(self._position, 2)
        self._retranslate()
        self._restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        play = actions[self._play_id]
        self.play.clicked.connect(play.trigger)
        play.enabledChanged.connect(self.play.setEnabled)
        self.play.setEnabled(play.isEnabled())
        for name, tool in self._tools.items():
            action: QAction = actions[name]
            if action.icon() is not None:
                tool.setIcon(action.icon())
            tool.clicked.connect(action.trigger)
            action.enabledChanged.connect(tool.setEnabled)
            tool.setEnabled(action.isEnabled())

    def call_steps(self, words: Mapping[str, str]) -> None:
        """Give actions that step other words than usually, by their ids; those that are called nothing are hidden.

        Args:
            words: marked with ``N_``; what isn't named has its usual words.
        """
        if words != self._called:
            self._called = words
            for name, tool in self._tools.items():
                tool.setVisible(words.get(name) != "")
            self._retranslate()

    def offer_speeds(self, on: bool) -> None:
        """Offer to choose how fast it plays, or hide that where there is one pace only."""
        if on == self._offers_speeds:  # fitting lays the whole window out anew, and this is said after every key
            return
        self._offers_speeds = on
        for button in self.speed_buttons.values():
            button.setVisible(on)
        self._fit()

    def say_why_still(self, reason: str) -> None:
        """Say in the tips of buttons that can't be pressed why not; an empty ``reason`` says nothing."""
        if reason != self._why_still:
            self._why_still = reason
            self._retranslate()

    def show_playing(self, playing: bool) -> None:
        """Show what the big button does now."""
        if playing != self._playing:
            self._playing = playing
            self._draw_play()
            self._write_play()

    def show_primary(self, on: bool) -> None:
        """Show the big button as the one thing to press next, or as one among others."""
        if on != self._is_primary:
            self._is_primary = on
            set_style(self.play, primary=on)
            self._draw_play()

    def _draw_play(self) -> None:
        role = QPalette.ColorRole.HighlightedText if self._is_primary else QPalette.ColorRole.ButtonText
        self.play.setIcon(icon("pause" if self._playing else "play", role))

    def show_speed(self, name: str) -> None:
        """Mark the speed in force."""
        self.speed_buttons[name].setChecked(True)

    def show_position(self, *texts: str) -> None:
        """Say where one is: in the first of ``texts``, each shorter than the one before, that has room."""
        self._where = texts
        self._position.show_text(next((words for words in texts if self._position.room_for(words)), ""))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.25))
        self._gap.changeSize(em(_GAP), 0, QSizePolicy.Policy.Expanding)
        size = self.look.scale.icon_size(1.125)
        for button in (self.play, *self._tools.values(), *self.speed_buttons.values()):
            button.setIconSize(size)
        self._position.use_font(tabular(self.look.scale.font()))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Room for the drawings alone: the bar gives way before it is squeezed."""
        room = self.look.scale.em(1.875) * (2 + len(self._tools) + len(self.speed_buttons))
        return QSize(room, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window, cut words until everything fits."""
        super().resizeEvent(event)
        self._fit()

    def _retranslate(self) -> None:
        for name, tool in self._tools.items():
            words = _(self._called[name]) if self._called.get(name) else without_dots(_(self._specs[name].text))
            tool.setToolTip(self._tip(tool, words, name))
            tool.setAccessibleName(words)
        for name, button in self.speed_buttons.items():
            words = _(self._speed_words[name])
            button.setAccessibleName(words)
            button.setToolTip(words)
            if self._speed_keys is not None:
                slower, faster = (keys_text(self._specs[key]) for key in self._speed_keys)
                button.setToolTip(
                    _("{speed} (slower {slower}, faster {faster})").format(speed=words, slower=slower, faster=faster)
                )
        self._fit()

    def _fit(self) -> None:
        """Cut as little as the width allows."""
        for cut in range(_BAREST + 1):
            self._cut = cut
            self._write()
            if self._room_needed() <= self.width():
                break
        spare = self.width() - self._room_of_buttons()
        self._position.setMinimumWidth(max(0, min(spare, self.look.scale.em(_PLACE))))
        self._fitting.start()  # the layout gives the label its width after this

    def _write(self) -> None:
        """Write on the buttons what the present cut leaves of their words and keys."""
        style = Qt.ToolButtonStyle
        for name, tool in self._tools.items():
            has_words = self._cut <= 2
            words = self._called.get(name) or self._words[name]
            tool.setText(_(words) if has_words else "")
            tool.show_key("" if self._cut in (1, 2, _BAREST) else self._specs[name].keys[0])
            tool.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_words else style.ToolButtonIconOnly)
        for name, button in self.speed_buttons.items():
            button.setText(_(self._speed_words[name]))
            button.setToolButtonStyle(style.ToolButtonIconOnly if self._cut >= 2 else style.ToolButtonTextBesideIcon)
        # The button keeps its width when its word changes.
        self.play.setMinimumWidth(0)
        self.play.setMinimumWidth(max(self._write_play(playing) for playing in (not self._playing, self._playing)))

    def _write_play(self, playing: bool | None = None) -> int:
        """Write on the big button what it does while the run plays or not; return the width it asks for."""
        playing = self._playing if playing is None else playing
        word = _("Pause") if playing else _("Play")
        self.play.setText("" if self._cut == _BAREST else word)
        self.play.show_key("" if self._cut == _BAREST else self._specs[self._play_id].keys[0])
        self.play.setToolTip(self._tip(self.play, word, self._play_id))
        self.play.setAccessibleName(word)
        return self.play.sizeHint().width()

    def _tip(self, button: QAbstractButton, words: str, action: str) -> str:
        """Return the tip of a button: its words and keys and, where it can't be pressed, why not."""
        tip = f"{words} ({keys_text(self._specs[action])})"
        return f"{tip}\n{self._why_still}" if self._why_still and not button.isEnabled() else tip

    def _room_needed(self) -> int:
        room = self._room_of_buttons()
        return room if self._cut == _BAREST else room + self.look.scale.em(_LEAST_PLACE)

    def _room_of_buttons(self) -> int:
        """Return the width of everything but the words that say where one is, the gap at its least."""
        tools = (tool for name, tool in self._tools.items() if self._called.get(name) != "")
        speeds = (button for button in self.speed_buttons.values() if not button.isHidden())
        buttons = (self.play, *tools, *speeds)
        margins = self._row.contentsMargins()
        room = margins.left() + margins.right()
        room += sum(max(button.sizeHint().width(), button.minimumWidth()) for button in buttons)
        return room + self._row.spacing() * (len(buttons) + 1) + self._gap.sizeHint().width()

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
    ("fast", N_("Sped up"), "fast"),
    ("turbo", N_("Turbo"), "turbo"),
)
