"""What can be chosen about a queue, and what a plan of it tells."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

import msgspec
import numpy as np
import numpy.typing as npt

from core.language import _
from core.runtime.events import Payload
from core.synonyms.names import check_name
from core.synonyms.pairs import SynonymsError
from core.synonyms.verdicts import Verdict

REPLAN_AFTER: Final = 50
"""Decisions after which the model learns again: few enough to follow, enough to change it."""

DEPTH: Final = 2_000
"""Pairs of one plan: more than anybody judges before the next."""
MOST_PAIRS: Final = 10_000_000
"""Of a plan or a session: more than anybody judges in a lifetime, and still a number that a bar can show."""
MOST_MINUTES: Final = 7 * 24 * 60.0
"""Of a session: a week."""
MOST_SEED: Final = 2**32 - 1

Pairs = Annotated[int, msgspec.Meta(ge=1, le=MOST_PAIRS)]
Minutes = Annotated[float, msgspec.Meta(gt=0, le=MOST_MINUTES)]
Seed = Annotated[int, msgspec.Meta(ge=0, le=MOST_SEED)]


class Order(StrEnum):
    """What comes first.

    Before anything was judged there is no model; then the pairs that most sources propose come first.
    """

    LIKELY = "likely"
    UNCERTAIN = "uncertain"
    RANDOM = "random"
    SCORE = "score"


class Only(StrEnum):
    """Which pairs come at all: those still open, those to be settled, or those that want a second look.

    To be settled are those on which judges disagree. This annotator has flagged or skipped the others, or was unsure.
    """

    OPEN = "open"
    DISPUTED = "disputed"
    FLAGGED = "flagged"
    SKIPPED = "skipped"
    UNSURE = "unsure"

    @property
    def own_verdict(self) -> Verdict | None:
        """The annotator's own standing verdict on the pairs that come; None where that is not what chooses them."""
        return {Only.SKIPPED: Verdict.SKIP, Only.UNSURE: Verdict.UNSURE}.get(self)


@dataclass(frozen=True, slots=True)
class QueueConfig:
    """One annotator's queue.

    Attributes:
        store: address of the store.
        annotator: whose queue; a new name enters the store with its first decision.
        order: what comes first. Most likely first finds most synonyms in an hour; uncertain first teaches the
            model fastest, for some hundred decisions.
        only: which pairs come.
        score: name of the score for ``Order.SCORE``, highest first.
        known: also ask about pairs that a dictionary lists as synonyms.
        seed: of the random order.
        depth: pairs of one plan.
        pairs: end of the session after so many decisions; None for no end.
        minutes: end of the session after so long; None for no end.
    """

    store: str
    annotator: str
    order: Order = Order.LIKELY
    only: Only = Only.OPEN
    score: str = ""
    known: bool = True
    seed: Seed = 0
    depth: Pairs = DEPTH
    pairs: Pairs | None = None
    minutes: Minutes | None = None

    @property
    def settles(self) -> bool:
        """Whether decisions settle disputes instead of being one more opinion."""
        return self.only is Only.DISPUTED

    @property
    def seen_by(self) -> str | None:
        """The annotator whose own answers alone may be seen; None while disputes are settled: everybody's.

        What others have said of a pair, and what follows from it (a dispute, a count, a model that learnt from it),
        would lead whoever answers, and agreement would no longer be one of independent answers. Having answered lifts
        nothing: an answer can be changed with one key for as long as the store exists, and it is the standing one
        that agreement compares. Whoever settles a dispute has to see what was said; that verdict is kept apart, takes
        no part in agreement, and its pair is not asked of them again.
        """
        return None if self.settles else self.annotator

    def __post_init__(self) -> None:
        """Check the choices.

        Raises:
            SynonymsError: one makes no sense; the message says which.
        """
        object.__setattr__(self, "annotator", check_name(self.annotator))  # cleaned, though the rest is frozen
        if self.order is Order.SCORE and not self.score:
            raise SynonymsError(_("Choose a score to sort by."))
        if not 0 <= self.seed <= MOST_SEED:
            message = _("seed must be from 0 to {most:,}, not {value}.")
            raise SynonymsError(message.format(most=MOST_SEED, value=self.seed))
        for name, value, most in (
            ("depth", self.depth, MOST_PAIRS),
            ("pairs", self.pairs, MOST_PAIRS),
            ("minutes", self.minutes, MOST_MINUTES),
        ):
            if value is not None and not 0 < value <= most:  # NaN is refused, too
                message = _("{name} must be greater than 0 and at most {most:,.0f}, not {value}.")
                raise SynonymsError(message.format(name=name, most=most, value=value))


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What the ranker knows.

    Attributes:
        learnt: judgements it learnt from.
        positives: those that said synonym.
        milliseconds: how long learning took.
        weights: the features by name with their weights, the strongest first.
        judged: decisions whose guess can be compared with the answer.
        brier: mean squared distance of guess and answer; NaN where nothing can be compared.
        baseline: what always guessing the share of synonyms would give.
        average_precision: of ranking by the guess; NaN where nothing can be compared.
    """

    learnt: int
    positives: int
    milliseconds: float
    weights: tuple[tuple[str, float], ...]
    judged: int = 0
    brier: float = float("nan")
    baseline: float = float("nan")
    average_precision: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class QueuePlan(Payload):
    """The next pairs of a queue.

    Attributes:
        ids: of the pairs, first to last.
        probability: of a synonym by the model, NaN where there is none yet; (n,).
        low, high: the probability one standard deviation of the logit below and above; (n,).
        waiting: pairs of this queue in all, those of ``ids`` included.
        seen: the store's last decision when the plan was made; later ones are not part of it.
        model: what the ranker knows; None before it could learn.
        shared_out: open pairs that are in the share of other annotators, and not of this queue.
    """

    ids: npt.NDArray[np.int64]
    probability: npt.NDArray[np.float32]
    low: npt.NDArray[np.float32]
    high: npt.NDArray[np.float32]
    waiting: int
    seen: int
    model: ModelReport | None = None
    shared_out: int = 0
