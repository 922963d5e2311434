"""Pinyin as people read it: CC-CEDICT's numbered syllables (``lu:4 se4``) with tone marks (``lǜ sè``)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS: Final = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
"""Combining macron, acute, caron, grave; the fifth, light tone carries no mark."""

_SYLLABLE: Final = re.compile(r"([A-Za-zÜüÊê:]+)([1-5])")


def tone_marks(numbered: str) -> str:
    """Return ``numbered`` pinyin with tone marks: ``"Lu:3 liang2"`` becomes ``"Lǚ liáng"``.

    What is not a numbered syllable (Latin letters, ``·``, commas) stays as it is; the light tone 5 is
    dropped, and CC-CEDICT's ``r5`` (the 儿 ending) becomes ``r``.
    """
    return _SYLLABLE.sub(lambda match: _mark(match[1], match[2]), numbered)


def _mark(letters: str, tone: str) -> str:
    """Put the mark of ``tone`` on its letter: on a or e, on the o of ou, else on the last vowel."""
    syllable = re.sub("u:|v", "ü", letters)
    syllable = re.sub("U:|V", "Ü", syllable)
    if tone not in _MARKS:
        return syllable
    lower = syllable.lower()
    for vowel in ("a", "e", "ê"):
        if vowel in lower:
            place = lower.index(vowel)
            break
    else:
        place = lower.index("ou") if "ou" in lower else max(map(lower.rfind, "iouü"))
    if place < 0:  # m, n, ng, hm: interjections without a vowel carry the mark on the nasal
        place = max(lower.find("m"), lower.find("n"))
    if place < 0:
        return syllable
    marked = syllable[: place + 1] + _MARKS[tone] + syllable[place + 1 :]
    return unicodedata.normalize("NFC", marked)
