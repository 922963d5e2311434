"""What a vector file is: word2vec binary, or text with a header (word2vec, fastText) or without (GloVe)."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.language import N_, _
from core.synonyms.pairs import SynonymsError
from core.synonyms.vectors.stream import ByteStream

Kind = Literal["binary", "text"]
Fault = Literal["columns", "number", "encoding", "word", "long", "duplicate", "zero", "surplus"]

FAULTS: Final[dict[Fault, str]] = {
    "columns": N_("wrong number of columns"),
    "number": N_("contains something that is not a number, or an absurdly large one"),
    "encoding": N_("the word is not UTF-8"),
    "word": N_("the word is missing or far too long"),
    "long": N_("the line is longer than any line of word vectors"),
    "duplicate": N_("the word already appeared above; the first is kept"),
    "zero": N_("all its numbers are zero: the word is kept, and like no other"),
    "surplus": N_("the file continues beyond what its header announces"),
}
"""What can be wrong with a line, as it is told to people."""

MAX_DIM: Final = 4096
"""More numbers a word than any published vectors have (2,048)."""

MAX_LINE: Final = 64 * MAX_DIM
"""Bytes of the longest line that is read."""

MAX_WORD: Final = 1024
"""Bytes of the longest word that is kept."""

_LOOKED_AT: Final = 100
"""Lines of a file without a header that say how many numbers a word has."""

MAX_NUMBER: Final = 1e16
"""Larger numbers would overflow float32 when vectors are multiplied."""

_LOOKED_AT_BYTES: Final = 1 << 16
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DECIMAL_COMMAS: Final = re.compile(rb"[ \t]-?\d+,\d+[ \t]+-?\d+,\d+\s*$")

_HEADER: Final = re.compile(rb"\s*(\d{1,12})[ \t]+(\d{1,12})\s*")
_FOREIGN: Final = (
    (0, b"PK\x03\x04", N_("It is a zip archive: unpack it first.")),
    (257, b"ustar", N_("It is a tar archive: unpack it first.")),
    (0, b"\xba\x16\x4f\x2f", N_("It is a fastText model (.bin): open the .vec file beside it.")),
    (0, b"\x80", N_("It is a Python pickle, which could run code: save it as word2vec text or binary.")),
    (0, b"\x93NUMPY", N_("It is a bare NumPy array without words: save it as word2vec text or binary.")),
    (0, b"\xfd7zXZ", N_("It is an xz archive: unpack it first.")),
    (0, b"BZh", N_("It is a bzip2 archive: unpack it first.")),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that was left out or says nothing, or a promise the file broke.

    Attributes:
        line: line number from 1; for binary files the word's number from 1.
        fault: what is wrong, a key of ``FAULTS``.
        text: beginning of the line or the word.
    """

    line: int
    fault: Fault
    text: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file, read.

    Attributes:
        words: the words.
        rows: their vectors, (len(words), dim), float32, sound.
        lines: where each word stands, as in ``Problem``.
        problems: what was left out between them.
    """

    words: list[str]
    rows: np.ndarray
    lines: list[int]
    problems: list[Problem]


def sound_rows(rows: np.ndarray) -> np.ndarray:
    """Return which of ``rows``, (n, dim), hold only numbers of sensible size, (n,) bool."""
    sound: np.ndarray = (np.abs(rows) <= MAX_NUMBER).all(axis=1)  # false for NaN
    return sound


def is_number(token: bytes) -> bool:
    """Tell whether ``token`` is a number as any language writes it; to Python, 1_0 is ten."""
    try:
        float(token)
    except ValueError:
        return False
    return b"_" not in token


@dataclass(frozen=True, slots=True)
class Layout:
    """What the beginning of a file says.

    Attributes:
        kind: binary or text.
        rows: number of words promised; None where there is no header.
        dim: numbers a word.
        header: bytes of the header line.
    """

    kind: Kind
    rows: int | None
    dim: int
    header: int


def layout_of(stream: ByteStream) -> Layout:
    """Look at the first lines of ``stream``, without taking them, and say what they announce.

    A byte order mark is taken: it belongs to no word.

    Raises:
        SynonymsError: they are not the beginning of word vectors; the message says what they are, if known.
    """
    if stream.fill(len(codecs.BOM_UTF8)) == codecs.BOM_UTF8:
        stream.take(len(codecs.BOM_UTF8))
    head = stream.fill(2 * MAX_LINE)
    _refuse_foreign(stream.name, head)
    first, _newline, rest = head.partition(b"\n")
    if len(first) > MAX_LINE:
        raise SynonymsError(
            _("{name}: the first line is longer than any line of word vectors.").format(name=stream.name)
        )
    header = _HEADER.fullmatch(first)
    if header is None:
        _refuse_other_writing(stream.name, head)
        dim = _usual_columns(head)
        if dim < 2:
            raise SynonymsError(
                _("{name} contains no word vectors: each line should be a word followed by numbers.").format(
                    name=stream.name
                )
            )
        return _checked(stream, Layout("text", None, dim, 0))
    rows, dim = int(header[1]), int(header[2])
    kind: Kind = "text" if _looks_like_text(rest, dim) else "binary"
    if kind == "text":
        _refuse_other_writing(stream.name, head)
    return _checked(stream, Layout(kind, rows, dim, len(first) + 1))


def _checked(stream: ByteStream, layout: Layout) -> Layout:
    """Refuse a layout no honest file has, before anything is allocated for it."""
    if not 1 <= layout.dim <= MAX_DIM:
        raise SynonymsError(
            _("{name} announces {dim} numbers per word; up to {limit} can be opened.").format(
                name=stream.name, dim=layout.dim, limit=MAX_DIM
            )
        )
    if layout.rows == 0:
        raise SynonymsError(_("{name} announces no words.").format(name=stream.name))
    least = 4 * layout.dim + 2 if layout.kind == "binary" else 2 * layout.dim + 1
    if layout.rows is not None and not stream.packed and layout.rows * least > stream.total:
        raise SynonymsError(
            _("{name} announces {rows} words × {dim} but is far too small for them: it is cut off.").format(
                name=stream.name, rows=layout.rows, dim=layout.dim
            )
        )
    return layout


def _refuse_foreign(name: str, head: bytes) -> None:
    if not head.strip():
        raise SynonymsError(_("{name} is empty.").format(name=name))
    for place, magic, hint in _FOREIGN:
        if head[place : place + len(magic)] == magic:
            raise SynonymsError(_("{name} contains no word vectors. {hint}").format(name=name, hint=_(hint)))


def _usual_columns(head: bytes) -> int:
    """Return how many numbers most of the first lines hold; 0 where none holds two. Any one line may be broken."""
    lines = head.split(b"\n", _LOOKED_AT)[:_LOOKED_AT]
    counts = Counter(found for line in lines if (found := _columns(line)) >= 2)
    return counts.most_common(1)[0][0] if counts else 0


def _columns(line: bytes) -> int:
    """Return how many numbers stand at the end of ``line``, after at least one other token."""
    tokens = line.split()
    count = 0
    for token in reversed(tokens[1:]):
        if not is_number(token):
            break
        count += 1
    return count


def _looks_like_text(rest: bytes, dim: int) -> bool:
    """Tell whether what follows the header is text: raw floats hold control characters and bytes that are no UTF-8.

    One line would not do: the floats of a single word may happen to be printable. Nor does one stray byte make text
    binary, nor do many: where most lines are a word and numbers, however many, those with too few are broken lines.
    """
    piece = rest[:_LOOKED_AT_BYTES]
    if _has_rows(piece, dim):
        return True
    if not piece.strip() or _CONTROL.search(piece):
        return False
    try:
        piece.decode()
    except UnicodeDecodeError as error:
        # A word at the piece's end may be cut; a word in another encoding has its numbers behind it all the same.
        return error.start > len(piece) - 4 or _columns(piece.partition(b"\n")[0]) > 0
    return True


def _has_rows(piece: bytes, dim: int) -> bool:
    """Tell whether most of the first lines are a word and some numbers, be they ``dim`` or not."""
    lines = [line for line in piece.split(b"\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    return sum(_columns(line) >= min(2, dim) for line in lines) * 2 > len(lines)


def _refuse_other_writing(name: str, head: bytes) -> None:
    """Refuse text whose lines or numbers are written in a way that would be misread.

    Raises:
        SynonymsError: lines end in a carriage return alone, or numbers have decimal commas.
    """
    if head.replace(b"\r\n", b"\n").rstrip().count(b"\r") > head.count(b"\n"):
        raise SynonymsError(
            _("{name} ends its lines with a carriage return alone: save it with line feeds (Unix).").format(name=name)
        )
    lines = head.split(b"\n", _LOOKED_AT)[:_LOOKED_AT]
    if sum(_DECIMAL_COMMAS.search(line) is not None for line in lines) * 2 > len(lines):
        raise SynonymsError(
            _("{name} writes numbers with decimal commas: save it with decimal points (0.1).").format(name=name)
        )
