"""The environment's own picture of one moment of a recorded episode, as a task of a worker."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.policy_gradient.config import TrainConfig
from core.policy_gradient.runs.recording import EpisodeRecord
from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class Still(Payload):
    """A moment of an episode.

    Attributes:
        episode: which.
        step: steps taken before it.
        image: (height, width, 3) uint8; None where the environment draws none.
    """

    episode: int
    step: int
    image: npt.NDArray[np.uint8] | None


def still(config: TrainConfig, record: EpisodeRecord, step: int) -> Generator[Payload, None, Still]:
    """Play ``record`` again up to ``step``, and return how that looks.

    Raises:
        ReplayError: the environment parts from what was recorded before.
        PolicyGradientError: it can't be made, or failed.
    """
    from core.policy_gradient.runs.replay import replay  # gymnasium: not for who only wants the result's type

    yield from ()
    image = None
    with contextlib.closing(replay(config, record, pictures={step})) as moments:
        for moment in moments:
            if moment.step == step:
                image = moment.picture
                break
    return Still(record.episode, step, image)
