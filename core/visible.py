"""Text from outside on a terminal: characters that command it are shown, not obeyed.

A name in a file may hold an escape sequence that clears the screen, moves the cursor or renames the window, and a mark
of direction that turns a line round.
"""

from __future__ import annotations

import re
from typing import Final

_COMMANDS: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Return ``text`` on one line, control characters as their pictures (``␛``) or numbers (``<U+202E>``)."""
    return _COMMANDS.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x20:
        return chr(0x2400 + number)
    return "␡" if number == 0x7F else f"<U+{number:04X}>"
