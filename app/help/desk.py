"""Whatever the Help menu opens over the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from app.action import Context
from app.actions import Actions
from app.dialogs import open_dialog
from app.panel import Look
from app.sentence import Sentence
from app.tab import Tab
from app.widgets.messages.bar import MessageBar
from core.language import N_, _

if TYPE_CHECKING:
    from app.help.guide import GuideWindow
    from app.lecture.lectures import Lectures

NO_GUIDE: Final = N_("The guide is part of the sources (docs/guide), which aren't here. E explains this page.")


class HelpHost(Protocol):
    """The window, as far as help knows it.

    Attributes:
        look: colours and sizes.
        messages: what was said.
        actions_table: what can be done.
    """

    look: Look
    messages: MessageBar
    actions_table: Actions

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        ...

    @property
    def context(self) -> Context:
        """The page in front, or the tab as long as it has none."""
        ...

    @property
    def lectures(self) -> Lectures:
        """Lectures in the window."""
        ...

    def do(self, action_id: str) -> None:
        """Do what an action does, on the page that offers it."""
        ...


class HelpDesk(QObject):
    """Opens what the rows of ``app/help/actions.py`` say. What that is made of is loaded when it is first opened."""

    def __init__(self, host: HelpHost, window: QWidget) -> None:
        """Open nothing yet.

        Args:
            host: the window, for what it can do.
            window: the same, for dialogs to lie over.
        """
        super().__init__(window)
        self._host, self._window = host, window
        self._guide: GuideWindow | None = None
        verbs: dict[str, Callable[[], object]] = {
            "keys": self.find_action,
            "guide": self.show_guide,
            "outline": self.show_outline,
            "glossary": self.show_glossary,
            "messages": self.show_messages,
            "about": self.show_about,
        }
        for name, verb in verbs.items():
            host.actions_table.on(name, verb)
        host.messages.history_wanted.connect(self.show_messages)

    @Slot()
    def find_action(self) -> None:
        """Open what finds any action."""
        from app.widgets.keys.finder import ActionFinder

        finder = ActionFinder(self._host.look, self._host.context, self._host.actions_table, self._window)
        finder.chosen.connect(self._host.do)
        open_dialog(finder)

    @Slot()
    def show_guide(self) -> None:
        """Open the guide to the tab in front; where there is none, say so and explain the page."""
        from app.help.guide import GuideWindow, has_guide

        if not has_guide():
            self._host.messages.show_message("info", Sentence(NO_GUIDE))
            return
        if self._guide is not None:
            self._guide.close()
        self._guide = GuideWindow(self._host.look, self._host.open_tab.context, self._window)
        self._guide.missing.connect(partial(self._host.messages.show_message, "info", Sentence(NO_GUIDE)))
        self._guide.finished.connect(self._on_guide_closed)
        self._guide.show()

    @Slot()
    def _on_guide_closed(self) -> None:
        if self._guide is not None:
            self._guide.deleteLater()
            self._guide = None

    @Slot()
    def show_outline(self) -> None:
        """Open the articles' sections."""
        from app.help.outline import OutlineDialog

        outline = OutlineDialog(self._host.look, self._window)
        outline.chosen.connect(self._host.lectures.show_shipped)
        open_dialog(outline)

    @Slot()
    def show_glossary(self) -> None:
        """Open the terms of the field."""
        from app.explain.glossary_dialog import GlossaryDialog

        open_dialog(GlossaryDialog(self._host.look, self._window))

    @Slot()
    def show_messages(self) -> None:
        """Open what was said."""
        from app.widgets.messages.history_dialog import HistoryDialog

        open_dialog(HistoryDialog(self._host.look, self._host.messages.history, self._window))

    @Slot()
    def show_about(self) -> None:
        """Say what the program is made of."""
        from app.about import about_text

        box = QMessageBox(QMessageBox.Icon.NoIcon, _("About Yaya Lab"), about_text(), parent=self._window)
        box.setIconPixmap(self._window.windowIcon().pixmap(self._host.look.scale.icon_size(4), box.devicePixelRatioF()))
        open_dialog(box)
