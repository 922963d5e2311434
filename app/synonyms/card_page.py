"""The card: the pair on the stage, what can be said about it, and beside it the evidence."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.actions import key_name
from app.panel import Look, Panel
from app.style import mark
from app.synonyms.evidence_panel import EvidencePanel
from app.synonyms.likelihood import Likelihood
from app.synonyms.pair_view import PairView
from app.synonyms.session import LabelSession
from app.synonyms.trail import Trail
from app.synonyms.verdict_buttons import VerdictButtons
from app.synonyms.verdicts import VERDICT_LOOKS
from app.theme import Theme
from core.language import _
from core.synonyms.queue.config import Only
from core.synonyms.verdicts import Decision, Verdict

_BESIDE: Final = 58
"""Width in lines of text from which the evidence stands beside the stage."""


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
        self.status = QLabel()
        self.listed = QLabel()
        self.likelihood = Likelihood(look)
        self.buttons = VerdictButtons(look)
        self.note = QLineEdit()
        self.trail = Trail(look)
        self.evidence = EvidencePanel(look)
        for label in (self.status, self.listed):
            mark(label, kind="caption")
        self._lay_out()
        # An input method would eat the keys; the note alone may have it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.buttons.chosen.connect(self._on_chosen)
        self.note.editingFinished.connect(self._on_note)
        self.note.returnPressed.connect(self.left_note)
        self.trail.wanted.connect(self._on_wanted)
        session.card_changed.connect(self._on_card)
        session.marks_changed.connect(self._on_marks)
        session.progressed.connect(self._on_progress)
        session.evidence_arrived.connect(self._on_evidence)
        session.look_up.reading.connect(self.evidence.show_waiting)
        self.retranslate()
        self.restyle(look.theme.theme)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.status, 1)
        head.addWidget(self.listed)
        self.note.setObjectName("note")
        self._stage = QVBoxLayout()
        self._stage.addLayout(head)
        self._stage.addWidget(self.pair, 1)
        self._stage.addWidget(self.buttons)
        self._stage.addWidget(self.likelihood)
        self._stage.addWidget(self.note)
        self._stage.addWidget(self.trail)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._stage, 11)
        self._row.addWidget(self.evidence, 9)

    def show_growing(self, text: str) -> None:
        """Say, while there is no card, that the store is being filled and how far that is; empty when it is not."""
        self._growing = text
        if self.session.state.card is None:
            self._show_absence()

    def write_note(self) -> None:
        """Let the person write."""
        if self.session.state.card is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.selectAll()

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` with what stands in the note."""
        note = self.note.text() if self.note.text() != self.session.state.note else None
        self.session.decide(verdict, note=note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a pair that was opened by hand on Escape; the other keys are in the action table."""
        if event.key() == Qt.Key.Key_Escape:
            self.session.leave_reopened()
        else:
            super().keyPressEvent(event)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        em = self.look.scale.em
        self._stage.setSpacing(em(0.5))
        self._row.setSpacing(em(1.25))
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the evidence beside the stage on a wide window, below it on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def retranslate(self) -> None:
        """Renew words."""
        self.setAccessibleName(_("Card"))
        self.note.setPlaceholderText(_("Note ({key})").format(key=key_name("N")))
        self.note.setAccessibleName(_("Note"))
        self._on_card()

    def _arrange(self) -> None:
        beside = self.width() >= self.look.scale.em(_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    @Slot()
    def _on_card(self) -> None:
        state = self.session.state
        if state.card is None:
            self._show_absence()
        else:
            row = state.card.row
            self.pair.show_pair((row.word1, row.word2), row.ranks)
            found = state.evidence
            self.evidence.show_pair((row.word1, row.word2), dict(row.scores), row.sources, row.codes, found)
            if found is not None:
                self.pair.show_pinyin(found.word1.pinyin, found.word2.pinyin)
            self.likelihood.show_guess(state.card.probability, state.card.low, state.card.high)
            self.listed.setText(_("A dictionary lists them as synonyms") if row.known else "")
        self.buttons.setEnabled(state.card is not None)
        self.note.setEnabled(state.card is not None)
        self.note.setText(state.note if state.card is not None else "")
        self.evidence.setEnabled(state.card is not None)
        self._on_marks()
        self._on_progress()

    @Slot()
    def _on_marks(self) -> None:
        state = self.session.state
        self.buttons.show_verdict(state.verdict)
        if state.card is not None:
            self.pair.show_verdict(state.verdict)
        if not self.note.hasFocus():
            self.note.setText(state.note if state.card is not None else "")
        self._show_voices()
        self._show_status()

    @Slot()
    def _on_progress(self) -> None:
        self.trail.show_decisions(self.session.state.trail)
        self._show_status()
        if self.session.state.card is None:
            self._show_absence()

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
        if state.reopened:
            parts.append(_("Opened again: a verdict changes it, Esc leaves it"))
        elif config.adjudicate:
            parts.append(_("To be settled"))
        else:
            parts.append(
                {Only.OPEN: _("Next pair"), Only.DISPUTED: _("Disputed pair"), Only.FLAGGED: _("Flagged pair")}[
                    config.only
                ]
            )
        if state.flagged:
            parts.append(_("flagged"))
        if state.card.row.sources:
            parts.append(_("proposed by {n} sources").format(n=len(state.card.row.sources)))
        self.status.setText("  ·  ".join(parts))

    def _show_voices(self) -> None:
        """While a dispute is settled, show what everybody said; else nobody should be led by the others."""
        state = self.session.state
        shown = self.session.config.adjudicate or (state.card is not None and state.card.row.disputed)
        self.pair.show_voices(
            tuple(
                (VERDICT_LOOKS[each.verdict], f"{each.annotator}  “{each.note}”" if each.note else each.annotator)
                for each in state.voices
                if shown and each.verdict is not None
            )
        )

    def _show_absence(self) -> None:
        self.pair.show_waiting(self._absence())
        self.evidence.show_pair(("", ""), {}, (), ((), ()))
        self.likelihood.show_guess(None, None, None)
        self.listed.setText("")

    def _absence(self) -> str:
        """Say why there is no card and what to do."""
        queue, progress = self.session.queue, self.session.state.progress
        if queue is None:
            return _("No store is open. Open one under Sources ({key}).").format(key=key_name("F5"))
        if queue.session_over and progress is not None:
            return _("The session is over: {n} pairs judged. Choose another under Session to go on.").format(
                n=progress.session
            )
        if self._growing:
            return _("The first pairs are on their way. {progress}").format(progress=self._growing)
        if self.session.is_planning:
            return _("Putting the pairs in order…")
        return {
            Only.DISPUTED: _("Nobody disagrees on any pair. Choose other pairs."),
            Only.FLAGGED: _("No pair is flagged. Choose other pairs."),
            Only.OPEN: _("Every pair of this queue is judged. Gather more under Sources ({key}).").format(
                key=key_name("F5")
            ),
        }[self.session.config.only]
