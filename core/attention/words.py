"""Where people see characters and words in a text."""

from __future__ import annotations

import logging
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, Protocol

import regex

Stretch = tuple[int, int]
"""(start, end) in code points of the text."""

_CHARACTER: Final = regex.compile(r"\X")
_INVISIBLE: Final = regex.compile(r"[\p{Cc}\p{Cf}\p{Z}]*")
_KATAKANA: Final = r"[\p{Katakana}ーｰﾞﾟ]"
_NUMBER: Final = r"\d+(?:[.．]\d+|,\d{3}(?!\d))+"
_LETTER: Final = rf"(?:(?!{_KATAKANA}|\p{{Han}})\w)"
_RUN: Final = regex.compile(
    rf"""
    \b(?:\p{{Latin}}\.){{2,}}(?:\p{{Latin}}\b)?       # U.S.A.
    | (?>{_LETTER}+(?:['’]{_LETTER}+|(?<=\d)[.．](?=\d){_LETTER}+|(?<=\d),(?=\d{{3}}(?!\d)){_LETTER}+)*)(?!\w)  # don't
    | {_NUMBER}                                       # 1.5 before 倍
    | {_KATAKANA}+                                    # テキスト
    | (?:(?!{_KATAKANA}|{_NUMBER})\w)+                # T恤
    | [^\w\s]
    """,
    regex.VERBOSE,
)
_HAN: Final = regex.compile(r"\p{Han}")


class _Segmenter(Protocol):
    def tokenize(self, text: str) -> Iterator[tuple[str, int, int]]: ...


def characters(text: str) -> list[Stretch]:
    """Return the characters people count (Unicode's grapheme clusters), what can't be seen left out.

    A family emoji joined by zero-width joiners, a letter with its accents or a 𠮷 are one each.
    """
    return [match.span() for match in _CHARACTER.finditer(text) if not _INVISIBLE.fullmatch(match.group())]


def words(text: str) -> list[Stretch]:
    """Return the words: jieba's where there are Chinese characters, else runs of letters; marks stand alone.

    The marks inside a number (3.14), an abbreviation (U.S.A.) or a word (don't) are part of it.
    """
    found: list[Stretch] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        if _HAN.search(match.group()):
            found.extend((start + a, start + b) for _word, a, b in _segmenter().tokenize(match.group()))
        else:
            found.append((start, end))
    return _whole_characters(found, text)


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a Chinese text, each with jieba's name for its kind: "n" and what begins with it are nouns.

    The kinds decide where words end, so that these may be others than :func:`words` finds.
    """
    return [(pair.word, pair.flag) for pair in _tagger().cut(text) if pair.word.strip()]


def _whole_characters(found: list[Stretch], text: str) -> list[Stretch]:
    """Return ``found`` with borders moved so that none runs through a character."""
    ends = [end for _start, end in found]
    whole: list[Stretch] = []
    last: int | None = None
    for start, end in characters(text):
        number = bisect_right(ends, start)
        inside = number < len(found) and found[number][0] <= start
        if inside and number == last:
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
        last = number if inside else None
    return whole


@cache
def _segmenter() -> _Segmenter:
    with warnings.catch_warnings():
        # jieba 0.42.1 imports pkg_resources where it is there, and has unescaped backslashes.
        warnings.simplefilter("ignore")
        import jieba  # type: ignore[import-untyped]
    jieba.setLogLevel(logging.WARNING)
    segmenter: _Segmenter = jieba.Tokenizer()
    return segmenter


@cache
def _tagger() -> Any:
    segmenter = _segmenter()
    from jieba import posseg  # only now: its tables take a while

    return posseg.POSTokenizer(segmenter)
