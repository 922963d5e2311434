"""How much of a long series a plot can show: which points, and over which range. Knows neither Qt nor training.

A plot some hundred pixels wide shows a hundred thousand numbers no better than a thousand, and drawing them all
would keep the window from answering. Buckets are powers of two long and begin at the first number, so that what is
drawn of the past stays the same while numbers keep coming.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Indices = npt.NDArray[Any]

_MARGIN = 0.1
"""Free room above and below a curve, in parts of its height."""
_SLACK = 0.4
"""A range of which a curve fills less than this part is drawn in."""


def stride(count: int, most: int) -> int:
    """Return the smallest power of two that is taken at most ``most`` times by ``count`` numbers.

    Raises:
        ValueError: ``most`` is below 1.
    """
    if most < 1:
        raise ValueError(f"at least one point must be drawn, not {most}")
    length = 1
    while math.ceil(count / length) > most:
        length *= 2
    return length


def sampled(count: int, most: int) -> Indices:
    """Return every stride-th of ``count`` indices and the last: for a line that changes little from one to the next.

    Args:
        count: how many numbers there are.
        most: how many indices are wanted at most, apart from the last.
    """
    indices = np.arange(0, count, stride(count, most))
    if count and indices[-1] != count - 1:
        indices = np.append(indices, count - 1)
    return indices


def extremes(values: Values, most: int) -> Indices:
    """Return where the lowest and the highest number of each bucket stand: no peak is lost.

    Args:
        values: the series, (n,).
        most: how many indices are wanted at most, at least 2; a series this short is taken whole.

    Returns:
        Indices into ``values``, ascending, each once.
    """
    count = len(values)
    if count <= most:
        return np.arange(count)
    length = stride(count, most // 2)
    whole = count // length
    starts = np.arange(whole) * length
    buckets = values[: whole * length].reshape(whole, length)
    found = [starts + buckets.argmin(axis=1), starts + buckets.argmax(axis=1)]
    if whole * length < count:
        rest = values[whole * length :]
        found.append(whole * length + np.array([rest.argmin(), rest.argmax()]))
    return distinct(np.sort(np.concatenate(found)))


def distinct(ascending: npt.NDArray[Any]) -> Indices:
    """Return each of ``ascending`` numbers once. ``np.unique`` would load numpy's masked arrays for it."""
    if not len(ascending):
        return ascending
    first: Indices = ascending[np.append(True, ascending[1:] != ascending[:-1])]
    return first


def reach(count: int, least: int) -> int:
    """Return where a growing axis ends: at ``least``, then in steps of a tenth of the number's magnitude.

    An axis that moved with every number would be laid out anew with every number.
    """
    step: int = max(least, 10 ** (len(str(count)) - 1) // 10)
    return max(1, math.ceil(count / step)) * step


def span(low: float, high: float, shown: tuple[float, float] | None) -> tuple[float, float]:
    """Return the range over which to draw a curve between ``low`` and ``high``.

    Args:
        low: the lowest number.
        high: the highest.
        shown: the range drawn so far. It is kept as long as the curve fits into it and does not look flat in it.
    """
    if shown is not None and shown[0] <= low and high <= shown[1] and high - low >= _SLACK * (shown[1] - shown[0]):
        return shown
    margin = _MARGIN * (high - low) or _MARGIN * abs(high) or 1.0
    return low - margin, high + margin
