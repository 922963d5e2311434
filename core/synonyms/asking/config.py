"""What is asked, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from core.language import _, listed
from core.runtime.events import Payload
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError

LEARNING_NOTHING: Final = ("cosine", "cosine_centred", "csls", "characters")
"""Methods that learn nothing from pairs: they answer at once."""


@dataclass(frozen=True, slots=True)
class AskConfig:
    """By what a word is looked at.

    Attributes:
        methods: names of ``METHODS``, in the order of their answers.
        vectors: a person's own vectors; None for those of Wikipedia that come with the program.
        lexicons: thesauri beside Cilin.
        nearest: words of an answer.
        seed: of every method that draws, and of the pairs they learn from.
    """

    methods: tuple[str, ...]
    vectors: Path | None = None
    lexicons: tuple[Path, ...] = ()
    nearest: int = 40
    seed: int = 0

    def __post_init__(self) -> None:
        for name in self.methods:
            if name not in METHODS:
                message = _("There is no method {name}. There are: {names}.")
                raise SynonymsError(message.format(name=name, names=listed(METHODS)))


@dataclass(frozen=True, slots=True)
class AskedWord(Payload):
    """What is known of the word that is asked.

    Attributes:
        word: the word.
        rank: its frequency rank, 1 = most frequent; None without a vector.
        codes: its codes in the thesauri.
        synonyms: what they call its synonyms and could be found: words that have a vector.
        suggestion: where the word has no vector: one like it that has; empty where nothing is like it.
    """

    word: str
    rank: int | None
    codes: tuple[str, ...]
    synonyms: tuple[str, ...]
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Learning(Payload):
    """A method is learning, before it can answer.

    Attributes:
        method: its name; empty while the pairs are drawn that methods learn from.
        done: how much is done.
        total: of how much.
    """

    newest_only: ClassVar[bool] = True

    method: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Near:
    """A word beside the one that is asked.

    Attributes:
        word: the word.
        score: the method's, in its own measure.
        relation: what the dictionaries say it is to the word asked.
        rank: its frequency rank.
        codes: its codes in the thesauri.
    """

    word: str
    score: float
    relation: Relation
    rank: int | None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer(Payload):
    """What a method says.

    Attributes:
        word: the word that was asked.
        method: whose answer.
        near: the words it puts nearest, nearest first.
        is_seen: it has learnt from pairs of this word; None where it learns from none.
    """

    word: str
    method: str
    near: tuple[Near, ...]
    is_seen: bool | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer(Payload):
    """A method cannot answer.

    Attributes:
        method: which.
        reason: one sentence for the person at the screen.
    """

    method: str
    reason: str
