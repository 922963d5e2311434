"""Attract-Repel's constraints: two words a line, one file to attract (synonyms), one to repel (antonyms)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from core.language import _
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
from core.synonyms.verdicts import Verdict


class Attract(Format):
    """Pairs to pull together."""

    name: ClassVar[str] = "attract"
    suffix: ClassVar[str] = ".txt"
    says_all: ClassVar[bool] = False
    verdict: ClassVar[Verdict] = Verdict.SYNONYM

    def short_title(self) -> str:
        """Return a name that is not cut."""
        return _("Attract constraints")

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Attract-Repel constraints, synonyms")

    def reduce(self, record: Record) -> Record | None:
        """Keep the words of a pair with this file's verdict; a word with a blank in it cannot be said."""
        pair = record.candidate
        if record.verdict is not self.verdict or any(len(word.split()) != 1 for word in pair.pair):
            return None
        return Record(bare(pair), self.verdict)

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a pair, each once."""
        pairs = sorted({kept.candidate.pair for record in records if (kept := self.reduce(record))})
        return (f"{one} {two}\n" for one, two in pairs)

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a line; of a table, whose first line names its columns, none."""
        is_first = True
        for n, line in enumerate(lines, start=1):
            words = line.split()
            if not words:
                continue
            if is_first and is_table_head(words):
                yield Reject(n, _("This is the head of a table. Choose CSV or TSV."), line.strip())
                return
            is_first = False
            try:
                if len(words) != 2:
                    raise BadRecordError(_("Each line must have two words."))
                yield Record(candidate_of(words[0], words[1]), self.verdict)
            except BadRecordError as error:
                yield Reject(n, str(error), line.strip()[:500])


class Repel(Attract):
    """Pairs to push apart."""

    name = "repel"
    verdict = Verdict.ANTONYM

    def short_title(self) -> str:
        """Return a name that is not cut."""
        return _("Repel constraints")

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Attract-Repel constraints, antonyms")
