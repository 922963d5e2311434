"""A slider below its name and what it stands at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel


class NamedSlider(Panel):
    """What all sliders of the sidebars have: a name at the left, a value at the right, the slider below.

    Attributes:
        slider: the slider; subclasses give it its range and say what its places mean.
    """

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Lay it out.

        Args:
            look: colours and sizes.
            name: what is chosen, marked with ``N_``.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        label, self._value = PlainLabel(), PlainLabel()
        set_style(self._value, kind="muted")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        label.setBuddy(self.slider)
        self.bind_text(label.setText, name)
        self.bind_text(self.slider.setAccessibleName, name)
        head = QHBoxLayout()
        head.addWidget(label)
        head.addStretch()
        head.addWidget(self._value)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self.slider)
        self._restyle(look.theme.theme)

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.125))
        self._value.setFont(tabular(self.look.scale.font()))
