"""CC-CEDICT: what Chinese words mean in English, how they are read, and which other word they refer to.

A line reads ``傳統 传统 [chuan2 tong3] /tradition/traditional/``: traditional and simplified writing, pinyin,
glosses. Words are looked up in simplified writing, as the vectors and corpora use it.
"""

from __future__ import annotations

import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Self

from core.language import _
from core.synonyms.pairs import SynonymsError, clean_word
from core.synonyms.pinyin import tone_marks

Relation = Literal["variant", "same", "abbreviation", "see"]
"""How an entry refers to another word, from the firmest to the loosest."""

_ENTRY: Final = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*")
_MAX_TEXT_BYTES: Final = 256 << 20
_CHUNK: Final = 1 << 20

_HANZI: Final = r"[^\s\[\]|,;()/]+"
_REFERENCE: Final = re.compile(
    rf"""(?P<phrase>(?:\b\w+[ ])?variant\ of
        | also\ written | also\ called | also\ known\ as | \baka | \bsame\ as | equivalent\ (?:to|of)
        | \babbr\.\ (?:for|to|of)
        | \bsee\ also | \bsee)
    \ (?P<first>{_HANZI})(?:\|(?P<simplified>{_HANZI}))?\[(?P<pinyin>[^\]]*)\]""",
    re.VERBOSE,
)
_WRITINGS: Final = re.compile(rf"(CL:)?{_HANZI}\|({_HANZI})")
_READING: Final = re.compile(r" ?\[([^\]]*[1-5][^\]]*)\](?:,(?=\S))?")
_RELATIONS: Final[tuple[tuple[str, Relation], ...]] = (
    ("variant of", "variant"),
    ("abbr.", "abbreviation"),
    ("see", "see"),
)
"""What marks a phrase of ``_REFERENCE``; all other phrases say "same"."""


def readable(gloss: str) -> str:
    """Return ``gloss`` as people read it: words in simplified writing only, readings with tone marks.

    ``"abbr. for 航空母艦|航空母舰[hang2 kong1 mu3 jian4]"`` becomes ``"abbr. for 航空母舰 (háng kōng mǔ jiàn)"``.
    """
    simplified = _WRITINGS.sub(r"\1\2", gloss)
    return _READING.sub(lambda match: f" ({tone_marks(match[1])})" + ", " * match[0].endswith(","), simplified)


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry's pointer to another word.

    Attributes:
        word: the word referred to, in simplified writing.
        relation: how.
        phrase: the words of the entry that say so, such as ``old variant of``.
    """

    word: str
    relation: Relation
    phrase: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary: a word in one reading.

    Attributes:
        traditional: the word in traditional writing.
        simplified: the word in simplified writing.
        numbered: pinyin with tone numbers, syllables apart, as the dictionary writes it.
        glosses: the meanings, in the dictionary's words.
    """

    traditional: str
    simplified: str
    numbered: str
    glosses: tuple[str, ...]

    @property
    def pinyin(self) -> str:
        """Pinyin with tone marks, syllables apart."""
        return tone_marks(self.numbered)

    def references(self) -> Iterator[Reference]:
        """Yield the words this entry points to, in the order of the glosses."""
        for gloss in self.glosses:
            if "[" not in gloss:
                continue
            for match in _REFERENCE.finditer(gloss):
                word = clean_word(match["simplified"] or match["first"])
                if word != self.simplified:
                    yield Reference(word, _relation(match["phrase"]), match["phrase"])


class Cedict:
    """The dictionary, read only.

    Attributes:
        words: every word in simplified writing, in the order of the file.
        release: date of the release, as the file's own header gives it; empty when it gives none.
    """

    def __init__(self, entries: Iterable[Entry], release: str = "") -> None:
        self.release = release
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.simplified, []).append(entry)
        self.words = tuple(self._entries)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the dictionary as it is published, plain or gzip-compressed.

        Raises:
            SynonymsError: the file cannot be read, is no such dictionary, or unpacks to more than 256 MB.
        """
        release = ""
        entries: list[Entry] = []
        broken = 0
        for line in _lines(path):
            if line.startswith("#"):
                if line.startswith("#! date="):
                    release = line.removeprefix("#! date=").strip()
                continue
            match = _ENTRY.fullmatch(line)
            if match is None:
                broken += bool(line.strip())
                continue
            entries.append(Entry(clean_word(match[1]), clean_word(match[2]), match[3], tuple(match[4].split("/"))))
        if broken > len(entries):
            raise SynonymsError(
                _("{name} is not a CC-CEDICT dictionary: most of its lines are not entries.").format(name=path.name)
            )
        return cls(entries, release)

    def __contains__(self, word: str) -> bool:
        return word in self._entries

    def __len__(self) -> int:
        """Number of entries."""
        return sum(map(len, self._entries.values()))

    def __iter__(self) -> Iterator[Entry]:
        """Yield every entry, word after word."""
        for entries in self._entries.values():
            yield from entries

    def entries(self, word: str) -> tuple[Entry, ...]:
        """Return the entries of ``word`` (simplified), one a reading; empty when it is not listed."""
        return tuple(self._entries.get(word, ()))

    def glosses(self, word: str) -> tuple[str, ...]:
        """Return all glosses of ``word``, reading after reading, each once."""
        return tuple(dict.fromkeys(gloss for entry in self.entries(word) for gloss in entry.glosses))

    def pinyin(self, word: str) -> tuple[str, ...]:
        """Return the readings of ``word`` with tone marks, each once.

        A surname's capital (``Zhāng``) counts as the reading it capitalises where the word has that too.
        """
        readings = dict.fromkeys(entry.pinyin for entry in self.entries(word))
        return tuple(one for one in readings if one == one.lower() or one.lower() not in readings)


def _relation(phrase: str) -> Relation:
    return next((relation for mark, relation in _RELATIONS if mark in phrase), "same")


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of ``path``, unpacked; a file that grows too large while unpacking is refused."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
            file.seek(0)
            stream: io.BufferedIOBase = gzip.GzipFile(fileobj=file) if packed else file
            content = bytearray()
            while chunk := stream.read(_CHUNK):
                content += chunk
                if len(content) > _MAX_TEXT_BYTES:
                    raise SynonymsError(_("{name} unpacks to more than a dictionary can be.").format(name=path.name))
            yield from content.decode("utf-8-sig").splitlines()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise SynonymsError(
            _("{name} is not a CC-CEDICT dictionary: it cannot be read as text.").format(name=path.name)
        ) from error
