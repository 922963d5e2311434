"""What is chosen before a method learns from a store's labels, and what is told of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from core.language import _, listed
from core.runtime.events import Payload
from core.synonyms.methods.registry import METHODS
from core.synonyms.names import check_name
from core.synonyms.pairs import SynonymsError
from core.synonyms.spreading import check_processes
from core.synonyms.verdicts import Verdict

NOT_FROM_LABELS: Final = tuple(name for name, method in METHODS.items() if not method.learns_pairs)
"""Methods that labels can't change."""

MOST_MOVED: Final = 1_000
"""Pairs of either list, at most: more than anybody reads."""


@dataclass(frozen=True, slots=True)
class RetrainConfig:
    """One retraining.

    Attributes:
        store: address of the store that holds the labels.
        method: name of the method that learns, of ``METHODS``.
        annotator: whose own labels; None for what all judges of a pair agree on, or what settled their dispute.
        vectors: a person's own vectors; None for those of Wikipedia that come with the program.
        seed: of what is held out and drawn, and of the method.
        held_out: share of the labels that are only asked about. They share no word with what is learnt from.
        weight: share of the labels in all that is learnt from. The dictionary has a hundred thousand pairs, so that
            each label is repeated until they make up this share,
        most_repeats: but never more often than this.
        moved: pairs told of those that rose, and of those that fell.
        enter: when all is told, learn from all labels and enter the scores of every pair into the store.
        processes: over how many processes sentences and scores are spread; −1 for one a core.
        cluster: address of a Dask scheduler over whose workers they are spread instead.
        only_alone: enter nothing where somebody else is at work in the store: scores tell what they were learnt from.
    """

    store: str
    method: str = "reranker"
    annotator: str | None = None
    vectors: Path | None = None
    seed: int = 0
    held_out: float = 0.3
    weight: float = 0.2
    most_repeats: int = 20
    moved: int = 50
    enter: bool = False
    processes: int = 1
    cluster: str | None = None
    only_alone: bool = False

    def __post_init__(self) -> None:
        """Check the choices.

        Raises:
            SynonymsError: one makes no sense; the message says which.
        """
        if self.method not in METHODS:
            message = _("There is no method {name}. There are: {names}.")
            raise SynonymsError(message.format(name=self.method, names=listed(METHODS)))
        if self.method in NOT_FROM_LABELS:
            message = _("{method} learns nothing from labels. Choose another method.")
            raise SynonymsError(message.format(method=METHODS[self.method].label))
        if self.annotator is not None:
            object.__setattr__(self, "annotator", check_name(self.annotator))  # cleaned, though the rest is frozen
        for name, share in (("held_out", self.held_out), ("weight", self.weight)):
            if not 0 < share < 1:
                raise SynonymsError(_("{name} must be between 0 and 1, not {value}.").format(name=name, value=share))
        for name, number, most in (("moved", self.moved, MOST_MOVED), ("most_repeats", self.most_repeats, 10_000)):
            if not 1 <= number <= most:
                message = _("{name} must be from 1 to {most}, not {value}.")
                raise SynonymsError(message.format(name=name, most=most, value=number))
        check_processes(self.processes)


@dataclass(frozen=True, slots=True)
class Labels(Payload):
    """What a store's labels give to learn from and to be asked about.

    Attributes:
        taught: labels that are learnt from.
        taught_synonyms: those of them that say synonym.
        held_out: labels that are asked about.
        held_out_synonyms: those of them that say synonym.
        between: labels that are neither: they share a word with one that is asked about.
        disputed: pairs left out because their judges disagree.
        repeats: how often each label is learnt from.
        dictionary: pairs of the dictionary that are learnt from before and after.
    """

    taught: int
    taught_synonyms: int
    held_out: int
    held_out_synonyms: int
    between: int
    disputed: int
    repeats: int
    dictionary: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure on the held-out labels with its 95 % bootstrap interval.

    Attributes:
        value: the figure.
        low, high: the ends of the interval.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moved:
    """A pair whose place changed; nobody's label on it was learnt from.

    Attributes:
        id: of the pair in the store.
        word1, word2: the pair.
        before, after: its score as people are shown it.
        place_before, place_after: its place among all pairs of the store, from 1.
        verdict: what was said of it, if it is one of those held out; None where nobody has judged it.
    """

    id: int
    word1: str
    word2: str
    before: float
    after: float
    place_before: int
    place_after: int
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Retrained(Payload):
    """What learning from the labels came to.

    Attributes:
        method: its name.
        labels: what there was to learn from.
        base_rate: share of synonyms among the held-out labels: what guessing is worth.
        before: average precision on the held-out labels, learnt from the dictionary alone.
        after: the same, learnt from dictionary and labels.
        gain: what was won, the two being measured on the same draws of the bootstrap.
        risen: pairs that moved up most, by how many times nearer to the top, without those that were taught.
        fallen: pairs that moved down most, likewise.
        ids: all pairs of the store, (N,).
        scores_before, scores_after: their scores as people are shown them, (N,).
        seconds: how long it took.
    """

    method: str
    labels: Labels
    base_rate: float
    before: Interval
    after: Interval
    gain: Interval
    risen: tuple[Moved, ...]
    fallen: tuple[Moved, ...]
    ids: npt.NDArray[np.int64]
    scores_before: npt.NDArray[np.float32]
    scores_after: npt.NDArray[np.float32]
    seconds: float


@dataclass(frozen=True, slots=True)
class Entered(Payload):
    """Scores of a method that has learnt from all labels are in the store.

    Attributes:
        method: its name, and the name of the score.
        pairs: how many.
    """

    method: str
    pairs: int
