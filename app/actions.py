"""Everything a person can do, as one table: menus, buttons, keys, the F1 sheet and the tests read it.

Each tab's rows stand in its own folder, those of the window here; here they become one table.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.action import LECTURE, LECTURING, PRESENTING, WINDOW, ActionSpec, Context
from app.copying.actions import ROWS as _COPY_ROWS
from app.documents.actions import ROWS as _DOCUMENT_ROWS
from app.help.actions import ROWS as _HELP_ROWS
from app.icons import icon
from app.key_routing import pressed_in
from app.lecture.actions import ROWS as _LECTURE_ROWS
from app.tabs import TABS
from app.theme import THEME_CHOICES, ThemeChoice
from core.language import N_, _

__all__ = [
    "ACTIONS",
    "ActionSpec",
    "Actions",
    "Context",
    "button_text",
    "key_name",
    "keys_text",
    "menu_text",
    "without_dots",
]

_THEMES: Final[dict[ThemeChoice, str]] = {
    "system": N_("As the system"),
    "light": N_("Light"),
    "dark": N_("Dark"),
    "projector": N_("Projector"),
}

_WINDOW: Final[tuple[ActionSpec, ...]] = (
    *_COPY_ROWS,
    ActionSpec(
        "save_picture", N_("Save screenshot…"), ("Ctrl+Shift+P",), "window", "file", "camera", group="screenshot"
    ),
    ActionSpec("open_log", N_("Show the log folder"), (), "window", "file", "folder", group="log"),
    ActionSpec("quit", N_("Quit"), ("Ctrl+Q",), "window", "file", "close", group="quit"),
    *(
        ActionSpec(f"tab_{number}", tab.title, (f"Ctrl+{number}",), "window", "view", tab.icon, group="tabs")
        for number, tab in enumerate(TABS, start=1)
    ),
    ActionSpec("zoom_in", N_("Larger"), ("Ctrl++", "Ctrl+="), "window", "view", "zoom-in", group="zoom", repeats=True),
    ActionSpec("zoom_out", N_("Smaller"), ("Ctrl+-",), "window", "view", "zoom-out", group="zoom", repeats=True),
    ActionSpec("zoom_reset", N_("Actual size"), ("Ctrl+0",), "window", "view", group="zoom"),
    ActionSpec(
        "present", N_("Presentation"), ("F11",), "window", "view", "presentation", checkable=True, group="present"
    ),
    ActionSpec(
        "present_next", N_("Next: play on, next layer, further down"), ("PgDown",), PRESENTING, "view",
        group="present", repeats=True,
    ),
    ActionSpec(
        "present_back", N_("Back: pause, previous layer, further up"), ("PgUp",), PRESENTING, "view",
        group="present", repeats=True,
    ),
    ActionSpec("present_black", N_("Black screen"), ("B", "."), PRESENTING, "view", group="present"),
    ActionSpec("present_end", N_("Exit presentation"), ("Esc",), "window", "view", group="present", yields=True),
    *(
        ActionSpec(
            f"theme_{choice}", _THEMES[choice], (), "window", "view", checkable=True, is_choice=True,
            submenu=N_("Theme"), group="theme",
        )
        for choice in THEME_CHOICES
    ),
    ActionSpec("theme_next", N_("Next theme"), ("F9",), "window", "view", "moon", submenu=N_("Theme"), group="look"),
    ActionSpec(
        "on_paper", N_("Pictures as on paper"), ("Shift+F9",), "window", "view", "paper", checkable=True, group="look"
    ),
    ActionSpec("reduce_motion", N_("Reduce motion"), (), "window", "view", checkable=True, group="look"),
    ActionSpec("language_next", N_("中文 / English"), ("F8",), "window", "view", "language", group="look"),
)  # fmt: skip

ACTIONS: Final = (
    *_DOCUMENT_ROWS,
    *(row for tab in TABS for row in tab.actions),
    *_WINDOW,
    *_LECTURE_ROWS,
    *_HELP_ROWS,
)
"""All rows, in the order of the menus: the document, then what the tab does, then what the window does."""


CLICKER_KEYS: Final = ("PgDown", "PgUp", "B", ".", "F5", "Shift+F5")
"""What a presenter's remote control sends. While the window presents, these mean what they mean to a clicker: on,
back, black, and (F5) begin the presentation, which has begun. Nothing else has them then."""

_CLAIMED: Final[dict[Context, tuple[str, ...]]] = {
    PRESENTING: CLICKER_KEYS,
    LECTURE: ("F5", "Shift+F5"),
    LECTURING: CLICKER_KEYS,
}
"""The keys that only the rows of a context have, while that context holds."""

_SIGNS: Final = {
    "PgUp": "PgUp",  # before Up, which is a part of it
    "PgDown": "PgDn",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "Space": N_("Space"),
    "Backspace": N_("Backspace"),
}
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))


def keys_text(spec: ActionSpec) -> str:
    """Return the first key of ``spec`` as the system writes it, for buttons and tips; empty without one."""
    return key_name(spec.keys[0]) if spec.keys else ""


def key_name(key: str) -> str:
    """Return ``key`` as it is written on a keyboard: arrows as arrows, the rest in the language in use."""
    if sys.platform == "darwin":
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    return _SIGN.sub(lambda found: _(_SIGNS[found[0]]), name)


class Actions(QObject):
    """The table come to life: a ``QAction`` for each row, and keys that work whatever has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._context: Context = WINDOW
        self._claims: tuple[Context, ...] = ()
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            action = QAction(window)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setAutoRepeat(spec.repeats)
            if spec.icon is not None:
                action.setIcon(icon(spec.icon))
            if spec.is_choice:
                self._group(groups, spec.group).addAction(action)
            window.addAction(action)
            self._actions[spec.id] = action
        self.claim()
        self.retranslate()

    def _group(self, groups: dict[str, QActionGroup], name: str) -> QActionGroup:
        """Return the group of actions of which one is on, made when it is first asked for."""
        if name not in groups:
            groups[name] = QActionGroup(self)
        return groups[name]

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def on(self, action_id: str, callback: Callable[[], object]) -> None:
        """Call ``callback`` when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda _checked=False: callback())

    def on_toggle(self, action_id: str, callback: Callable[[bool], object]) -> None:
        """Call ``callback`` with the new state when the action is switched."""
        self._actions[action_id].toggled.connect(callback)

    @property
    def is_presenting(self) -> bool:
        """Whether the keys of a clicker are a clicker's."""
        return PRESENTING in self._claims or LECTURING in self._claims

    def claim(self, *contexts: Context) -> None:
        """Give the keys of a clicker to what they mean in a presentation or a lecture, or back to what has them else.

        Args:
            contexts: those of ``PRESENTING``, ``LECTURE`` and ``LECTURING`` that hold from now on.
        """
        self._claims = contexts
        for spec in ACTIONS:
            action = self._actions[spec.id]
            if spec.context in _CLAIMED:
                action.setEnabled(spec.context in contexts)
                action.setVisible(spec.context in contexts)
            if not spec.yields:
                action.setShortcuts([QKeySequence(key) for key in spec.keys if self._has_key(spec, key)])

    def _has_key(self, spec: ActionSpec, key: str) -> bool:
        if spec.context in self._claims:
            return True
        # Before a hall, no letter that nobody sees may change what is on the wall.
        is_hidden_letter = LECTURING in self._claims and len(key) == 1
        return not is_hidden_letter and all(key not in _CLAIMED[context] for context in self._claims)

    def enter(self, context: Context) -> None:
        """Offer the actions of the page or tab ``context``, of its tab and of the window; all other keys are free.

        What is offered is enabled, except what was refused by hand since one came to this context.
        """
        for spec in ACTIONS:
            if spec.context != WINDOW and spec.context not in _CLAIMED:
                offered, before = spec.is_offered_in(context), spec.is_offered_in(self._context)
                if offered != before or self._context == WINDOW:
                    self._actions[spec.id].setEnabled(offered)
                    self._actions[spec.id].setVisible(offered)
        self._context = context

    def handle_key(self, event: QKeyEvent, *, typed: str | None = None) -> bool:
        """Trigger the action that has the key which nobody used; return whether there is one.

        Args:
            event: the key.
            typed: what to take for the key, and then for any action; else only those that yield their keys are meant,
                as Qt has already tried the others.
        """
        if typed == "":
            return False
        pressed = pressed_in(event) if typed is None else QKeySequence(typed)
        for spec in ACTIONS:
            action = self._actions[spec.id]
            if not (spec.yields or typed) or not action.isEnabled():
                continue
            if pressed in [QKeySequence(key) for key in spec.keys if self._has_key(spec, key)]:
                if spec.repeats or not event.isAutoRepeat():
                    action.trigger()
                return True
        return False

    def retranslate(self) -> None:
        """Renew the words of all actions."""
        for spec in ACTIONS:
            action, words = self._actions[spec.id], _(spec.text)
            # Qt would write its own name of the key into the menu; one key has one spelling.
            action.setText(f"{button_text(words)}\t{keys_text(spec)}" if spec.keys else button_text(words))
            action.setIconText(button_text(without_dots(words)))
            action.setToolTip(f"{without_dots(words)} ({keys_text(spec)})" if spec.keys else without_dots(words))


def menu_text(menu: str) -> str:
    """Return the title of a menu, with its letter for the keyboard."""
    titles = {
        "file": _("&File"), "run": _("&Run"), "view": _("&View"), "lecture": _("&Lecture"), "help": _("&Help"),
    }  # fmt: skip
    return titles[menu]


def button_text(text: str) -> str:
    """Return ``text`` as a menu or a button shows it: an ampersand is a character, not a letter's underline."""
    return text.replace("&", "&&")


def without_dots(text: str) -> str:
    """Return the text of an action as a sheet or a tip writes it: without the dots that announce a dialog."""
    return text.rstrip("…")
