"""What kind of head one is: scores of well-known patterns."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.attention.results import Floats


def entropy(weights: Floats) -> Floats:
    """Return how spread each row is, in bits: 0 on one key, log₂ m on m keys evenly; (…, m) → (…)."""
    # Of 0 · log 0 nothing must come, so the smallest number stands in; ln takes half as long as log₂ does.
    logs = np.log(np.maximum(weights, np.finfo(weights.dtype).tiny))
    logs *= weights
    bits: Floats = logs.sum(axis=-1) / -np.log(logs.dtype.type(2))
    return np.maximum(bits, 0)


def patterns(weights: Floats) -> Mapping[str, Floats]:
    """Tell what kind of head one is (Clark et al. 2019, section 3).

    Args:
        weights: (…, n, n) self-attention, or (…, n, m) across, where there is only ``first`` and ``entropy``.

    Returns:
        Name to (…): the mean weight on the ``previous`` unit, the ``next``, the ``first`` and the same
        (``self``), over the queries that have one, and the mean ``entropy`` in bits.
    """
    n, m = weights.shape[-2:]
    found = {"first": weights[..., 0].mean(axis=-1), "entropy": entropy(weights).mean(axis=-1)}
    if n == m:
        for name, offset in (("previous", -1), ("self", 0), ("next", 1)):
            diagonal = np.diagonal(weights, offset, axis1=-2, axis2=-1)
            found[name] = diagonal.mean(axis=-1) if diagonal.shape[-1] else np.zeros(weights.shape[:-2], np.float32)
    return found
