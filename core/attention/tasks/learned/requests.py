"""What can be asked of the small models. Frozen, picklable, and free of torch: the window's process makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

TranslatorName = Literal[
    "additive", "general", "general-after", "dot", "location", "local-m", "local-p", "hard", "dates"
]  # fmt: skip
"""A translator with attention, as ``core.attention.learned.catalogue`` calls it; "dates" reads dates and numbers."""
TRANSLATORS: Final[tuple[TranslatorName, ...]] = get_args(TranslatorName)


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """A sentence translated with attention and without.

    Attributes:
        text: the Chinese sentence.
        translator: which model with attention.
        drawn: the number by which the grammar gave the sentence, whose gold alignment is known then; None for others.
    opened: the weights of a model that a person trained, to be asked instead; empty for none.
    """

    text: str
    translator: TranslatorName = "additive"
    drawn: int | None = None
    opened: str = ""

    @property
    def model(self) -> str:
        """What the model with attention is called in the catalogue."""
        return "dates-general" if self.translator == "dates" else f"seq2seq-{self.translator}"


HopCount = Literal[1, 2, 3]
"""How often a memory is looked into."""
StoryTask = Literal["two", "one", "three", "count", "yes-no"]
"""What is asked about a story."""
StoryLanguage = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class MemoryRequest:
    """A question about a story, answered in some hops.

    Attributes:
        story: sentences of the simulated world, in Chinese or English.
        question: about it.
        hops: how often the memory is looked into.
        drawn: the number by which the simulator told the story, whose answer is known then; None for others.
    """

    story: str
    question: str
    hops: HopCount = 3
    drawn: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """A review judged with hierarchical attention and with plain averages.

    Attributes:
        text: the review, in Chinese.
    """

    text: str


ReaderName = Literal["stories", "newspaper"]
"""A reader of cloze questions, by what it has learned to read."""


@dataclass(frozen=True, slots=True)
class ClozeRequest:
    """A question with a blank, filled by attention over attention and, beside it, by the attention sum.

    Attributes:
        text: what is read.
        question: a sentence with ____ in it.
        reader: which pair of readers.
    """

    text: str
    question: str
    reader: ReaderName = "stories"
