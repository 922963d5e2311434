"""The hands of the tour: they press keys, click, type and look, and do nothing a person could not do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from PySide6.QtCore import QKeyCombination, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget

from app.actions import ACTIONS, Context
from app.application import Laboratory
from app.scale import comfortable_zoom
from app.tabs import TABS, tab_named
from app.theme import THEME_CHOICES, ThemeName
from app.tour.player import Script, Until, Way, turns
from core.language import LANGUAGES, Language, current_language

USUAL: Final = QSize(1280, 800)
"""Where nothing else is said: a laptop's window."""
SMALL: Final = QSize(1024, 768)
LARGE: Final = QSize(1920, 1080)

SomeWidget = TypeVar("SomeWidget", bound=QWidget)


class Visitor:
    """A person at the window, as far as the window can tell."""

    def __init__(self, laboratory: Laboratory, language: Language) -> None:
        """Sit down.

        Args:
            laboratory: the program; its window is shown.
            language: the one in which the visitor looks at it where a step does not ask for another.
        """
        self.laboratory = laboratory
        self.window = laboratory.window
        self.language = language
        self._actions = {spec.id: spec for spec in ACTIONS}

    def press(self, action_id: str) -> None:
        """Press the first key of an action."""
        sequence = QKeySequence(self._actions[action_id].keys[0])
        key: QKeyCombination = sequence[0]  # type: ignore[index]  # PySide6's stubs leave __getitem__ out
        QTest.keyClick(QApplication.focusWidget() or self.window, key.key(), key.keyboardModifiers())

    def press_later(self, action_id: str) -> None:
        """Press the key as soon as the step waits: for what opens a dialog and returns when that is closed."""
        QTimer.singleShot(0, self.window, lambda: self.press(action_id))

    def find(self, kind: type[SomeWidget], name: str) -> SomeWidget:
        """Return the widget called ``name``.

        Raises:
            LookupError: the window has none.
        """
        found = self.window.findChild(kind, name)
        if found is None:
            raise LookupError(f"the window has no {kind.__name__} called {name}")
        return found

    def tab(self, context: Context, kind: type[SomeWidget]) -> SomeWidget:
        """Return the tab ``context``, which is a ``kind``."""
        tab = self.window.tab(context)
        assert isinstance(tab, kind)
        return tab

    def click(self, name: str) -> None:
        """Click the widget called ``name`` in its middle."""
        QTest.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def type_into(self, name: str, text: str) -> None:
        """Replace what stands in the field called ``name`` by typing ``text``."""
        field = self.find(QLineEdit, name)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(field, text)

    def stand(
        self,
        *,
        tab: Context = "policy_gradient",
        size: QSize = USUAL,
        theme: ThemeName = "light",
        language: Language | None = None,
    ) -> Way:
        """Bring the window into a known posture, whatever the step before left: no dialog, no message, not full.

        Args:
            tab: the one in front.
            size: of the window; the zoom is what a first start on a screen of this size takes.
            theme: what it wears.
            language: what it speaks; the visitor's own by default.
        """
        self.put_away()
        # Without a window manager, nobody hands the keyboard back to the window when a dialog closes.
        self.window.activateWindow()
        yield Until(self.window.isActiveWindow, "the keyboard's attention for the window")
        if self.is_on("present"):
            self.press("present")
            yield Until(lambda: not self.window.isFullScreen(), "the end of the presentation")
        if self.is_on("pg_details"):
            self.window.actions_table["pg_details"].trigger()
        yield from self._choose_language(language or self.language)
        yield from self._choose_theme(theme)
        scale = self.laboratory.look.scale
        scale.set_zoom(comfortable_zoom(size, round(scale.line / scale.factor)))
        self.window.resize(size)
        yield Until(lambda: self.window.size() == size, f"a window of {size.width()} × {size.height()}")
        self.press(f"tab_{TABS.index(tab_named(tab)) + 1}")
        yield Until(lambda: self.window.open_tab.context == tab, f"the tab {tab}")
        yield turns()

    def put_away(self) -> None:
        """Close dialogs and messages."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
        self.window.messages.clear()

    def is_on(self, action_id: str) -> bool:
        """Return whether an action that can be switched is on."""
        return self.window.actions_table[action_id].isChecked()

    def look(self) -> QImage:
        """Return what is to be seen: the window, and above it the dialog that is open, if any."""
        picture = self.window.grab().toImage()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            face = QRect(dialog.rect())
            face.moveCenter(self.window.rect().center())
            painter = QPainter(picture)
            painter.drawPixmap(face.topLeft(), dialog.grab())
            # The rim stands for the frame that a window manager draws.
            painter.setPen(self.window.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(face)
            painter.end()
        return picture

    def _choose_language(self, wanted: Language) -> Way:
        for _press in LANGUAGES:
            if current_language() == wanted:
                return
            self.press("language_next")
            yield turns(1)
        yield Until(lambda: current_language() == wanted, f"the language {wanted}")

    def _choose_theme(self, wanted: ThemeName) -> Way:
        theme = self.laboratory.look.theme
        for _press in THEME_CHOICES:
            if theme.theme.name == wanted:
                return
            self.press("theme_next")
            yield turns(1)
        yield Until(lambda: theme.theme.name == wanted, f"the theme {wanted}")


@dataclass(frozen=True, slots=True)
class Step:
    """One stop of the tour.

    Attributes:
        id: names it, its picture, and what ``--only`` asks for.
        done: says in the language in use what is done in it.
        play: does it. Steps stand on their own: each brings the window and the run to where it needs them.
    """

    id: str
    done: Callable[[], str]
    play: Callable[[Visitor], Script]
