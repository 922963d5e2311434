"""What is kept of one run of an experiment, and what a run says while it is played. Reading it needs no torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import msgspec

from core.runtime.events import Payload

Count = Annotated[int, msgspec.Meta(ge=0)]
Seconds = Annotated[float, msgspec.Meta(ge=0)]


@dataclass(frozen=True, slots=True)
class GradientNoise:
    """How far the gradients g of several batches, all with the same weights, disagree.

    Attributes:
        variance: E‖g − E g‖², the sum of the variances of the gradient's components (with n − 1).
        signal: ‖E g‖², the squared length of what they agree on, freed of the noise in its estimate; at least 0.
    """

    variance: float
    signal: float

    @property
    def ratio(self) -> float | None:
        """Return variance over signal, which no scale of the returns changes; None where nothing is agreed on."""
        return self.variance / self.signal if self.signal > 0 else None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of one variant.

    Attributes:
        config: its hyperparameters with the seed, as ``TrainConfig.to_dict`` gives them.
        durations: steps of every training episode.
        returns: return of every training episode.
        solved_episode: the episode at which it counted as solved; None if it never did.
        solved_seconds: wall seconds until then, evaluations included; None if it never did.
        seconds: wall seconds of the whole run.
        threshold: mean return that counts as solved; None where nothing names one.
        error: why training went no further, in one line; empty for a run that came to its end.
        noise: how noisy the gradient is with the run's first weights; None where it was not measured.
    """

    config: Mapping[str, Any]
    durations: tuple[Count, ...]
    returns: tuple[float, ...]
    solved_episode: Count | None
    solved_seconds: Seconds | None
    seconds: Seconds
    threshold: float | None
    error: str = ""
    noise: GradientNoise | None = None


@dataclass(frozen=True, slots=True)
class RunProgress(Payload):
    """How far a run is.

    Attributes:
        episodes: training episodes that are over.
        of: after how many it ends at the latest.
    """

    newest_only: ClassVar[bool] = True

    episodes: int
    of: int
