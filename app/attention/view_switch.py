"""The row of buttons that chooses what stands on the stage."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.actions import ACTIONS, keys_text
from app.attention.wish import VIEWS, View
from app.panel import Look, Panel
from app.style import mark
from app.theme import Theme
from core.language import N_, _

VIEW_NAMES: Final[dict[View, str]] = {
    "map": N_("Map"),
    "heads": N_("All heads"),
    "lines": N_("Lines"),
    "steps": N_("Three steps"),
    "compare": N_("Compare"),
    "alignment": N_("Alignment"),
}


class ViewSwitch(Panel):
    """One button a view, with its key.

    Signals:
        chosen: the view.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[View, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for view in VIEWS:
            button = QPushButton()
            button.setObjectName(f"view_{view}")
            button.setCheckable(True)
            mark(button, quiet=True)
            button.clicked.connect(lambda _on, view=view: self.chosen.emit(view))
            self._group.addButton(button)
            self.buttons[view] = button
            self._row.addWidget(button)
        self._row.addStretch()
        self.retranslate()
        self.restyle(look.theme.theme)

    def show_view(self, view: View) -> None:
        """Mark the view on the stage."""
        self.buttons[view].setChecked(True)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._row.setSpacing(self.look.scale.em(0.125))

    def retranslate(self) -> None:
        """Renew words and keys."""
        specs = {spec.id: spec for spec in ACTIONS}
        for view, button in self.buttons.items():
            button.setText(f"{_(VIEW_NAMES[view])}  {keys_text(specs[f'at_view_{view}'])}")
            button.setAccessibleName(_(VIEW_NAMES[view]))
