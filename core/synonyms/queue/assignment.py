"""Dividing pairs among annotators without a list: every program computes the same share from the pair's id.

A share of the pairs is everybody's, so that agreement can be measured. Each other pair belongs to the
annotator with the highest hash of (pair, annotator) ("rendezvous hashing"; Thaler and Ravishankar, 1998):
when somebody joins or leaves, only their own pairs change hands.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.synonyms.store.columns import Ids

_Hashes = npt.NDArray[np.uint64]


def is_shared(pairs: Ids, overlap: float, seed: int) -> npt.NDArray[np.bool_]:
    """Return which pairs everybody judges: about ``overlap`` of them, always the same ones for a seed."""
    if overlap >= 1:
        return np.ones(len(pairs), dtype=bool)
    return _mix(pairs, seed) < np.uint64(int(overlap * 2.0**64))


def owners(pairs: Ids, annotators: Sequence[int], seed: int) -> Ids:
    """Return the id of the annotator each pair belongs to where it is not shared.

    Raises:
        ValueError: there are no annotators.
    """
    if not annotators:
        raise ValueError("pairs need somebody to belong to")
    best = np.zeros(len(pairs), dtype=np.uint64)
    owner = np.full(len(pairs), annotators[0], dtype=np.int64)
    for annotator in annotators:
        weight = _mix(pairs, seed + 1_000_003 * (annotator + 1))
        ahead = weight > best
        owner[ahead] = annotator
        best[ahead] = weight[ahead]
    return owner


def _mix(values: Ids, seed: int) -> _Hashes:
    """Hash whole numbers by splitmix64 (Steele, Lea and Flood, 2014); the multiplications wrap."""
    step = 0x9E3779B97F4A7C15
    mask = 2**64 - 1
    mixed = values.astype(np.uint64) * np.uint64(step) + np.uint64((seed * 0xD1342543DE82EF95 + step) & mask)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
