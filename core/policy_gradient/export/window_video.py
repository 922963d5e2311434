"""A video of a window: its pictures lie in files that both sides know, and are encoded while they come.

The window takes a picture now and then, writes its pixels as they are into one of ``SLOTS`` files, and says which; the
worker brings it to the size of the video, encodes it and says so, and the file may be written anew. So neither waits
for the other, and a long recording takes no more room than a short one. Where the encoder falls behind, the window
leaves pictures out, and the one before stays longer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from core.language import _
from core.policy_gradient.environments.outside import Picture
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.export.formats import PictureEncoded
from core.policy_gradient.export.video import VideoFile, open_video
from core.runtime.events import Payload


class _Taken(NamedTuple):
    """A picture that waits.

    Attributes:
        slot: which file it lies in.
        number: its place in the video, counted in pictures from 0.
        width, height: pixels.
    """

    slot: int
    number: int
    width: int
    height: int


class WindowVideo:
    """Writes the video, to be iterated once; each picture that was told is one ``PictureEncoded``.

    Args:
        path: an MP4 or GIF file. It is replaced at once when all is well, or stays.
        spool: the folder in which the pictures lie, one in a file named by its slot: four bytes a pixel, blue, green,
            red and nothing, line by line.
        size: width and height of the video. A picture of another shape stands in its middle.
        fps: pictures a second.

    Raises:
        RecordingError: the format is unknown, there is no encoder for it, or the file can't be written.
    """

    def __init__(self, path: Path, spool: Path, size: tuple[int, int], fps: int) -> None:
        self._path, self._spool, self._size, self._fps = path, spool, size, fps
        self._waiting: deque[_Taken] = deque()
        self._end: int | None = None

    def control(self, name: str, value: object) -> None:
        """Take a picture, or end.

        Args:
            name: ``picture``: the slot of one, its number, counted in pictures of the video from 0, its width and its
                height; ``end``: how many pictures the video has.
            value: the four numbers, or the one.

        Raises:
            ConfigError: there is nothing of that name.
        """
        if name == "picture" and isinstance(value, tuple):
            self._waiting.append(_Taken(*map(int, value)))
        elif name == "end" and isinstance(value, int):
            self._end = value
        else:
            raise ConfigError(name, _("{name} can't be changed during a run.").format(name=name))

    def __iter__(self) -> Iterator[Payload]:
        """Encode; see the class."""
        with open_video(self._path, self._fps) as video:
            shown, written, taken = None, 0, 0
            while self._end is None or self._waiting:
                if self._waiting:
                    picture = self._waiting.popleft()
                    written += _stay(video, shown, picture.number - written)
                    shown = self._fitted(picture)
                    video.add(shown)
                    written, taken = written + 1, taken + 1
                yield PictureEncoded(taken, written / self._fps)
            _stay(video, shown, self._end - written)

    def _fitted(self, taken: _Taken) -> Picture:
        """Return a picture in the size of the video; what it leaves free has the colour of its corner."""
        content = (self._spool / str(taken.slot)).read_bytes()
        picture = Image.frombuffer("RGB", (taken.width, taken.height), content, "raw", "BGRX", 0, 1)
        if picture.size != self._size:
            corner = picture.getpixel((0, 0))
            assert isinstance(corner, tuple)  # the picture has three channels
            picture = ImageOps.pad(picture, self._size, Image.Resampling.BILINEAR, color=corner)
        return np.asarray(picture)


def _stay(video: VideoFile, shown: Picture | None, times: int) -> int:
    """Let a picture stay for so many more; return for how many it has."""
    if shown is None or times <= 0:
        return 0
    for _time in range(times):
        video.add(shown)
    return times
