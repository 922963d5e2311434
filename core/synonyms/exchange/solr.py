"""synonyms.txt of Solr, Elasticsearch and OpenSearch.

``漂亮,美丽,好看`` makes words equivalent; ``土豆,洋芋 => 马铃薯`` replaces the words on the left, and
``土豆 => 土豆,马铃薯`` keeps the word beside the others. ``#`` begins a comment; a backslash takes the meaning
from a comma, an arrow, a backslash and a leading ``#``, as Lucene's SolrSynonymParser reads them.

The direction of a rule stays with the pair as a source of it (``rules``), so that what was imported is
exported as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import ClassVar, Final

from core.language import _
from core.synonyms.exchange.jsonl import loaded
from core.synonyms.exchange.record import (
    BadRecordError,
    Format,
    Lines,
    Record,
    Reject,
    bare,
    candidate_of,
    is_table_head,
)
from core.synonyms.exchange.rules import (
    EQUAL,
    SECOND_FIRST,
    both_sides,
    directions,
    first_ahead,
    from_to,
    is_equivalence,
    marks,
    with_directions,
)
from core.synonyms.exchange.sets import chained_sets, judged_sets
from core.synonyms.pairs import SynonymsError, WordPair, clean_word, word_pair
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

    can_chain = True

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

    def equivalents(self, records: Iterable[Record]) -> list[WordPair]:
        """Return the pairs that sets are made of: synonyms none of which replaces the other."""
        kept = filter(None, map(self.reduce, records))
        return [
            record.candidate.pair
            for record in kept
            if record.verdict is Verdict.SYNONYM and is_equivalence(record.candidate)
        ]

    def sets_of(self, pairs: Iterable[WordPair]) -> list[tuple[str, ...]]:
        """Return the sets to write."""
        return chained_sets(pairs)[0] if self._chained else judged_sets(pairs)


class Solr(SynonymSets):
    """Equivalent sets, a line each; pairs that came as one-way rules stay rules."""

    name: ClassVar[str] = "solr"
    suffix: ClassVar[str] = ".txt"

    def short_title(self) -> str:
        """Return a name that is not cut."""
        return _("Solr, equivalent")

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Solr / Elasticsearch synonyms, equivalent")

    def reduce(self, record: Record) -> Record | None:
        """Keep the words of a pair judged synonyms, and which of them replaces the other."""
        kept = only_synonyms(record)
        return kept and Record(with_directions(kept.candidate, marks(record.candidate)), Verdict.SYNONYM)

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a set, then the one-way rules."""
        kept = list(filter(None, map(self.reduce, records)))
        ahead = {record.candidate.pair for record in kept if SECOND_FIRST in record.candidate.sources}
        for words in self.sets_of(self.equivalents(kept)):
            yield line_start(_listed(first_ahead(words, ahead))) + "\n"
        for left, right in both_sides(record.candidate for record in kept):
            yield line_start(f"{_listed(left)} => {_listed(right)}") + "\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a pair of each line: all pairs of a set, or each left word with each right one.

        A file whose first line is of another kind is of that kind: nothing more of it is read.
        """
        is_first = True
        for n, line in enumerate(lines, start=1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            kind = _foreign(text)
            try:
                if kind:
                    raise BadRecordError(_("This is {kind}, and no list of synonyms.").format(kind=kind))
                yield from _records(text)
            except BadRecordError as error:
                yield Reject(n, str(error), text[:500])
            if kind and is_first:
                return
            is_first = False


class SolrOneWay(Solr):
    """One-way rules: the rarer word is replaced by the commoner one, unless the pair came as a rule.

    Solr does not apply rules to what rules made, so nothing chains. Where nobody knows which word is the
    commoner, the two stay equivalent.
    """

    name = "solr-one-way"

    can_chain = False

    def short_title(self) -> str:
        """Return a name that is not cut."""
        return _("Solr, one-way")

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Solr / Elasticsearch synonyms, one-way")

    def reduce(self, record: Record) -> Record | None:
        """Keep the words of a pair judged synonyms, and the direction that is written."""
        kept = super().reduce(record)
        ranks = [rank or float("inf") for rank in record.candidate.ranks]
        if kept is None or directions(kept.candidate) or ranks[0] == ranks[1]:
            return kept
        one, two = kept.candidate.pair
        # The direction says which word is the usual one, so that no order is needed.
        rarer, commoner = (one, two) if ranks[0] > ranks[1] else (two, one)
        return Record(with_directions(kept.candidate, {from_to(rarer, commoner)}), Verdict.SYNONYM)


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
        raise BadRecordError(_("A set of {n} words is too large for a set of synonyms.").format(n=len(words)))
    return words


def _listed(words: Iterable[str]) -> str:
    return ",".join(map(escaped, words))


_PROLOG: Final = re.compile(r"\w+\s*\(\s*\d+\s*,.*\)\s*\.?(\s*%.*)?")
"""A line of WordNet's Prolog files, ``s(100001740,1,'entity',n,1,11).``, which Solr reads as its other format."""


def _foreign(text: str) -> str:
    """Return what a line is that is no rule though it has commas; empty where it may be one."""
    if _PROLOG.fullmatch(text):
        return _("WordNet's Prolog")
    if text[0] in "{[" and _is_json(text.removesuffix(",")):
        return _("JSON")
    return _("the head of a table") if is_table_head(re.split(r"[,\t]", text)) else ""


def _is_json(text: str) -> bool:
    try:
        loaded(text)
    except BadRecordError:
        return False
    return True


def _records(text: str) -> list[Record]:
    """Return the pairs that a line makes synonyms, each once.

    Raises:
        BadRecordError: it is no rule.
    """
    sides = [_words(side) for side in split_rule(text, "=>")]
    if len(sides) > 2 or not all(sides):
        raise BadRecordError(_("A rule must be a list of words, or words => words."))
    if len(sides) == 1:
        if len(sides[0]) < 2:
            raise BadRecordError(_("A set of a single word has no effect."))
        first = sides[0][0]
        return [
            Record(
                candidate_of(*pair, sources=(EQUAL, *[SECOND_FIRST] * (pair[0] == first > pair[1]))), Verdict.SYNONYM
            )
            for pair in combinations(sides[0], 2)
        ]
    left, right = sides
    if len(left) * len(right) > SET_LIMIT**2 // 2:
        raise BadRecordError(_("A rule for {n} pairs at once is too large.").format(n=len(left) * len(right)))
    found: dict[WordPair, set[str]] = {}
    for replaced in left:
        for word in right:
            if word != replaced:
                said = found.setdefault(_pair(replaced, word), set())
                said.add(from_to(replaced, word, stays=replaced in right))
    if not found:
        raise BadRecordError(_("A rule that replaces a word with itself has no effect."))
    return [Record(candidate_of(*pair, sources=said), Verdict.SYNONYM) for pair, said in found.items()]


def _pair(one: str, other: str) -> WordPair:
    try:
        return word_pair(one, other)
    except SynonymsError as error:
        raise BadRecordError(str(error)) from error
