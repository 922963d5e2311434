"""Which rows and columns of a table of similarities belong together."""

from __future__ import annotations

from typing import Final

import numpy as np

from core.attention.results import Floats

TIE: Final = 1e-6
"""Cosines that differ by less are equal: products of the same vectors are rounded differently."""


def cosines(a: Floats, b: Floats) -> Floats:
    """Return the cosine of each row of ``a`` (n, D) with each of ``b`` (m, D); (n, m)."""
    tiny = np.finfo(np.float32).tiny
    a = a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), tiny)
    b = b / np.maximum(np.linalg.norm(b, axis=-1, keepdims=True), tiny)
    similar: Floats = a @ b.T
    return similar


def mutual_argmax(similarity: Floats) -> tuple[tuple[int, int], ...]:
    """Return the (row, column) that choose each other (SimAlign's argmax, Jalili Sabet et al. 2020, section 2).

    Equals are chosen together: the characters of one piece have one vector, and none of them is the better partner.
    """
    if not similarity.size:
        return ()
    by_row = similarity >= similarity.max(axis=1, keepdims=True) - TIE
    by_column = similarity >= similarity.max(axis=0, keepdims=True) - TIE
    return tuple((int(row), int(column)) for row, column in np.argwhere(by_row & by_column))


def spread(similarity: Floats) -> Floats:
    """Return ``similarity`` stretched over 0..1; all zeros where everything is equal."""
    if not similarity.size:
        return similarity
    low, high = similarity.min(), similarity.max()
    stretched: Floats = (similarity - low) / (high - low) if high > low else np.zeros_like(similarity)
    return stretched
