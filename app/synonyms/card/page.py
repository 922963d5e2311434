"""The card: the pair on the stage, what can be said about it, and beside it the evidence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QStackedWidget, QWidget

from app.actions import key_name
from app.key_routing import OwnKeys
from app.panel import Look, Panel
from app.style import mark
from app.synonyms.annotation.session import LabelSession
from app.synonyms.card.empty_reason import Absence, why_no_pair
from app.synonyms.card.layout import CardLayout, CardParts
from app.synonyms.card.model_probability import ModelProbability
from app.synonyms.card.pair_view import PairView
from app.synonyms.card.recent_decisions import RecentDecisions
from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.verdict_style import VERDICT_LOOKS
from app.theme import Theme
from core.language import N_, _
from core.synonyms.queue.config import Only
from core.synonyms.verdicts import Decision, Verdict

_NO_MODEL: Final = N_("The model has not learnt yet")
_NO_GUESS: Final = N_("No guess for this pair yet")
_BY_HAND: Final = N_("No guess: the pair was opened by hand")


class CardPage(Panel):
    """Shows the session's card and hands on what is said about it. Its keys are in the action table.

    Signals:
        left_note: the note was written; the keys belong to the card again.
    """

    left_note = Signal()

    def __init__(self, look: Look, session: LabelSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.session = session
        self._growing = ""
        self.pair = PairView(look)
        self.absence = Absence(look)
        self._place = QStackedWidget()
        self.status = QLabel()
        self.listed = QLabel()
        self.model_probability = ModelProbability(look)
        self.buttons = VerdictButtons(look)
        self.note = QLineEdit()
        self.recent_decisions = RecentDecisions(look)
        self.evidence = EvidencePanel(look)
        self.note.setObjectName("note")
        for label in (self.status, self.listed):
            mark(label, kind="caption")
        for view in (self.pair, self.absence):
            self._place.addWidget(view)
        self._layout = CardLayout(
            self,
            look.scale,
            CardParts(
                self.status,
                self.listed,
                self._place,
                self.buttons,
                self.model_probability,
                self.note,
                self.recent_decisions,
                self.evidence,
            ),
        )
        # An input method would eat the keys; the note alone may have it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._keys = OwnKeys(self)
        self._keys.keep(*self.buttons.buttons.values(), *self.recent_decisions.buttons, self.absence.button)
        self.buttons.chosen.connect(self._on_chosen)
        self.note.editingFinished.connect(self._on_note)
        self.note.returnPressed.connect(self.left_note)
        self.recent_decisions.wanted.connect(self._on_wanted)
        self.absence.pressed.connect(self._on_more)
        session.card_changed.connect(self._on_card)
        session.marks_changed.connect(self._on_marks)
        session.progressed.connect(self._on_progress)
        session.evidence_arrived.connect(self._on_evidence)
        session.look_up.reading.connect(self.evidence.show_waiting)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_growing(self, text: str) -> None:
        """Say, while there is no card, that the store is being filled and how far that is; empty when it is not."""
        self._growing = text
        if self.session.state.card is None:
            self._show_absence()

    def write_note(self) -> None:
        """Let the person write."""
        if self.session.state.card is not None:
            self.evidence.reveal(self.note)
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.selectAll()

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` with what stands in the note."""
        note = self.note.text() if self.note.text() != self.session.state.note else None
        self.session.decide(verdict, note=note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a pair that was opened by hand on Escape; the other keys are in the action table.

        Enter begins the next session where one is over.
        """
        if event.key() == Qt.Key.Key_Escape:
            self.session.leave_reopened()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.absence.button.isHidden():
            self._on_more()
        else:
            super().keyPressEvent(event)

    def _restyle(self, _theme: Theme) -> None:
        self._layout.arrange()

    def minimumSizeHint(self) -> QSize:
        """Room for the pair and a little of the rest, which scrolls."""
        return QSize(self.pair.minimumWidth(), self.pair.minimumHeight() + self.look.scale.em(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out for the new size."""
        super().resizeEvent(event)
        self._layout.arrange()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Card"))
        self.note.setPlaceholderText(_("Note ({key})").format(key=key_name("N")))
        self.note.setAccessibleName(_("Note"))
        self._on_card()
        self._layout.arrange()

    @Slot()
    def _on_card(self) -> None:
        state = self.session.state
        if state.card is None:
            self._show_absence()
        else:
            row = state.card.row
            self._place.setCurrentWidget(self.pair)
            self.pair.show_pair((row.word1, row.word2), row.ranks)
            found = state.evidence
            self.evidence.show_pair((row.word1, row.word2), dict(row.scores), row.sources, row.codes, found)
            if found is not None:
                self.pair.show_pinyin(found.word1.pinyin, found.word2.pinyin)
            self._show_guess()
            self.listed.setText(_("A dictionary lists them as synonyms") if row.known else "")
        self.buttons.setEnabled(state.card is not None)
        self.note.setEnabled(state.card is not None)
        self.note.setText(state.note if state.card is not None else "")
        self._on_marks()
        self._on_progress()

    @Slot()
    def _on_marks(self) -> None:
        state = self.session.state
        self.buttons.show_verdict(state.waiting or state.verdict)
        if state.card is not None:
            self.pair.show_verdict(state.waiting or state.verdict)
        if not self.note.hasFocus():
            self.note.setText(state.note if state.card is not None else "")
        self._show_voices()
        self._show_status()

    @Slot()
    def _on_progress(self) -> None:
        self.recent_decisions.show_decisions(self.session.state.recent_decisions)
        self._show_status()
        if self.session.state.card is None:
            self._show_absence()
        else:
            self._show_guess()

    @Slot()
    def _on_evidence(self) -> None:
        found = self.session.state.evidence
        if found is not None:
            self.pair.show_pinyin(found.word1.pinyin, found.word2.pinyin)
            self.evidence.show_evidence(found)

    @Slot(object)
    def _on_chosen(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        self.decide(verdict)

    @Slot()
    def _on_note(self) -> None:
        self.session.write_note(self.note.text())

    @Slot(object)
    def _on_wanted(self, decision: object) -> None:
        assert isinstance(decision, Decision)
        self.session.reopen(decision.candidate)

    def _show_status(self) -> None:
        state, config = self.session.state, self.session.config
        if state.card is None:
            self.status.setText("")
            return
        parts = []
        if state.is_held:
            parts.append(_("Waiting for the store"))
        elif state.reopened:
            parts.append(_("Opened by hand: a verdict or Esc goes back"))
        elif config.adjudicate:
            parts.append(_("To be settled"))
        else:
            parts.append(
                {
                    Only.OPEN: _("Next pair"),
                    Only.DISPUTED: _("Disputed pair"),
                    Only.FLAGGED: _("Flagged pair"),
                    Only.SKIPPED: _("Skipped pair"),
                    Only.UNSURE: _("Unsure pair"),
                }[config.only]
            )
        if state.flagged:
            parts.append(_("flagged"))
        if state.card.row.sources:
            count = len(state.card.row.sources)
            parts.append(_("proposed by {n} sources").format(n=count) if count > 1 else _("proposed by one source"))
        self.status.setText("  ·  ".join(parts))

    def _show_voices(self) -> None:
        """While a dispute is settled, show what everybody said; else nobody should be led by the others."""
        state = self.session.state
        shown = self.session.config.adjudicate or (state.card is not None and state.card.row.disputed)
        self.pair.show_annotator_answers(
            tuple(
                (VERDICT_LOOKS[each.verdict], f"{each.annotator}  “{each.note}”" if each.note else each.annotator)
                for each in state.annotator_answers
                if shown and each.verdict is not None
            )
        )

    def _show_guess(self) -> None:
        card, model = self.session.state.card, self.session.state.model
        if card is None:
            self.model_probability.show_lacking("")
        elif card.probability is None or card.low is None or card.high is None:
            by_hand = self.session.state.reopened
            self.model_probability.show_lacking(_BY_HAND if by_hand else _NO_MODEL if model is None else _NO_GUESS)
        else:
            self.model_probability.show_guess(card.probability, card.low, card.high)

    def _show_absence(self) -> None:
        self._place.setCurrentWidget(self.absence)
        self.absence.show_reason(*why_no_pair(self.session, self._growing))
        self.evidence.show_pair(("", ""), {}, (), ((), ()))
        self._show_guess()
        self.listed.setText("")

    @Slot()
    def _on_more(self) -> None:
        """Begin a session like the one that is over."""
        self.session.arrange(self.session.config)
        self.setFocus()
