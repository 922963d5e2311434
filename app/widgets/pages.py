"""Five pages in one room: each has a stage, a column of choices beside it, and perhaps a bar at the foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import mark
from app.theme import Theme
from app.widgets.click_guard import Shield
from app.widgets.page_switcher import Navigator, PageName

_SIDE: Final = 13
"""Width of the column in lines of text."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's parts."""

    stage: QWidget
    column: QWidget
    foot: QWidget | None = None


class Pages(Panel):
    """Keeps the parts of the page in front in their places."""

    def __init__(self, look: Look, pages: dict[PageName, Page], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pages = pages
        self.navigator = Navigator(look)
        self._columns, self._stages, self._feet = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self._rule, self._side = QFrame(), QWidget()
        self._lay_out()
        self.shield = Shield(self)
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        mark(self._rule, rule=True)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.navigator)
        side.addWidget(self._columns, 1)
        for page in self._pages.values():
            self._columns.addWidget(page.column)
            self._stages.addWidget(page.stage)
            if page.foot is not None:
                self._feet.addWidget(page.foot)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._side)
        beside.addWidget(self._stages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside, 1)
        column.addWidget(self._rule)
        column.addWidget(self._feet)

    def show_page(self, name: PageName) -> None:
        """Bring a page to the front."""
        page = self._pages[name]
        self._stages.setCurrentWidget(page.stage)
        self._columns.setCurrentWidget(page.column)
        self._feet.setVisible(page.foot is not None)
        self._rule.setVisible(page.foot is not None)
        if page.foot is not None:
            self._feet.setCurrentWidget(page.foot)
        self.navigator.show_page(name)

    def show_choices(self, on: bool) -> None:
        """Show or fold away the column."""
        self._side.setVisible(on)

    def focus_stage(self) -> None:
        """Give the keyboard to the stage in front."""
        self._stages.setFocus()

    def _restyle(self, _theme: Theme) -> None:
        self._side.setFixedWidth(self.look.scale.em(_SIDE))
