"""How long a window could not answer: the gaps between the beats of its event loop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def gap_summary(times: Sequence[float]) -> dict[str, float]:
    """Describe the gaps between ``times`` (s, ascending, at least two).

    Returns:
        In milliseconds: ``median``, ``p99`` and ``worst`` of the gaps; ``felt_p99``, the gap that a key
        pressed at a random moment falls into, 99th percentile: it weighs each gap by its length, so no
        number of quick beats hides the slow ones. And ``beats``, how many gaps there were.

    Raises:
        ValueError: fewer than two times, or not ascending.
    """
    gaps = np.diff(np.asarray(times, dtype=np.float64)) * 1000
    if gaps.size == 0 or gaps.min() < 0:
        message = "at least two times in ascending order are needed"
        raise ValueError(message)
    ordered = np.sort(gaps)
    felt = ordered[np.searchsorted(np.cumsum(ordered), 0.99 * ordered.sum())]
    return {
        "median": float(np.median(gaps)),
        "p99": float(np.percentile(gaps, 99)),
        "worst": float(gaps.max()),
        "felt_p99": float(felt),
        "beats": int(gaps.size),
    }
