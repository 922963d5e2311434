"""How the person who judges is told that two words only look alike."""

from __future__ import annotations

from core.language import _
from core.synonyms.look_alike import telling


def alike_words(one: str, other: str) -> str:
    """Return what to say of two words that look alike: that they do, and where they differ."""
    told = " / ".join(points or "–" for points in telling(one, other))
    return _("two spellings that look alike: {code_points}").format(code_points=told)
