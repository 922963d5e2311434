"""Somebody who presses, clicks, turns and pulls at anything, on every page, in both languages and all themes."""

from __future__ import annotations

import time
from collections import Counter
from typing import Final

from PySide6.QtCore import QKeyCombination, QPoint, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMenu, QWidget

from app.actions import ACTIONS
from app.tabs import TABS, TabSpec
from app.tour.player import Figures, Script, Until, Way
from tests.drill.hands.fingers import compose, type_into
from tests.drill.hands.killer import pause
from tests.drill.hands.labeller import LOADING
from tests.drill.hands.program import Seat

NOT_PRESSED: Final = frozenset({"quit", "open_log"})
"""Actions that end the program or start another one."""
_NAVIGATION: Final = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Escape,
    Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_F10, Qt.Key.Key_Menu,
)  # fmt: skip
_MODIFIERS: Final = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
_LETTERS: Final = "abcxyz0123456789 .,;:<>&\"'%{}[]/\\-_=+你好银行门口漂亮é\u202e\u200b\U0001f986"
_PHRASES: Final = ("银行", "漂亮", "注意力机制", "à l'hôtel", "0.05", "1e9", "-3", "CartPole-v1", "/nowhere")
_DIALOG_LASTS: Final = 8
"""Things done to a dialog or a menu before it is put away."""


class Monkey:
    """Does one thing after the other.

    Attributes:
        done: how many things of each kind.
        seen: how many of them on each page, and how many in a dialog or a menu.
    """

    def __init__(self, seat: Seat) -> None:
        self.seat, self.random = seat, seat.random
        self.window = seat.laboratory.window
        self.done: Counter[str] = Counter()
        self.seen: Counter[str] = Counter()
        self._patience = _DIALOG_LASTS
        self._actions = [spec for spec in ACTIONS if spec.id not in NOT_PRESSED]
        for action_id in NOT_PRESSED:
            self.window.actions_table[action_id].setEnabled(False)
        self._kinds = {
            self._key: 30, self._type: 12, self._click: 30, self._wheel: 10, self._drag: 5, self._action: 12,
            self._compose: 2, self._resize: 2, self._language: 1, self._theme: 1, self._page: 2,
        }  # fmt: skip

    def go_on(self) -> Way:
        """Do one thing."""
        self._put_away()
        (act,) = self.random.choices(list(self._kinds), weights=list(self._kinds.values()))
        kind, where = act.__name__.strip("_"), self._where()
        self.done[kind] += 1
        self.seen[where] += 1
        self.seat.ledger.write("does", what=kind, on=where)
        # Not from here: what opens a dialog or a menu returns when that is closed, and these hands close it.
        QTimer.singleShot(0, self.window, act)
        yield pause(0)
        if self.random.random() < 0.3:
            yield pause(self.random.uniform(0, 0.25))

    def see_every_page(self) -> Way:
        """Open every page of every tab once, with its explanation, so that what is built once has been built."""
        for number, tab in enumerate(TABS, 1):
            self._trigger(f"tab_{number}")
            yield pause(8)
            for action_id in _views(tab):
                self._trigger(action_id)
                yield pause(0.7)
                self._put_away(always=True)
        looks = ("explain", "language_next", "theme_next", "theme_next", "theme_next", "language_next", "explain")
        for spec_id in looks:
            self._trigger(spec_id)
            yield pause(0.5)

    def _trigger(self, action_id: str) -> None:
        action = self.window.actions_table[action_id]
        if action.isEnabled() and self._target() is self.window:  # nobody reaches the menus past a dialog
            QTimer.singleShot(0, self.window, action.trigger)

    def _target(self) -> QWidget:
        """Return a window to do something to: a menu or a dialog that is open comes first."""
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window

    def _where(self) -> str:
        target, tab = self._target(), self.window.open_tab
        if target is not self.window:
            return type(target).__name__
        return tab.page.page_id if tab.page is not None else tab.context

    def _focus(self) -> QWidget:
        target, focus = self._target(), QApplication.focusWidget()
        return focus if focus is not None and target.isAncestorOf(focus) else target

    def _put_away(self, *, always: bool = False) -> None:
        """Close dialogs and menus that have been open for a while; one of files at once: it could write anywhere."""
        opened = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog | QMenu) and w.isVisible()]
        self._patience = self._patience - 1 if opened else _DIALOG_LASTS
        for widget in opened:
            if always or self._patience <= 0 or isinstance(widget, QFileDialog):
                widget.close()
        if not opened and self.window.isHidden():
            self.window.show()

    def _key(self) -> None:
        key, modifier = self.random.choice(_NAVIGATION), self.random.choice(_MODIFIERS)
        QTest.keyClick(self._focus(), key, modifier)

    def _type(self) -> None:
        text = self.random.choice(_PHRASES) if self.random.random() < 0.2 else self.random.choice(_LETTERS)
        type_into(self._focus(), text)

    def _compose(self) -> None:
        compose(self._focus(), self.random.choice(_PHRASES))

    def _action(self) -> None:
        """Press a key of a random action, whether it is offered now or not."""
        spec = self.random.choice(self._actions)
        if spec.keys:
            combination: QKeyCombination = QKeySequence(self.random.choice(spec.keys))[0]
            QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
        else:
            self._trigger(spec.id)

    def _place(self) -> tuple[QWidget, QPoint]:
        target = self._target()
        # Half of the clicks go to something that asks for them, the others anywhere.
        inside = [w for w in target.findChildren(QWidget) if w.isVisible() and w.isEnabled() and w.width() * w.height()]
        widget = self.random.choice(inside) if inside and self.random.random() < 0.5 else target
        at = QPoint(self.random.randrange(max(1, widget.width())), self.random.randrange(max(1, widget.height())))
        if widget is target:
            widget = target.childAt(at) or target
            at = widget.mapFrom(target, at) if widget is not target else at
        return widget, at

    def _click(self) -> None:
        widget, at = self._place()
        button = self.random.choices((Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton), (8, 1))[0]
        click = QTest.mouseDClick if self.random.random() < 0.1 else QTest.mouseClick
        click(widget, button, self.random.choice(_MODIFIERS), at)

    def _drag(self) -> None:
        widget, at = self._place()
        to = at + QPoint(self.random.randint(-200, 200), self.random.randint(-100, 100))
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        QTest.mouseMove(widget, to)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, to)

    def _wheel(self) -> None:
        widget, at = self._place()
        by = QPoint(0, self.random.choice((-360, -120, 120, 360)))
        event = QWheelEvent(
            QPointF(at), QPointF(widget.mapToGlobal(at)), QPoint(), by, Qt.MouseButton.NoButton,
            self.random.choice(_MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def _resize(self) -> None:
        self.window.resize(QSize(self.random.randint(640, 2000), self.random.randint(480, 1200)))

    def _language(self) -> None:
        self._trigger("language_next")

    def _page(self) -> None:
        """Go to some page of some tab, so that all of them get about as much."""
        if self._target() is self.window:
            tab = self.random.choice(TABS)
            self.window.open(tab.id)
            self._trigger(self.random.choice(_views(tab)))

    def _theme(self) -> None:
        self._trigger("theme_next")


def _views(tab: TabSpec) -> list[str]:
    """Return the actions that bring up the pages of ``tab``, or change how they look."""
    return [spec.id for spec in tab.actions if spec.menu == "view" and not spec.checkable]


def press_anything(seat: Seat) -> Script:
    """Look at every page, then do anything until the time is over."""
    window = seat.laboratory.window
    window.resize(1280, 800)
    window.activateWindow()
    monkey = Monkey(seat)
    yield Until(window.isVisible, "the window", LOADING)
    yield from monkey.see_every_page()
    seat.ledger.write("works")
    seat.end += max(0.0, time.monotonic() - (seat.end - seat.given["seconds"]))  # the tour of pages is no random key
    while not seat.is_time_over:
        yield from monkey.go_on()
    yield from _stand_still(monkey)
    did: Figures = {f"did_{kind}": count for kind, count in sorted(monkey.done.items())}
    return did | {f"on_{place}": count for place, count in sorted(monkey.seen.items())}


def _stand_still(monkey: Monkey) -> Way:
    monkey._put_away(always=True)
    yield pause(1)
