"""Two words among their neighbours, before and after a method has moved the vectors, as one flat map.

Both states are put on the same plane, or else nothing could be seen to move: the plane through the mean of all points,
before and after together, in which they lie farthest apart (PCA; Pearson 1901).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from core.synonyms.asking.ask import Oracle
from core.synonyms.asking.config import Near
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.method import Floats
from core.synonyms.methods.space import Space
from core.synonyms.pairs import WordPair
from core.synonyms.why.reasons import MapWord, NeighbourMap, Point

NEAREST: Final = 9
"""Neighbours a word before, and as many after."""
_STILL: Final = 1e-4
"""A vector that has moved less has stayed."""
_CLEAREST: Final = (Relation.SYNONYM, Relation.ANTONYM, Relation.SIBLING, Relation.NOT, Relation.UNKNOWN)
"""Of what a word is to the one and the other of the pair, the first of these is shown."""


class Specialised(Protocol):
    """A method that has moved vectors, or sees them through a map."""

    def units(self, words: Sequence[str]) -> Floats:
        """Return where ``words`` are now, (n, dim), of length 1."""


def neighbour_map(oracle: Oracle, method: str, pair: WordPair, nearest: int = NEAREST) -> NeighbourMap:
    """Return the map of ``pair`` by a method of ``oracle`` that has learnt; so has ``cosine``.

    Args:
        oracle: what has been read and learnt.
        method: whose scorer is ``Specialised``.
        pair: both words have a vector.
        nearest: neighbours of either word, before and after.
    """
    scorer: Specialised = oracle.scorers[method]  # type: ignore[assignment]  # those in ``explain`` are
    found: list[Near] = [
        near for name in ("cosine", method) for word in pair for near in oracle.answer(name, word, nearest).near
    ]
    words = tuple(dict.fromkeys((*pair, *(near.word for near in found))))
    before, after = Space(oracle.vectors).units(words), scorer.units(words)
    flat_before, flat_after, shown = project(before, after)
    near_before, near_after = before @ before[:2].T, after @ after[:2].T  # (n, 2)
    moved = np.linalg.norm(after - before, axis=1) > _STILL
    listed = tuple(
        MapWord(
            word,
            relation=Relation.SYNONYM if word in pair else _relation(oracle, word, pair),
            before=_point(flat_before[row]),
            after=_point(flat_after[row]),
            cosines_before=_point(near_before[row]),
            cosines_after=_point(near_after[row]),
            is_moved=bool(moved[row]),
        )
        for row, word in enumerate(words)
    )
    return NeighbourMap(method, listed, float(near_before[0, 1]), float(near_after[0, 1]), shown)


def project(before: Floats, after: Floats) -> tuple[Floats, Floats, float]:
    """Return both states on the plane in which they lie farthest apart, (n, 2) each, and the share it shows.

    The first axis is the wider one. On either axis the point that is farthest out is on the positive side, so that
    the same points always give the same picture.

    Args:
        before: points, (n, dim).
        after: the same points elsewhere, (n, dim).
    """
    points = np.concatenate([before, after]).astype(np.float64)
    points -= points.mean(0)
    _left, sizes, axes = np.linalg.svd(points, full_matrices=False)
    flat = points @ axes[:2].T  # (2n, 2)
    if flat.shape[1] < 2:  # vectors of one number
        flat = np.pad(flat, ((0, 0), (0, 2 - flat.shape[1])))
    farthest = flat[np.abs(flat).argmax(0), [0, 1]]
    flat *= np.where(farthest < 0, -1.0, 1.0)
    whole = float((sizes**2).sum())
    shown = float((sizes[:2] ** 2).sum()) / whole if whole > 0 else 1.0
    return flat[: len(before)].astype(np.float32), flat[len(before) :].astype(np.float32), shown


def _relation(oracle: Oracle, word: str, pair: WordPair) -> Relation:
    said = {oracle.relations.of(own, word) for own in pair}
    return next(relation for relation in _CLEAREST if relation in said)


def _point(row: Floats) -> Point:
    return float(row[0]), float(row[1])
