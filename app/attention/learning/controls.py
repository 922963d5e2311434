"""What is trained and what is looked at: what the page brings to the sidebar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPushButton, QSpinBox, QVBoxLayout

from app.attention.learning.options import MOST_SEED, LearningOptions
from app.attention.options import ViewOptions
from app.attention.views.controls import Controls
from app.panel import Look
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox
from core.attention.learned.catalogue import ROWS
from core.attention.results import ModelCard
from core.language import N_


class LearningControls(Controls):
    """Model, seed, and the example whose map is seen."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._options = LearningOptions()
        self.model, self.seed, self.next = ChoiceBox(), QSpinBox(), QPushButton()
        self.model.setObjectName("learning_model")
        self.seed.setRange(0, MOST_SEED)
        self._meaning, self._kept = PlainLabel(), PlainLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for title, field in ((N_("Model to train"), self.model), (N_("Seed"), self.seed)):
            label = PlainLabel()
            label.setBuddy(field)
            self.bind_text(label.setText, title)
            self.bind_text(field.setAccessibleName, title)
            self._column.addWidget(label)
            self._column.addWidget(field)
            if field is self.model:
                self._column.addWidget(self._meaning)
        self._column.addWidget(self.next)
        self._column.addWidget(self._kept)
        for label in (self._meaning, self._kept):
            label.setWordWrap(True)
            set_style(label, kind="caption")
        self.bind_text(self.next.setText, N_("Another example"))
        self.bind_text(
            self._kept.setText,
            N_("What is trained here is kept as by attention-train. Stop keeps what was learned so far."),
        )
        self.model.offer([(row.name, row.name) for row in ROWS])
        self.model.activated.connect(lambda _at: self._want(model=self.model.value))
        self.seed.valueChanged.connect(lambda seed: self._want(seed=seed))
        self.next.clicked.connect(lambda _on: self._want(example=self._options.example + 1))
        self._restyle(look.theme.theme)

    def show_options(self, options: ViewOptions, _cards: Mapping[str, ModelCard]) -> None:
        """Show what is chosen."""
        self._options = options.learning
        self.model.choose(options.learning.row.name)
        with QSignalBlocker(self.seed):
            self.seed.setValue(options.learning.seed)
        self._retranslate()

    def _want(self, **changes: Any) -> None:
        self.wanted.emit({"learning": replace(self._options, **changes)})

    def _retranslate(self) -> None:
        self._meaning.setText(self._options.row.meaning)

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.375))
