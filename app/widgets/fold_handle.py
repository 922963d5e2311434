"""What a folded column leaves: a slim handle that brings it back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.actions import ACTIONS, Actions, keys_text, without_dots
from app.icons import icon
from app.panel import Look, Themed
from app.style import set_style
from app.theme import Theme
from core.language import _

_WIDTH: Final = 1.25
"""In lines of text."""


class FoldHandle(Themed, QToolButton):
    """Stands at the edge of the stage where the column was; a click does what the column's action does."""

    def __init__(self, look: Look, action: str, parent: QWidget | None = None) -> None:
        """Make a hidden handle.

        Args:
            look: colours and sizes.
            action: id of the action that shows and folds the column.
            parent: the widget it lies in.
        """
        super().__init__(parent)
        self.follow(look)
        self._spec = next(spec for spec in ACTIONS if spec.id == action)
        self.setObjectName(f"handle_{action}")
        self.setIcon(icon("fold-right"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        set_style(self, handle=True)
        self._retranslate()
        self._restyle(look.theme.theme)
        self.hide()

    def connect_actions(self, actions: Actions) -> None:
        """Let it trigger the action."""
        self.clicked.connect(actions[self._spec.id].trigger)

    def _restyle(self, _theme: Theme) -> None:
        self.setFixedWidth(self.look.scale.em(_WIDTH))
        self.setIconSize(self.look.scale.icon_size(1))

    def _retranslate(self) -> None:
        words = without_dots(_(self._spec.text))
        self.setToolTip(f"{words} ({keys_text(self._spec)})")
        self.setAccessibleName(words)
