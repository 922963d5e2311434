"""What an annotator may be called, and when two spellings are one person, in every file, command, window and store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from core.language import _
from core.synonyms.pairs import SynonymsError, clean_word

NAME_LIMIT: Final = 80
_JOINERS: Final = {0x200C: None, 0x200D: None}
"""Signs without a picture of their own that some scripts and pictures (👩‍🔬) cannot be written without."""
_BLANKS: Final = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")


class NameRefusedError(SynonymsError):
    """A text that cannot name an annotator."""


def clean_name(name: str) -> str:
    """Return a name as names are kept: composed (NFC), without invisible signs, single blanks between its words."""
    return clean_word(_BLANKS.sub(" ", name))


def check_name(name: str) -> str:
    """Return ``name`` cleaned, if it can name an annotator.

    Raises:
        NameRefusedError: nothing is left of it, it is too long, or holds control characters.
    """
    cleaned = clean_name(name)
    seen = cleaned.translate(_JOINERS)
    if not seen or len(cleaned) > NAME_LIMIT or not seen.isprintable():
        raise NameRefusedError(
            _("{name!r} can't be used as the name of an annotator: use 1 to {limit} printable characters.").format(
                name=name[:NAME_LIMIT], limit=NAME_LIMIT
            )
        )
    return cleaned


def name_key(name: str) -> str:
    """Return what all spellings of one person's name have in common: "Ann", "ann " and "ＡＮＮ" are one person."""
    return unicodedata.normalize("NFKC", clean_name(name)).casefold()


class Spellings:
    """The names that are known, each in the spelling that came first."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._exact: set[str] = set()
        self._by_key: dict[str, str] = {}
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Know ``name``, as it is spelled."""
        self._exact.add(name)
        self._by_key.setdefault(name_key(name), name)

    def of(self, name: str) -> str:
        """Return the known name of the person who is called ``name``; that itself, cleaned, where nobody is known.

        A store of an earlier version may hold two people whose names differ in case alone: they stay two.
        """
        cleaned = clean_name(name)
        for spelled in (name, cleaned):
            if spelled in self._exact:
                return spelled
        return self._by_key.get(name_key(name), cleaned)
