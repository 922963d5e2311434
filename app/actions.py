"""Everything a person can do, as one table: menus, buttons, keys, the F1 sheet and the tests read it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget

from app.icons import IconName, icon
from core.language import N_, _

Context = Literal["window", "policy_gradient", "attention", "synonyms"]
"""Where an action is offered: everywhere, or while one tab is open."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing a person can do.

    Attributes:
        id: its name in the program.
        text: what the menu calls it.
        keys: its keys, as ``QKeySequence`` writes them; the first is shown.
        context: where it is offered.
        menu: the menu it stands in.
        icon: its drawing, if it has one.
        checkable: whether it is on or off.
        group: actions of one group exclude each other; a line parts groups in the menu.
        yields: whether what has the focus may use the keys first; the window hears them when it does not.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    context: Context
    menu: Literal["file", "run", "view", "help"]
    icon: IconName | None = None
    checkable: bool = False
    group: str = ""
    yields: bool = False


ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("save_picture", N_("Save a picture of the tab…"), ("Ctrl+S",), "window", "file", "camera"),
    ActionSpec("open_log", N_("Show the log folder"), (), "window", "file", "folder", group="log"),
    ActionSpec("quit", N_("Quit"), ("Ctrl+Q",), "window", "file", "close", group="quit"),
    ActionSpec("pg_play", N_("Play / pause"), ("Space", "PgDown"), "policy_gradient", "run", "play"),
    ActionSpec("pg_step", N_("Step: one transition"), ("Right",), "policy_gradient", "run", "step", group="step"),
    ActionSpec(
        "pg_step_episode", N_("Step: one episode"), ("Shift+Right",), "policy_gradient", "run", "step-episode",
        group="step",
    ),
    ActionSpec(
        "pg_step_update", N_("Step: one update"), ("Ctrl+Right",), "policy_gradient", "run", "step-update",
        group="step",
    ),
    ActionSpec("pg_slower", N_("Slower"), ("[",), "policy_gradient", "run", "slow", group="speed"),
    ActionSpec("pg_faster", N_("Faster"), ("]",), "policy_gradient", "run", "fast", group="speed"),
    ActionSpec("pg_reset", N_("Reset to the start"), ("R",), "policy_gradient", "run", "reset", group="reset"),
    ActionSpec(
        "pg_details", N_("Loss, entropy and gradient norm"), ("L",), "policy_gradient", "view", "curve",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "pg_choices", N_("Settings of the run"), ("C",), "policy_gradient", "view", "parameters",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "at_keep", N_("Keep the stage: PNG, SVG, CSV, NPZ…"), ("Ctrl+E",), "attention", "file", "export", group="at"
    ),
    ActionSpec(
        "at_copy", N_("Copy the stage as a picture"), ("Ctrl+Shift+C",), "attention", "file", "copy", group="at"
    ),
    ActionSpec("at_open_session", N_("Open a session…"), ("Ctrl+O",), "attention", "file", "import", group="at"),
    ActionSpec("at_save_session", N_("Save the session…"), ("Ctrl+Shift+S",), "attention", "file", "save", group="at"),
    ActionSpec("at_play", N_("Walk through the layers"), ("Space",), "attention", "run", "play"),
    ActionSpec("at_layer_back", N_("Layer before"), ("[", "PgUp"), "attention", "run", "chevron-up", group="layer"),
    ActionSpec("at_layer_next", N_("Next layer"), ("]", "PgDown"), "attention", "run", "chevron-down", group="layer"),
    ActionSpec("at_head_back", N_("Head before"), (",",), "attention", "run", "chevron-left", group="layer"),
    ActionSpec("at_head_next", N_("Next head"), (".",), "attention", "run", "chevron-right", group="layer"),
    ActionSpec("at_mean", N_("Mean of all heads"), ("M",), "attention", "run", "swarm", group="layer"),
    ActionSpec("at_text", N_("Type a sentence"), ("/",), "attention", "run", "keyboard", group="text"),
    ActionSpec("at_pair", N_("Second sentence"), ("B",), "attention", "run", "plus", group="text"),
    ActionSpec("at_example", N_("Next example"), ("N",), "attention", "run", "book", group="text"),
    ActionSpec("at_fit", N_("Whole map, nothing picked"), ("0",), "attention", "run", "reset", group="reset"),
    ActionSpec("at_view_map", N_("Map"), ("1",), "attention", "view", "table", group="at"),
    ActionSpec("at_view_heads", N_("All heads"), ("2",), "attention", "view", "attention", group="at"),
    ActionSpec("at_view_lines", N_("Lines"), ("3",), "attention", "view", "swarm", group="at"),
    ActionSpec("at_view_steps", N_("Three steps"), ("4",), "attention", "view", "step", group="at"),
    ActionSpec("at_view_compare", N_("Compare"), ("5",), "attention", "view", "table", group="at"),
    ActionSpec("at_view_alignment", N_("Alignment"), ("6",), "attention", "view", "link", group="at"),
    ActionSpec("at_turn", N_("Look the other way along the token"), ("T",), "attention", "view", group="at_how"),
    ActionSpec("at_unit", N_("Pieces, characters or words"), ("U",), "attention", "view", group="at_how"),
    ActionSpec(
        "at_specials", N_("Show special tokens"), ("S",), "attention", "view", checkable=True, group="at_how"
    ),
    ActionSpec("at_reading", N_("Another way to read heads"), ("R",), "attention", "view", group="at_how"),
    ActionSpec("at_scale", N_("Another scale of colours"), ("L",), "attention", "view", group="at_how"),
    ActionSpec("at_ramp", N_("Other colours"), ("K",), "attention", "view", group="at_how"),
    ActionSpec("at_order", N_("Another order of the heads"), ("O",), "attention", "view", group="at_how"),
    ActionSpec("at_zoom_in", N_("Closer"), ("+", "="), "attention", "view", "zoom-in", group="at_zoom"),
    ActionSpec("at_zoom_out", N_("Farther"), ("-",), "attention", "view", "zoom-out", group="at_zoom"),
    ActionSpec("at_choices", N_("Choices"), ("C",), "attention", "view", "parameters", checkable=True, group="at_fold"),
    ActionSpec("tab_1", N_("Policy gradient"), ("Ctrl+1",), "window", "view", "cart-pole", group="tabs"),
    ActionSpec("tab_2", N_("Attention"), ("Ctrl+2",), "window", "view", "attention", group="tabs"),
    ActionSpec("tab_3", N_("Synonyms"), ("Ctrl+3",), "window", "view", "synonyms", group="tabs"),
    ActionSpec("zoom_in", N_("Larger"), ("Ctrl++", "Ctrl+="), "window", "view", "zoom-in", group="zoom"),
    ActionSpec("zoom_out", N_("Smaller"), ("Ctrl+-",), "window", "view", "zoom-out", group="zoom"),
    ActionSpec("zoom_reset", N_("Usual size"), ("Ctrl+0",), "window", "view", group="zoom"),
    ActionSpec(
        "present", N_("Presentation"), ("F11",), "window", "view", "presentation", checkable=True, group="present"
    ),
    ActionSpec("present_end", N_("Leave the presentation"), ("Esc",), "window", "view", group="present", yields=True),
    ActionSpec("theme_next", N_("Next theme"), ("F9",), "window", "view", "moon", group="look"),
    ActionSpec("theme_system", N_("Theme of the system"), (), "window", "view", "settings", group="look"),
    ActionSpec("language_next", N_("中文 / English"), ("F8",), "window", "view", "language", group="look"),
    ActionSpec("keys", N_("Keys"), ("F1",), "window", "help", "keyboard"),
    ActionSpec("about", N_("About Yaya Lab"), (), "window", "help", "info", group="about"),
)  # fmt: skip


_SIGNS: Final = {"Right": "→", "Left": "←", "Shift+": "⇧", "Ctrl+": "Ctrl ", "Space": N_("Space")}


_REPEATED: Final = frozenset(
    {"pg_step", "zoom_in", "zoom_out", "at_layer_back", "at_layer_next", "at_head_back", "at_head_next"}
)
"""Actions that go on while their key is held."""


def keys_text(spec: ActionSpec) -> str:
    """Return the first key of ``spec`` as the system writes it, for buttons and tips; empty without one."""
    return key_name(spec.keys[0]) if spec.keys else ""


def key_name(key: str) -> str:
    """Return ``key`` as it is written on a keyboard: arrows as arrows, the rest in the language in use."""
    if sys.platform == "darwin":
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    name = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
    for word, sign in _SIGNS.items():
        name = name.replace(word, _(sign))
    return name


class Actions(QObject):
    """The table come to life: a ``QAction`` for each row, and keys that work whatever has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._context: Context = "window"
        self._actions: dict[str, QAction] = {}
        for spec in ACTIONS:
            action = QAction(window)
            action.setObjectName(spec.id)
            if not spec.yields:
                action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setCheckable(spec.checkable)
            action.setAutoRepeat(spec.id in _REPEATED)
            if spec.icon is not None:
                action.setIcon(icon(spec.icon))
            window.addAction(action)
            self._actions[spec.id] = action
        self.retranslate()
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there is a window, so there is one
        application.focusChanged.connect(self._on_focus_changed)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def on(self, action_id: str, callback: Callable[[], object]) -> None:
        """Call ``callback`` when the action is triggered."""
        self._actions[action_id].triggered.connect(lambda _checked=False: callback())

    def on_toggle(self, action_id: str, callback: Callable[[bool], object]) -> None:
        """Call ``callback`` with the new state when the action is switched."""
        self._actions[action_id].toggled.connect(callback)

    def enter(self, context: Context) -> None:
        """Offer the actions of ``context`` and of the window; the other tabs' keys are free."""
        self._context = context
        for spec in ACTIONS:
            if spec.context != "window":
                self._actions[spec.id].setEnabled(spec.context == context)
                self._actions[spec.id].setVisible(spec.context == context)

    def hear(self, event: QKeyEvent) -> bool:
        """Trigger the action that yields its keys and has the one nobody used; return whether there is one."""
        pressed = QKeySequence(event.keyCombination())
        for spec in ACTIONS:
            action = self._actions[spec.id]
            if spec.yields and action.isEnabled() and pressed in [QKeySequence(key) for key in spec.keys]:
                action.trigger()
                return True
        return False

    def retranslate(self) -> None:
        """Renew the words."""
        for spec in ACTIONS:
            self._actions[spec.id].setText(_(spec.text))

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.window() is self._window and not _takes_text(new):
            new.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep fields and buttons from taking a tab's keys; a page of free text keeps its own.

        A field asks for every key it could use (``ShortcutOverride``) before actions see it. A number field has
        no use for a blank or an R, but would take them.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            pressed = QKeySequence(event.keyCombination())
            for spec in ACTIONS:
                if spec.context == self._context and pressed in self._actions[spec.id].shortcuts():
                    event.ignore()
                    return True
        return False


def _takes_text(widget: QWidget) -> bool:
    return isinstance(widget, (QTextEdit, QPlainTextEdit)) or bool(widget.property("freeText"))


def menu_text(menu: str) -> str:
    """Return the title of a menu, with its letter for the keyboard."""
    titles = {"file": _("&File"), "run": _("&Run"), "view": _("&View"), "help": _("&Help")}
    return titles[menu]


def no_ampersand(text: str) -> str:
    """Return a menu's text as a sheet or a tip writes it."""
    return text.replace("&", "").rstrip("…")
