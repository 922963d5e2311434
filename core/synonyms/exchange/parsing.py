"""The records of a file that a store can keep, each answer once; the others with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import islice
from typing import Final

from core.language import _
from core.synonyms.exchange.config import ImportConfig
from core.synonyms.exchange.diff import Answer
from core.synonyms.exchange.files import TextFile
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import ExchangeError, Record, Reject, without_judgement
from core.synonyms.names import NameRefusedError, Spellings, check_name, clean_name
from core.synonyms.store import StoreError
from core.synonyms.store.decisions import check_note, to_micros
from core.synonyms.verdicts import Verdict

_BATCH: Final = 1000
_SAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class _Said:
    """What a file said first of a pair, when (microseconds since 1970), and on which line."""

    verdict: Verdict | None
    note: str
    flagged: bool
    at: int | None
    line: int


class Understanding:
    """Reads a file once, batch by batch.

    Attributes:
        records: understood so far.
        repeated: of the file's records, those it had before; their evidence still counts.
        samples: the first of the records.
        rejects: everything that was not understood.
        outdated: of the file's records, those that a newer one in the file replaces.
        corrections: the newest answers of those the file gives twice, each with the one it gave first; complete when
            all batches were read.
    """

    def __init__(self, config: ImportConfig, source: TextFile) -> None:
        """Choose the file.

        Raises:
            ExchangeError: there is no such format.
            NameRefusedError: nobody can be called like the config's annotator.
        """
        check_name(config.said_by)
        self._config = config
        self._source = source
        self._format = format_named(config.format)
        self._seen: dict[bytes, _Said] = {}
        self._spellings = Spellings()
        self.records = self.repeated = self.outdated = 0
        self.corrections: dict[bytes, tuple[Record, Answer]] = {}
        self.samples: list[Record] = []
        self.rejects: list[Reject] = []

    def batches(self) -> Iterator[list[Record]]:
        """Yield the file's records.

        Raises:
            ExchangeError: the file cannot be read on, or nothing in it is of the format.
        """
        found = self._understood()
        while batch := list(islice(found, _BATCH)):
            yield batch
        if self.rejects and not self.records:
            first = self.rejects[0]
            raise ExchangeError(
                _("{file} contains no {title}. Line {line}: {reason}").format(
                    file=self._config.file.name, title=self._format.title(), line=first.line, reason=first.reason
                )
            )

    def _understood(self) -> Iterator[Record]:
        for n, item in enumerate(self._format.read(self._source), start=1):
            if isinstance(item, Reject):
                self.rejects.append(item)
                continue
            line = self._source.line or n
            try:
                record = self._named(item)
                is_first = self._is_news(record, line)
            except (StoreError, NameRefusedError) as error:
                self.rejects.append(Reject(line, str(error), " / ".join(item.candidate.pair)))
                continue
            self.records += is_first
            if is_first and len(self.samples) < _SAMPLES:
                self.samples.append(record)
            self.repeated += not is_first
            yield record if is_first else without_judgement(record)

    def _named(self, record: Record) -> Record:
        """Return the record with somebody to have said it.

        Raises:
            NameRefusedError: nobody can be called like its annotator.
            StoreError: no store can keep its note.
        """
        if not record.is_judged:
            return record
        check_note(record.note)
        name = check_name(clean_name(record.annotator) or self._config.said_by)
        spelled = self._spellings.of(name)
        self._spellings.add(spelled)
        return replace(record, annotator=spelled)

    def _is_news(self, record: Record, line: int) -> bool:
        """Tell whether the file has not said this before; what corrects it is kept in ``corrections``.

        Raises:
            StoreError: it said something else before, and nobody knows which of the two came later.
        """
        if not record.is_judged:
            return True
        said = (*record.candidate.pair, record.annotator, str(record.adjudicates))
        key = blake2b("\x00".join(said).encode(), digest_size=12).digest()
        at = None if record.at is None else to_micros(record.at)
        if key not in self._seen:
            self._seen[key] = _Said(record.verdict, record.note, record.flagged, at, line)
            return True
        before = self._seen[key]
        first = Answer(before.verdict, before.note, before.flagged, before.at or 0)
        corrected = self.corrections[key][0] if key in self.corrections else None
        last = before.at if corrected is None or corrected.at is None else to_micros(corrected.at)
        if at is not None and last is not None and at != last:
            if at > last:
                self.corrections[key] = (record, first)
            elif record.verdict is not before.verdict:
                self.outdated += 1
                self.repeated -= 1  # it is told as older
        elif joined := _joined(record, corrected or before, before.line):
            self.corrections[key] = (joined, first)
        return False


def _joined(record: Record, stands: Record | _Said, line: int) -> Record | None:
    """Return ``record`` with what the file has said of the pair before; None where it adds nothing to that.

    Args:
        record: one without a time, or of the same.
        stands: what was said before.
        line: where that stands.

    Raises:
        StoreError: the two contradict each other, and nobody knows which of them came later.
    """
    if None is not record.verdict is not stands.verdict is not None:
        raise StoreError(
            _("Line {n} gives {verdict} for the same pair by the same annotator.").format(
                n=line, verdict=stands.verdict
            )
        )
    if record.note and stands.note and record.note != stands.note:
        raise StoreError(_("Line {n} has another note on the same pair by the same annotator.").format(n=line))
    joined = replace(
        record,
        verdict=record.verdict or stands.verdict,
        note=record.note or stands.note,
        flagged=record.flagged or stands.flagged,
    )
    is_more = (joined.verdict, joined.note, joined.flagged) != (stands.verdict, stands.note, stands.flagged)
    return joined if is_more else None
