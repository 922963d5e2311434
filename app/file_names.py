"""Names of files from what is in them, which every system can hold: ``attention-他在银行-L3-mean.png``."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_PART: Final = 24
"""Characters of one part, such as a sentence: enough to tell two of them apart."""
MOST_BYTES: Final = 120
"""Of the whole name without its ending: file systems hold 255, and something is often put behind it."""

_GAP: Final = re.compile(r"[\s_]+")
_FORBIDDEN: Final = frozenset('<>:"/\\|?*%')
"""What Windows has no names with; a percent sign is read as a variable's in its scripts."""
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
"""What Windows takes for a device, whatever ending follows."""


def file_name(*parts: str, ending: str = "") -> str:
    """Return a name that says what is in a file.

    Args:
        parts: what it is, whose, which: joined by hyphens; empty ones, and what no name can hold, are left out.
        ending: ``.png`` and the like; empty where the dialog's kind gives it.
    """
    cleaned = (_clean(part) for part in parts)
    name = _cut("-".join(part for part in cleaned if part), MOST_BYTES) or "yaya-lab"
    return f"{'_' if _RESERVED.match(name) else ''}{name}{ending}"


def _clean(text: str) -> str:
    """Return one part: signs and invisible characters away, blanks as hyphens, not too long."""
    text = unicodedata.normalize("NFC", text)
    spaced = (" " if char in _FORBIDDEN or char.isspace() else char for char in text)
    kept = "".join(char for char in spaced if not unicodedata.category(char).startswith("C"))
    return _GAP.sub("-", kept[: _end_of(kept, LONGEST_PART)].strip()).strip("-~. 。，、！？!?,;；：")


def _end_of(text: str, most: int) -> int:
    """Return where to cut ``text``: at ``most``, but never between a letter and what is written on it."""
    end = min(most, len(text))
    while 0 < end < len(text) and unicodedata.combining(text[end]):
        end -= 1
    return end


def _cut(name: str, most: int) -> str:
    """Return the beginning of ``name`` in at most ``most`` bytes of UTF-8, whole characters only."""
    return name.encode(errors="replace")[:most].decode(errors="ignore").rstrip("-. ")
