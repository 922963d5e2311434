"""From a file to a store: read and classify, show, then apply everything in one transaction or nothing."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, select

from core.language import _
from core.synonyms.exchange.config import ExchangeProgress, ImportConfig, ImportReport
from core.synonyms.exchange.delimited import harmless
from core.synonyms.exchange.files import TextFile, replacing
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import ExchangeError, Record, Reject
from core.synonyms.store import Store, StoreError
from core.synonyms.store.adding import add_candidates, chunks, find_pairs
from core.synonyms.store.judging import check_note, insert_decisions, new_action, to_micros
from core.synonyms.store.people import check_name, ensure_annotators
from core.synonyms.store.schema import annotators, decisions, judgements
from core.synonyms.verdicts import Verdict

_BATCH: Final = 500
_SHOWN: Final = 20

_Key = tuple[int, str, bool]
"""A pair's id, an annotator's name, whether it is an adjudication."""


def preview_import(config: ImportConfig) -> Generator[ExchangeProgress, None, ImportReport]:
    """Read a file and compare it with the store; change nothing. A task for the worker.

    Raises:
        ExchangeError: the file cannot be read, or nothing in it is of the format.
        StoreError: the store cannot be read.
    """
    source = TextFile(config.file, config.encoding)
    with Store(config.store, create=False) as store, store.database.reading() as connection:
        importer = _Importer(connection, config, source)
        yield from importer.run(apply=False)
    return importer.report


def apply_import(config: ImportConfig, *, fingerprint: str = "") -> Generator[ExchangeProgress, None, ImportReport]:
    """Read a file into the store, all that can be understood or nothing. A task for the worker.

    A store that is not there is made. Stopped in the middle, it leaves the store as it was.

    Args:
        config: which file, which store.
        fingerprint: of the file that was previewed; empty for an import without a preview.

    Raises:
        ExchangeError: the file cannot be read, has changed since the preview, or nothing in it is of the
            format.
        StoreError: the store cannot be written.
    """
    source = TextFile(config.file, config.encoding)
    if fingerprint and source.fingerprint() != fingerprint:
        raise ExchangeError(_("{file} has changed since the preview. Look at it again.").format(file=config.file.name))
    with Store(config.store) as store, store.database.writing() as connection:
        importer = _Importer(connection, config, source)
        yield from importer.run(apply=True)
        if importer.rejects:
            # Before the transaction ends: if they cannot be written, nothing is applied.
            _write_rejects(config, importer.rejects)
        made = store.where if store.is_new else ""
    return replace(importer.report, rejects_file=config.rejects_file if importer.rejects else None, new_store=made)


@dataclass(slots=True)
class _Answer:
    """An answer as the store has it."""

    verdict: Verdict | None
    note: str
    flagged: bool
    at: int


class _Importer:
    """Reads a file batch by batch, and classifies or applies each.

    Attributes:
        report: what was found so far.
        rejects: everything that was not understood.
    """

    def __init__(self, connection: Connection, config: ImportConfig, source: TextFile) -> None:
        self._connection = connection
        self._config = config
        self._source = source
        self._now = to_micros(datetime.now(UTC))
        self._action = f"import-{new_action()}"
        self._seen: dict[bytes, tuple[Verdict | None, int]] = {}
        self._new_pairs: set[bytes] = set()
        self.rejects: list[Reject] = []
        self.report = ImportReport(source.encoding)

    def run(self, *, apply: bool) -> Iterator[ExchangeProgress]:
        """Go through the file."""
        check_name(self._config.annotator)
        format_ = format_named(self._config.format)
        records = self._understood(format_.read(self._source))
        done = 0
        while batch := list(islice(records, _BATCH)):
            done += len(batch)
            if not self.report.samples:
                self.report = replace(self.report, samples=tuple(batch[:_SHOWN]))
            self._take(batch, apply=apply)
            yield ExchangeProgress(done)
        if self.rejects and not done:
            first = self.rejects[0]
            raise ExchangeError(
                _("Nothing in {file} is {title}. Line {line}: {reason}").format(
                    file=self._config.file.name, title=format_.title(), line=first.line, reason=first.reason
                )
            )
        self.report = replace(
            self.report,
            records=done,
            rejected=len(self.rejects),
            rejects=tuple(self.rejects[:_SHOWN]),
            fingerprint=self._source.fingerprint(),
        )

    def _understood(self, found: Iterator[Record | Reject]) -> Iterator[Record]:
        """Yield records that the store can keep, each answer once; the others go to the rejects."""
        for n, item in enumerate(found, start=1):
            line = self._source.line or n
            try:
                if isinstance(item, Reject):
                    self.rejects.append(item)
                elif self._is_first(record := self._named(item), line):
                    yield record
                else:
                    self.report = replace(self.report, repeated=self.report.repeated + 1)
            except StoreError as error:
                self.rejects.append(Reject(line, str(error), " / ".join(item.candidate.pair)))  # type: ignore[union-attr]

    def _named(self, record: Record) -> Record:
        """Return the record with somebody to have said it.

        Raises:
            StoreError: no store can keep its annotator or note.
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
        verdict, before = self._seen.setdefault(key, (record.verdict, line))
        if before == line and verdict is record.verdict:
            return True
        if verdict is not record.verdict:
            raise StoreError(
                _("Line {n} says {verdict} of the same pair, by the same annotator.").format(n=before, verdict=verdict)
            )
        return False

    def _take(self, batch: Sequence[Record], *, apply: bool) -> None:
        connection, report = self._connection, self.report
        ids = find_pairs(connection, {record.candidate.pair for record in batch})
        fresh = {record.candidate.pair for record in batch if record.candidate.pair not in ids}
        marks = {blake2b("\x00".join(pair).encode(), digest_size=12).digest() for pair in fresh}
        report = replace(report, new_pairs=report.new_pairs + len(marks - self._new_pairs))
        if apply:
            add_candidates(connection, [record.candidate for record in batch])
            ids |= find_pairs(connection, fresh)
        else:
            # Applied, they would be in the store by the next batch.
            self._new_pairs |= marks
        answers = self._answers(list(ids.values()))
        rows = []
        for record in batch:
            pair = ids.get(record.candidate.pair)
            known = None if pair is None else answers.get((pair, record.annotator, record.adjudicates))
            kind = _compare(record, known)
            report = replace(report, **{kind: getattr(report, kind) + 1}) if kind else report
            if kind in ("new_verdicts", "changed") and pair is not None:
                rows.append(self._row(pair, record, known))
        self.report = report
        if apply and rows:
            who = ensure_annotators(connection, {row["annotator_id"] for row in rows}, self._now)
            insert_decisions(connection, [row | {"annotator_id": who[row["annotator_id"]]} for row in rows])

    def _answers(self, pairs: Sequence[int]) -> dict[_Key, _Answer]:
        """Return the answers that stand on these pairs."""
        query = (
            select(decisions, annotators.c.name)
            .join(judgements, judgements.c.decision_id == decisions.c.id)
            .join(annotators, annotators.c.id == decisions.c.annotator_id)
        )
        return {
            (row.candidate_id, row.name, bool(row.adjudicates)): _Answer(
                Verdict(row.verdict) if row.verdict else None, row.note, bool(row.flagged), row.at
            )
            for chunk in chunks(pairs)
            for row in self._connection.execute(query.where(judgements.c.candidate_id.in_(chunk)))
        }

    def _row(self, pair: int, record: Record, known: _Answer | None) -> dict[str, Any]:
        """Return the entry for the history; what the file leaves out stays as it was."""
        return {
            "action": self._action,
            "candidate_id": pair,
            "annotator_id": record.annotator,
            "verdict": record.verdict or (known.verdict if known else None),
            "note": record.note or (known.note if known else ""),
            "flagged": record.flagged or bool(known and known.flagged),
            "at": self._now if record.at is None else to_micros(record.at),
            "seconds": record.seconds,
            "model_score": record.model_score,
            "adjudicates": record.adjudicates,
            "imported": True,
        }


def _compare(record: Record, known: _Answer | None) -> str:
    """Return which figure of the report a record counts in; empty for a pair without an answer."""
    if not record.is_judged:
        return ""
    if known is None:
        return "new_verdicts"
    says_more = (record.note and record.note != known.note) or (record.flagged and not known.flagged)
    if record.verdict in (None, known.verdict) and not says_more:
        return "unchanged"
    if record.at is not None and to_micros(record.at) < known.at:
        return "older"
    return "changed"


def _write_rejects(config: ImportConfig, rejects: Sequence[Reject]) -> None:
    with replacing(config.rejects_file, "utf-8-sig") as target:
        writer = csv.writer(target)
        writer.writerow(["line", "reason", "text"])
        for reject in rejects:
            # What was not decoded would stop the file of rejects as well.
            text = reject.text.encode("utf-8", "backslashreplace").decode()
            writer.writerow([reject.line, harmless(reject.reason), harmless(text)])
