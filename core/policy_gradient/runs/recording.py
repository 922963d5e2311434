"""Episodes as they were played, step for step, with what it takes to play each of them again.

Needs neither torch nor gymnasium: the window keeps these. ``replay`` plays them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.language import _

MOST_BYTES: Final = 64 * 2**20
"""Bytes of episodes that one run hands out, and as many again of weights: of CartPole 1.6 million steps."""
MOST_WEIGHTS: Final = 100_000
"""Numbers in a network up to which its weights are handed out after each update; the article's has 1,057."""

Floats32 = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
Actions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EpisodeStart:
    """Where an episode began, so that it can begin there again. One of the three is known.

    Attributes:
        state: the state in the environment's own precision, of one that is moved together with many (CartPole's
            vectorised form); its observation is rounded.
        seed: what the environment was seeded with for this episode, the first of its own.
        generator: the environment's generator just before ``reset``, as JSON of ``bit_generator.state``.
    """

    state: tuple[float, ...] = ()
    seed: int | None = None
    generator: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class EpisodeRecord:
    """One training episode of T steps. Its arrays may be views: :meth:`compact` has its own.

    Attributes:
        episode: its number, from 1.
        obs: what the policy saw before every step, and after the last, (T + 1, n_obs).
        actions: what it did, as the policy counts actions, from 0, (T,).
        rewards: what the environment paid, (T,).
        probabilities: π(a|s) of the action that was taken, (T,).
        terminated: it ended in a terminal state.
        truncated: it was cut off.
        update: updates that were made before it: the weights after that update played it.
        start: what it takes to play it again.
    """

    episode: int
    obs: Floats32
    actions: Actions
    rewards: Floats64
    probabilities: Floats64
    terminated: bool
    truncated: bool
    update: int
    start: EpisodeStart

    @property
    def duration(self) -> int:
        """T, its number of steps."""
        return len(self.actions)

    @property
    def episode_return(self) -> float:
        """Undiscounted sum of its rewards."""
        return math.fsum(self.rewards.tolist())

    @property
    def nbytes(self) -> int:
        """Bytes of its arrays."""
        return self.obs.nbytes + self.actions.nbytes + self.rewards.nbytes + self.probabilities.nbytes

    def __eq__(self, other: object) -> bool:
        """Return whether every step is the same, bit for bit."""
        if not isinstance(other, EpisodeRecord):
            return NotImplemented
        arrays = zip(self._arrays, other._arrays, strict=True)
        return self._rest == other._rest and all(np.array_equal(mine, yours) for mine, yours in arrays)

    __hash__ = None  # type: ignore[assignment]  # arrays have none

    def __reduce__(self) -> tuple[Callable[..., EpisodeRecord], tuple[object, ...]]:
        """Travel as plain bytes: numpy's own way takes twice as long for arrays of this size."""
        return _received, (self.obs.shape, tuple(array.tobytes() for array in self._arrays), self._rest)

    @property
    def _arrays(self) -> tuple[npt.NDArray[np.generic], ...]:
        return self.obs, self.actions, self.rewards, self.probabilities

    @property
    def _rest(self) -> tuple[object, ...]:
        return self.episode, self.terminated, self.truncated, self.update, self.start

    def compact(self) -> EpisodeRecord:
        """Return the same with arrays of its own: those of episodes played at once are parts of one larger array."""
        return EpisodeRecord(
            self.episode,
            np.array(self.obs, order="C"),
            np.array(self.actions, order="C"),
            np.array(self.rewards, order="C"),
            np.array(self.probabilities, order="C"),
            self.terminated,
            self.truncated,
            self.update,
            self.start,
        )


def _received(
    shape: tuple[int, int], sent: tuple[bytes, bytes, bytes, bytes], rest: tuple[int, bool, bool, int, EpisodeStart]
) -> EpisodeRecord:
    """Return the record whose ``__reduce__`` this came from; its arrays can't be written to."""
    obs, actions, rewards, probabilities = sent
    episode, terminated, truncated, update, start = rest
    return EpisodeRecord(
        episode,
        np.frombuffer(obs, np.float32).reshape(shape),
        np.frombuffer(actions, np.int64),
        np.frombuffer(rewards, np.float64),
        np.frombuffer(probabilities, np.float64),
        terminated,
        truncated,
        update,
        start,
    )


class Budget:
    """What a run may hand out of its past before its reader's memory would fill.

    Args:
        most: bytes.

    Attributes:
        is_spent: whether something had to be left out; everything after that is, too.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._left = most
        self._most = most
        self.is_spent = False

    def takes(self, size: int) -> bool:
        """Return whether ``size`` more bytes may be handed out, and count them."""
        self._left -= size
        self.is_spent = self.is_spent or self._left < 0
        return not self.is_spent

    @property
    def sentence(self) -> str:
        """Why there is no more; empty while there is."""
        if not self.is_spent:
            return ""
        message = _("This run's episodes take more than {size} MB: those from here on are not kept for replay.")
        return message.format(size=self._most >> 20)


def layers_of(
    weights: Floats32, n_obs: int, n_actions: int, hidden: tuple[int, ...]
) -> list[tuple[Floats32, Floats32]]:
    """Return a network's layers, first to last, from its weights in one row, as views.

    Args:
        weights: as ``UpdateFinished.weights`` has them.
        n_obs: numbers in an observation.
        n_actions: actions; with two, one output.
        hidden: widths of the hidden layers.

    Returns:
        Of each layer its weights, (out, in), and its biases, (out,).

    Raises:
        ValueError: the row belongs to a network of another size.
    """
    widths = [n_obs, *hidden, 1 if n_actions == 2 else n_actions]
    sizes = [(m, n) for n, m in itertools.pairwise(widths)]
    if len(weights) != sum(m * n + m for m, n in sizes):
        message = f"{len(weights)} numbers are no network of the widths {widths}"
        raise ValueError(message)
    layers, at = [], 0
    for m, n in sizes:
        layers.append((weights[at : at + m * n].reshape(m, n), weights[at + m * n : at + m * n + m]))
        at += m * n + m
    return layers
