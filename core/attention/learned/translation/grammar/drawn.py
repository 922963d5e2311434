"""Sentences of the grammar by number, short enough to be looked at."""

from __future__ import annotations

from typing import Final

from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.translation.grammar.sentences import sentences

_LONGEST: Final = 14
_FIRST_SEED: Final = 100_000
"""Far from the seeds by which the sentences to learn from were drawn."""


def drawn_sentence(number: int) -> SentencePair:
    """Return the sentence of a number, always the same."""
    return next(pair for pair in sentences(_FIRST_SEED + number) if len(pair.zh) <= _LONGEST)
