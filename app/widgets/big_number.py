"""One number that counts, large, with its name above and its interval below."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel

UNKNOWN: Final = "–"


class BigNumber(Panel):
    """A named number with its interval below."""

    def __init__(self, look: Look, name: str = "", meaning: str = "", parent: QWidget | None = None) -> None:
        """Make an empty number.

        Args:
            look: colours and sizes.
            name: what it is called, marked with ``N_``; empty where :meth:`show_name` says it.
            meaning: what it means, marked with ``N_``; empty for nothing to say.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.title, self.value, self.below = PlainLabel(), PlainLabel(UNKNOWN), PlainLabel()
        set_style(self.title, kind="caption")
        set_style(self.below, kind="caption")
        if name:
            self.bind_text(self.title.setText, name)
            self.bind_text(self.value.setAccessibleName, name)
        if meaning:
            self.bind_text(self.setToolTip, meaning)
        for label in (self.title, self.below):
            label.setWordWrap(True)
        for label in (self.title, self.value, self.below):
            self._column.addWidget(label)
        self._restyle(look.theme.theme)

    def show_name(self, name: str) -> None:
        """Call the number ``name``, in the language in use."""
        self.title.setText(name)
        self.value.setAccessibleName(name)

    def show_number(self, value: str, below: str) -> None:
        """Show the number and what stands below it."""
        self.value.setText(value)
        self.below.setText(below)

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(0)
        self.value.setFont(tabular(self.look.scale.font("display", bold=True)))
