"""Examples to learn from: parted once and for all, and met in another order in each round."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import islice
from random import Random
from typing import Generic, TypeVar

Example = TypeVar("Example")


def parted(
    drawn: Iterable[Example], key: Callable[[Example], Hashable], train: int, validation: int, test: int
) -> tuple[tuple[Example, ...], tuple[Example, ...], tuple[Example, ...]]:
    """Return what to learn from, to choose by, and to be examined by; no key is in two of them.

    Args:
        drawn: examples without end, always the same ones; of those with one key the first counts.
        key: what makes an example another.
        train: how many to learn from.
        validation: how many to choose by.
        test: how many to be examined by.
    """
    different: dict[Hashable, Example] = {}
    for example in drawn:
        different.setdefault(key(example), example)
        if len(different) == train + validation + test:
            break
    left = iter(different.values())
    held_out, checked = tuple(islice(left, test)), tuple(islice(left, validation))
    return tuple(left), checked, held_out


class Rounds(Generic[Example]):
    """All examples again and again in groups, shuffled anew by the seed and the round."""

    def __init__(
        self,
        examples: Sequence[Example],
        seed: int,
        per_round: int,
        grouped: Callable[[list[Example], Random], list[list[Example]]],
    ) -> None:
        """Prepare the rounds.

        Args:
            examples: what there is.
            seed: of their order.
            per_round: how many groups of a round are used.
            grouped: makes the groups of shuffled examples; it may go on drawing.
        """
        self._examples, self._seed, self._per_round, self._grouped = examples, seed, per_round, grouped
        self._round, self._groups = -1, [list[Example]()]

    def at(self, step: int) -> list[Example]:
        """Return the group of ``step``, which depends on nothing else."""
        number, place = divmod(step, self._per_round)
        if number != self._round:
            rng = Random(f"{self._seed} {number}")  # noqa: S311  nothing secret is drawn
            shuffled = list(self._examples)
            rng.shuffle(shuffled)
            self._groups, self._round = self._grouped(shuffled, rng), number
        return self._groups[place]
