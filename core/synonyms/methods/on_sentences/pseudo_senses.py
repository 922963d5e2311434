"""Pseudo-senses: the loss of Attract-Repel without any dictionary (Ferret 2018).

The occurrences of a word w are parted into two halves by lot, as if they were two words w′ and w″ that happen to mean
the same. Whatever their vectors differ in is accident, so that pulling w, w′ and w″ together teaches the space what to
overlook:

    attract (w, w′), (w, w″), (w′, w″),    loss as in ``attract_repel``.

Ferret learns the three vectors together from the corpus. Here the vectors are those of a larger corpus, and a half
gets its place among them by the linear map A that carries a word's contexts to its vector (Khodak et al. 2018):

    w′ = A · mean of the contexts of w′,    A = argmin Σ_w n_w ‖A c_w − w‖².

Only words that are frequent in the corpora move.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.synonyms.methods.attract_repel import AttractRepelConfig, specialise
from core.synonyms.methods.method import Floats, Ints, Learning, MethodData, MethodProgress, within
from core.synonyms.methods.space import Space, normalised
from core.synonyms.progress import told_as
from core.synonyms.sentences.contexts import RunningText, contexts, running_text

_RIDGE: Final = 1.0
"""Keeps A small where the corpora are."""


@dataclass(frozen=True, slots=True)
class PseudoSensesConfig:
    """How occurrences are parted and vectors moved.

    Attributes:
        seed: of the halves, and of Attract-Repel.
        window: words to either side that are a context.
        least: occurrences of a word that is parted, at least.
        learning: how vectors are moved; its seed is ``seed``.
    """

    seed: int = 0
    window: int = 5
    least: int = 30
    learning: AttractRepelConfig = field(default_factory=AttractRepelConfig)


def pseudo_senses(config: PseudoSensesConfig, data: MethodData) -> Learning:
    """Read the corpora, part the occurrences, move the words; return their new space.

    Raises:
        SynonymsError: there are no sentences.
    """
    text = running_text(data.the_sentences(), data.vectors)
    units = data.vectors.units(text.places)
    means, counts = yield from half_contexts(text, units, config)
    frequent = np.flatnonzero(counts.sum(0) >= config.least)
    carried = _carried(means[:, frequent], units[frequent], counts[:, frequent])
    rows = np.concatenate([units[frequent], *carried])  # (3 n, dim): the words, their first and their second halves
    n = len(frequent)
    numbers = np.arange(n, dtype=np.int64)
    attract = np.concatenate([np.stack([numbers + one * n, numbers + other * n], 1) for one, other in _PAIRS])
    attract = attract[rows[attract].any(2).all(1)]  # a half without any context stands nowhere
    rng = np.random.default_rng(config.seed)
    moving = specialise(config.learning, rows, attract, np.empty((0, 2), dtype=np.int64), rng)
    moved = yield from told_as(moving, lambda step: within(step, 1, 2))
    words = [data.vectors.words[int(place)] for place in text.places[frequent]]
    return Space(data.vectors, dict(zip(words, moved[:n], strict=True)))


_PAIRS: Final = ((0, 1), (0, 2), (1, 2))
"""Word and first half, word and second half, the halves."""


def half_contexts(
    text: RunningText, units: Floats, config: PseudoSensesConfig
) -> Generator[MethodProgress, None, tuple[Floats, Ints]]:
    """Return the mean context of each half of each word's occurrences, (2, W, dim), and their counts, (2, W)."""
    halves = np.random.default_rng(config.seed).integers(0, 2, len(text))
    sums = np.zeros((2 * len(units), units.shape[1]), dtype=np.float32)
    counts = np.zeros(2 * len(units), dtype=np.int64)
    for places, around in contexts(text, units, config.window):
        keys = halves[places] * len(units) + text.rows[places]
        order = np.argsort(keys, kind="stable")
        found, starts = np.unique(keys[order], return_index=True)
        sums[found] += np.add.reduceat(around[order], starts, axis=0)
        counts[found] += np.diff(np.append(starts, len(keys)))
        yield within(MethodProgress(int(places[-1]) + 1, len(text)), 0, 2)
    means = sums / np.maximum(counts, 1).astype(np.float32)[:, None]
    return means.reshape(2, *units.shape), counts.reshape(2, -1)


def _carried(means: Floats, units: Floats, counts: Ints) -> tuple[Floats, Floats]:
    """Return where A carries either half, (n, dim) each, of length 1."""
    whole = (means * counts[:, :, None]).sum(0) / np.maximum(counts.sum(0), 1)[:, None]
    weighted = whole * counts.sum(0)[:, None]
    inner = weighted.T @ whole + _RIDGE * np.eye(whole.shape[1])
    carry = np.linalg.solve(inner, weighted.T @ units)  # (dim, dim)
    first, second = (normalised((half @ carry).astype(np.float32)) for half in means)
    return first, second
