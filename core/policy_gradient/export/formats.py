"""The kinds of file this subject writes, and what is said meanwhile. Apart from who writes them: that needs torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from core.runtime.events import Payload

VIDEO_SUFFIXES: Final = (".mp4", ".gif")
"""The kinds of video ``record_video`` writes."""
SLOTS: Final = 8
"""Pictures that may wait to be encoded."""


@dataclass(frozen=True, slots=True)
class PictureEncoded(Payload):
    """A picture is in the video; its place is free again.

    Attributes:
        taken: pictures taken so far; those that stayed longer count once.
        seconds: how long the video is by now.
    """

    newest_only: ClassVar[bool] = True

    taken: int
    seconds: float
