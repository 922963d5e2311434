"""A vocabulary on disk: millions of words looked up in both directions without loading them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Final, Self, overload

import numpy as np

_TEXT: Final = "words.txt"
_OFFSETS: Final = "words.offsets.npy"
_HASHES: Final = "words.hashes.npy"
_ORDER: Final = "words.order.npy"


def word_hash(word: str) -> int:
    """Return 64 bits that (nearly) name ``word``, the same in every process."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


class WordList(Sequence[str]):
    """Words by position, and positions by word, from files mapped into memory.

    A lookup is a binary search among the words' sorted 64-bit hashes and one comparison of the word itself;
    opening costs nothing, whatever the number of words.
    """

    def __init__(self, folder: Path) -> None:
        """Open the list that a ``WordWriter`` left in ``folder``.

        Raises:
            OSError, ValueError: the files are missing or damaged.
        """
        self._path = folder / _TEXT
        self._offsets, self._hashes, self._order = (
            np.asarray(np.load(folder / name, mmap_mode="r")) for name in (_OFFSETS, _HASHES, _ORDER)
        )
        size = self._path.stat().st_size
        if size != self._offsets[-1] or not len(self._hashes) == len(self._order) == len(self):
            raise ValueError(f"{folder} holds a damaged word list")
        self._text = np.asarray(np.memmap(self._path, dtype=np.uint8, mode="r")) if size else np.empty(0, np.uint8)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        place %= len(self)
        return self._text[self._offsets[place] : self._offsets[place + 1] - 1].tobytes().decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._path.read_bytes().decode().split("\n")[:-1])

    def find(self, word: str) -> int | None:
        """Return the position of ``word``, None when it is not in the list."""
        wanted = np.uint64(word_hash(word))
        first = int(np.searchsorted(self._hashes, wanted))
        for i in range(first, len(self)):
            if self._hashes[i] != wanted:
                break
            if self[place := int(self._order[i])] == word:
                return place
        return None

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.find(word) is not None


class WordWriter:
    """Writes a word list piece by piece; ``WordList`` opens what it leaves after ``close``.

    Attributes:
        folder: where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = (folder / _TEXT).open("wb")
        self._offsets = array("q", [0])
        self._hashes = array("Q")

    def __len__(self) -> int:
        return len(self._hashes)

    def add(self, word: str, number: int) -> None:
        """Append ``word``, which holds no line break, and its ``word_hash``."""
        line = word.encode() + b"\n"
        self._file.write(line)
        self._offsets.append(self._offsets[-1] + len(line))
        self._hashes.append(number)

    def close(self) -> None:
        """Write what lookups need beside the text."""
        self._file.close()
        hashes = np.array(self._hashes, dtype=np.uint64)
        order = np.argsort(hashes, kind="stable")
        np.save(self.folder / _OFFSETS, np.array(self._offsets, dtype=np.int64))
        np.save(self.folder / _HASHES, hashes[order])
        np.save(self.folder / _ORDER, order.astype(np.int32))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self.close()
        else:
            self._file.close()
