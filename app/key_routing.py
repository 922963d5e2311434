"""Who gets a key: one rule for the whole window.

1. A *field*, which one types into or chooses in, has every plain key while it has the focus: letters, signs, the
   space bar, arrows, Home and End, Backspace and Delete, and the commands that edit its text. Escape and Enter leave
   it to the page. Function keys and all other commands stay the window's.
2. A slider has its arrows, Home and End, a row of tabs its arrows, a button the space bar. Nothing else of them does.
3. Everything else is the page's: its keys are the table of actions, whatever has the focus.
4. A field has the focus after a click, Tab, or an action that says so. When what had the focus goes out of sight, or
   another page comes to the front, the page has it.

While the window presents, Page Up and Down and F5 are a clicker's even in a field: nobody types them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.overrides import called_by_qt

PAGE_STAGE: Final = "pageStage"
"""Property of a view that is what its page's keys are about, such as the table of pairs: only moving is its own."""

_Key, _Held = Qt.Key, Qt.KeyboardModifier

_COMMAND: Final = _Held.ControlModifier | _Held.AltModifier | _Held.MetaModifier
_ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_ARROWS: Final = frozenset({_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down})
_MOVING: Final = _ARROWS | {_Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown}
_TURNING: Final = frozenset({_Key.Key_PageUp, _Key.Key_PageDown})
_EDITING: Final = frozenset(
    {
        _Key.Key_A, _Key.Key_C, _Key.Key_V, _Key.Key_X, _Key.Key_Z, _Key.Key_Y, _Key.Key_Left, _Key.Key_Right,
        _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End, _Key.Key_Backspace, _Key.Key_Delete,
        _Key.Key_Insert,
    }
)  # fmt: skip
"""With Ctrl, alone or with Shift only where one of them selects, these edit a text."""
_SELECTING: Final = _EDITING - {_Key.Key_A, _Key.Key_C, _Key.Key_V, _Key.Key_X, _Key.Key_Y}

_SIGNS: Final = {"、": "/", "【": "[", "】": "]", "「": "[", "」": "]", "。": ".", "《": ",", "》": "."}
"""What a Chinese keyboard writes with the keys of these signs, besides their wide forms."""


class Table(Protocol):
    """What the router asks of the table of actions."""

    @property
    def is_presenting(self) -> bool:
        """Whether a clicker's keys are a clicker's."""
        ...

    def handle_key(self, event: QKeyEvent, *, typed: str | None = None) -> bool:
        """Trigger what has the key that nobody used; return whether there was something."""
        ...


@called_by_qt
class KeyRouter(QObject):
    """Stands before the widget that has the focus, and keeps the rule of this module.

    One stands in each window; the widgets know nothing of it.
    """

    def __init__(self, window: QWidget, table: Table, give_to_page: Callable[[], object]) -> None:
        """Watch the focus.

        Args:
            window: whose widgets are meant, and those of its lists that pop up.
            table: the actions.
            give_to_page: gives the focus to the page in front.
        """
        super().__init__(window)
        self._window = window
        self._table = table
        self._give_to_page = give_to_page
        self._left: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there is a window, so there is one
        application.focusChanged.connect(self._on_focus_changed)

    def handle(self, event: QKeyEvent) -> bool:
        """Use a key that nobody wanted, unless it was typed into a field; return whether it was of use."""
        focus = self._window.focusWidget()
        if focus is not None and is_field(focus):
            return False
        return self._table.handle_key(event) or self._table.handle_key(event, typed=_narrow(event.text()))

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is None:  # another program has the keyboard: what had it here may go meanwhile
            self._left = old
            return
        if not self._is_of_window(new):
            return
        new.installEventFilter(self)
        before, self._left = old or self._left, None
        if before is None or before is new or new is self._window:
            return
        has_gone = not isValid(before) or (
            before.window() is self._window and not (before.isVisible() and before.isEnabled())
        )
        if has_gone:
            self._give_to_page()  # Qt would hand the focus on to whatever comes next

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim for the widget what is its own, and leave a field on Escape and Enter."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            mine = _claims(watched, event, presenting=self._table.is_presenting)
            if mine is None:
                return False
            event.setAccepted(mine)
            return True
        if event.type() == QEvent.Type.KeyPress:
            if is_field(watched) and watched.window() is self._window:
                return self._leaves(watched, event)
            if isinstance(watched, QAbstractButton) and _key(event) in _ARROWS:
                # A button would hand the focus on at any arrow, into a group it would choose.
                return not watched.isCheckable() and self._table.handle_key(event)
        return False

    def _leaves(self, field: QWidget, event: QKeyEvent) -> bool:
        """Give the focus to the page if ``event`` leaves ``field``; return whether it does."""
        if event.modifiers() & ~_Held.KeypadModifier:
            return False
        if _key(event) is _Key.Key_Escape:
            self._give_to_page()
            return True
        if _key(event) in _ENTER and isinstance(field, (QLineEdit, QAbstractSpinBox, QComboBox)):
            field.event(event)  # it says that it has been committed
            event.accept()
            self._give_to_page()
            return True
        return False

    def _is_of_window(self, widget: QWidget) -> bool:
        """Return whether ``widget`` lies in the window, or in a list that pops up from it."""
        top = widget.window()
        while top is not self._window:
            owner = top.parentWidget()
            if owner is None or top.windowType() is not Qt.WindowType.Popup:
                return False
            top = owner.window()
        return True


def is_field(widget: QWidget) -> bool:
    """Return whether ``widget`` is typed into or chosen in."""
    if widget.property(PAGE_STAGE):
        return False
    if isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return not widget.isReadOnly()
    return isinstance(widget, (QAbstractSpinBox, QComboBox, QAbstractItemView))


def settle_focus(root: QWidget) -> None:
    """Let no button in ``root`` take the focus by a click, and no field by the mouse's wheel.

    What is pressed by mouse has been pressed; were the focus left there, the space bar would press it again.
    """
    for button in root.findChildren(QAbstractButton):
        if button.focusPolicy() & Qt.FocusPolicy.ClickFocus == Qt.FocusPolicy.ClickFocus:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for kind in (QComboBox, QAbstractSpinBox, QAbstractItemView, QAbstractSlider):
        for field in root.findChildren(kind):
            if field.focusPolicy() is Qt.FocusPolicy.WheelFocus:
                field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def _claims(widget: QWidget, event: QKeyEvent, *, presenting: bool) -> bool | None:
    """Return whether a key is the widget's own and no shortcut, or None where the widget knows best."""
    key, plain = _key(event), not event.modifiers() & _COMMAND
    if isinstance(widget, QAbstractButton):
        return plain and key is _Key.Key_Space
    if isinstance(widget, QTabBar):
        return plain and key in _ARROWS
    is_stage = bool(widget.property(PAGE_STAGE))
    if not (is_stage or is_field(widget) or isinstance(widget, QAbstractSlider)):
        return None
    if presenting and key in _TURNING:
        return False
    if is_field(widget):
        return _is_typed(event) or (_takes_text(widget) and _edits(event))
    return key in _MOVING and (plain or (is_stage and not event.modifiers() & _Held.AltModifier))


def _is_typed(event: QKeyEvent) -> bool:
    """Return whether a key is no command, or writes a sign with AltGr, which Windows tells as Ctrl and Alt."""
    if _Key.Key_F1 <= event.key() <= _Key.Key_F35:
        return False
    both = _Held.ControlModifier | _Held.AltModifier
    writes = event.text().isprintable() and event.text() != ""
    return not event.modifiers() & _COMMAND or (event.modifiers() & both == both and writes)


def _takes_text(widget: QWidget) -> bool:
    if isinstance(widget, QComboBox):
        return widget.isEditable()
    return isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox))


def _edits(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~_Held.KeypadModifier
    if held == _Held.ControlModifier:
        return _key(event) in _EDITING
    return held == _Held.ControlModifier | _Held.ShiftModifier and _key(event) in _SELECTING


def _key(event: QKeyEvent) -> Qt.Key | None:
    """Return the key, or None for one that Qt has no name for, such as a wide form."""
    try:
        return _Key(event.key())
    except ValueError:
        return None


def _narrow(text: str) -> str:
    """Return the sign of an English keyboard that stands on the same key as a wide or Chinese one; else nothing."""
    if len(text) != 1 or text.isascii():
        return ""
    sign = _SIGNS.get(text) or unicodedata.normalize("NFKC", text)
    return sign if len(sign) == 1 and sign.isascii() else ""


def pressed_in(event: QKeyEvent) -> QKeySequence:
    """Return what is pressed, the numbers' block of a keyboard taken for the rest of it."""
    held = event.modifiers() & ~_Held.KeypadModifier
    return QKeySequence(event.key() | held.value)
