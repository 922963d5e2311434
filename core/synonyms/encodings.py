"""In which encoding a text is written: every candidate is read, and the reading that looks like a text is taken.

That bytes can be decoded says little: almost any bytes are GB18030, and Big5 read as GB18030 gives other hanzi without
an error. What a reading is worth is how many of its characters are such as people write.
"""

from __future__ import annotations

import codecs
import contextlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.synonyms.hanzi import SIMPLIFIED, TRADITIONAL

SAMPLE: Final = 1 << 18
"""Bytes that are enough to tell."""

MARK: Final = "\ufeff"
"""What a byte order mark is as a character; GB18030's codec leaves it in the text."""

_GB18030_MARK: Final = MARK.encode("gb18030")

_CODECS: Final = {"big5": "big5hkscs"}
"""Encodings whose Python codec has another name; Hong Kong's is Big5 with what was added since."""

_MOSTLY: Final = 0.1
"""Share of broken characters up to which a text is still taken for UTF-8 with mistakes in it."""

_CLEAR: Final = 0.15
"""By how much the best reading must be better than the next to be beyond doubt."""

_GOOD: Final = 0.35
"""What a reading of Chinese text is worth at least; names and rare words are worth less than news."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text is written in.

    Attributes:
        encoding: as a person names it.
        is_doubtful: another reading looks nearly as good, or none looks good: look at the words before use.
    """

    encoding: str
    is_doubtful: bool = False


def codec_of(encoding: str) -> str:
    """Return the name Python knows the encoding by."""
    return _CODECS.get(encoding, encoding)


def errors_of(encoding: str) -> str:
    """Return what becomes of broken bytes: lone surrogates keep them; UTF-16 has no room for such, and marks them."""
    return "replace" if encoding.startswith("utf-16") else "surrogateescape"


def marked(head: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning of a file names, None where there is none."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(_GB18030_MARK):
        return "gb18030"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else None


def guess(data: bytes) -> Guess:
    """Return the encoding of ``data``, the beginning of a text or its lines that are not ASCII."""
    if (named := marked(data)) is not None:
        return Guess(named)
    if wide := _wide(data):
        return wide
    if data.isascii() or is_utf8(data):
        return Guess("utf-8")
    worth = {name: _worth(data.decode(codec_of(name), "replace")) for name in ("utf-8", "gb18030", "big5")}
    best, other, _last = sorted(worth, key=lambda name: worth[name], reverse=True)
    return Guess(best, worth[best] < _GOOD or worth[best] - worth[other] < _CLEAR)


def guess_of(data: bytes) -> Guess:
    """Return the encoding of ``data``, a whole text."""
    sample = data[:SAMPLE]
    if marked(sample) is None and b"\0" not in sample:  # what tells may stand far down
        sample = b"".join(line for line in data.splitlines(keepends=True) if not line.isascii())[:SAMPLE]
    return guess(sample)


def decoded(data: bytes, found: Guess | None = None) -> str:
    """Return ``data`` as text in the encoding it looks like; bytes that are broken come as lone surrogates.

    Args:
        data: a whole text.
        found: its encoding, where that was asked for already.
    """
    encoding = (found or guess_of(data)).encoding
    return data.decode(codec_of(encoding), errors_of(encoding)).removeprefix(MARK)


def is_utf8(data: bytes) -> bool:
    """Tell whether ``data`` is UTF-8, perhaps with a few broken characters in it."""
    with contextlib.suppress(UnicodeDecodeError):
        data.decode()
        return True
    text = data.decode("utf-8", "surrogateescape")
    foreign = [char for char in text if not char.isascii()]
    broken = sum("\udc80" <= char <= "\udcff" for char in foreign)
    return broken <= _MOSTLY * len(foreign)


def _wide(data: bytes) -> Guess | None:
    """Return UTF-16 where ``data`` reads as that: line ends and Latin letters have a zero byte on one side."""
    if b"\0" not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) > _MOSTLY * max(even, odd):
        return None
    text = data[: len(data) // 2 * 2].decode(name, "replace")
    if any(char < " " and char not in "\t\r\n" for char in text):
        return None
    # Latin text alone has its zeros; anything else must look like Chinese.
    return Guess(name) if text.isascii() or _worth(text) >= _GOOD else None


@cache
def _weights() -> dict[str, float]:
    """Return what a character is worth: 1 for the most frequent hanzi, half of that for the last of the list."""
    weights: dict[str, float] = {}
    for listed in (SIMPLIFIED, TRADITIONAL):
        weights.update((char, 1.0 - n / (2 * len(listed))) for n, char in enumerate(listed))
    return weights | dict.fromkeys("，。、；：？！“”‘’（）《》〈〉「」『』—…·　", 0.8)


def _worth(text: str) -> float:
    """Return the mean worth of the characters of a reading that are not ASCII, −1 to 1."""
    weights = _weights()
    foreign = [char for char in text if not char.isascii()]
    return sum(weights.get(char, _of_others(char)) for char in foreign) / max(len(foreign), 1)


def _of_others(char: str) -> float:
    """Return what a character outside the list is worth: a rare hanzi nothing, what no text has less than that."""
    if char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or not char.isprintable():
        return -1.0
    return 0.0 if "\u4e00" <= char <= "\u9fff" else -0.2
