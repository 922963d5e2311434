"""synonyms.txt of Solr, Elasticsearch and OpenSearch.

``漂亮,美丽,好看`` makes words equivalent; ``土豆,洋芋 => 马铃薯`` replaces the words on the left. ``#`` begins a
comment; a backslash takes the meaning from a comma, an arrow, a backslash and a leading ``#``, as Lucene's
SolrSynonymParser reads them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import ClassVar, Final

from core.language import _
from core.synonyms.exchange.record import (
    BadRecordError,
    Format,
    Lines,
    Record,
    Reject,
    bare,
    candidate_of,
)
from core.synonyms.exchange.sets import chained_sets, judged_sets
from core.synonyms.pairs import Candidate, WordPair, clean_word
from core.synonyms.verdicts import Verdict

SET_LIMIT: Final = 500
"""Words of a set that is read: more is no set of synonyms, and its pairs would fill a store."""


def only_synonyms(record: Record) -> Record | None:
    """Keep the words of a pair judged synonyms."""
    if record.verdict is not Verdict.SYNONYM:
        return None
    return Record(bare(record.candidate), Verdict.SYNONYM)


class SynonymSets(Format):
    """Base of the formats that list sets of synonyms and nothing else."""

    says_all: ClassVar[bool] = False

    def __init__(self, *, chained: bool = False) -> None:
        """Choose how pairs become sets.

        Args:
            chained: merge pairs that share a word; otherwise only pairs all of which were judged are merged.
        """
        self._chained = chained

    def reduce(self, record: Record) -> Record | None:
        """Keep the words of a pair judged synonyms."""
        return only_synonyms(record)

    def sets_of(self, records: Iterable[Record]) -> list[tuple[str, ...]]:
        """Return the sets to write."""
        pairs = [kept.candidate.pair for record in records if (kept := self.reduce(record))]
        return chained_sets(pairs)[0] if self._chained else judged_sets(pairs)


class Solr(SynonymSets):
    """Equivalent sets, a line each."""

    name: ClassVar[str] = "solr"
    suffix: ClassVar[str] = ".txt"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Solr / Elasticsearch synonyms, equivalent")

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a set."""
        for words in self.sets_of(records):
            yield line_start(",".join(map(escaped, words))) + "\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a pair of each rule: all pairs of a set, or each left word with each right one."""
        for n, line in enumerate(lines, start=1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            try:
                yield from [_synonyms(pair) for pair in _rule(text)]
            except BadRecordError as error:
                yield Reject(n, str(error), text[:500])


class SolrOneWay(Solr):
    """Explicit rules: the rarer word is replaced by the commoner one, which never chains."""

    name = "solr-one-way"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Solr / Elasticsearch synonyms, one-way")

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line for each word that others are replaced by."""
        left: dict[str, set[str]] = defaultdict(set)
        for record in records:
            if self.reduce(record):
                rarer, commoner = _by_frequency(record.candidate)
                left[commoner].add(rarer)
        for commoner in sorted(left):
            words = ",".join(map(escaped, sorted(left[commoner])))
            yield line_start(f"{words} => {escaped(commoner)}") + "\n"


def _by_frequency(pair: Candidate) -> tuple[str, str]:
    """Return the rarer and the commoner word; without ranks the later in code point order is the rarer."""
    ranks = [rank or float("inf") for rank in pair.ranks]
    return (pair.word1, pair.word2) if ranks[0] > ranks[1] else (pair.word2, pair.word1)


def escaped(word: str) -> str:
    """Return ``word`` with the signs that have a meaning in rules made ordinary."""
    return re.sub(r"\\|,|=>", lambda sign: "\\" + sign.group(), word)


def line_start(line: str) -> str:
    """Return ``line`` with a leading ``#`` made ordinary."""
    return "\\" + line if line.startswith("#") else line


def split_rule(text: str, separator: str) -> list[str]:
    """Split ``text`` at the separators that no backslash takes the meaning from; backslashes stay."""
    parts, start, i = [], 0, 0
    while i < len(text):
        if text[i] == "\\":
            i += 2
        elif text.startswith(separator, i):
            parts.append(text[start:i])
            i = start = i + len(separator)
        else:
            i += 1
    return [*parts, text[start:]]


def _words(text: str) -> list[str]:
    # Blanks around a word mean nothing, those after a backslash included; the backslash goes, the sign stays.
    found = [clean_word(re.sub(r"\\(.)", r"\1", part.strip())) for part in split_rule(text, ",")]
    words = list(dict.fromkeys(word for word in found if word))
    if len(words) > SET_LIMIT:
        raise BadRecordError(_("A set of {n} words is no set of synonyms.").format(n=len(words)))
    return words


def _rule(text: str) -> list[tuple[str, str]]:
    sides = [_words(side) for side in split_rule(text, "=>")]
    if len(sides) > 2 or not all(sides):
        raise BadRecordError(_("A rule has words, or words, an arrow and words."))
    if len(sides) == 1:
        if len(sides[0]) < 2:
            raise BadRecordError(_("A set of one word says nothing."))
        return list(combinations(sides[0], 2))
    if len(sides[0]) * len(sides[1]) > SET_LIMIT**2 // 2:
        raise BadRecordError(_("A rule of {n} pairs is no rule.").format(n=len(sides[0]) * len(sides[1])))
    return [(one, two) for one, two in product(*sides) if one != two]


def _synonyms(pair: tuple[str, str] | WordPair) -> Record:
    return Record(candidate_of(*pair), Verdict.SYNONYM)
