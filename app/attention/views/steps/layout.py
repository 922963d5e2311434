"""Where the columns of the three steps lie. Qt-free."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch of the width."""

    left: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class StepsColumns:
    """The columns, left to right.

    Attributes:
        eye: shows or hides a key.
        label: the key's token.
        key: its vector k, one cell a number.
        product: q·k.
        score: the scaled score, with its bar.
        weight: the softmax weight, with its bar.
        value: its vector v.
    """

    eye: Column
    label: Column
    key: Column
    product: Column
    score: Column
    weight: Column
    value: Column


def columns_of(width: float, em: Callable[[float], int]) -> StepsColumns:
    """Share ``width`` out; vectors get what numbers leave, so that k and v have equal room."""
    tight = width < em(40)  # a narrow one takes from gaps and bars what titles and vectors need
    gap = em(0.5 if tight else 0.75)
    spare = max(0.0, width - em(48)) / 6  # a wide stage widens the bars too
    eye, product = em(1.25), em(3)
    texts, bars, bars_of_weights = (4, 5.25, 5.75) if tight else (4.5, 6, 6.5)
    label, score, weight = em(texts) + spare / 2, em(bars) + spare, em(bars_of_weights) + spare
    vector = max(float(em(5)), (width - eye - label - product - score - weight - 6 * gap) / 2)
    places = []
    left = 0.0
    for number, room in enumerate((eye, label, vector, product, score, weight, vector)):
        places.append(Column(left, room))
        left += room + (0 if number == 0 else gap)
    return StepsColumns(*places)
