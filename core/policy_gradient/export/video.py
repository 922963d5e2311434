"""One greedy episode as a video."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image

from core.files import replacing
from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.environment import Environment, Picture
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork


def record_video(policy: PolicyNetwork, config: TrainConfig, path: Path) -> None:
    """Play one greedy episode and write its pictures, from the first state to the last, at the environment's pace.

    Args:
        policy: who plays.
        config: names the environment; its seed also seeds this episode.
        path: an MP4 or GIF file. It is replaced at once, or stays.

    Raises:
        RecordingError: the format is unknown, the environment has no pictures, or the file can't be written.
        EnvironmentRefusedError: the environment can't be made.
    """
    suffix = path.suffix.lower()
    if suffix not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        raise RecordingError(message.format(suffixes=", ".join(VIDEO_SUFFIXES), path=path))
    seed = int(np.random.SeedSequence(config.seed, spawn_key=(2,)).generate_state(1)[0])
    environment = Environment(config.env_id, seed)
    fps = float(environment.env.metadata.get("render_fps", 30))
    write = _write_gif if suffix == ".gif" else _write_mp4
    try:
        with replacing(path) as beside:
            beside.touch()  # fails in few words where ffmpeg would fill a screen
            write(beside, _greedy_episode(environment, NumpyPolicy(policy)), fps)
    except OSError as error:
        reason = " ".join(str(error).split())
        message = _("The video {path} can't be written: {reason}")
        raise RecordingError(message.format(path=path, reason=reason)) from error
    finally:
        environment.close()


def _greedy_episode(environment: Environment, policy: NumpyPolicy) -> Iterator[Picture]:
    """Play to the end; yield a picture of every state, the first and the last included."""
    done = False
    while True:
        picture = environment.picture()
        if picture is None:
            message = _("{env_id} has no frames to record.")
            raise RecordingError(
                message.format(env_id=environment.env.spec.id if environment.env.spec else environment.env)
            )
        yield picture
        if done:
            return
        action = int(policy.greedy(environment.obs[None])[0]) + environment.shape.first_action
        obs, _reward, terminated, truncated, _info = environment.env.step(action)
        environment.obs = np.asarray(obs, dtype=np.float32)
        done = terminated or truncated


def _write_mp4(path: Path, pictures: Iterator[Picture], fps: float) -> None:
    """Write H.264, which every player and slide program shows."""
    first = next(pictures)
    height, width, _colours = first.shape
    # Blocks of 2, since H.264 wants even sides; the writer's default of 16 would stretch 600 × 400 to 608 × 400.
    writer = imageio_ffmpeg.write_frames(
        path, (width, height), fps=fps, codec="libx264", macro_block_size=2, ffmpeg_log_level="error"
    )
    try:
        writer.send(None)  # the generator's start
        writer.send(np.ascontiguousarray(first))
        for picture in pictures:
            writer.send(np.ascontiguousarray(picture))
    finally:
        writer.close()


def _write_gif(path: Path, pictures: Iterator[Picture], fps: float) -> None:
    """Write an endless GIF; a picture that stays the same for a while is stored once, with a longer time."""
    images = (Image.fromarray(picture) for picture in pictures)
    next(images).save(path, save_all=True, append_images=images, duration=1000 / fps, loop=0)  # ms
