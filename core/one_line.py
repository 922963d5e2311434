"""What others say, in one line: messages of libraries and of foreign code may be empty, long or of many lines."""

from __future__ import annotations

from typing import Final

_MOST: Final = 300
"""Characters that are kept of a message."""


def one_line(text: str) -> str:
    """Return ``text`` in one line of at most 300 characters, each of which can be printed."""
    seen = "".join(character if character.isprintable() else " " for character in text)
    words = " ".join(seen.split())
    return words if len(words) <= _MOST else words[: _MOST - 1] + "…"


def reason_of(error: BaseException) -> str:
    """Return what went wrong in one line: the class of the error, and its message if it has one."""
    kind = type(error).__name__
    try:
        said = one_line(str(error))
    except Exception:  # a message of foreign code, which can fail like all of it
        said = ""
    return f"{kind}: {said}" if said else kind
