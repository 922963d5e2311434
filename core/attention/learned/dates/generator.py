"""Dates and numbers with their form in ISO 8601, as pairs of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from core.attention.learned.dates.numerals import (
    chinese,
    chinese_digits,
    english,
    english_year,
    ordinal,
    ordinal_digits,
)
from core.attention.learned.examples import parted
from core.attention.learned.translation.corpus import Corpus
from core.attention.learned.translation.grammar.pieces import SentencePair

TRAIN: Final = 12_000
VALIDATION: Final = 300
TEST: Final = 600
BLANK: Final = "_"
"""Stands for a blank, so that it can be seen in a map."""
_SEED: Final = 8601
_FIRST: Final = date(1900, 1, 1)
_DAYS: Final = 55_000
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS_OF_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DATES: Final[tuple[Callable[[date], str], ...]] = (
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{chinese_digits(d.year)}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{chinese_digits(d.year, '零')}年{chinese(d.month)}月{chinese(d.day)}号",
    lambda d: f"{d.year}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日星期{'一二三四五六日'[d.weekday()]}",
    lambda d: f"{d.month}月{d.day}日，{d.year}年",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{_MONTHS[d.month - 1][:3]} {ordinal_digits(d.day)}, {d.year}",
    lambda d: f"the {ordinal(d.day)} of {_MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"the {ordinal_digits(d.day)} of {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{_DAYS_OF_WEEK[d.weekday()]}, {_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{_MONTHS[d.month - 1]} the {ordinal(d.day)}, {english_year(d.year)}",
)
_NUMBERS: Final[tuple[Callable[[int], str], ...]] = (chinese, english, lambda n: f"{n:,}", chinese)


def writings(seed: int) -> Iterator[SentencePair]:
    """Yield what people write and its ISO form, without end, the same for the same seed."""
    rng = Random(seed)  # noqa: S311  nothing secret is drawn
    while True:
        if rng.random() < 0.7:
            day = _FIRST + timedelta(days=rng.randrange(_DAYS))
            written, iso = rng.choice(_DATES)(day), day.isoformat()
        else:
            number = rng.randrange(10 ** rng.randint(1, 5))
            written, iso = rng.choice(_NUMBERS)(number), str(number)
        yield SentencePair(tuple(characters(written)), tuple(iso))


def characters(text: str) -> str:
    """Return a text as the model reads it: small letters, and a mark for each blank."""
    return BLANK.join(text.casefold().split())


@cache
def dates_corpus(train: int = TRAIN, validation: int = VALIDATION, test: int = TEST) -> Corpus:
    """Return different writings in three parts, the same whenever they are asked for."""
    return Corpus(*parted(writings(_SEED), lambda pair: pair.zh, train, validation, test))
