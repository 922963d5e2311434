"""The text form of 同义词词林: a code and its words a line, ``Aa01A01= 人 士 人物``.

The sign that ends a code says what the words are: ``=`` synonyms, ``#`` related, ``@`` one word alone. Sets
that are written get codes of their own under ``Zz``, which Cilin leaves free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from core.language import _
from core.synonyms.exchange.record import BadRecordError, Lines, Record, Reject, bare, candidate_of
from core.synonyms.exchange.sets import judged_sets
from core.synonyms.exchange.solr import SET_LIMIT, SynonymSets
from core.synonyms.pairs import clean_word
from core.synonyms.verdicts import Verdict

_CODE: Final = re.compile(r"[A-Z][a-z]\d\d[A-Z]\d\d[=#@]")
_SIGNS: Final = {"=": Verdict.SYNONYM, "#": Verdict.RELATED}


class CilinText(SynonymSets):
    """Cilin's text format."""

    name = "cilin"
    suffix = ".txt"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Cilin text")

    def reduce(self, record: Record) -> Record | None:
        """Keep the words of a pair judged synonyms or related; a word with a blank in it cannot be said."""
        pair = record.candidate
        if record.verdict not in _SIGNS.values() or any(len(word.split()) != 1 for word in pair.pair):
            return None
        return Record(bare(pair), record.verdict)

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a set of synonyms, then a line a set of related words; those are never chained."""
        kept = [reduced for record in records if (reduced := self.reduce(record))]
        related = judged_sets(record.candidate.pair for record in kept if record.verdict is Verdict.RELATED)
        n = 0
        for sign, listed in (("=", self.sets_of(self.equivalents(kept))), ("#", related)):
            for words in listed:
                yield f"{_code(n)}{sign} {' '.join(words)}\n"
                n += 1

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a pair of each set; lines that end in ``@`` have no pairs."""
        for n, line in enumerate(lines, start=1):
            code, *words = line.split() or [""]
            if not code:
                continue
            try:
                if not _CODE.fullmatch(code):
                    raise BadRecordError(_("Each line must start with a code such as Aa01A01=."))
                words = list(dict.fromkeys(map(clean_word, words)))
                if len(words) > SET_LIMIT:
                    raise BadRecordError(
                        _("A set of {n} words is too large for a set of synonyms.").format(n=len(words))
                    )
                verdict = _SIGNS.get(code[-1])
                if verdict:
                    yield from [Record(candidate_of(*pair), verdict) for pair in combinations(words, 2)]
            except BadRecordError as error:
                yield Reject(n, str(error), line.strip()[:500])


def _code(n: int) -> str:
    """Return the n-th free code: Zz01A01 to Zz99Z99, then the same under Zy, Zx and so on."""
    n, word = divmod(n, 99)
    n, group = divmod(n, 26)
    major, middle = divmod(n, 99)
    return f"Z{chr(ord('z') - major)}{middle + 1:02}{chr(ord('A') + group)}{word + 1:02}"
