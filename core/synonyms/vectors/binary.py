"""Word vectors as word2vec's binary format: a header line, then word, blank, and raw little-endian floats."""

from __future__ import annotations

from collections.abc import Generator
from typing import Final

import numpy as np

from core.language import _
from core.synonyms.pairs import SynonymsError, clean_word, is_word
from core.synonyms.vectors.formats import MAX_WORD, Block, Layout, Problem, sound_rows
from core.synonyms.vectors.stream import ByteStream

_BLOCK: Final = 8192
"""Words a block."""


def read_binary(stream: ByteStream, layout: Layout) -> Generator[Block, None, None]:
    """Yield the words of a binary file block by block.

    Raises:
        SynonymsError: the file ends inside a word or its numbers, or no word stands where one must.
    """
    assert layout.rows is not None, "a binary file is known by its header"
    stream.take(layout.header)
    size = 4 * layout.dim
    for first in range(1, layout.rows + 1, _BLOCK):
        last = min(first + _BLOCK, layout.rows + 1)
        stream.fill((last - first) * (size + MAX_WORD))
        yield _block(stream, range(first, last), layout.rows, size)
    if stream.fill(2).strip():
        nothing = np.empty((0, layout.dim), dtype=np.float32)
        yield Block([], nothing, [], [Problem(layout.rows + 1, "surplus")])


def _block(stream: ByteStream, numbers: range, total: int, size: int) -> Block:
    words: list[str] = []
    places: list[int] = []
    problems: list[Problem] = []
    floats: list[bytes] = []
    buffer, position = stream.buffer, 0
    for number in numbers:
        while buffer[position : position + 1] == b"\n":  # some writers end each word with a line break
            position += 1
        blank = buffer.find(b" ", position, position + MAX_WORD + 1)
        if blank < 0 and len(buffer) - position > MAX_WORD:
            raise SynonymsError(
                _("{name} does not match its header: there is no word where word {number} should be.").format(
                    name=stream.name, number=number
                )
            )
        if blank < 0 or len(buffer) < blank + 1 + size:
            raise SynonymsError(
                _("{name} is cut off: it ends within word {number} of {total}.").format(
                    name=stream.name, number=number, total=total
                )
            )
        try:
            word = clean_word(buffer[position:blank].decode())
        except UnicodeDecodeError:
            word = ""
            text = buffer[position:blank][:40].decode(errors="replace")
            problems.append(Problem(number, "encoding", text))
        else:
            if not is_word(word):
                word = ""
                problems.append(Problem(number, "word"))
        if word:
            words.append(word)
            places.append(number)
            floats.append(buffer[blank + 1 : blank + 1 + size])
        position = blank + 1 + size
    stream.take(position)
    rows = np.frombuffer(b"".join(floats), dtype="<f4").astype(np.float32).reshape(-1, size // 4)
    sound = sound_rows(rows)
    problems.extend(Problem(places[bad], "number", words[bad]) for bad in np.flatnonzero(~sound))
    keep = np.flatnonzero(sound)
    return Block([words[i] for i in keep], rows[keep], [places[i] for i in keep], problems)
