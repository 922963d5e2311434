"""Who gets a key: the widget that has the focus, or the table of actions.

On the card, arrows, digits and the space bar are verdicts whatever has the focus. A list of choices, a number or a
note needs the same keys for itself: while one of them has the focus, the plain keys are its own. A button needs only
the space bar, which presses it.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QPlainTextEdit, QTabBar, QTextEdit, QWidget


class Claims(Protocol):
    """What the router asks of the table of actions."""

    def claims(self, pressed: QKeySequence) -> bool:
        """Return whether an action offered here has this key."""
        ...

    def handle_key(self, event: QKeyEvent) -> bool:
        """Trigger an action that yields its keys; return whether there was one."""
        ...


class KeyRouter(QObject):
    """Stands between the widget that has the focus and the table of actions.

    A field asks for every key it could use (``ShortcutOverride``) before actions see it. A number field has no use
    for a blank or an R, but would take them; a button hands the focus on at any arrow. So what the table claims goes
    to the table, and only a page of free text keeps all its keys.
    """

    def __init__(self, window: QWidget, actions: Claims) -> None:
        super().__init__(window)
        self._window = window
        self._actions = actions
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there is a window, so there is one
        application.focusChanged.connect(self._on_focus_changed)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and new.window() is self._window and not _takes_text(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a key to the widget that has the focus, or keep it for the table."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QAbstractButton):
            return not watched.isCheckable() and self._actions.handle_key(event)
        if event.type() == QEvent.Type.ShortcutOverride and self._actions.claims(QKeySequence(event.keyCombination())):
            event.ignore()
            return True
        return False


def _takes_text(widget: QWidget) -> bool:
    return isinstance(widget, (QTextEdit, QPlainTextEdit)) or bool(widget.property("freeText"))


class OwnKeys(QObject):
    """Keeps plain keys for the controls given to :meth:`keep`; Escape leaves them.

    Signals:
        left: Escape was pressed in one of the controls that take more than the space bar.
    """

    left = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room: QWidget | None = None

    def follow(self, room: QWidget) -> None:
        """Let every button, and the tabs, of the window have their keys while ``room`` is in view."""
        self._room = room
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there are widgets, so there is one
        application.focusChanged.connect(self._on_focus_changed)

    def keep(self, *controls: QWidget) -> None:
        """Let ``controls`` have their plain keys from now on."""
        for control in controls:
            control.setProperty("freeText", True)  # the action table then leaves their keys alone
            control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim plain keys before shortcuts see them."""
        if not isinstance(event, QKeyEvent) or not (watched.property("freeText") or self._is_in_view()):
            return False
        if isinstance(watched, QAbstractButton):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.setAccepted(event.key() == Qt.Key.Key_Space)
                return True
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            strong = (
                Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
            )
            function_key = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if not event.modifiers() & strong and not function_key:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return False

    def _is_in_view(self) -> bool:
        return self._room is not None and self._room.isVisible()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and not old.property("freeText"):
            old.removeEventFilter(self)
        if (
            self._room is not None
            and isinstance(new, (QAbstractButton, QTabBar))
            and new.window() is self._room.window()
            and not new.property("freeText")
        ):
            new.installEventFilter(self)
