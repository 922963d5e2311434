"""A video of a window: its pictures lie in a file that both sides know, and are encoded while they come.

The window takes a picture now and then, puts it into one of ``SLOTS`` places of the file, and says which; the worker
encodes it and says so, and the place is free again. So neither waits for the other, and a long recording takes no more
room than a short one. Where the encoder falls behind, the window leaves pictures out, and the one before stays longer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core.language import _
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.export.formats import PictureEncoded
from core.policy_gradient.export.video import VideoFile, open_video
from core.runtime.events import Payload


class WindowVideo:
    """Writes the video, to be iterated once; each picture that was told is one ``PictureEncoded``.

    Args:
        path: an MP4 or GIF file. It is replaced at once when all is well, or stays.
        spool: the file in which the pictures lie, of ``SLOTS`` places.
        size: width and height of a picture.
        fps: pictures a second.

    Raises:
        RecordingError: the format is unknown, there is no encoder for it, or the file can't be written.
    """

    def __init__(self, path: Path, spool: Path, size: tuple[int, int], fps: int) -> None:
        self._path, self._spool, self._size, self._fps = path, spool, size, fps
        self._waiting: deque[tuple[int, int]] = deque()
        self._end: int | None = None

    def control(self, name: str, value: object) -> None:
        """Take a picture, or end.

        Args:
            name: ``picture``: the place of one and its number, counted in pictures of the video from 0; ``end``: how
                many pictures the video has.
            value: the two numbers, or the one.

        Raises:
            ConfigError: there is nothing of that name.
        """
        if name == "picture" and isinstance(value, tuple):
            slot, number = value
            self._waiting.append((int(slot), int(number)))
        elif name == "end" and isinstance(value, int):
            self._end = value
        else:
            raise ConfigError(name, _("{name} can't be changed during a run.").format(name=name))

    def __iter__(self) -> Iterator[Payload]:
        """Encode; see the class."""
        with open_video(self._path, self._fps) as video, self._spool.open("rb") as spool:
            shown, written, taken = None, 0, 0
            while self._end is None or self._waiting:
                if self._waiting:
                    slot, number = self._waiting.popleft()
                    written += _stay(video, shown, number - written)
                    shown = self._picture(spool, slot)
                    video.add(shown)
                    written, taken = written + 1, taken + 1
                yield PictureEncoded(taken, written / self._fps)
            _stay(video, shown, self._end - written)

    def _picture(self, spool: BinaryIO, slot: int) -> Picture:
        width, height = self._size
        spool.seek(slot * width * height * 3)
        content = spool.read(width * height * 3)
        return np.frombuffer(content, np.uint8).reshape(height, width, 3)


def _stay(video: VideoFile, shown: Picture | None, times: int) -> int:
    """Let a picture stay for so many more; return for how many it has."""
    if shown is None or times <= 0:
        return 0
    for _time in range(times):
        video.add(shown)
    return times
