"""What an environment observes, as the vector of numbers that a network is given.

Numbers stay what they are. A choice among states becomes one-hot: as many numbers as there are states, 1 at the one
that is, 0 elsewhere; the size of its number would mean nothing. What is put together of several (``Dict``,
``Tuple``) is laid end to end, in the order of Gymnasium's ``flatten``.

The numbers are those of ``gymnasium.spaces.flatten``. It is not called itself because it takes foreign values at their
word: a state 16 of 16 would be the neighbouring field's 0, a state −1 the last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from core.language import _
from core.policy_gradient.environments import outside
from core.policy_gradient.environments.description import ObservationField
from core.policy_gradient.environments.outside import ValueRefusedError
from core.policy_gradient.policy import Obs

MOST_NUMBERS: Final = 10_000
"""Numbers that an observation may have: beyond, one layer of the network is larger than all it could learn."""

_Read = Callable[[Any, str], Obs]
"""Takes what was observed of a field, and the field's name for messages."""
_Path = tuple[tuple[type[Any], Any], ...]
"""What leads to a field: of each step, what it is a part of (``dict`` or ``tuple``), and its key or place there."""


class SpaceRefusedError(ValueError):
    """The observations can't be made a vector of numbers; the message says which part of them, and what it is."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A field of an observation that holds no others.

    Attributes:
        path: what leads to it.
        fields: what it is in the vector, in parts that are shown apart.
        read: returns its numbers.
    """

    path: _Path
    fields: tuple[ObservationField, ...]
    read: _Read

    @property
    def size(self) -> int:
        return sum(field.size for field in self.fields)


class ObservationReader:
    """Makes vectors of what one environment observes.

    Args:
        space: the environment's observation space.

    Attributes:
        size: numbers in the vector, n_obs.
        fields: what they are, in their order.

    Raises:
        SpaceRefusedError: no vector can be made of it.
    """

    def __init__(self, space: object) -> None:
        self._leaves = tuple(_leaves(space, ()))
        self.fields = tuple(field for leaf in self._leaves for field in leaf.fields)
        self.size = sum(leaf.size for leaf in self._leaves)
        if not 1 <= self.size <= MOST_NUMBERS:
            message = _("{count} numbers in an observation; from 1 to {most} can be used")
            raise SpaceRefusedError(message.format(count=self.size, most=MOST_NUMBERS))
        self.is_plain = isinstance(space, spaces.Box) and len(space.shape) == 1

    def read(self, raw: object) -> Obs:
        """Return an own vector of what was observed, (n_obs,) float32.

        Raises:
            ValueRefusedError: it is not what the space says; the message says where in it, and what it is.
        """
        if self.is_plain:  # the usual case, in every step of every run
            return outside.observation(raw, (self.size,))
        return np.concatenate([leaf.read(_inside(raw, leaf.path), _name(leaf.path)) for leaf in self._leaves])


def _leaves(space: object, path: _Path) -> Iterator[_Leaf]:
    """Yield the fields of ``space`` that hold no others, in Gymnasium's order."""
    name = _name(path)
    match space:
        case spaces.Dict():
            for key, part in space.spaces.items():
                yield from _leaves(part, (*path, (dict, key)))
        case spaces.Tuple():
            for place, part in enumerate(space.spaces):
                yield from _leaves(part, (*path, (tuple, place)))
        case spaces.Box() if not _is_picture(space):
            count = math.prod(space.shape)
            yield _Leaf(path, (ObservationField(name, count),) if count else (), _numbers_of(space.shape))
        case spaces.MultiBinary():
            yield _Leaf(path, (ObservationField(name, math.prod(space.shape)),), _numbers_of(space.shape))
        case spaces.Discrete():
            first, count = int(space.start), int(space.n)
            field = ObservationField(name, count, is_one_hot=True, first=first)
            yield _Leaf(path, (field,), _one_hots((), np.array([count]), np.array([first])))
        case spaces.MultiDiscrete():
            counts, firsts = space.nvec.astype(np.int64).ravel(), space.start.astype(np.int64).ravel()
            fields = (
                ObservationField(_name((*path, (tuple, place))), int(count), is_one_hot=True, first=int(first))
                for place, (count, first) in enumerate(zip(counts, firsts, strict=True))
            )
            yield _Leaf(path, tuple(fields), _one_hots(space.shape, counts, firsts))
        case _:
            raise SpaceRefusedError(_refusal(space, name))


def _refusal(space: object, name: str) -> str:
    """Return why ``space`` is no vector of numbers."""
    if isinstance(space, spaces.Box):
        reason = _("pictures ({space}), which need a network of another kind")
    elif isinstance(space, spaces.Text):
        reason = _("text ({space})")
    else:
        reason = _("{space}, which has no fixed number of numbers")
    words = reason.format(space=_brief(space))
    return _("in {field}: {reason}").format(field=name, reason=words) if name else words


def _brief(space: object) -> str:
    return f"Box{space.shape} {space.dtype}" if isinstance(space, spaces.Box) else str(space)


def _is_picture(space: spaces.Box) -> bool:
    """Whether the numbers are the brightness of points, which mean something only beside their neighbours."""
    is_bright = space.dtype == np.uint8 and bool(np.all(space.low == 0) and np.all(space.high == 255))
    return is_bright and len(space.shape) >= 2


def _name(path: _Path) -> str:
    """Return what a field is called: its keys and places with points between; empty for the whole."""
    return ".".join(str(key) for _kind, key in path)


def _inside(raw: Any, path: _Path) -> Any:
    """Return what stands at ``path`` in what was observed.

    Raises:
        ValueRefusedError: nothing stands there.
    """
    for depth, (kind, key) in enumerate(path):
        where = outside.observed(_name(path[:depth]))
        if not isinstance(raw, Mapping if kind is dict else (tuple, list, np.ndarray)):
            raise ValueRefusedError(outside.wrong_kind(where, raw, _("a dict") if kind is dict else _("a tuple")))
        try:
            raw = raw[key]
        except (KeyError, IndexError) as error:
            message = _("{name} has no {field}, and its space says it has")
            raise ValueRefusedError(message.format(name=where, field=key)) from error
    return raw


def _numbers_of(shape: tuple[int, ...]) -> _Read:
    def read(raw: Any, name: str) -> Obs:
        return outside.observation(raw, shape, name).ravel()

    return read


def _one_hots(shape: tuple[int, ...], counts: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64]) -> _Read:
    """Return what makes states one-hot.

    Args:
        shape: of the array of states.
        counts: how many states each of them may have, (states,).
        firsts: what the first of them is called, (states,).
    """
    ends = np.cumsum(counts)
    begins = ends - counts
    size = int(ends[-1]) if len(ends) else 0

    def read(raw: Any, name: str) -> Obs:
        states = outside.whole_numbers(raw, shape, name).ravel()
        places = states - firsts
        wrong = np.flatnonzero((places < 0) | (places >= counts))
        if len(wrong):
            place = int(wrong[0])
            message = _("{name} is {value}, and its space says from {first} to {last}")
            first, last = int(firsts[place]), int(firsts[place] + counts[place] - 1)
            where = outside.observed(name)
            raise ValueRefusedError(message.format(name=where, value=int(states[place]), first=first, last=last))
        vector = np.zeros(size, np.float32)
        vector[begins + places] = 1.0
        return vector

    return read
