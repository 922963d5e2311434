"""The column of the page: the two words, and which method is asked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QRadioButton, QWidget

from app.panel import Look
from app.theme import Theme
from app.widgets.plain import plain_tip
from app.widgets.sidebar import Sidebar
from core.language import N_, _
from core.synonyms.methods.registry import METHODS
from core.synonyms.why.reasons import EXPLAINED, Manner

EXAMPLES: Final = (("医生", "大夫"), ("左边", "右边"), ("美丽", "漂亮"), ("五月", "四月"))
"""Pairs that tell something: synonyms, opposites, synonyms that many sentences hold, siblings."""
_MANNERS: Final = {
    Manner.MAP: N_("map of the neighbours"),
    Manner.SENTENCES: N_("sentences with weights"),
    Manner.PATTERNS: N_("patterns with counts"),
    Manner.FEATURES: N_("shares of the features"),
}


class WhySidebar(Sidebar):
    """What is asked.

    Signals:
        asked: two words are to be asked about.
        chosen: another method is.
    """

    asked = Signal(str, str)
    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.words = (QLineEdit(), QLineEdit())
        self._pair, self._examples = QHBoxLayout(), QGridLayout()
        self.add_heading(N_("Pair"))
        for number, (field, title) in enumerate(zip(self.words, (N_("First word"), N_("Second word")), strict=True)):
            field.setObjectName(f"why_word_{number + 1}")
            field.setMaxLength(40)
            field.setMinimumWidth(1)
            field.returnPressed.connect(self._on_entered)
            self.bind_text(field.setAccessibleName, title)
            self._pair.addWidget(field)
        self.layout_.addLayout(self._pair)
        self.examples = [QPushButton(f"{one} / {other}") for one, other in EXAMPLES]
        for number, button in enumerate(self.examples):
            button.setObjectName(f"why_example_{number}")
            button.setMinimumWidth(1)
            button.clicked.connect(self._on_example)
            self._examples.addWidget(button, number // 2, number % 2)
        self.layout_.addLayout(self._examples)
        self.add_heading(N_("Why, says"))
        self.methods = {name: QRadioButton() for name in EXPLAINED}
        for name, choice in self.methods.items():
            choice.setObjectName(f"why_{name}")
            choice.setChecked(name == next(iter(EXPLAINED)))
            choice.clicked.connect(self.chosen)
            self.layout_.addWidget(choice)
        self.hint = self.add_caption()
        self.layout_.addStretch()
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def method(self) -> str:
        """The method that is asked."""
        return next(name for name, button in self.methods.items() if button.isChecked())

    def choose(self, method: str) -> None:
        """Let ``method`` be asked, if it can say why."""
        if method in self.methods:
            self.methods[method].setChecked(True)

    def show_words(self, words: tuple[str, str]) -> None:
        """Write the pair that is asked about."""
        for field, word in zip(self.words, words, strict=True):
            field.setText(word)

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        for layout in (self._pair, self._examples):
            layout.setSpacing(self.look.scale.em(0.25))

    def _retranslate(self) -> None:
        self.hint.setText(_("A method learns from Cilin's pairs once a session, here or under Ask a word."))
        for name, button in self.methods.items():
            row = METHODS[name]
            button.setText(row.label)
            button.setToolTip(plain_tip("\n".join(filter(None, (_(_MANNERS[EXPLAINED[name]]), row.paper)))))

    @Slot()
    def _on_entered(self) -> None:
        one, other = (field.text().strip() for field in self.words)
        if one and other:
            self.asked.emit(one, other)
        else:
            self.words[bool(one)].setFocus()

    @Slot()
    def _on_example(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.asked.emit(*EXAMPLES[self.examples.index(button)])
