"""Words of right-to-left scripts inside lines that run from left to right."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
"""Unicode's classes of what runs from right to left, or makes what follows do so."""
_ISOLATE, _END = "\u2068", "\u2069"


def is_right_to_left(words: str) -> bool:
    """Return whether ``words`` begin, letters alone counted, in a script that runs from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in words)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"


def isolated(words: str) -> str:
    """Return ``words`` so that they don't turn around what stands beside them.

    Between two Hebrew words an arrow belongs to them, and “א → ב” is drawn as “ב → א”: who looks at whom would be
    said the wrong way round. Unicode's isolates (UAX 9, section 2.4) keep each word to itself.
    """
    mixed = any(unicodedata.bidirectional(letter) in _TURNING for letter in words)
    return f"{_ISOLATE}{words}{_END}" if mixed else words
