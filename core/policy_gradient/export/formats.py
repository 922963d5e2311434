"""The kinds of file this subject writes. Apart from who writes them, because that needs torch."""

from __future__ import annotations

from typing import Final

VIDEO_SUFFIXES: Final = (".mp4", ".gif")
"""The kinds of video ``record_video`` writes."""
