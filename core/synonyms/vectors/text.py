"""Word vectors as text: a word and its numbers a line, as word2vec, fastText and GloVe write them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Generator
from typing import Final

import numpy as np

from core.language import _
from core.synonyms.pairs import SynonymsError, clean_word, is_word
from core.synonyms.vectors.formats import MAX_LINE, MAX_WORD, Block, Fault, Layout, Problem, is_number, sound_rows
from core.synonyms.vectors.stream import ByteStream

_FRACTION: Final = re.compile(rb"[.eE]")


def read_text(stream: ByteStream, layout: Layout) -> Generator[Block, None, None]:
    """Yield the words of a text file block by block.

    Lines that are not a word and ``dim`` numbers are left out and reported. A word may hold blanks (GloVe has
    some): the numbers are taken from the end of the line.

    Raises:
        SynonymsError: the file ends before it has the lines its header promises.
    """
    stream.take(layout.header)
    number = 1 if layout.header else 0  # of the last line taken
    rows = 0
    surplus = inside = False  # inside a line whose beginning was too long to be kept
    while True:
        ended = not stream.more()
        *lines, rest = stream.buffer.split(b"\n")
        if ended:
            lines, rest = [*lines, rest] if rest.strip() else lines, b""
        if inside and lines:
            lines[0], inside = b"", False  # its end; it was told when it began
        overlong = [_problem(number + 1 + len(lines), "long", rest)] if len(rest) > MAX_LINE and not inside else []
        if len(rest) > MAX_LINE:
            rest, inside = b"", True
        stream.buffer = rest
        block = _parse(lines, number + 1, layout.dim)
        block.problems.extend(overlong)
        number += len(lines)
        rows += len(block.words) + len(block.problems)
        if layout.rows is not None and rows > layout.rows and not surplus:
            surplus = True
            block.problems.append(Problem(layout.rows + 2, "surplus"))
        yield block
        if ended:
            break
    if layout.rows is not None and rows < layout.rows:
        raise SynonymsError(
            _("{name} announces {rows} words but ends after {found}: it is cut off.").format(
                name=stream.name, rows=layout.rows, found=rows
            )
        )


def _parse(lines: list[bytes], first: int, dim: int) -> Block:
    """Read ``lines``, numbered from ``first``, all at once if they are sound, else one by one."""
    words: list[str] = []
    numbers: list[bytes] = []
    places: list[int] = []
    problems: list[Problem] = []
    for place, raw in enumerate(lines, first):
        line = raw.replace(b"\t", b" ").strip()
        if not line:
            continue
        if len(line) > MAX_LINE:
            problems.append(_problem(place, "long", line))
            continue
        surplus = line.count(b" ") - dim
        cut = line.find(b" ") if surplus == 0 else len(line.rsplit(b" ", dim)[0])
        word, fault = _word(line[:cut].strip())
        if surplus < 0 or (surplus > 0 and _is_number(line[:cut].rsplit(None, 1)[-1], line[cut:])):
            fault = "columns"
        if fault is not None:
            problems.append(_problem(place, fault, line))
            continue
        words.append(word)
        numbers.append(line[cut + 1 :])
        places.append(place)
    rows = _numbers(numbers, dim)
    sound = sound_rows(rows)
    if not sound.all():
        problems.extend(Problem(places[bad], "number", words[bad]) for bad in np.flatnonzero(~sound))
        keep = np.flatnonzero(sound)
        words, places, rows = [words[i] for i in keep], [places[i] for i in keep], rows[keep]
    return Block(words, rows, places, problems)


def _word(raw: bytes) -> tuple[str, Fault | None]:
    if not 0 < len(raw) <= MAX_WORD:
        return "", "word"
    try:
        word = clean_word(raw.decode())
    except UnicodeDecodeError:
        return "", "encoding"
    return (word, None) if is_word(word) else ("", "word")


def _is_number(token: bytes, numbers: bytes) -> bool:
    """Tell whether ``token`` is written as the ``numbers`` behind it are: then it belongs to no word of several parts.

    A year or a version may end a word, ``windows 98``; among whole numbers it can't be told from them.
    """
    return is_number(token) and (_FRACTION.search(token) is not None or _FRACTION.search(numbers) is None)


def _numbers(numbers: list[bytes], dim: int) -> np.ndarray:
    """Return the rows, (len(numbers), dim); a row that is no list of ``dim`` numbers is all NaN."""
    text = b" ".join(numbers)
    if b"  " not in text:  # with single blanks, the count of numbers proves that every line has its own
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                flat = np.fromstring(text.decode("ascii"), dtype=np.float32, sep=" ")
            if len(flat) == len(numbers) * dim:
                return flat.reshape(-1, dim)
        except (ValueError, DeprecationWarning):  # something is no number; which line, the slow way tells
            pass
    rows = np.full((len(numbers), dim), np.nan, dtype=np.float32)
    for row, line in zip(rows, numbers, strict=True):
        values = line.split()
        if len(values) == dim and all(map(is_number, values)):
            with np.errstate(over="ignore"):
                row[:] = [float(value) for value in values]
    return rows


def _problem(place: int, fault: Fault, line: bytes) -> Problem:
    return Problem(place, fault, line[:40].decode(errors="replace"))
