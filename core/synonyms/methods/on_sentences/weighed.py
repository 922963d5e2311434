"""What methods that read sentences have to say of a pair, as numbers and words: nothing here loads what learns."""

from __future__ import annotations

from dataclasses import dataclass

from core.synonyms.sentences.bags import Mention


@dataclass(frozen=True, slots=True)
class WeighedMention:
    """A sentence and what it counts in its bag.

    Attributes:
        mention: the sentence, its words unmasked.
        weight: α, 0 to 1; the weights of a bag are 1 together.
    """

    mention: Mention
    weight: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and what it came to.

    Attributes:
        text: how it reads, such as ``X 又 称 Y``.
        with_synonyms: pairs of synonyms whose sentences hold it.
        with_others: other pairs whose sentences do.
        weight: w; above 0 it speaks for synonyms.
    """

    text: str
    with_synonyms: int
    with_others: int
    weight: float
