"""How long each part of the drill takes, and where its chances come from.

``YAYA_DRILL_SEED`` (a number) chooses the cases, ``YAYA_DRILL_MINUTES`` how long all parts take together, and
``YAYA_DRILL_CASE`` plays one case alone: every case draws from a generator of its own, so that the case that failed
is the same again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, TypeVar

import pytest

Kind = TypeVar("Kind")

SEED: Final = int(os.environ.get("YAYA_DRILL_SEED", "1"))
MINUTES: Final = float(os.environ.get("YAYA_DRILL_MINUTES", "90"))
CASE: Final = os.environ.get("YAYA_DRILL_CASE", "")

SHARES: Final = {
    "labelling": 7,
    "tabs": 3,
    "workers": 6,
    "stores": 5,
    "damage": 1,
    "postgresql": 3,
    "models": 3,
    "vectors": 1,
    "environments": 1,
    "monkey": 60,
}
"""Minutes of each part in a drill of 90."""

SHORT: Final = {"monkey": 20}
"""The same in a drill of less than half an hour: there the hour of random keys would leave nothing for the others."""

_BY_ITSELF: Final = 1800
"""Seconds after its share when a part is given up: a hung program must not hang the drill."""


def seconds(part: str) -> float:
    """Return how long ``part`` goes on taking new cases."""
    shares = SHARES | SHORT if MINUTES < 30 else SHARES
    return 60 * MINUTES * shares[part] / sum(shares.values())


def marks(part: str) -> list[pytest.MarkDecorator]:
    """Return the marks of the tests of ``part``."""
    return [pytest.mark.drill, pytest.mark.timeout(seconds(part) + _BY_ITSELF)]


def chance(part: str, case: int) -> Random:
    """Return the generator that one case draws from."""
    return Random(f"{SEED} {part} {case}")


def some_of(kinds: Sequence[Kind], case: int, random: Random, most: int) -> list[Kind]:
    """Return one to ``most`` of ``kinds`` for a case; the first goes round with the cases, so that none is left out."""
    return [kinds[case % len(kinds)], *random.choices(kinds, k=random.randint(0, most - 1))]


def cases(part: str, least: int = 1) -> Iterator[tuple[int, Random]]:
    """Yield the number of a case and its generator until the time of ``part`` is over; ``least`` cases at least."""
    if CASE:
        yield int(CASE), chance(part, int(CASE))
        return
    end = time.monotonic() + seconds(part)
    case = 0
    while case < least or time.monotonic() < end:
        yield case, chance(part, case)
        case += 1
