"""Attract-Repel: pull the vectors of synonyms together, push those of other pairs apart (Mrkšić et al. 2017).

The article shows its loss as Vulić et al. 2017 use it. For a batch B of synonyms (xₗ, xᵣ), each word with a negative
example t taken from the batch, and τ(x) = max(0, x):

    O(B) = Σ [ τ(δ_att + xₗ·tₗ − xₗ·xᵣ) + τ(δ_att + xᵣ·tᵣ − xₗ·xᵣ) ] + R(B),
    R(B) = Σ λ ‖x_init − x‖² / 2.

Pairs to be pushed apart have the signs turned: τ(δ_rep + xₗ·xᵣ − xₗ·tₗ) + τ(δ_rep + xₗ·xᵣ − xᵣ·tᵣ).

Four facts stand in the authors' code and not in the papers, and the results need them: half the negatives are the
hardest of the batch (nearest for synonyms, farthest for the others), half are random; R compares normalised vectors
with the initial ones; an incomplete last batch is dropped; and the two losses have an Adagrad state each.

Only words of the training pairs move. A pair of words that no training pair names has the score it had before.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from core.synonyms.labelled import ANTONYM, RELATED, LabelledPairs
from core.synonyms.methods.method import Floats, Ints, Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space, normalised
from core.synonyms.pairs import WordPair

_FIRST_SQUARES: Final = 0.1
"""What an Adagrad state begins with, in TensorFlow and so in the authors' code."""


@dataclass(frozen=True, slots=True)
class AttractRepelConfig:
    """How it learns; the papers' values.

    Attributes:
        seed: of order and random negatives.
        epochs: passes over the pairs.
        batch: pairs a step; fewer pairs are one batch.
        attract_margin: δ_att.
        repel_margin: δ_rep.
        regularisation: λ, what keeps a vector where it was.
        learning_rate: of Adagrad (Duchi et al. 2011).
        clip: a larger component of a gradient counts as this.
        repel_kinds: kinds of pairs that are pushed apart.
    """

    seed: int = 0
    epochs: int = 5
    batch: int = 50
    attract_margin: float = 0.6
    repel_margin: float = 0.0
    regularisation: float = 1e-9
    learning_rate: float = 0.05
    clip: float = 2.0
    repel_kinds: tuple[str, ...] = (RELATED, ANTONYM)


@dataclass(slots=True, eq=False)
class _Moved:
    """Vectors on their way.

    Attributes:
        rows: (n, dim), of any length.
        initial: unit vectors they began at, (n, dim).
        squares: sums of squared gradients, of either loss.
    """

    rows: Floats
    initial: Floats
    squares: dict[bool, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.squares = {attract: np.full_like(self.rows, _FIRST_SQUARES) for attract in (True, False)}


def attract_repel(config: AttractRepelConfig, data: MethodData) -> Learning:
    """Move the vectors of the training words; return their new space."""
    attract = data.training.positives()
    repel = repelled(data.training, config.repel_kinds)
    words = list(dict.fromkeys(word for pair in (*attract, *repel) for word in pair))
    units = Space(data.vectors).units(words)
    numbers = {word: n for n, word in enumerate(words)}
    couples = [_numbered(pairs, numbers, units) for pairs in (attract, repel)]
    moved = yield from specialise(config, units, couples[0], couples[1], np.random.default_rng(config.seed))
    return Space(data.vectors, dict(zip(words, moved, strict=True)))


def specialise(
    config: AttractRepelConfig, units: Floats, attract: Ints, repel: Ints, rng: np.random.Generator
) -> Generator[MethodProgress, None, Floats]:
    """Move vectors; yield how far it is, and the mean loss of each epoch.

    Args:
        config: how.
        units: where they begin, (n, dim), of length 1.
        attract: pairs of rows that are pulled together, (N, 2).
        repel: pairs of rows that are pushed apart, (M, 2).
        rng: of order and random negatives.

    Returns:
        Where they end, (n, dim), of length 1.
    """
    moved = _Moved(units.copy(), units)
    couples = {True: attract, False: repel}
    for epoch in range(config.epochs):
        batches = [(sort, rows) for sort, pairs in couples.items() for rows in _batches(pairs, config.batch, rng)]
        losses = []
        for step, number in enumerate(rng.permutation(len(batches))):
            is_attract, batch = batches[number]
            losses.append(_step(config, moved, batch, rng, attract=is_attract))
            if step + 1 < len(batches):
                yield MethodProgress(epoch * len(batches) + step + 1, config.epochs * len(batches))
        loss = float(np.mean(losses)) if losses else None
        yield MethodProgress((epoch + 1) * max(len(batches), 1), config.epochs * max(len(batches), 1), loss)
    return normalised(moved.rows)


def repelled(training: LabelledPairs, kinds: Sequence[str]) -> tuple[WordPair, ...]:
    """Return the pairs of ``kinds`` that are no synonyms."""
    chosen = [kind in kinds and not label for kind, label in zip(training.kinds, training.synonym, strict=True)]
    return training.where(chosen).pairs


def _numbered(pairs: Sequence[WordPair], numbers: dict[str, int], units: Floats) -> Ints:
    """Return ``pairs`` as rows of the matrix, (N, 2), without those of a word that has no vector."""
    rows = np.array([[numbers[one], numbers[other]] for one, other in pairs], dtype=np.int64).reshape(-1, 2)
    known = np.linalg.norm(units, axis=1) > 0
    kept: Ints = rows[known[rows[:, 0]] & known[rows[:, 1]]]
    return kept


def _batches(pairs: Ints, size: int, rng: np.random.Generator) -> list[Ints]:
    size = min(size, len(pairs))
    shuffled = rng.permutation(pairs)
    return [shuffled[n * size : (n + 1) * size] for n in range(len(pairs) // size)] if size else []


def _step(config: AttractRepelConfig, moved: _Moved, batch: Ints, rng: np.random.Generator, *, attract: bool) -> float:
    """Take one step of Adagrad; return the loss before it."""
    words, places = np.unique(batch, return_inverse=True)
    places = places.reshape(batch.shape)
    rows = moved.rows[words]
    negatives = choose_negatives(normalised(rows), places, rng, attract=attract)
    margin = config.attract_margin if attract else config.repel_margin
    loss, gradient = loss_and_gradient(
        rows,
        moved.initial[words],
        places,
        negatives,
        margin=margin,
        regularisation=config.regularisation,
        attract=attract,
    )
    gradient = np.clip(gradient, -config.clip, config.clip)
    squares = moved.squares[attract]
    squares[words] += gradient**2
    moved.rows[words] -= config.learning_rate * gradient / np.sqrt(squares[words])
    return loss


def choose_negatives(units: Floats, places: Ints, rng: np.random.Generator, *, attract: bool) -> Ints:
    """Return a negative example for each word of each pair, (N, 2), as rows of ``units``.

    Half of them, drawn by lot, are the hardest of the batch, the nearest where pairs attract and the farthest where
    they repel; the others are random. A word's own partner is never one, nor is the word, unless nothing else is there.
    """
    cosines = units @ units.T
    if not attract:
        cosines = -cosines
    lots = rng.random(places.shape) < 0.5
    chosen = np.empty_like(places)
    for n, (left, right) in enumerate(places):
        allowed = np.ones(len(units), dtype=bool)
        allowed[[left, right]] = False
        others = np.flatnonzero(allowed)
        if not others.size:
            chosen[n] = left, right
            continue
        for side, word in enumerate((left, right)):
            hardest = others[np.argmax(cosines[word, others])]
            chosen[n, side] = hardest if lots[n, side] else others[rng.integers(others.size)]
    return chosen


def loss_and_gradient(
    rows: Floats,
    initial: Floats,
    places: Ints,
    negatives: Ints,
    *,
    margin: float,
    regularisation: float,
    attract: bool,
) -> tuple[float, Floats]:
    """Return O(B) and its gradient by the vectors of the batch.

    Args:
        rows: vectors of the batch's words, (n, dim), of any length.
        initial: unit vectors they began at, (n, dim).
        places: pairs as rows, (N, 2).
        negatives: a negative example for each word of each pair, (N, 2).
        margin: δ.
        regularisation: λ.
        attract: whether the pairs are pulled together or pushed apart.
    """
    units = normalised(rows)
    sign = np.float32(1 if attract else -1)
    gradient = np.zeros_like(units)  # by the unit vectors, at first
    left, right = units[places[:, 0]], units[places[:, 1]]
    together = np.einsum("nd,nd->n", left, right)
    loss = 0.0
    for side in (0, 1):
        word, negative = units[places[:, side]], units[negatives[:, side]]
        apart = np.einsum("nd,nd->n", word, negative)
        cost = margin + sign * (apart - together)
        active = (cost > 0).astype(np.float32)[:, None] * sign
        loss += float(np.maximum(cost, 0).sum())
        np.add.at(gradient, places[:, side], active * negative)
        np.add.at(gradient, negatives[:, side], active * word)
        np.add.at(gradient, places[:, 0], -active * right)
        np.add.at(gradient, places[:, 1], -active * left)
    away = units - initial
    times = np.bincount(places.ravel(), minlength=len(units)).astype(np.float32)[:, None]  # each place counts
    loss += regularisation / 2 * float((times * away**2).sum())
    gradient += np.float32(regularisation) * times * away
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    inward = np.einsum("nd,nd->n", gradient, units)[:, None] * units
    return loss, (gradient - inward) / lengths  # through x / ‖x‖
