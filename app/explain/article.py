"""The passage of the article that a page comes from, folded until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_


class ArticlePassage(Panel):
    """A button that unfolds what the article says."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.button = QToolButton()
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.clicked.connect(self._on_clicked)
        self.bind_text(self.button.setText, N_("From the article"))
        self.words, self._source = PlainLabel(), PlainLabel()
        for label in (self.words, self._source):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        set_style(self._source, kind="caption")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.words, self._source):
            self._layout.addWidget(part)
        self._restyle(look.theme.theme)
        self.unfold(False)

    @property
    def is_unfolded(self) -> bool:
        """Whether the passage is seen."""
        return not self.words.isHidden()

    def unfold(self, unfolded: bool) -> None:
        """Show the passage, or fold it away."""
        self.button.setIcon(icon("chevron-down" if unfolded else "chevron-right"))
        self.words.setVisible(unfolded)
        self._source.setVisible(unfolded)

    def show_passage(self, quotes: tuple[str, ...], source: str) -> None:
        """Say what the article says, and where."""
        self.words.setText("\n\n".join(quotes))
        self._source.setText(source)

    @Slot()
    def _on_clicked(self) -> None:
        self.unfold(not self.is_unfolded)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(em(0.375))
