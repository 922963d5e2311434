"""What the card shows, without Qt: the pair, what this annotator has said of it, what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.synonyms.evidence.lookup import Found, Pair
from core.synonyms.evidence.gather import PairEvidence
from core.synonyms.verdicts import Decision, Verdict

if TYPE_CHECKING:  # the queue brings SQLAlchemy, which loads when the tab is opened
    from core.synonyms.queue.config import ModelReport
    from core.synonyms.queue.queue import Card, Progress


@dataclass(slots=True)
class CardState:
    """The card on the stage.

    Attributes:
        card: the pair with the model's guess; None while there is none.
        reopened: the pair was opened by hand: it is not the next one of the queue.
        verdict: this annotator's standing verdict on it.
        flagged: this annotator wants to come back.
        note: this annotator's note.
        typed_note: a note that the store refused; None where it did not.
        waiting: the verdict said of the pair that the store has not taken yet; None while none waits.
        is_held: what was entered has waited so long that a person should be told.
        is_turning: another card is being fetched from a server; the one in view takes no verdict any more.
        is_store_empty: no pair is on the card, and the store holds none.
        annotator_answers: the standing answers: everybody's while disputes are settled, else this annotator's alone.
        recent_decisions: this annotator's last decisions, newest first.
        progress: how far the annotator has come.
        model: what the ranker knows.
        found: what was looked up lately.
    """

    card: Card | None = None
    reopened: bool = False
    verdict: Verdict | None = None
    flagged: bool = False
    note: str = ""
    typed_note: str | None = None
    waiting: Verdict | None = None
    is_held: bool = False
    is_turning: bool = False
    is_store_empty: bool = False
    annotator_answers: tuple[Decision, ...] = ()
    recent_decisions: list[Decision] = field(default_factory=list)
    progress: Progress | None = None
    model: ModelReport | None = None
    found: Found = field(default_factory=Found)

    @property
    def pair(self) -> Pair | None:
        """The two words on the stage."""
        return None if self.card is None else (self.card.row.word1, self.card.row.word2)

    @property
    def shown_note(self) -> str:
        """The note as it was typed last; what could not be stored stays in sight."""
        return self.note if self.typed_note is None else self.typed_note

    @property
    def evidence(self) -> PairEvidence | None:
        """What was found out about the pair on the stage."""
        return self.found.get(self.pair)

    def show(self, card: Card | None, answers: list[Decision], annotator: str, *, reopened: bool) -> None:
        """Put ``card`` on the stage, with the ``answers`` on it that may be seen."""
        self.card, self.reopened = card, reopened
        self.annotator_answers = tuple(answers)
        own = [answer for answer in answers if answer.annotator == annotator and not answer.adjudicates]
        self.verdict = own[-1].verdict if own else None
        self.flagged = bool(own and own[-1].flagged)
        self.note = own[-1].note if own else ""

    def expect(self, verdict: Verdict | None, flagged: bool | None, note: str | None) -> None:
        """Show what was said of the pair and waits for the store; None where nothing does."""
        self.waiting = verdict
        self.flagged = self.flagged if flagged is None else flagged
        self.note = self.note if note is None else note
