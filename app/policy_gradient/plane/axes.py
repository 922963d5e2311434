"""What goes along the axes of the plane: a number of the observation, with its name, its unit and its range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.language import _
from core.policy_gradient.environments.description import EnvironmentDescription, ObservationDescription
from core.policy_gradient.runs.recording import Floats32

_UNKNOWN_REACH = 1.0
"""What is shown to either side of zero of a number of which nothing is known and nothing has been seen."""


@dataclass(frozen=True, slots=True)
class AxisRange:
    """One number of an observation as an axis or a slider shows it.

    Attributes:
        name: already in the language in use.
        unit: as it follows the number.
        factor: from the environment's own unit to this one.
        low, high: the ends, in the environment's own unit.
        limit: where the episode ends, in the environment's own unit; None where it does not.
    """

    name: str
    unit: str
    factor: float
    low: float
    high: float
    limit: float | None = None

    def written(self, value: float, digits: int = 2) -> str:
        """Return ``value``, in the environment's own unit, as a person reads it."""
        shown = round(value * self.factor, digits) + 0.0  # no −0.00
        return f"{shown:+.{digits}f}{self.unit}".replace("-", "−")


def axis_ranges(known: EnvironmentDescription, n_obs: int, seen: Floats32) -> list[AxisRange]:
    """Return a range for every number of an observation.

    Args:
        known: what is known of the environment.
        n_obs: how many numbers there are.
        seen: states that were visited, (n, n_obs), for numbers of which nothing is known.
    """
    described = _numbers(known, n_obs)
    ranges: list[AxisRange] = []
    for number in range(n_obs):
        one, name = described[number] if described else (None, _("Number {n}").format(n=number + 1))
        if one is None or (one.reach is None and not one.states):
            low, high = _seen_range(seen, number)
            unit, factor = (one.unit, one.factor) if one is not None else ("", 1.0)
            ranges.append(AxisRange(name, unit, factor, low, high))
        elif one.states:
            ranges.append(AxisRange(name, "", 1.0, 0.0, 1.0))
        else:
            reach = (one.reach or 1.0) / one.factor
            limit = None if one.limit is None else one.limit / one.factor
            ranges.append(AxisRange(name, one.unit, one.factor, -reach, reach, limit))
    return ranges


def _numbers(known: EnvironmentDescription, n_obs: int) -> list[tuple[ObservationDescription, str]]:
    """Return of every number of an observation what is known of it and its name; nothing where it does not fit."""
    if known.n_obs != n_obs:
        return []
    return [
        (one, f"{_(one.name)} {one.first + state}" if one.states else _(one.name))
        for one in known.observations
        for state in range(one.size)
    ]


def _seen_range(seen: Floats32, number: int) -> tuple[float, float]:
    """Return a range around what was seen of a number, with some air, and never of no width."""
    if not len(seen):
        return -_UNKNOWN_REACH, _UNKNOWN_REACH
    low, high = (float(end(seen[:, number])) for end in (np.min, np.max))
    air = 0.1 * (high - low) or _UNKNOWN_REACH
    return low - air, high + air
