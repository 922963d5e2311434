"""A line that stands while something goes on: what it is, how far, and buttons to have it otherwise."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel

_PARTS = 1000
"""Steps of the bar."""


class ProgressNotice(Panel):
    """A line of words, a bar and buttons; hidden until it is shown."""

    def __init__(self, look: Look, buttons: tuple[QPushButton, ...], parent: QWidget | None = None) -> None:
        """Lay out what is said.

        Args:
            look: colours and sizes.
            buttons: those at the end of the line, in their order.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._label, self._bar = PlainLabel(), QProgressBar()
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        frame = QFrame()
        set_style(frame, notice="info")
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._label)
        self._row.addWidget(self._bar, 1)
        for button in buttons:
            self._row.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._restyle(look.theme.theme)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._label.text()

    @property
    def share(self) -> float:
        """What the bar shows, from 0 to 1."""
        return self._bar.value() / _PARTS

    def show_words(self, words: str) -> None:
        """Say what goes on."""
        self._label.setText(words)

    def show_share(self, share: float) -> None:
        """Fill the bar so far, 0 to 1."""
        self._bar.setValue(round(share * _PARTS))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.375), em(0.5), em(0.375))
        self._row.setSpacing(em(0.5))
        self._bar.setFixedHeight(em(0.5))
