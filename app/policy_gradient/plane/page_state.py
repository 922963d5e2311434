"""What was saved of the page beside the run, read as far as this version can use it."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec

from core.decode import decode_usable

_Number = Annotated[int, msgspec.Meta(ge=0, le=10_000)]


@dataclass(frozen=True, slots=True)
class PlaneState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        axes: the numbers to the right and up.
        held: what every number is held at; empty where that is not known.
        follows: whether they follow the episode on screen.
        path, visited: whether the path and the visited states lie on the map.
        greedy: whether a started episode is a greedy one.
        start: where an episode was started.
        action: whose probability is shown.
    """

    axes: tuple[_Number, _Number] | None = None
    held: tuple[float, ...] = ()
    follows: bool | None = None
    path: bool | None = None
    visited: bool | None = None
    greedy: bool | None = None
    start: tuple[float, ...] | None = None
    action: _Number | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}


def decode_plane_state(state: object) -> PlaneState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    usable, _unusable = decode_usable(PlaneState(), state if isinstance(state, dict) else {})
    finite = {
        name: all(map(math.isfinite, values or ())) for name, values in (("held", usable.held), ("start", usable.start))
    }
    return PlaneState(
        usable.axes if usable.axes is not None and usable.axes[0] != usable.axes[1] else None,
        usable.held if finite["held"] else (),
        usable.follows,
        usable.path,
        usable.visited,
        usable.greedy,
        usable.start if finite["start"] else None,
        usable.action,
    )
