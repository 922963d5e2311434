"""What goes along the axes of the plane: a number of the observation, with its name, its unit and its range."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.language import _
from core.policy_gradient.environments.description import EnvironmentDescription
from core.policy_gradient.recording import Floats32

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
    described = known.observations if len(known.observations) == n_obs else ()
    ranges: list[AxisRange] = []
    for number in range(n_obs):
        one = described[number] if described else None
        if one is not None and one.reach is not None:
            reach = one.reach / one.factor
            limit = None if one.limit is None else one.limit / one.factor
            ranges.append(AxisRange(_(one.name), one.unit, one.factor, -reach, reach, limit))
            continue
        low, high = _seen_range(seen, number)
        name = _(one.name) if one is not None else _("Number {n}").format(n=number + 1)
        unit, factor = (one.unit, one.factor) if one is not None else ("", 1.0)
        ranges.append(AxisRange(name, unit, factor, low, high))
    return ranges


def _seen_range(seen: Floats32, number: int) -> tuple[float, float]:
    """Return a range around what was seen of a number, with some air, and never of no width."""
    if not len(seen):
        return -_UNKNOWN_REACH, _UNKNOWN_REACH
    low, high = (float(end(seen[:, number])) for end in (np.min, np.max))
    air = 0.1 * (high - low) or _UNKNOWN_REACH
    return low - air, high + air
