"""The row of tabs. A tab is built when it is first wanted."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.background import Background
from app.icons import icon
from app.panel import Look
from app.sentence import Sentence
from app.tab import Tab
from app.tabs import TABS, TabSpec, tab_named
from core.language import N_, _

log = logging.getLogger(__name__)


class TabPages(QTabWidget):
    """An empty page for each row of ``TABS``, which its tab fills.

    Args:
        look: colours and sizes.
        background: the workers of the tabs.

    Signals:
        built: a ``Tab`` was made; it remembers nothing yet.
        restored: it has taken up what it remembered, and stands in its place next.
        refused: a ``Sentence``: what a tab remembered can't be used.
    """

    built = Signal(object)
    restored = Signal(object)
    refused = Signal(object)

    def __init__(self, look: Look, background: Background) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self._look, self._background = look, background
        self._tabs: dict[str, Tab] = {}
        self._remembered: dict[str, dict[str, Any]] = {}
        for spec in TABS:
            page = QWidget()
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.addTab(page, icon(spec.icon), _(spec.title))

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """Those that have been built."""
        return tuple(self._tabs.values())

    @property
    def in_front(self) -> Tab:
        """The tab in front."""
        return self.tab(TABS[self.currentIndex()].id)

    def open(self, tab_id: str) -> None:
        """Bring a tab to the front; an unknown name is ignored."""
        for index, spec in enumerate(TABS):
            if spec.id == tab_id:
                self.setCurrentIndex(index)

    def tab(self, tab_id: str) -> Tab:
        """Return a tab, building it if nobody has opened it yet.

        Raises:
            KeyError: there is no such tab.
        """
        if tab_id not in self._tabs:
            spec = tab_named(tab_id)
            self._tabs[tab_id] = tab = spec.build(self._look, self._background)
            self.built.emit(tab)
            self._let_restore(tab, spec)
            self.restored.emit(tab)
            page = self.widget(TABS.index(spec))
            layout = page.layout() if page is not None else None
            assert layout is not None  # each page was given one
            layout.addWidget(tab)
        return self._tabs[tab_id]

    def remember(self, settings: dict[str, dict[str, Any]]) -> None:
        """Keep what each tab is to take up when it is built."""
        self._remembered = settings

    def save(self) -> dict[str, dict[str, Any]]:
        """Return what the tabs that have been built would remember."""
        return {name: tab.save_settings() for name, tab in self._tabs.items()}

    def retranslate(self) -> None:
        """Title the tabs in the current language."""
        for index, spec in enumerate(TABS):
            self.setTabText(index, _(spec.title))

    def _let_restore(self, tab: Tab, spec: TabSpec) -> None:
        try:
            tab.restore_settings(self._remembered.get(spec.id, {}))
        except Exception:  # whatever stands in the file, the window opens
            log.exception("What the tab %s remembered could not be used", spec.id)
            title = {"tab": Sentence(spec.title)}
            self.refused.emit(Sentence(N_('The saved state of "{tab}" can\'t be restored; it starts afresh.'), title))
