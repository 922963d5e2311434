"""The foot of the page: what the methods that have learnt say of the pair, and either word to be asked."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.panel import Look, Panel
from app.synonyms.ask.painter import two_places
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from core.language import _
from core.synonyms.methods.registry import METHODS
from core.synonyms.why.reasons import AboutPair
from core.visible import visible


class WhyStatusBar(Panel):
    """Scores and two buttons.

    Signals:
        asked: a word is to be asked.
    """

    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words = ("", "")
        self._about: AboutPair | None = None
        self.scores = ElidedLabel()
        self.scores.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons = (QPushButton(), QPushButton())
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.scores, 1)
        for number, button in enumerate(self.buttons):
            button.setObjectName(f"ask_word_{number + 1}")
            button.clicked.connect(self._on_pressed)
            self._row.addWidget(button)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_pair(self, words: tuple[str, str], about: AboutPair | None) -> None:
        """Show what is known of a pair."""
        self._words, self._about = words, about
        self._retranslate()

    def _retranslate(self) -> None:
        scores = {} if self._about is None else self._about.scores
        self.scores.setText("   ".join(f"{METHODS[name].label} {two_places(score)}" for name, score in scores.items()))
        for button, word in zip(self.buttons, self._words, strict=True):
            button.setText(_("Ask {word}").format(word=visible(word)) if word else "")
            button.setVisible(bool(word))

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.asked.emit(self._words[self.buttons.index(button)])

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.75))
