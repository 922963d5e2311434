"""Several pages in one place: each has a stage, a sidebar, and perhaps a status bar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.page_spec import PageSpec
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.click_guard import ClickGuard
from app.widgets.fold_handle import FoldHandle
from app.widgets.page_switcher import PageSwitcher

_SIDE: Final = 13
"""Width of the column in lines of text."""


@dataclass(frozen=True, slots=True)
class PageParts:
    """A page's parts."""

    stage: QWidget
    sidebar: QWidget
    status_bar: QWidget | None = None


class Pages(Panel):
    """Keeps the parts of the page in front in their places."""

    def __init__(
        self, look: Look, pages: Mapping[PageSpec, PageParts], fold_action: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._pages = pages
        self.switcher = PageSwitcher(look, pages)
        self._sidebars, self._stages, self._status_bars = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._rule, self._side = QFrame(), QWidget()
        self.handle = FoldHandle(look, fold_action)
        self._lay_out()
        self.click_guard = ClickGuard(self)
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        set_style(self._rule, rule=True)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.switcher)
        side.addWidget(self._sidebars, 1)
        for page in self._pages.values():
            self._sidebars.addWidget(page.sidebar)
            self._stages.addWidget(page.stage)
            if page.status_bar is not None:
                self._status_bars.addWidget(page.status_bar)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._side)
        beside.addWidget(self.handle)
        beside.addWidget(self._stages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside, 1)
        column.addWidget(self._rule)
        column.addWidget(self._status_bars)

    def show_page(self, spec: PageSpec) -> None:
        """Bring a page to the front."""
        page = self._pages[spec]
        self._stages.setCurrentWidget(page.stage)
        self._sidebars.setCurrentWidget(page.sidebar)
        self._status_bars.setVisible(page.status_bar is not None)
        self._rule.setVisible(page.status_bar is not None)
        if page.status_bar is not None:
            self._status_bars.setCurrentWidget(page.status_bar)
        self.switcher.show_page(spec)

    def show_sidebar(self, on: bool, *, presenting: bool = False) -> None:
        """Show or fold away the sidebar, which leaves a handle outside a presentation."""
        self._side.setVisible(on)
        self.handle.setVisible(not on and not presenting)

    def _restyle(self, _theme: Theme) -> None:
        self._side.setFixedWidth(self.look.scale.em(_SIDE))
