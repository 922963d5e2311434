"""One greedy episode as a video."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from core.files import replacing
from core.language import _
from core.one_line import one_line
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators, undisturbed
from core.policy_gradient.environments.environment import Environment, make, pictures_a_second
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.evaluation import check_fits
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork

SHORTEST: Final = 2
"""Hundredths of a second that a picture of a GIF is shown at least: browsers take anything quicker for ten."""


def record_video(policy: PolicyNetwork, config: TrainConfig, path: Path) -> None:
    """Play one greedy episode and write its pictures, from the first state to the last, at the environment's pace.

    Args:
        policy: who plays.
        config: names the environment; its seed also seeds this episode.
        path: an MP4 or GIF file. It is replaced at once, or stays.

    Raises:
        RecordingError: the format is unknown, the environment has no pictures, or the file can't be written.
        EnvironmentRefusedError: the environment can't be made.
        EnvironmentFailedError: it failed while the episode was played.
    """
    _check_suffix(path)
    seed = int(np.random.SeedSequence(config.seed, spawn_key=(2,)).generate_state(1)[0])
    with ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(5,))).in_use():
        environment = Environment(config.environment, seed, greedy=True)
        with contextlib.closing(environment):
            check_fits(policy, environment.shape, config)
            pace = pictures_a_second(environment.env)
            write_video(path, _greedy_episode(environment, NumpyPolicy(policy)), pace)


def frames_a_second(config: TrainConfig) -> float:
    """Return the pace of a run's environment.

    Raises:
        EnvironmentRefusedError: it can't be made.
    """
    with undisturbed(), contextlib.closing(make(config.environment)) as env:
        return pictures_a_second(env)


def write_video(path: Path, pictures: Iterator[Picture], fps: float) -> None:
    """Write pictures as a video.

    Args:
        path: an MP4 or GIF file. It is replaced at once, or stays.
        pictures: at least one, all of one size.
        fps: pictures a second.

    Raises:
        RecordingError: the format is unknown, there is no encoder for it, or the file can't be written.
    """
    _check_suffix(path)
    write = _write_gif if path.suffix.lower() == ".gif" else _write_mp4
    try:
        with replacing(path) as beside:
            beside.touch()  # fails in few words where ffmpeg would fill a screen
            write(beside, pictures, fps)
    except OSError as error:
        message = _("The video {path} can't be written: {reason}")
        raise RecordingError(message.format(path=path, reason=error.strerror or one_line(str(error)))) from error


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        raise RecordingError(message.format(suffixes=", ".join(VIDEO_SUFFIXES), path=path))


def _greedy_episode(environment: Environment, policy: NumpyPolicy) -> Iterator[Picture]:
    """Play to the end; yield a picture of every state, the first and the last included."""
    done = False
    while True:
        picture = environment.picture()
        if picture is None:
            raise RecordingError(_("{env_id} has no frames to record.").format(env_id=environment.env_id))
        yield picture
        if done:
            return
        _reward, terminated, truncated = environment.step(int(policy.greedy(environment.obs[None])[0]))
        done = terminated or truncated


def _write_mp4(path: Path, pictures: Iterator[Picture], fps: float) -> None:
    """Write H.264, which every player and slide program shows.

    Raises:
        RecordingError: nothing here can encode it.
    """
    if not _has_ffmpeg():
        message = _(
            "An MP4 can't be written: there is no ffmpeg here that encodes it. Install imageio-ffmpeg (or ffmpeg), "
            "or write a .gif, which needs none."
        )
        raise RecordingError(message)
    import imageio_ffmpeg

    first = next(pictures)
    height, width, _colours = first.shape
    # Blocks of 2, since H.264 wants even sides; the writer's default of 16 would stretch 600 × 400 to 608 × 400.
    writer = imageio_ffmpeg.write_frames(
        path, (width, height), fps=fps, codec="libx264", macro_block_size=2, ffmpeg_log_level="error"
    )
    try:
        writer.send(None)  # the generator's start
        writer.send(first)
        for picture in pictures:
            writer.send(picture)
    finally:
        writer.close()


def _has_ffmpeg() -> bool:
    """Whether there is a program that encodes: the one named, the one that came with imageio-ffmpeg, or another."""
    try:
        import imageio_ffmpeg

        return shutil.which(imageio_ffmpeg.get_ffmpeg_exe()) is not None
    except (ImportError, RuntimeError):
        return False


def _write_gif(path: Path, pictures: Iterator[Picture], fps: float) -> None:
    """Write an endless GIF; a picture that stays the same for a while is stored once, with a longer time."""
    images, milliseconds = [], []
    for picture, hundredths in timed(pictures, fps):
        images.append(Image.fromarray(picture).convert("P", palette=Image.Palette.ADAPTIVE))
        milliseconds.append(10 * hundredths)
    images[0].save(path, save_all=True, append_images=images[1:], duration=milliseconds, loop=0)


def timed(pictures: Iterator[Picture], fps: float) -> Iterator[tuple[Picture, int]]:
    """Yield the pictures that a GIF shows, each with the hundredths of a second it is shown.

    Together they last as long as all pictures would. Where these come too quickly for browsers, some are left out,
    evenly; the first and the last never.

    Args:
        pictures: at least one.
        fps: pictures a second.
    """
    kept, since, number = next(pictures), 0, 0
    too_soon: Picture | None = None
    for number, picture in enumerate(pictures, start=1):
        now = int(100 * number / fps)
        if now - since < SHORTEST:
            too_soon = picture
            continue
        yield kept, now - since
        kept, since, too_soon = picture, now, None
    if too_soon is not None:  # the last must be seen, in the place of the one before if that is not the first
        if since == 0:
            yield kept, SHORTEST
            since = SHORTEST
        kept = too_soon
    yield kept, max(SHORTEST, round(100 * (number + 1) / fps) - since)
