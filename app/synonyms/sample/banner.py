"""The strip above the pages that says that a sample is shown, and leads back to the person's own store."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_


class SampleBanner(Panel):
    """Says what the sample is.

    Signals:
        left: the person wants their own store.
    """

    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words = PlainLabel()
        self._words.setWordWrap(True)
        self.back = QPushButton()
        self.back.clicked.connect(self.left)
        self.bind_text(
            self._words.setText,
            N_("Sample store: the pairs are real, the three annotators are simulated. Your own store is untouched."),
        )
        self.bind_text(self.back.setText, N_("Back to my store"))
        rule = QFrame()
        set_style(rule, rule=True)
        self._row = QHBoxLayout()
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(rule)
        self._restyle(look.theme.theme)
        self.hide()

    def present(self, on: bool) -> None:
        """A hall reads what it is, and presses nothing."""
        self.back.setVisible(not on)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(1), em(0.25), em(0.75), em(0.25))
        self._row.setSpacing(em(1))
