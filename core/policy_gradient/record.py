"""One greedy episode as a video."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import imageio.v2 as imageio
import numpy as np

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environment import Stage
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.files import VIDEO_SUFFIXES, replacing
from core.policy_gradient.policy import PolicyNetwork, QuickPolicy


def record_video(policy: PolicyNetwork, config: TrainConfig, path: Path) -> int:
    """Play one greedy episode and write its pictures, at the environment's own pace.

    Args:
        policy: who plays.
        config: names the environment; its seed also seeds this episode.
        path: an MP4 or GIF file. It is replaced at once, or stays.

    Returns:
        The number of pictures: one for the start and one for each step.

    Raises:
        RecordingError: the format is unknown, the environment has no pictures, or the file can't be written.
        EnvironmentRefusedError: the environment can't be made.
    """
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video must end in {suffixes}; {path} does not.")
        raise RecordingError(message.format(suffixes=", ".join(VIDEO_SUFFIXES), path=path))
    seed = int(np.random.SeedSequence(config.seed, spawn_key=(2,)).generate_state(1)[0])
    stage = Stage(config.env_id, seed)
    try:
        with replacing(path) as beside, _writer(beside, stage.env.metadata.get("render_fps", 30)) as writer:
            return _play(stage, QuickPolicy(policy), writer)
    except (OSError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        message = _("The video {path} can't be written: {reason}")
        raise RecordingError(message.format(path=path, reason=reason)) from error
    finally:
        stage.close()


def _writer(path: Path, fps: float) -> Any:
    """Return imageio's writer for the ending of ``path``."""
    if path.suffix.lower() == ".gif":
        return imageio.get_writer(path, format="GIF-PIL", mode="I", duration=1000 / fps, loop=0)  # ms
    # Blocks of 2: H.264 wants even sides; imageio's default of 16 would stretch CartPole's 600 × 400 to 608
    # × 400.
    return imageio.get_writer(path, format="FFMPEG", mode="I", fps=fps, codec="libx264", macro_block_size=2)


def _play(stage: Stage, policy: QuickPolicy, writer: Any) -> int:
    """Play to the end, drawing every state; return the number of pictures."""
    frames, done = 0, False
    while True:
        image = stage.picture()
        if image is None:
            message = _("{env_id} has no pictures to record.")
            raise RecordingError(message.format(env_id=stage.env.spec.id if stage.env.spec else stage.env))
        writer.append_data(image)
        frames += 1
        if done:
            return frames
        action = int(policy.greedy(stage.obs[None])[0]) + stage.shape.first_action
        obs, _reward, terminated, truncated, _info = stage.env.step(action)
        stage.obs = np.asarray(obs, dtype=np.float32)
        done = terminated or truncated
