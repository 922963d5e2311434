"""Dates, moments, stretches of time and numbers with their form in ISO 8601, as pairs of characters. Free of torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Final

from core.attention.learned.dates.numerals import (
    chinese,
    chinese_digits,
    chinese_hour,
    english,
    english_year,
    ordinal,
    ordinal_digits,
)
from core.attention.learned.translation.grammar.pieces import SentencePair

BLANK: Final = "_"
"""Stands for a blank, so that it can be seen in a map."""
LONGEST: Final = 64
"""Characters of the longest writing."""
_FIRST: Final = date(1900, 1, 1)
_DAYS: Final = 55_000
_LONGEST_STRETCH: Final = 3_000
"""Days from the first to the last."""
_KINDS: Final = {"day": 0.3, "stretch": 0.25, "moment": 0.2, "number": 0.25}
"""How often each is drawn. Stretches and moments have many figures, of which one context has to keep every one; what is
spelled out has many letters, and is learned from many examples only."""
_OFFERED_SEED, _OFFERED, _TELLING, _SHORT = 99, 60, 12, 30
_DRAWN_SEED: Final = 100_000
"""Far from the seeds by which the writings to learn from were drawn."""
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS_OF_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SHORTER: Final[tuple[Callable[[date], str], ...]] = (
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}年{d.month}月{d.day}号",
    lambda d: f"{chinese_digits(d.year)}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{chinese_digits(d.year, '零')}年{chinese(d.month)}月{chinese(d.day)}号",
    lambda d: f"{d.year}年{chinese(d.month)}月{chinese(d.day)}日",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}.{d.month:02}.{d.day:02}",
    lambda d: f"{_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{_MONTHS[d.month - 1][:3]} {ordinal_digits(d.day)}, {d.year}",
)
_LONGER: Final[tuple[Callable[[date], str], ...]] = (
    lambda d: f"{d.year}年{d.month}月{d.day}日星期{'一二三四五六日'[d.weekday()]}",
    lambda d: f"{d.month}月{d.day}日，{d.year}年",
    lambda d: f"the {ordinal(d.day)} of {_MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"the {ordinal_digits(d.day)} of {_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{_DAYS_OF_WEEK[d.weekday()]}, {_MONTHS[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{_MONTHS[d.month - 1]} the {ordinal(d.day)}, {english_year(d.year)}",
)
_TIMES: Final[tuple[Callable[[int, int], str], ...]] = (
    lambda hour, minute: f"{hour}:{minute:02}",
    lambda hour, minute: f"{hour}点{minute}分",
    lambda hour, minute: f"{_part(hour)}{_on_the_dial(hour)}点{minute}分",
    lambda hour, minute: f"{_part(hour)}{chinese_hour(_on_the_dial(hour))}点{chinese(minute)}分",
)
_MOMENTS: Final = ("{day} {time}", "{day}, {time}", "{time}, {day}")
_STRETCHES: Final = ("{first}到{last}", "从{first}到{last}", "from {first} to {last}", "{first} - {last}")
_NUMBERS: Final[tuple[Callable[[int], str], ...]] = (chinese, english, english, lambda n: f"{n:,}")


def writings(seed: int) -> Iterator[SentencePair]:
    """Yield what people write and its ISO form, without end, the same for the same seed."""
    rng = Random(seed)  # noqa: S311  nothing secret is drawn
    while True:
        (kind,) = rng.choices(tuple(_KINDS), tuple(_KINDS.values()))
        written, iso = _DRAW[kind](rng)
        yield SentencePair(tuple(characters(written)), tuple(iso))


def characters(text: str) -> str:
    """Return a text as the model reads it: small letters, and a mark for each blank."""
    return BLANK.join(text.casefold().split())


def typed(pair: SentencePair) -> str:
    """Return what was written, with its blanks."""
    return "".join(pair.zh).replace(BLANK, " ")


def drawn_writing(number: int) -> SentencePair:
    """Return the writing of a number, always the same, short enough to be looked at."""
    return next(pair for pair in writings(_DRAWN_SEED + number) if _TELLING <= len(pair.zh) <= _SHORT)


@cache
def some_writings() -> tuple[str, ...]:
    """Return short texts to offer in place of one that can't be read."""
    return tuple(typed(pair) for pair in islice(writings(_OFFERED_SEED), _OFFERED) if len(pair.zh) <= _SHORT)


def _day(rng: Random) -> date:
    return _FIRST + timedelta(days=rng.randrange(_DAYS))


def _draw_day(rng: Random) -> tuple[str, str]:
    day = _day(rng)
    return rng.choice((*_SHORTER, *_LONGER, *_LONGER))(day), day.isoformat()


def _draw_stretch(rng: Random) -> tuple[str, str]:
    first = _day(rng)
    last = first + timedelta(days=rng.randrange(1, _LONGEST_STRETCH))
    written = rng.choice(_STRETCHES).format(first=rng.choice(_SHORTER)(first), last=rng.choice(_SHORTER)(last))
    return written, f"{first.isoformat()}/{last.isoformat()}"


def _draw_moment(rng: Random) -> tuple[str, str]:
    day, hour, minute = _day(rng), rng.randrange(24), rng.randrange(1, 60)
    time = rng.choice(_TIMES)(hour, minute)
    written = rng.choice(_MOMENTS).format(day=rng.choice(_SHORTER)(day), time=time)
    return written, f"{day.isoformat()}T{hour:02}:{minute:02}"


def _draw_number(rng: Random) -> tuple[str, str]:
    number = rng.randrange(10, 10 ** rng.randint(2, 5))
    return rng.choice(_NUMBERS)(number), str(number)


_DRAW: Final[dict[str, Callable[[Random], tuple[str, str]]]] = {
    "day": _draw_day,
    "stretch": _draw_stretch,
    "moment": _draw_moment,
    "number": _draw_number,
}


def _part(hour: int) -> str:
    """Return which part of the day an hour is in, as Chinese says before it."""
    return "凌晨" if hour < 6 else "上午" if hour < 12 else "下午" if hour < 18 else "晚上"


def _on_the_dial(hour: int) -> int:
    return (hour - 1) % 12 + 1
