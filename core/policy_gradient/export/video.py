"""Videos: written picture by picture; and one greedy episode as one."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final, Protocol, TypeVar

import numpy as np
from PIL import Image

from core.files import replacing
from core.language import _, listed
from core.one_line import system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators, undisturbed
from core.policy_gradient.environments.environment import Environment, make, pictures_a_second
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.errors import RecordingError
from core.policy_gradient.evaluation import check_fits
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork

_Shown = TypeVar("_Shown")
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
    with open_video(path, fps) as video:
        for picture in pictures:
            video.add(picture)


class VideoFile(Protocol):
    """A video that is being written."""

    def add(self, picture: Picture) -> None:
        """Let a picture follow, (height, width, 3); all are of one size.

        Raises:
            RecordingError: there is no encoder for it.
            OSError: it can't be written.
        """
        ...

    def finish(self) -> None:
        """Write what has not been written yet.

        Raises:
            OSError: it can't be written.
        """
        ...

    def give_up(self) -> None:
        """Let go of what writes it."""
        ...


@contextlib.contextmanager
def open_video(path: Path, fps: float) -> Iterator[VideoFile]:
    """Open a video to be written picture by picture; it takes the place of ``path`` when the block has ended well.

    Args:
        path: an MP4 or GIF file.
        fps: pictures a second.

    Raises:
        RecordingError: the format is unknown, there is no encoder for it, or the file can't be written.
    """
    _check_suffix(path)
    try:
        with replacing(path) as beside:
            beside.touch()  # fails in few words where ffmpeg would fill a screen
            video: VideoFile = _Gif(beside, fps) if path.suffix.lower() == ".gif" else _Mp4(beside, fps)
            try:
                yield video
                video.finish()
            finally:
                video.give_up()
    except OSError as error:
        message = _("The video {path} can't be written: {reason}")
        raise RecordingError(message.format(path=path, reason=system_reason(error))) from error


def _check_suffix(path: Path) -> None:
    if path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        raise RecordingError(message.format(suffixes=listed(VIDEO_SUFFIXES), path=path))


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


class _Mp4:
    """H.264, which every player and slide program shows.

    Raises:
        RecordingError: nothing here can encode it.
    """

    def __init__(self, path: Path, fps: float) -> None:
        if not _has_ffmpeg():
            message = _(
                "An MP4 can't be written: there is no ffmpeg here that encodes it. Install imageio-ffmpeg (or ffmpeg), "
                "or write a .gif, which needs none."
            )
            raise RecordingError(message)
        self._path, self._fps = path, fps
        self._writer: Generator[None, Picture | None, None] | None = None

    def add(self, picture: Picture) -> None:
        if self._writer is None:
            import imageio_ffmpeg

            height, width, _colours = picture.shape
            # Blocks of 2, since H.264 wants even sides; the writer's own 16 would stretch 600 × 400 to 608 × 400.
            self._writer = imageio_ffmpeg.write_frames(
                self._path, (width, height), fps=self._fps, codec="libx264", macro_block_size=2,
                ffmpeg_log_level="error",
            )  # fmt: skip
            self._writer.send(None)  # the generator's start
        self._writer.send(picture)

    def finish(self) -> None:
        self.give_up()

    def give_up(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()


def _has_ffmpeg() -> bool:
    """Whether there is a program that encodes: the one named, the one that came with imageio-ffmpeg, or another."""
    try:
        import imageio_ffmpeg

        return shutil.which(imageio_ffmpeg.get_ffmpeg_exe()) is not None
    except (ImportError, RuntimeError):
        return False


class _Gif:
    """An endless GIF; a picture that stays the same for a while is stored once, with a longer time."""

    def __init__(self, path: Path, fps: float) -> None:
        self._path, self._fps = path, fps
        self._images: list[Image.Image] = []
        self._last: Picture | None = None

    def add(self, picture: Picture) -> None:
        if self._last is not None and np.array_equal(picture, self._last):  # it stays: its colours are known
            self._images.append(self._images[-1])
            return
        self._last = np.array(picture)  # an environment may draw the next one into the same array
        self._images.append(Image.fromarray(picture).convert("P", palette=Image.Palette.ADAPTIVE))

    def finish(self) -> None:
        shown, hundredths = zip(*timed(iter(self._images), self._fps), strict=True)
        milliseconds = [10 * each for each in hundredths]
        first, *others = shown
        first.save(self._path, save_all=True, append_images=others, duration=milliseconds, loop=0)

    def give_up(self) -> None:
        self._images.clear()
        self._last = None


def timed(pictures: Iterator[_Shown], fps: float) -> Iterator[tuple[_Shown, int]]:
    """Yield the pictures that a GIF shows, each with the hundredths of a second it is shown.

    Together they last as long as all pictures would. Where these come too quickly for browsers, some are left out,
    evenly; the first and the last never.

    Args:
        pictures: at least one.
        fps: pictures a second.
    """
    kept, since, number = next(pictures), 0, 0
    too_soon: _Shown | None = None
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
