"""What a measurement is, what it is told, and how rows are chosen by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.language import _
from tests.benchmarks.row import Row


class UnknownRowError(Exception):
    """A row was asked for that does not exist; the text names those that do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What holds for all measurements of one call.

    Attributes:
        home: an empty folder for what the measured programs keep.
        quick: measure shortly; the figures are rough.
        seconds: how long the soak lasts.
        peer_seeds: how many seeds each peer trains.
        peer_limit: seconds of training after which a peer's seed counts as unsolved.
    """

    home: Path
    quick: bool = False
    seconds: float = 600.0
    peer_seeds: int = 3
    peer_limit: float = 120.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """Something measured in one go.

    Attributes:
        name: stable; ``--only`` knows it.
        rows: names of the rows it gives.
        take: measures; rows come as they are ready.
        when_asked: it takes so long that it only runs when it is named.
    """

    name: str
    rows: tuple[str, ...]
    take: Callable[[Options], Iterator[Row]]
    when_asked: bool = False


def choose(measurements: Sequence[Measurement], only: Sequence[str] | None) -> list[tuple[Measurement, frozenset[str]]]:
    """Return what is to be measured, each with the rows wanted of it.

    Args:
        measurements: all there are.
        only: names of rows or of measurements; None for all but those that only run when asked.

    Raises:
        UnknownRowError: a name is neither.
    """
    if only is None:
        return [(one, frozenset(one.rows)) for one in measurements if not one.when_asked]
    known = {name for one in measurements for name in (one.name, *one.rows)}
    for name in only:
        if name not in known:
            raise UnknownRowError(
                _("Unknown row {name}. Available: {names}.").format(
                    name=name, names=", ".join(one.name for one in measurements)
                )
            )
    chosen = []
    for one in measurements:
        wanted = frozenset(one.rows) if one.name in only else frozenset(one.rows).intersection(only)
        if wanted:
            chosen.append((one, wanted))
    return chosen
