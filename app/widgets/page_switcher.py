"""The pages of a tab, each with its key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.actions import Actions, button_text, key_name
from app.icons import icon
from app.page_spec import PageSpec
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.keys.button import KeyToolButton
from core.language import _

_LOW: Final = 18
"""Height of the side in lines of text below which the buttons lie in a row, without words."""


class PageSwitcher(Panel):
    """One button a page; the open page's is marked. Where the side is low, they leave its height to the choices."""

    def __init__(self, look: Look, pages: Iterable[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self.buttons: dict[PageSpec, KeyToolButton] = {}
        for page in pages:
            button = KeyToolButton(look)
            button.setObjectName(f"page_{page.name}")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setIcon(icon(page.icon))
            self._line.addWidget(button)
            self.buttons[page] = button
        self._retranslate()
        self._restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        for page, button in self.buttons.items():
            button.clicked.connect(actions[page.action].trigger)

    def show_page(self, page: PageSpec) -> None:
        """Mark the button of ``page``."""
        for each, button in self.buttons.items():
            button.setChecked(each == page)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._line.setSpacing(em(0.0625))
        self._line.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.25))  # as what stands below
        for button in self.buttons.values():
            button.setIconSize(self.look.scale.icon_size(1.0))
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Watch how tall the side is."""
        super().showEvent(event)
        side = self.parentWidget()
        if side is not None:
            side.installEventFilter(self)
        self._arrange()

    def eventFilter(self, _side: QObject, event: QEvent) -> bool:
        """Lie down or stand up with the side's height."""
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _arrange(self) -> None:
        side = self.parentWidget()
        low = side is not None and side.height() < self.look.scale.em(_LOW)
        directions, styles = QBoxLayout.Direction, Qt.ToolButtonStyle
        self._line.setDirection(directions.LeftToRight if low else directions.TopToBottom)
        for page, button in self.buttons.items():
            button.setToolButtonStyle(styles.ToolButtonIconOnly if low else styles.ToolButtonTextBesideIcon)
            button.show_key("" if low else page.key)

    def _retranslate(self) -> None:
        for page, button in self.buttons.items():
            button.setText(f" {button_text(_(page.title))}")
            button.setToolTip(f"{_(page.title)} ({key_name(page.key)})")
            button.setAccessibleName(_(page.title))
