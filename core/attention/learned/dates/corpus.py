"""The writings of dates, parted into those to learn from and those to be examined by."""

from __future__ import annotations

from functools import cache
from typing import Final

from core.attention.learned.dates.generator import writings
from core.attention.learned.examples import parted
from core.attention.learned.translation.corpus import Corpus

TRAIN: Final = 30_000
VALIDATION: Final = 300
TEST: Final = 600
_SEED: Final = 8601


@cache
def dates_corpus(train: int = TRAIN, validation: int = VALIDATION, test: int = TEST) -> Corpus:
    """Return different writings in three parts, the same whenever they are asked for."""
    return Corpus(*parted(writings(_SEED), lambda pair: pair.zh, train, validation, test))
