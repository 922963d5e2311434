"""What the card shows, without Qt: the pair, what this annotator has said of it, what was found out about it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.language import _
from core.synonyms.evidence import PairEvidence
from core.synonyms.verdicts import Decision, Verdict

if TYPE_CHECKING:  # the queue brings SQLAlchemy, which loads when the tab is opened
    from core.synonyms.queue.config import ModelReport
    from core.synonyms.queue.queue import Card, Progress

Pair = tuple[str, str]

_KEPT_EVIDENCE: Final = 64


def reading_words(name: str, share: float) -> str:
    """Say how far the reading of a file is; what was read is put in order before anything can be found in it."""
    if share >= 1:
        return _("Putting {name} in order…").format(name=name)
    return _("Reading {name}… {share:.0%}").format(name=name, share=share)


class Found:
    """What was looked up lately, by pair; what was looked up long ago goes."""

    def __init__(self) -> None:
        self._by_pair: OrderedDict[Pair, PairEvidence] = OrderedDict()

    def __contains__(self, pair: Pair) -> bool:
        return pair in self._by_pair

    def __len__(self) -> int:
        return len(self._by_pair)

    def get(self, pair: Pair | None) -> PairEvidence | None:
        """Return what is known of ``pair``; None where nothing is, or there is no pair."""
        return None if pair is None else self._by_pair.get(pair)

    def keep(self, evidence: PairEvidence) -> None:
        """Keep what was looked up."""
        pair = (evidence.word1.word, evidence.word2.word)
        self._by_pair[pair] = evidence
        self._by_pair.move_to_end(pair)
        while len(self._by_pair) > _KEPT_EVIDENCE:
            self._by_pair.popitem(last=False)

    def clear(self) -> None:
        """Forget everything: it was looked up elsewhere."""
        self._by_pair.clear()


@dataclass(slots=True)
class CardState:
    """The card on the stage.

    Attributes:
        card: the pair with the model's guess; None while there is none.
        reopened: the pair was opened by hand: it is not the next one of the queue.
        verdict: this annotator's standing verdict on it.
        flagged: this annotator wants to come back.
        note: this annotator's note.
        waiting: the verdict said of the pair that the store has not taken yet; None while none waits.
        is_held: what was entered has waited so long that a person should be told.
        voices: everybody's standing answers; shown where they are to be adjudicated.
        trail: this annotator's last decisions, newest first.
        progress: how far the annotator has come.
        model: what the ranker knows.
        found: what was looked up lately.
    """

    card: Card | None = None
    reopened: bool = False
    verdict: Verdict | None = None
    flagged: bool = False
    note: str = ""
    waiting: Verdict | None = None
    is_held: bool = False
    voices: tuple[Decision, ...] = ()
    trail: list[Decision] = field(default_factory=list)
    progress: Progress | None = None
    model: ModelReport | None = None
    found: Found = field(default_factory=Found)

    @property
    def pair(self) -> Pair | None:
        """The two words on the stage."""
        return None if self.card is None else (self.card.row.word1, self.card.row.word2)

    @property
    def evidence(self) -> PairEvidence | None:
        """What was found out about the pair on the stage."""
        return self.found.get(self.pair)

    def show(self, card: Card | None, answers: list[Decision], annotator: str, *, reopened: bool) -> None:
        """Put ``card`` on the stage, with everybody's ``answers`` on it."""
        self.card, self.reopened = card, reopened
        self.voices = tuple(answers)
        own = [answer for answer in answers if answer.annotator == annotator and not answer.adjudicates]
        self.verdict = own[-1].verdict if own else None
        self.flagged = bool(own and own[-1].flagged)
        self.note = own[-1].note if own else ""

    def expect(self, verdict: Verdict | None, flagged: bool | None, note: str | None) -> None:
        """Show what was said of the pair and waits for the store; None where nothing does."""
        self.waiting = verdict
        self.flagged = self.flagged if flagged is None else flagged
        self.note = self.note if note is None else note
