"""The column of the page: data, vocabulary and methods, and which protocol is looked at."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QSpinBox, QWidget

from app.panel import Look
from app.widgets.fields.file_picker import FilePicker
from app.widgets.plain import plain_tip
from app.widgets.sidebar import ChoiceBox, Sidebar
from core.language import N_, _
from core.synonyms.evaluation.cilin_pairs import PoolConfig
from core.synonyms.evaluation.run import EvaluateConfig
from core.synonyms.evaluation.split import Protocol
from core.synonyms.methods.registry import METHODS
from core.synonyms.retraining.config import NOT_FROM_LABELS

_MOST_SEED: Final = 9999
COMPARED: Final = "compared"
LABELS: Final = "labels"
"""The two pictures of the page."""


class MethodsSidebar(Sidebar):
    """What is measured, and on what.

    Signals:
        protocol_chosen: the other protocol is looked at.
        shown_chosen: the other of the page's two pictures is wanted.
        edited: something else is to be measured.
        score_wanted: the store's pairs are to be scored by the current method, or no longer.
    """

    protocol_chosen = Signal()
    shown_chosen = Signal()
    edited = Signal()
    score_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.shown = ChoiceBox()
        self.shown.setObjectName("methods_shown")
        self.shown.activated.connect(self.shown_chosen)
        self.add_titled(N_("On the stage"), self.shown)
        self._compared: list[QWidget] = []
        self.protocol = ChoiceBox()
        self.protocol.setObjectName("protocol")
        self.protocol.activated.connect(self.protocol_chosen)
        self._compared += (self.add_titled(N_("Protocol"), self.protocol), self.protocol)
        self.add_heading(N_("Methods"))
        self.methods = {name: QCheckBox() for name in METHODS}
        for name, box in self.methods.items():
            box.setObjectName(f"measure_{name}")
            box.setChecked(True)
            box.toggled.connect(self.edited)
            self.layout_.addWidget(box)
        self.pairs = FilePicker(look, N_("Labelled pairs"), N_("Cilin's pairs"))
        self.vectors = FilePicker(look, N_("Word vectors"), N_("Wikipedia's"))
        for title, picker in ((N_("Labelled pairs"), self.pairs), (N_("Word vectors"), self.vectors)):
            self._compared += (self.add_titled(title, picker), picker)
            picker.changed.connect(self.edited)
        self.unseen, self.length, self.seed = QSpinBox(), QSpinBox(), QSpinBox()
        usual = PoolConfig()
        for title, field, (least, most), value in (
            (N_("Words kept for the test"), self.unseen, (10, 60), round(100 * usual.unseen_share)),
            (N_("Min length of a test word"), self.length, (1, 4), usual.tested_length),
            (N_("Seed"), self.seed, (0, _MOST_SEED), usual.seed),
        ):
            field.setRange(least, most)
            field.setValue(value)
            field.valueChanged.connect(self.edited)
            label = self.add_titled(title, field)
            if field is not self.seed:
                self._compared += (label, field)
        self.unseen.setSuffix(" %")
        self.enter = QCheckBox()
        self.enter.setObjectName("enter_scores")
        self.bind_text(self.enter.setText, N_("Store new scores"))
        self.bind_text(self.enter.setToolTip, N_("What is learnt from all labels scores every pair of the store."))
        self.layout_.addWidget(self.enter)
        self.score = QPushButton()
        self.score.setObjectName("score_store")
        self.score.clicked.connect(self.score_wanted)
        self.layout_.addWidget(self.score)
        self.scored = self.add_caption()
        self._compared += (self.score, self.scored)
        self.layout_.addStretch()
        self._retranslate()
        self._restyle(look.theme.theme)

    def controls(self) -> dict[str, QWidget]:
        """Return every choice, by name."""
        boxes: dict[str, QWidget] = {f"method {name}": box for name, box in self.methods.items()}
        return boxes | {
            "shown": self.shown, "enter": self.enter, "protocol": self.protocol, "pairs": self.pairs,
            "vectors": self.vectors, "unseen": self.unseen, "length": self.length, "seed": self.seed,
        }  # fmt: skip

    def chosen_protocol(self) -> Protocol:
        """Return the protocol that is looked at."""
        chosen = self.protocol.value
        assert isinstance(chosen, Protocol)
        return chosen

    @property
    def shows_labels(self) -> bool:
        """Whether what labels bring is on the stage, and not the comparison."""
        return self.shown.value == LABELS

    def chosen_methods(self) -> tuple[str, ...]:
        """Return the methods that are ticked."""
        return tuple(name for name, box in self.methods.items() if box.isChecked())

    def config(self) -> EvaluateConfig:
        """Return what is chosen.

        Raises:
            SynonymsError: no method is.
        """
        pool = replace(PoolConfig(), unseen_share=self.unseen.value() / 100, tested_length=self.length.value())
        return EvaluateConfig(
            self.chosen_methods(),
            pairs=self.pairs.paths[0] if self.pairs.paths else None,
            vectors=self.vectors.paths[0] if self.vectors.paths else None,
            seed=self.seed.value(),
            pool=pool,
        )

    def show_choices(self) -> None:
        """Show the choices of the picture on the stage: what is learnt from is the open store, with its own vectors."""
        for widget in self._compared:
            widget.setVisible(not self.shows_labels)
        self.enter.setVisible(self.shows_labels)
        for name in NOT_FROM_LABELS:
            self.methods[name].setVisible(not self.shows_labels)

    def show_scoring(self, method: str, words: str) -> None:
        """Offer to score the store's pairs by ``method`` (its title; empty for none), or say how far that is."""
        self.score.setText(_("Stop") if words else _("Score the store"))
        self.score.setEnabled(bool(words or method))
        hint = _("Every pair of the store gets the score of {method}; then it can order the queue on the card.")
        self.scored.setText(words or (hint.format(method=method) if method else ""))

    def _retranslate(self) -> None:
        self.shown.offer(((_("Methods compared"), COMPARED), (_("Learning from labels"), LABELS)))
        self.protocol.offer(((_("Open: new words"), Protocol.OPEN), (_("Closed: new pairs"), Protocol.CLOSED)))
        for name, box in self.methods.items():
            row = METHODS[name]
            box.setText(row.label)
            cost = _("about {n:,.0f} s").format(n=2 * row.cost)
            box.setToolTip(plain_tip("\n".join(filter(None, (row.paper, cost)))))
        tip = _("A file of word1, word2, label 0 or 1, part train or test, and perhaps a kind, with tabs between.")
        self.pairs.setToolTip(plain_tip(tip))
