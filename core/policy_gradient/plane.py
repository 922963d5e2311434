"""A policy as a picture: what it does in every state of a plane through the space of observations.

Two numbers of the observation go along the axes, the others are held. In CartPole the plane of angle and angular
velocity shows what the article's agent has found out: to the right of a slanted line it pushes right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from core.policy_gradient.networks.layers import Layers, activations, probabilities
from core.policy_gradient.runs.recording import Floats32

SIDE: Final = 161
"""States along each axis: one is in the middle, and a picture of it is as fine as a screen shows."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle of states.

    Attributes:
        x, y: which numbers of an observation go to the right and up.
        x_range, y_range: the least and the greatest of each.
        held: what all numbers of the observation are; the two on the axes are not used.
    """

    x: int
    y: int
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    held: tuple[float, ...]

    def observations(self, side: int = SIDE) -> Floats32:
        """Return the states, (side, side, n_obs): rows from the least y to the greatest."""
        obs = np.empty((side, side, len(self.held)), np.float32)
        obs[:] = self.held
        obs[:, :, self.x] = np.linspace(*self.x_range, side)
        obs[:, :, self.y] = np.linspace(*self.y_range, side)[:, None]
        return obs


def policy_on(layers: Layers, plane: Plane, action: int = 1, side: int = SIDE) -> Floats32:
    """Return π(action|s) for every state of the plane, (side, side).

    Args:
        layers: the policy's network.
        plane: the states.
        action: whose probability is asked for.
        side: states along each axis.
    """
    obs = plane.observations(side).reshape(side * side, -1)
    chosen: Floats32 = probabilities(activations(layers, obs)[-1])[:, action].reshape(side, side)
    return chosen


def visits(obs: Floats32, plane: Plane, side: int) -> npt.NDArray[np.float64]:
    """Return how often states were visited, as the share of the greatest count, (side, side) from 0 to 1.

    The other numbers of the states are not looked at, so states beside the plane are counted where they lie over it.

    Args:
        obs: the states, (n, n_obs).
        plane: where they are counted; those beyond its edges are left out.
        side: cells along each axis.
    """
    counts, _rows, _columns = np.histogram2d(
        obs[:, plane.y], obs[:, plane.x], bins=side, range=(plane.y_range, plane.x_range)
    )
    most = counts.max(initial=0)
    shares: npt.NDArray[np.float64] = counts / most if most > 0 else counts
    return shares
