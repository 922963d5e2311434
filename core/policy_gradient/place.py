"""A place in a run, and how to come back to it.

A run is settled by its config and seed, and by when its learning rate was changed by hand. So a place in it needs no
weights: it is where certain counts are reached for the first time, and whoever plays the run again comes by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec

from core.runtime.events import Payload

Count = Annotated[int, msgspec.Meta(ge=0)]
Rate = Annotated[float, msgspec.Meta(gt=0, le=1)]


@dataclass(frozen=True, slots=True)
class Place:
    """What a run has said up to here.

    Attributes:
        env_steps: training steps, those of the episode under way included.
        episodes: episodes that are over.
        updates: updates.
        evaluations: greedy evaluations.
        solved: whether it was said that the environment is solved.
    """

    env_steps: Count = 0
    episodes: Count = 0
    updates: Count = 0
    evaluations: Count = 0
    solved: bool = False

    def is_reached_by(self, other: Place) -> bool:
        """Return whether ``other``, of the same run, is here or further on."""
        return (
            other.env_steps >= self.env_steps
            and other.episodes >= self.episodes
            and other.updates >= self.updates
            and other.evaluations >= self.evaluations
            and other.solved >= self.solved
        )


@dataclass(frozen=True, slots=True)
class ReturnTo:
    """A run that goes back to where it was before.

    Attributes:
        place: where.
        learning_rates: what was changed by hand before: the update from which on it held, and the learning rate.
    """

    place: Place
    learning_rates: tuple[tuple[Count, Rate], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceReached(Payload):
    """The run is where it was to go back to; said once, right after the payload that led there.

    Attributes:
        place: where.
    """

    place: Place
