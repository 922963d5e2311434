"""A training episode as a video: played again in the environment, and drawn by it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.export.video import frames_a_second, write_video
from core.policy_gradient.runs.recording import EpisodeRecord
from core.policy_gradient.runs.replay import replay
from core.runtime.events import Payload


def record_episode(config: TrainConfig, record: EpisodeRecord, path: Path) -> None:
    """Play ``record`` again and write its pictures, from the first state to the last, at the environment's pace.

    Args:
        config: of its run.
        record: what was played.
        path: an MP4 or GIF file. It is replaced at once, or stays.

    Raises:
        RecordingError: the environment draws no picture, there is no encoder, or the file can't be written.
        ReplayError: the environment parts from what was recorded.
        EnvironmentRefusedError: it can't be made.
    """
    with contextlib.closing(_pictures(config, record)) as pictures:
        write_video(path, pictures, frames_a_second(config))


def recording(config: TrainConfig, record: EpisodeRecord, path: Path) -> Generator[Payload, None, None]:
    """Write the video, as a task of a worker; see ``record_episode``."""
    yield from ()
    record_episode(config, record, path)


def _pictures(config: TrainConfig, record: EpisodeRecord) -> Generator[Picture, None, None]:
    with contextlib.closing(replay(config, record, pictures=range(record.duration + 1))) as moments:
        for moment in moments:
            if moment.picture is None:
                raise RecordingError(_("{env_id} has no frames to record.").format(env_id=config.env_id))
            yield moment.picture
