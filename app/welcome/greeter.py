"""Greets whoever starts the program for the first time, and then points, once on each tab, at the one thing to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.settings import Settings
from app.tab import Tab
from app.tabs import tab_named

if TYPE_CHECKING:
    from app.welcome.hint import HintBubble
    from app.welcome.screen import WelcomeScreen


class GreetingHost(Protocol):
    """The window, as far as greeting knows it.

    Attributes:
        look: colours and sizes.
    """

    look: Look

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        ...

    def open(self, tab_id: str) -> None:
        """Bring a tab to the front."""
        ...

    def give_to_page(self) -> None:
        """Give the keyboard to the page in front."""
        ...


class Greeter(QObject):
    """Holds the welcome while it is there, and the hint of the tab in front.

    Attributes:
        screen: the welcome; None while it is away.
        hint: the hint that is shown; None for none.

    Signals:
        changed: the settings have something new to keep.
    """

    changed = Signal()

    def __init__(self, host: GreetingHost, over: QWidget) -> None:
        """Say nothing until asked to.

        Args:
            host: the window.
            over: what welcome and hints lie over.
        """
        super().__init__(over)
        self._host, self._over = host, over
        self._settings: Settings | None = None
        self._heard: set[str] = set()
        self.screen: WelcomeScreen | None = None
        self.hint: HintBubble | None = None

    def begin(self, settings: Settings) -> None:
        """Welcome whoever has not been, and give the hints that are still of use, keeping both in ``settings``."""
        self._settings = settings
        if settings.welcomes:
            self.welcome()
        self.follow()

    @Slot()
    def welcome(self) -> None:
        """Show the welcome."""
        from app.welcome.screen import WelcomeScreen

        if self.screen is None:
            self.screen = WelcomeScreen(self._host.look, self._over)
            self.screen.chosen.connect(self._on_chosen)
            self.screen.closed.connect(self._on_closed)
        self._drop_hint()
        self.screen.open()

    @Slot()
    def leave(self) -> None:
        """Take the welcome away, as where the window presents; a hint too."""
        if self.screen is not None:
            self.screen.leave()
        self._drop_hint()

    @Slot()
    def _on_closed(self) -> None:
        screen, self.screen = self.screen, None
        assert screen is not None  # it has just been there
        if self._settings is not None:
            self._settings.welcomes = not screen.not_again.isChecked()
            self.changed.emit()
        screen.deleteLater()
        self._host.give_to_page()
        self.follow()

    @Slot(str)
    def _on_chosen(self, tab_id: str) -> None:
        spec = tab_named(tab_id).welcome
        assert spec is not None  # it had a card
        self._host.open(tab_id)
        tab = self._host.open_tab
        tab.open_page(spec.page)
        if spec.run is not None:
            tab.perform({"do": spec.run})
        self._host.give_to_page()

    def follow(self) -> None:
        """Point at the one thing to do on the tab in front, unless it has been done."""
        self._drop_hint()
        tab = self._host.open_tab
        settings, target, text = self._settings, tab.hint_target, tab_named(tab.context).hint
        if settings is None or self.screen is not None or target is None or tab.context in settings.hints_done:
            return
        from app.welcome.hint import HintBubble

        self.hint = HintBubble(self._host.look, text, target, self._over)
        self.hint.dismissed.connect(partial(self._on_done, tab.context))
        if tab.context not in self._heard:
            self._heard.add(tab.context)
            tab.first_used.connect(partial(self._on_done, tab.context))

    def _on_done(self, tab_id: str) -> None:
        settings = self._settings
        if settings is not None and tab_id not in settings.hints_done:
            settings.hints_done = [*settings.hints_done, tab_id]
            self.changed.emit()
            self.follow()

    def _drop_hint(self) -> None:
        if self.hint is not None:
            self.hint.hide()
            self.hint.deleteLater()
            self.hint = None
