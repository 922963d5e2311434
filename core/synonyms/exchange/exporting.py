"""From a store to a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, or_, select, union_all

from core.synonyms.exchange.config import ExchangeProgress, ExportConfig, ExportPreview, ExportReport
from core.synonyms.exchange.files import check_places, replacing
from core.synonyms.exchange.formats import format_named
from core.synonyms.exchange.record import Format, Record
from core.synonyms.exchange.sets import chained_sets, judged_sets
from core.synonyms.exchange.solr import SolrOneWay, SynonymSets
from core.synonyms.pairs import Candidate, WordPair
from core.synonyms.store import Row, Store
from core.synonyms.store.columns import Ids, fetch_ids
from core.synonyms.store.files import store_files
from core.synonyms.store.history import history_query, read_decisions
from core.synonyms.store.reading.pairs import fetch_rows, has_english_sets
from core.synonyms.store.schema import candidates, decisions, judgements, words
from core.synonyms.verdicts import Decision, Verdict

_PAGE: Final = 1000


def export_pairs(config: ExportConfig) -> Generator[ExchangeProgress, None, ExportReport]:
    """Write a file; yield how far it is, return what was written. A task for the worker.

    The file appears when it is complete; an export that is stopped leaves what stood there before.

    Raises:
        StoreError: the store cannot be read.
        ExchangeError: there is no such format, or the file cannot be written, or belongs to the store.
    """
    kind = format_named(config.format, chained=config.chained)
    check_places({"FILE": config.file}, store_files(config.store))
    with Store(config.store, create=False) as store, store.database.reading() as connection:
        if has_english_sets(connection):
            kind = kind.with_english_sets()
        reader = _Reader(connection, config, kind)
        told = 0
        with replacing(config.file, config.encoding) as target:
            for piece in kind.write(reader):
                target.write(piece)
                if reader.done != told:
                    told = reader.done
                    yield ExchangeProgress(told, len(reader.ids))
            yield ExchangeProgress(reader.done, len(reader.ids))
    return ExportReport(config.file, reader.kept, reader.left_out)


def preview_export(config: ExportConfig) -> Iterator[ExportPreview]:
    """Yield what an export would write, once. A task for the worker.

    The sets that chaining lets grow are what one should see before the file is written.

    Raises:
        StoreError: the store cannot be read.
        ExchangeError: there is no such format.
    """
    kind = format_named(config.format, chained=config.chained)
    with Store(config.store, create=False) as store, store.database.reading() as connection:
        reader = _Reader(connection, config, kind)
        if not isinstance(kind, SynonymSets) or isinstance(kind, SolrOneWay):
            for _record in reader:
                pass
            yield ExportPreview(reader.kept, reader.left_out)
        elif config.chained:
            sets, grown = chained_sets(kind.equivalents(reader), _verdicts_against(connection))
            yield ExportPreview(reader.kept, reader.left_out, len(sets), tuple(grown))
        else:
            sets = judged_sets(kind.equivalents(reader))
            yield ExportPreview(reader.kept, reader.left_out, len(sets))


class _Reader:
    """The records of an export, read from the store a page at a time.

    Attributes:
        ids: of the pairs.
        done: pairs read so far.
        kept: records that the format can say.
        left_out: records that it cannot.
    """

    def __init__(self, connection: Connection, config: ExportConfig, kind: Format) -> None:
        self._connection = connection
        self._config = config
        self._kind = kind
        self.ids: Ids = fetch_ids(connection, _wanted(config, kind))
        self.done = self.kept = self.left_out = 0

    def __iter__(self) -> Iterator[Record]:
        for start in range(0, len(self.ids), _PAGE):
            page = [int(pair) for pair in self.ids[start : start + _PAGE]]
            for record in self._records(page):
                said = self._kind.reduce(record) is not None
                self.kept += said
                self.left_out += not said
                yield record
            self.done += len(page)

    def _records(self, page: Sequence[int]) -> Iterator[Record]:
        rows = fetch_rows(self._connection, page)
        if self._config.whose == "final" or not self._kind.says_all:
            return (self._final(row) for row in rows)
        answers = _answers(self._connection, page)
        return (record for row in rows for record in _each(row, answers.get(row.id, [])))

    def _final(self, row: Row) -> Record:
        verdict = row.verdict
        if verdict is None and row.known and not row.disputed and self._config.known:
            verdict = Verdict.SYNONYM
        return Record(_candidate(row), verdict, at=row.changed, flagged=row.flagged)


def _wanted(config: ExportConfig, kind: Format) -> Select[Any]:
    """Select the pairs that an export looks at."""
    query = select(candidates.c.id).order_by(candidates.c.id)
    if not kind.says_all:
        judged = candidates.c.verdict.in_([Verdict.SYNONYM, Verdict.RELATED, Verdict.ANTONYM])
        return query.where(or_(judged, candidates.c.known) if config.known else judged)
    if config.which == "judged":
        # Flags and notes alone count: somebody made them.
        return query.where(candidates.c.changed_at.is_not(None))
    return query


def _candidate(row: Row) -> Candidate:
    return Candidate(row.word1, row.word2, row.scores, row.ranks, row.codes, row.known, row.sources, row.english_sets)


def _answers(connection: Connection, pairs: Sequence[int]) -> dict[int, list[Decision]]:
    query = (
        history_query()
        .join(judgements, judgements.c.decision_id == decisions.c.id)
        .where(judgements.c.candidate_id.in_(pairs))
        .order_by(decisions.c.id)
    )
    found: dict[int, list[Decision]] = defaultdict(list)
    for answer in read_decisions(connection, query).all():
        found[answer.candidate].append(answer)
    return found


def _each(row: Row, answers: Sequence[Decision]) -> Iterator[Record]:
    candidate = _candidate(row)
    if not answers:
        yield Record(candidate)
    for answer in answers:
        yield Record(
            candidate,
            answer.verdict,
            answer.annotator,
            answer.at,
            answer.seconds,
            answer.note,
            answer.flagged,
            answer.adjudicates,
            answer.model_score,
        )


def _verdicts_against(connection: Connection) -> dict[WordPair, Verdict]:
    """Return the pairs that were judged to be no synonyms, also by one of several who disagree."""
    one, two = words.alias("one"), words.alias("two")
    against = [Verdict.NOT, Verdict.ANTONYM, Verdict.RELATED]
    both = candidates.join(one, one.c.id == candidates.c.word1_id).join(two, two.c.id == candidates.c.word2_id)
    settled = select(one.c.text, two.c.text, candidates.c.verdict).select_from(both)
    said = both.join(judgements, judgements.c.candidate_id == candidates.c.id).join(
        decisions, decisions.c.id == judgements.c.decision_id
    )
    disputed = select(one.c.text, two.c.text, decisions.c.verdict).select_from(said).where(candidates.c.disputed)
    query = union_all(
        settled.where(candidates.c.verdict.in_(against)), disputed.where(decisions.c.verdict.in_(against))
    )
    return {WordPair(a, b): Verdict(verdict) for a, b, verdict in connection.execute(query)}
