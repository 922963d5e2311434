"""Observations brought to mean 0 and deviation 1, by all that training has seen so far.

The statistics are those of Welford (1962), "Note on a method for calculating corrected sums of squares and products",
taken in batch by batch as in Chan, Golub and LeVeque (1979): exact however many numbers there are and however large
they are, which a sum of squares is not.

They are a part of the network, so that they are kept, copied and written with its weights, and whoever plays it scales
as it was trained. They change between two updates only: while a batch is played and learned from, π stays the same
function of what is observed.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

STILL: Final = 1e-6
"""A deviation below this part of the mean is rounding: float32 numbers have seven digits."""
_Doubles = npt.NDArray[np.float64]


class ObservationScale(nn.Module):
    """Mean and deviation of every number of an observation.

    Args:
        n_obs: numbers in an observation.

    Attributes:
        count: observations taken in, () float64.
        mean: their mean, (n_obs,) float64.
        squares: sum of their squared distances from it, (n_obs,) float64.
    """

    count: Tensor
    mean: Tensor
    squares: Tensor

    def __init__(self, n_obs: int) -> None:
        super().__init__()
        self.register_buffer("count", torch.zeros((), dtype=torch.float64))
        self.register_buffer("mean", torch.zeros(n_obs, dtype=torch.float64))
        self.register_buffer("squares", torch.zeros(n_obs, dtype=torch.float64))

    def forward(self, obs: Tensor) -> Tensor:
        """Return observations scaled, (…, n_obs) float32; as they are while nothing was taken in."""
        return torch.from_numpy(self.scaled(obs.detach().numpy()))

    def scaled(self, obs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return observations scaled, (…, n_obs) float32: torch and numpy play from the very same numbers."""
        result: npt.NDArray[np.float32] = ((obs - self.mean.numpy()) / self.deviation()).astype(np.float32)
        return result

    def folded(
        self, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return a first layer that does the same with observations as they are, since w·(s−μ)/σ is linear in s.

        Args:
            weight: of the layer that is given scaled observations, (width, n_obs).
            bias: likewise, (width,).
        """
        per_number = weight / self.deviation()
        return per_number.astype(np.float32), (bias - per_number @ self.mean.numpy()).astype(np.float32)

    def deviation(self) -> _Doubles:
        """Return what every number is divided by, (n_obs,): its deviation; 1 of a number that was always the same."""
        deviation: _Doubles = np.sqrt(self.squares.numpy() / max(1.0, float(self.count)))
        return np.where(deviation > STILL * (1.0 + np.abs(self.mean.numpy())), deviation, 1.0)

    def take_in(self, obs: npt.NDArray[np.float32]) -> None:
        """Let observations count from now on.

        Args:
            obs: (steps, n_obs), at least one step.
        """
        numbers = obs.astype(np.float64)
        steps, before = len(numbers), float(self.count)
        mean = numbers.mean(axis=0)
        squares = ((numbers - mean) ** 2).sum(axis=0)
        apart = mean - self.mean.numpy()
        # In place: these are the arrays that the network's state holds.
        self.squares += torch.from_numpy(squares + apart**2 * (before * steps / (before + steps)))
        self.mean += torch.from_numpy(apart * (steps / (before + steps)))
        self.count += steps
