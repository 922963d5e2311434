"""The card's column of choices: who decides, which pairs come, in which order, for how long."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QWidget

from app.panel import Look
from app.synonyms.source_names import source_name
from app.widgets.sidebar import ChoiceBox, PickBox, Sidebar, keep_narrow
from core.language import N_, _
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import REPLAN_AFTER, ModelReport, Only, Order, QueueConfig

_ORDERS: Final = (
    (N_("Most likely first"), Order.LIKELY),
    (N_("Most uncertain first"), Order.UNCERTAIN),
    (N_("Random"), Order.RANDOM),
)
_ONLY: Final = (
    (N_("Unjudged"), Only.OPEN),
    (N_("Disputes to settle"), Only.DISPUTED),
    (N_("Flagged pairs"), Only.FLAGGED),
    (N_("Skipped pairs"), Only.SKIPPED),
    (N_("Unsure pairs"), Only.UNSURE),
)
_BOUNDS: Final[tuple[tuple[str, int | None, float | None], ...]] = (
    (N_("Unlimited"), None, None),
    (N_("20 pairs"), 20, None),
    (N_("100 pairs"), 100, None),
    (N_("500 pairs"), 500, None),
    (N_("10 minutes"), None, 10.0),
    (N_("20 minutes"), None, 20.0),
    (N_("45 minutes"), None, 45.0),
)


class QueueSidebar(Sidebar):
    """Says which queue is wanted.

    Signals:
        wanted: a ``QueueConfig``, after each choice.
        refused: why a choice cannot be taken; the controls show the one before again.
        left: an entry was picked from a list, and the keyboard is free; what is chosen by keys leaves it where it is.
    """

    wanted = Signal(object)
    refused = Signal(str)
    left = Signal()

    def __init__(self, look: Look, config: QueueConfig, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._config = config
        self._scores: tuple[str, ...] = ()
        self.annotator = PickBox()
        self.annotator.setEditable(True)
        keep_narrow(self.annotator)
        self.annotator.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.annotator.completer()
        assert isinstance(completer, QCompleter)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseSensitive)
        self.only = ChoiceBox()
        self.order = ChoiceBox()
        self.bound = ChoiceBox()
        self.known = QCheckBox()
        for name, control in (
            ("annotator", self.annotator), ("only", self.only), ("order", self.order), ("bound", self.bound),
            ("known", self.known),
        ):  # fmt: skip
            control.setObjectName(name)
        self.add_titled(N_("Annotator"), self.annotator)
        self.add_titled(N_("Pairs"), self.only)
        self.add_titled(N_("Order"), self.order)
        self.add_titled(N_("Session"), self.bound)
        self.bind_text(self.annotator.setToolTip, N_("Type a name and press Enter, or choose one from the list."))
        self.bind_text(self.known.setText, N_("Include known synonyms"))
        self.bind_text(self.known.setToolTip, N_("Also ask about pairs already listed as synonyms in a dictionary."))
        self.layout_.addWidget(self.known)
        self.model = self.add_caption()
        self.layout_.addStretch()
        line = self.annotator.lineEdit()
        assert line is not None
        line.returnPressed.connect(self._on_chosen)
        line.editingFinished.connect(self._on_name_left)
        for box in (self.annotator, self.only, self.order):
            box.activated.connect(self._on_chosen)
        self.bound.activated.connect(self._on_bound)
        self.known.clicked.connect(self._on_chosen)
        for box in (self.annotator, self.only, self.order, self.bound):
            box.picked.connect(self.left)
        self._report: ModelReport | None = None
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_config(self, config: QueueConfig) -> None:
        """Show ``config`` in all controls."""
        self._config = config
        self.annotator.setEditText(config.annotator)
        self.only.choose(config.only)
        self.order.choose((config.order, config.score))
        self.bound.choose((config.pairs, config.minutes))
        self.known.setChecked(config.known)

    def show_store(self, annotators: Iterable[str], scores: Iterable[str]) -> None:
        """Offer the annotators and the scores of the open store."""
        self.annotator.blockSignals(True)  # filling is no choice
        self.annotator.clear()
        self.annotator.addItems(list(annotators))
        self.annotator.blockSignals(False)
        self._scores = tuple(scores)
        self._retranslate()

    def show_model(self, report: ModelReport | None) -> None:
        """Say what the model has learnt from."""
        self._report = report
        self._show_model()

    def _retranslate(self) -> None:
        self.only.offer((_(words), only) for words, only in _ONLY)
        self.bound.offer((_(words), (pairs, minutes)) for words, pairs, minutes in _BOUNDS)
        by_score = [
            (_("By score: {name}").format(name=source_name(score)), (Order.SCORE, score)) for score in self._scores
        ]
        self.order.offer([*((_(words), (order, "")) for words, order in _ORDERS), *by_score])
        self.show_config(self._config)
        self._show_model()

    def _show_model(self) -> None:
        report = self._report
        if report is None:
            told = _("The model retrains every {every} verdicts, once there are three synonyms and three other pairs.")
            self.model.setText(told.format(every=REPLAN_AFTER))
            return
        told = _("Trained on {n} verdicts ({positives} of them synonyms); retrains every {every}.")
        text = told.format(n=report.learnt, positives=report.positives, every=REPLAN_AFTER)
        if report.judged and report.average_precision == report.average_precision:  # NaN: nothing to compare
            text += " " + _("Average precision so far: {ap:.2f}.").format(ap=report.average_precision)
        self.model.setText(text)

    @Slot()
    def _on_name_left(self) -> None:
        """Only Enter takes a name: half of one, left for another control, makes nobody an annotator."""
        if self.annotator.currentText() != self._config.annotator:
            self.annotator.setEditText(self._config.annotator)

    @Slot()
    def _on_bound(self) -> None:
        """Choosing an end begins a session, also when it is as long as the one before."""
        before = self._config
        self._on_chosen()
        if self._config == before:
            self.wanted.emit(self._config)

    @Slot()
    def _on_chosen(self) -> None:
        only = cast("Only", self.only.value)
        order, score = cast("tuple[Order, str]", self.order.value)
        pairs, minutes = cast("tuple[int | None, float | None]", self.bound.value)
        try:
            config = replace(
                self._config,
                annotator=self.annotator.currentText().strip() or self._config.annotator,
                only=only,
                order=order,
                score=score,
                pairs=pairs,
                minutes=minutes,
                known=self.known.isChecked(),
            )
        except SynonymsError as error:
            self.show_config(self._config)
            self.refused.emit(str(error))
            return
        if config != self._config:
            self._config = config
            self.wanted.emit(config)
