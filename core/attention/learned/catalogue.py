"""Every model that can be trained, one row each. What builds it is imported when it is wanted: torch takes a second."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.attention.errors import ModelError
from core.language import N_, _, listed

if TYPE_CHECKING:
    from core.attention.learned.store import Saved
    from core.attention.learned.training import Lesson


@dataclass(frozen=True, slots=True)
class Row:
    """One model.

    Attributes:
        name: what it is called in commands and files.
        task: which part of the report it belongs to.
        variant: what it is called there.
        meaning_source: what is special about it, in English.
        module: where ``lesson(variant, seed, pairs)`` is, which begins its training, and ``measure(saved)``, which
            examines what came of it.
    """

    name: str
    task: str
    variant: str
    meaning_source: str
    module: str

    @property
    def prefix(self) -> str:
        """What the names of all models of its task begin with."""
        return self.name.removesuffix(f"-{self.variant}")

    @property
    def meaning(self) -> str:
        """What is special about it."""
        return _(self.meaning_source)

    def lesson(self, seed: int, pairs: Path | None = None) -> Lesson:
        """Return what the model learns.

        Args:
            seed: of everything that is drawn.
            pairs: a person's own sentence pairs to learn from, for a model that translates.

        Raises:
            ModelError: it doesn't translate.
            TextError: the pairs can't be used.
        """
        if pairs is not None and self.task != "translation":
            message = _(
                "{name} doesn't translate and learns from no sentence pairs. Name one that does, such as {other}."
            )
            raise ModelError(message.format(name=self.name, other="seq2seq-additive"))
        begin: Callable[[str, int, Path | None], Lesson] = import_module(self.module).lesson
        return begin(self.variant, seed, pairs)

    def measure(self, saved: Saved) -> dict[str, Any]:
        """Return what a trained model of this row is worth, recomputed from its weights.

        Raises:
            ModelError: the weights are damaged.
        """
        examine: Callable[[Saved], dict[str, Any]] = import_module(self.module).measure
        return examine(saved)


_TRANSLATORS: Final = (
    ("none", N_("no attention: one context for all steps")),
    ("none-long", N_("no attention, trained three times as long")),
    ("dot", N_("score: dot product")),
    ("general", N_("score: general, qᵀWk")),
    ("additive", N_("score: additive, vᵀtanh(Wq + Uk)")),
    ("location", N_("score: location; only the query says where to look")),
    ("local-m", N_("general score in a window that moves on by one word a step")),
    ("local-p", N_("general score in a window around a predicted place")),
    ("hard", N_("general score, one source word drawn at each step; learned by REINFORCE after a soft start")),
    ("general-after", N_("general score, asked after the recurrent step")),
)

_READERS_OF_DATES: Final = (
    ("none", N_("dates and numbers to ISO, no attention")),
    ("general", N_("dates and numbers to ISO, general score")),
)
_MEMORIES: Final = (
    ("two-1", N_("questions with two supporting facts, 1 hop; ten seeds at once")),
    ("two-2", N_("questions with two supporting facts, 2 hops; ten seeds at once")),
    ("two-3", N_("questions with two supporting facts, 3 hops; ten seeds at once")),
    ("one-1", N_("questions with one supporting fact, 1 hop; ten seeds at once")),
    ("one-2", N_("questions with one supporting fact, 2 hops; ten seeds at once")),
    ("one-3", N_("questions with one supporting fact, 3 hops; ten seeds at once")),
    ("three-1", N_("questions with three supporting facts, 1 hop; ten seeds at once")),
    ("three-2", N_("questions with three supporting facts, 2 hops; ten seeds at once")),
    ("three-3", N_("questions with three supporting facts, 3 hops; ten seeds at once")),
    ("count-1", N_("how many things somebody holds, 1 hop; ten seeds at once")),
    ("count-2", N_("how many things somebody holds, 2 hops; ten seeds at once")),
    ("count-3", N_("how many things somebody holds, 3 hops; ten seeds at once")),
    ("yes-no-1", N_("yes or no, 1 hop; ten seeds at once")),
    ("yes-no-2", N_("yes or no, 2 hops; ten seeds at once")),
    ("yes-no-3", N_("yes or no, 3 hops; ten seeds at once")),
)
_JUDGES: Final = (
    ("mean", N_("reviews: the mean of the embeddings, no attention")),
    ("han", N_("reviews: hierarchical attention over words, then sentences")),
    ("hn-ave", N_("reviews: the same network with plain averages")),
    ("multi", N_("reviews: multi-dimensional attention, six rows of weights")),
    ("multi-penalty", N_("reviews: multi-dimensional attention with the penalty on overlapping rows")),
)
_READERS: Final = (
    ("stories-aoa", N_("cloze questions on our own stories: attention over attention")),
    ("stories-as", N_("cloze questions on our own stories: attention sum")),
    ("newspaper-aoa", N_("cloze questions on the People's Daily: attention over attention")),
    ("newspaper-as", N_("cloze questions on the People's Daily: attention sum")),
)


def _rows(prefix: str, task: str, module: str, variants: tuple[tuple[str, str], ...]) -> tuple[Row, ...]:
    return tuple(Row(f"{prefix}-{variant}", task, variant, meaning, module) for variant, meaning in variants)


ROWS: Final = (
    *_rows("seq2seq", "translation", "core.attention.learned.translation.variants", _TRANSLATORS),
    *_rows("dates", "dates", "core.attention.learned.dates.variants", _READERS_OF_DATES),
    *_rows("reviews", "reviews", "core.attention.learned.reviews.lesson", _JUDGES),
    *_rows("cloze", "cloze", "core.attention.learned.cloze.lesson", _READERS),
    *_rows("memory", "memory", "core.attention.learned.memory.lesson", _MEMORIES),
)

NO_ATTENTION: Final = {"translation": "none", "dates": "none", "reviews": "mean"}
"""Of each task that has one, the variant without attention."""

ALIASES: Final = {"seq2seq": "seq2seq-additive", "dates": "dates-general"}
"""Short names, each for the model of its task that is best."""


def names() -> list[str]:
    """Return every name that :func:`find` knows."""
    return [*ALIASES, *(row.name for row in ROWS)]


def without_attention(name: str) -> str:
    """Return what the model without attention is called that does the same as the model ``name``.

    Args:
        name: of a model in the catalogue, or of one that learned a person's own pairs: "seq2seq-dot-diary".
    """
    rows = [row for row in ROWS if name == row.name or name.startswith(f"{row.name}-")]
    row = max(rows, key=lambda row: len(row.name))
    return f"{row.prefix}-{NO_ATTENTION[row.task]}{name.removeprefix(row.name)}"


def find(name: str) -> Row:
    """Return the row of a model.

    Raises:
        ModelError: there is none of this name.
    """
    wanted = ALIASES.get(name, name)
    for row in ROWS:
        if row.name == wanted:
            return row
    message = _("No model is called {name}. There are: {names}.")
    raise ModelError(message.format(name=name, names=listed(names())))
