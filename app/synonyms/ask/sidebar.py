"""The column of the page: the word, the methods, and what the line is drawn by."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPushButton, QWidget

from app.panel import Look
from app.synonyms.ask.threshold import Measure
from app.theme import Theme
from app.widgets.plain import plain_tip
from app.widgets.sidebar import ChoiceBox, Sidebar
from core.language import N_, _
from core.synonyms.asking.config import LEARNING_NOTHING
from core.synonyms.methods.registry import METHODS

EXAMPLES: Final = ("医生", "高兴", "左边", "五月", "美丽", "增加")
"""Words whose neighbours tell something: synonyms, a mood, opposites, siblings."""
USUAL_METHODS: Final = ("cosine", "csls", "characters", "attract_repel")
_ACROSS: Final = 3


class AskSidebar(Sidebar):
    """What is asked, and by what.

    Signals:
        asked: a word is to be asked.
        chosen: other methods are.
        measured: the line is drawn by something else.
    """

    asked = Signal(str)
    chosen = Signal()
    measured = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.word = QLineEdit()
        self.word.setObjectName("ask_word")
        self.word.setMaxLength(40)
        self.add_titled(N_("Word"), self.word)
        self.bind_text(self.word.setPlaceholderText, N_("type a word, then Enter"))
        self._examples = QGridLayout()
        for n, example in enumerate(EXAMPLES):
            button = QPushButton(example)
            button.setObjectName(f"example_{example}")
            button.clicked.connect(self._on_example)
            self._examples.addWidget(button, n // _ACROSS, n % _ACROSS)
        self.layout_.addLayout(self._examples)
        self.add_heading(N_("Methods"))
        self.methods = {name: QCheckBox() for name in METHODS}
        for name, box in self.methods.items():
            box.setObjectName(f"method_{name}")
            box.setChecked(name in USUAL_METHODS)
            box.clicked.connect(self.chosen)
            self.layout_.addWidget(box)
        self.measure = ChoiceBox()
        self.measure.setObjectName("measure")
        self.measure.activated.connect(self.measured)
        self.add_titled(N_("Threshold line"), self.measure)
        self.hint = self.add_caption()
        self.layout_.addStretch()
        self.word.returnPressed.connect(self._on_entered)
        self._retranslate()
        self._restyle(look.theme.theme)

    def controls(self) -> dict[str, QWidget]:
        """Return what the page saves, by name."""
        boxes: dict[str, QWidget] = {f"method {name}": box for name, box in self.methods.items()}
        return boxes | {"measure": self.measure}

    def chosen_methods(self) -> tuple[str, ...]:
        """Return the methods that are ticked, in their order."""
        return tuple(name for name, box in self.methods.items() if box.isChecked())

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        self._examples.setSpacing(self.look.scale.em(0.25))

    def _retranslate(self) -> None:
        self.measure.offer(((_("each method's score"), Measure.SCORE), (_("number of words"), Measure.COUNT)))
        self.hint.setText(_("Drag the line; click a word to ask it."))
        for name, box in self.methods.items():
            row = METHODS[name]
            box.setText(row.label)
            learns = "" if name in LEARNING_NOTHING else _("Learns from Cilin's pairs first, once a session.")
            box.setToolTip(plain_tip("\n".join(filter(None, (row.paper, learns)))))

    @Slot()
    def _on_entered(self) -> None:
        self.asked.emit(self.word.text())

    @Slot()
    def _on_example(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.asked.emit(button.text())
