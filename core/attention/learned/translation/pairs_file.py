"""A person's own sentence pairs: a line a pair, source and target parted by a tab, UTF-8.

A third column may hold the gold alignment as others write it, ``0-0 1-2 2?1``: source and target word counted from 0,
``-`` for a sure link and ``?`` for a possible one (Pharaoh's format). Words are parted by blanks; a text without any
is cut into words where people see them.
"""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Final

from core.attention.errors import TextError
from core.attention.learned.translation.corpus import Corpus
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.words import words
from core.files import read_whole
from core.language import _
from core.one_line import system_reason

FEWEST: Final = 100
"""Pairs without which nothing can be learned and examined."""
LONGEST: Final = 80
"""Words a sentence may have: with more, a step takes too long."""
_MOST_BYTES: Final = 256 << 20
_HELD_OUT: Final = 0.05
_MOST_HELD_OUT: Final = 600
_LINK: Final = re.compile(r"(\d+)([-?])(\d+)")


def read_pairs(path: Path) -> Corpus:
    """Return the pairs of a file in three parts, shuffled; the same file gives the same parts.

    Raises:
        TextError: it can't be read, a line isn't a pair, or there are too few; the text names the line.
    """
    try:
        lines = read_whole(path, _MOST_BYTES).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise TextError(_("{path} is not in UTF-8. Save it as UTF-8 and try again.").format(path=path)) from error
    except OSError as error:
        message = _("{path} can't be read: {reason}")
        raise TextError(message.format(path=path, reason=system_reason(error))) from error
    different: dict[tuple[str, ...], SentencePair] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            pair = _pair(line, number, path)
            if len(pair.zh) <= LONGEST and len(pair.en) <= LONGEST:
                different.setdefault(pair.zh, pair)
    if len(different) < FEWEST:
        message = _(
            "{path} has {n} different pairs of at most {longest} words; at least {fewest} are needed to learn from and "
            "to examine by. Add more."
        )
        raise TextError(message.format(path=path, n=len(different), longest=LONGEST, fewest=FEWEST))
    pairs = list(different.values())
    Random(0).shuffle(pairs)  # noqa: S311  nothing secret is drawn
    held_out = min(_MOST_HELD_OUT, round(len(pairs) * _HELD_OUT))
    test, validation, train = pairs[:held_out], pairs[held_out : 2 * held_out], pairs[2 * held_out :]
    return Corpus(tuple(train), tuple(validation), tuple(test), path.name)


def _pair(line: str, number: int, path: Path) -> SentencePair:
    columns = line.split("\t")
    if len(columns) not in (2, 3) or not columns[0].strip() or not columns[1].strip():
        message = _(
            "{path}, line {n}: not a pair. Write source, tab, target; an alignment may follow after another tab."
        )
        raise TextError(message.format(path=path, n=number))
    zh, en = _words(columns[0]), _words(columns[1])
    sure: set[tuple[int, int]] = set()
    possible: set[tuple[int, int]] = set()
    for link in columns[2].split() if len(columns) == 3 else ():
        match = _LINK.fullmatch(link)
        if match is None or int(match[1]) >= len(zh) or int(match[3]) >= len(en):
            message = _("{path}, line {n}: {link} links no word with a word. Write 0-2 or 0?2, counted from 0.")
            raise TextError(message.format(path=path, n=number, link=link))
        (sure if match[2] == "-" else possible).add((int(match[3]), int(match[1])))
    return SentencePair(zh, en, frozenset(sure), frozenset(possible | sure))


def _words(text: str) -> tuple[str, ...]:
    text = text.strip()
    return tuple(text.split()) if " " in text else tuple(text[a:b] for a, b in words(text))
