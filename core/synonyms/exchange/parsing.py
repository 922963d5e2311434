"""The records of a file that a store can keep, each answer once; the others with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import Final

from core.language import _
from core.synonyms.exchange.config import ImportConfig
from core.synonyms.exchange.files import TextFile
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import ExchangeError, Record, Reject, without_judgement
from core.synonyms.names import NameRefusedError, check_name
from core.synonyms.store import StoreError
from core.synonyms.store.decisions import check_note
from core.synonyms.verdicts import Verdict

_BATCH: Final = 1000
_SAMPLES: Final = 20


class Understanding:
    """Reads a file once, batch by batch.

    Attributes:
        records: understood so far.
        repeated: of the file's records, those it had before; their evidence still counts.
        samples: the first of the records.
        rejects: everything that was not understood.
    """

    def __init__(self, config: ImportConfig, source: TextFile) -> None:
        """Choose the file.

        Raises:
            ExchangeError: there is no such format.
            NameRefusedError: nobody can be called like the config's annotator.
        """
        check_name(config.annotator)
        self._config = config
        self._source = source
        self._format = format_named(config.format)
        self._seen: dict[bytes, tuple[Verdict | None, int]] = {}
        self.records = self.repeated = 0
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
                is_first = self._is_first(record, line)
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
        return replace(record, annotator=check_name(record.annotator or self._config.annotator))

    def _is_first(self, record: Record, line: int) -> bool:
        """Tell whether the file has not said this before.

        Raises:
            StoreError: it said something else before.
        """
        if not record.is_judged:
            return True
        said = (*record.candidate.pair, record.annotator, str(record.adjudicates))
        key = blake2b("\x00".join(said).encode(), digest_size=12).digest()
        if key not in self._seen:
            self._seen[key] = (record.verdict, line)
            return True
        verdict, before = self._seen[key]
        if verdict is not record.verdict:
            raise StoreError(
                _("Line {n} gives {verdict} for the same pair by the same annotator.").format(n=before, verdict=verdict)
            )
        return False
