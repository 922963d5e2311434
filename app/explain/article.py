"""The passage of the article that a page comes from, folded until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from app.icons import icon
from app.panel import Look, Panel
from app.style import mark
from app.theme import Theme
from core.language import N_


class ArticlePassage(Panel):
    """A button that unfolds what the article says."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.button = QToolButton()
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIcon(icon("chevron-right", checked="chevron-down"))
        self.button.toggled.connect(self._on_toggled)
        self.say(self.button.setText, N_("From the article"))
        self.words, self._source = QLabel(), QLabel()
        for label in (self.words, self._source):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.hide()
        mark(self._source, kind="caption")
        self._layout = QVBoxLayout(self)
        for part in (self.button, self.words, self._source):
            self._layout.addWidget(part)
        self._restyle(look.theme.theme)

    def show_passage(self, quotes: tuple[str, ...], source: str) -> None:
        """Say what the article says, and where."""
        self.words.setText("\n\n".join(quotes))
        self._source.setText(source)

    @Slot(bool)
    def _on_toggled(self, unfolded: bool) -> None:
        self.words.setVisible(unfolded)
        self._source.setVisible(unfolded)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(em(0.375))
