"""Why a lecture can't be read, written or given."""

from __future__ import annotations

from core.spoken_error import SpokenError


class LectureError(SpokenError):
    """What is wrong, where in the file, and what to do, in a sentence."""
