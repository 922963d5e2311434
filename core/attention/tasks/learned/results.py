"""What comes back from the small models: frozen payloads of numbers and labels, free of torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.attention.results import Answer, Floats, Ints, ModelCard, Token
from core.attention.tasks.mechanisms.results import Candidate, OverSteps

Link = tuple[int, int]
"""(index of a word said, index of a source word)."""


def written_out(words: Sequence[Token]) -> str:
    """Return words as they are written, with blanks where there are any."""
    text = ""
    for word in words:
        text += " " * (bool(text) and word.start > len(text)) + word.text
    return text


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one translator did: n source words, m words said, h numbers in a state.

    Attributes:
        name: of the model, in the catalogue.
        seed: it was trained with.
        words: the m words.
        probabilities: (m,) of each word when it was said.
        encoded: (n, h) the encoder's states, keys and values.
        first: (h,) the decoder's state before the first word.
        states: (m, h) the decoder's state at each word.
        contexts: (m, h) the context of each word.
        weights: (m, n) where each word looked; no rows without attention.
    """

    name: str
    seed: int
    words: tuple[Token, ...]
    probabilities: Floats
    encoded: Floats
    first: Floats
    states: Floats
    contexts: Floats
    weights: Floats


@dataclass(frozen=True, slots=True)
class Gold:
    """The alignment that the grammar itself gives, and how far the model's map is from it.

    Attributes:
        words: the right translation.
        sure: links that have to be found.
        possible: links that may be found, the sure ones among them.
        is_said: the model with attention said exactly the right translation, so that its rows are those of ``sure``.
        aer: of this sentence, while the model is made to say the right translation; None where that can't be told.
        aer_shifted: the same when each word is given the weights of the step after it.
    """

    words: tuple[str, ...]
    sure: tuple[Link, ...]
    possible: tuple[Link, ...]
    is_said: bool
    aer: float | None
    aer_shifted: float | None


@dataclass(frozen=True, slots=True)
class TranslationSteps(Answer):
    """A sentence translated twice.

    Attributes:
        source: its n words.
        without: by the model without attention; None where none has learned the same.
        attending: by the one with it.
        asks_after: the state asks after the recurrent step that says the word; else before it.
        gold: the alignment, where it is known.
        note: what has to be said about the translation; empty where nothing.
    """

    source: tuple[Token, ...]
    without: Spoken | None
    attending: Spoken
    asks_after: bool
    gold: Gold | None
    note: str


@dataclass(frozen=True, slots=True)
class Truth:
    """What the simulator knows of a story that it told.

    Attributes:
        answer: as it is said.
        supports: the sentences from which it follows, in the order in which they are needed.
    """

    answer: str
    supports: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemorySteps(Answer):
    """A question answered: K hops over n sentences, vectors of d numbers, A words that can be the answer.

    Attributes:
        name: of the model, in the catalogue.
        seed: of the ten, which validation chooses.
        error: its share of wrong answers to the test questions.
        sentences: the story's n sentences.
        question: as it was read.
        keys: (K, n, d) m, what a sentence is found by in each hop.
        values: (K, n, d) c, what is read of it.
        weights: (K, n) p.
        inner: (K + 1, d) u before each hop, and after the last.
        read: (K, d) o.
        answers: the A words.
        probabilities: (A,) of each; the other words that the model could say have the rest.
        votes: how many of the seeds give the same answer.
        seeds: how many there are.
        truth: where the simulator told the story; None for others.
    """

    name: str
    seed: int
    error: float
    sentences: tuple[Token, ...]
    question: str
    keys: Floats
    values: Floats
    weights: Floats
    inner: Floats
    read: Floats
    answers: tuple[Token, ...]
    probabilities: Floats
    votes: int
    seeds: int
    truth: Truth | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one model made of a review of L sentences and N words; h numbers in a vector.

    Attributes:
        name: of the model, in the catalogue.
        seed: it was trained with.
        accuracy: its share of right judgements on the test reviews.
        probability: that the review is a good one.
        words: (N,) weight of each word within its sentence.
        sentences: (L,) weight of each sentence.
        told: (L, h) vectors of the sentences.
        vector: (h,) of the whole review.
    """

    name: str
    seed: int
    accuracy: float
    probability: float
    words: Floats
    sentences: Floats
    told: Floats
    vector: Floats


@dataclass(frozen=True, slots=True)
class ReviewSteps(Answer):
    """A review judged twice by the same network: with attention on both levels, and with averages.

    Attributes:
        words: all N words in their order.
        sentence_of: (N,) which sentence each is in, from 0.
        known: (N,) 1 where the models know the word, else 0.
        attending: with attention.
        averaging: with averages.
        note: what has to be said about the text; empty where nothing.
    """

    words: tuple[Token, ...]
    sentence_of: Ints
    known: Ints
    attending: Judgement
    averaging: Judgement
    note: str


@dataclass(frozen=True, slots=True)
class ClozeSteps(OverSteps):
    """A blank filled by a trained reader with attention over attention, and by the attention sum beside it.

    The vectors are the states of the reader; the candidates are those words alone that can be the answer.

    Attributes:
        name: of the reader, in the catalogue.
        seed: it was trained with.
        accuracy: its share of right answers to its test questions.
        plain: what the attention sum gives the candidates, the heaviest first.
        plain_accuracy: its share of right answers to the same questions.
        right: the answer, where it is known; empty for others.
        unknown: how many of the words the readers don't know, which they read as one.
    """

    name: str
    seed: int
    accuracy: float
    plain: tuple[Candidate, ...]
    plain_accuracy: float
    right: str
    unknown: int

    @property
    def cards(self) -> tuple[ModelCard, ...]:
        """None that could be chosen in the sidebar."""
        return ()
