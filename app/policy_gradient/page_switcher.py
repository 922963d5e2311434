"""The buttons that bring the tab's pages to the front; not seen while there is but one page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.actions import ACTIONS, Actions, keys_text
from app.icons import icon
from app.panel import Look, Panel
from app.policy_gradient.pages import PAGES
from app.theme import Theme
from core.language import _


class PageSwitcher(Panel):
    """One button a page, with its key; the one of the page in front is marked."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._column = QVBoxLayout(self)
        self._buttons: dict[str, QToolButton] = {}
        for page in PAGES:
            button = QToolButton()
            button.setObjectName(f"page_{page.id}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setIcon(icon(page.icon))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._column.addWidget(button)
            self._buttons[page.id] = button
        self.setVisible(len(PAGES) > 1)
        self._retranslate()
        self._restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        for page in PAGES if len(PAGES) > 1 else ():
            self._buttons[page.id].clicked.connect(actions[page.action_id].trigger)

    def show_page(self, page_id: str) -> None:
        """Mark the button of the page with the id ``page_id`` within the tab."""
        for each, button in self._buttons.items():
            button.setChecked(each == page_id)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setSpacing(em(0.0625))
        self._column.setContentsMargins(em(0.5), em(0.5), em(0.5), em(0.25))
        for button in self._buttons.values():
            button.setIconSize(self.look.scale.icon_size(1.0))

    def _retranslate(self) -> None:
        keys = {spec.id: keys_text(spec) for spec in ACTIONS}
        for page in PAGES:
            words, key = _(page.title), keys.get(page.action_id, "")
            self._buttons[page.id].setText(f" {words}   {key}")
            self._buttons[page.id].setToolTip(f"{words} ({key})")
            self._buttons[page.id].setAccessibleName(words)
