"""From a file to a store: read and compare, show, then apply everything in one transaction or nothing.

The file is read and compared before the store is locked. What changes nothing costs no lock at all, and the
rest waits in a file of our own until it is written at one go, so that annotators at work wait for the writing
alone.
"""

from __future__ import annotations

import csv
import pickle
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

from sqlalchemy import Connection, delete

from core.language import _
from core.outputs import free_name
from core.passwords import speakable
from core.runtime.events import Payload
from core.spreadsheet import guarded
from core.synonyms.exchange.config import ExchangeProgress, ImportConfig, ImportReport
from core.synonyms.exchange.diff import Answer, Compared, answers_on, compare, compare_corrections, kind_of
from core.synonyms.exchange.files import TextFile, check_places, replacing
from core.synonyms.exchange.parsing import Understanding
from core.synonyms.exchange.record import ExchangeError, Reject
from core.synonyms.store import Store, StoreMissingError
from core.synonyms.store.candidates import find_pairs, put_candidates, upsert
from core.synonyms.store.decisions import insert_decisions, new_action, to_micros
from core.synonyms.store.files import store_files
from core.synonyms.store.opening.filling import store_as_it_is, store_to_fill
from core.synonyms.store.people import ensure_annotators
from core.synonyms.store.schema import stages

_SHOWN: Final = 20
_BATCH: Final = 1000


def preview_import(config: ImportConfig) -> Generator[ExchangeProgress, None, ImportReport]:
    """Read a file and compare it with the store, or with none where it is not made yet; change nothing.

    A task for the worker.

    Raises:
        ExchangeError: the file cannot be read, or nothing in it is of the format.
        StoreError: the store cannot be read.
    """
    source = TextFile(config.file, config.encoding)
    with store_as_it_is(config.store) as store:
        importer = _Importer(config, source)
        yield from importer.look(store)
        made = speakable(config.store) if store.is_new else ""
    return replace(importer.report(), new_store=made)


def apply_import(
    config: ImportConfig, *, fingerprint: str = "", action: str = ""
) -> Generator[ExchangeProgress, None, ImportReport]:
    """Read a file into the store, all that can be understood or nothing. A task for the worker.

    A store that is not there is made, if there is something to put in. Stopped in the middle, it leaves the store as
    it was.

    Args:
        config: which file, which store.
        fingerprint: of the file that was previewed; empty for an import without a preview.
        action: a name for this import, by which :func:`has_landed` finds it; empty for one that nobody asks for.

    Raises:
        ExchangeError: the file cannot be read, has changed since the preview, or nothing in it is of the
            format.
        StoreError: the store cannot be written.
    """
    check_places({"--rejects": config.rejects}, [config.file, *store_files(config.store)])
    source = TextFile(config.file, config.encoding)
    if fingerprint and source.fingerprint() != fingerprint:
        raise ExchangeError(_("{file} has changed since the preview. Preview it again.").format(file=config.file.name))
    importer = _Importer(config, source, action)
    importer.check_beginning()  # before a store is made for it
    with store_to_fill(config.store) as store, closing(_Waiting()) as waiting:
        yield from importer.look(store, waiting)
        rejects = importer.rejects
        # What was refused by an earlier import may be all that is left of it.
        rejects_file = free_name(config.rejects_file)
        if len(waiting):
            with store.database.writing() as connection:
                _sign(connection, importer.action)
                yield from importer.write(connection, waiting)
                if rejects:
                    # Before the transaction ends: if they cannot be written, nothing is applied.
                    _write_rejects(rejects_file, rejects)
        elif rejects:
            _write_rejects(rejects_file, rejects)
        made = store.where if store.is_new and len(waiting) else ""
    return replace(importer.report(), rejects_file=rejects_file if rejects else None, new_store=made)


def has_landed(config: ImportConfig, *, action: str) -> Generator[Payload, None, bool]:
    """Return whether the import of this name is in the store, after its process has ended without a word.

    A server may still be at its end: then the answer waits for that. A task for the worker.

    Raises:
        StoreError: the store cannot be asked.
    """
    yield ExchangeProgress(0)

    def ask(connection: Connection) -> bool:
        is_first = _sign(connection, action)
        if is_first:
            connection.execute(delete(stages).where(stages.c.name == _signature(action)))
        return not is_first

    try:
        with Store(config.store, create=False) as store:
            return store.database.write(ask)
    except StoreMissingError:  # it would have made it
        return False


def _signature(action: str) -> str:
    return f"import:{action}"


def _sign(connection: Connection, action: str) -> bool:
    """Note in the store that the import is in it, and return whether that was not noted before."""
    row = {"name": _signature(action), "completed_at": to_micros(datetime.now(UTC))}
    put = upsert(connection, stages).values(row).on_conflict_do_nothing(index_elements=["name"])
    return connection.execute(put).rowcount > 0


class _Waiting:
    """Records that change something, kept on the disk until they are written: there may be millions."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115  closed by close
        self._batches = self._records = 0

    def __len__(self) -> int:
        return self._records

    def put(self, batch: Sequence[Compared]) -> None:
        pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)
        self._batches += 1
        self._records += len(batch)

    def __iter__(self) -> Iterator[list[Compared]]:
        self._file.seek(0)
        for _batch in range(self._batches):
            yield pickle.load(self._file)  # noqa: S301  nobody else can open it: it has no name

    def close(self) -> None:
        self._file.close()


class _Importer:
    """Compares the file with the store, and writes what is left to write.

    Attributes:
        action: its name in the store.
    """

    def __init__(self, config: ImportConfig, source: TextFile, action: str = "") -> None:
        self._config = config
        self._source = source
        self._found = Understanding(config, source)
        self._now = to_micros(datetime.now(UTC))
        self.action = action or f"import-{new_action()}"
        self._new_pairs: set[bytes] = set()
        self._figures: Counter[str] = Counter()

    @property
    def rejects(self) -> list[Reject]:
        """Everything that was not understood."""
        return self._found.rejects

    def check_beginning(self) -> None:
        """See that something in the file can be understood; it costs the first records only.

        Raises:
            ExchangeError: nothing in it is of the format.
        """
        next(Understanding(self._config, self._source).batches(), None)

    def look(self, store: Store, waiting: _Waiting | None = None) -> Iterator[ExchangeProgress]:
        """Go through the file and count what it would change, or leave that in ``waiting``, not counted yet."""
        with store.database.reading() as connection:
            for batch in self._found.batches():
                compared = compare(connection, batch)
                self._refuse_two_people(compared)
                if waiting is None:
                    self._count_new(compared)
                elif later := [each for each in compared if each.changes]:
                    waiting.put(later)
                    compared = [each for each in compared if not each.changes]
                self._figures.update(each.kind for each in compared)
                yield ExchangeProgress(self._found.records)
            corrections = list(self._found.corrections.values())
            for start in range(0, len(corrections), _BATCH):
                compared = compare_corrections(connection, corrections[start : start + _BATCH])
                if waiting is not None:
                    waiting.put(compared)  # after what they correct
                else:
                    self._figures.update(each.kind for each in compared)

    def _refuse_two_people(self, compared: Sequence[Compared]) -> None:
        """See that the file does not say other things under its name than a file of that name did before.

        Two people's files may be called alike, and the second would replace what the first says.

        Raises:
            ExchangeError: it does, and nobody has said whose answers these are.
        """
        if self._config.annotator:
            return
        name = self._config.said_by
        for each in compared:
            if each.kind in ("changed", "older") and each.record.annotator == name:
                told = _(
                    'The store already has other verdicts of "{name}" ({pair}), perhaps from another person\'s file of '
                    "the same name. Say who judged: --annotator, in the window Default annotator."
                )
                raise ExchangeError(told.format(name=name, pair=" / ".join(each.record.candidate.pair)))

    def _count_new(self, compared: Sequence[Compared]) -> None:
        fresh = {each.record.candidate.pair for each in compared if each.pair is None}
        marks = {blake2b("\x00".join(pair).encode(), digest_size=12).digest() for pair in fresh}
        self._figures["new_pairs"] += len(marks - self._new_pairs)
        # Written, they would be in the store by the next batch.
        self._new_pairs |= marks

    def write(self, connection: Connection, waiting: _Waiting) -> Iterator[ExchangeProgress]:
        """Write and count what waits; what others have answered since counts as if it had always been there."""
        done = 0
        for batch in waiting:
            self._put(connection, batch)
            done += len(batch)
            yield ExchangeProgress(done, len(waiting))

    def _put(self, connection: Connection, batch: Sequence[Compared]) -> None:
        ids, fresh = put_candidates(connection, [each.record.candidate for each in batch if each.adds])
        self._figures["new_pairs"] += len(fresh)
        missing = {each.record.candidate.pair for each in batch if each.pair is None} - ids.keys()
        ids = {**ids, **find_pairs(connection, missing)}
        pairs = [ids[each.record.candidate.pair] if each.pair is None else each.pair for each in batch]
        new = {ids[pair] for pair in fresh}
        answers = answers_on(connection, sorted({*pairs} - new))
        rows = []
        for each, pair in zip(batch, pairs, strict=True):
            known = answers.get((pair, each.record.annotator, each.record.adjudicates))
            kind = kind_of(each.record, known)
            self._figures[kind] += 1
            if kind in ("new_verdicts", "changed"):
                rows.append(self._row(pair, each, known))
        if rows:
            who = ensure_annotators(connection, {row["annotator_id"] for row in rows}, self._now)
            insert_decisions(connection, [row | {"annotator_id": who[row["annotator_id"]]} for row in rows])

    def _row(self, pair: int, each: Compared, known: Answer | None) -> dict[str, Any]:
        """Return the entry for the history; what the file leaves out stays as it was."""
        record = each.record
        return {
            # An action says one thing of a pair; a correction is another.
            "action": f"{self.action}-newer" if each.corrects else self.action,
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

    def report(self) -> ImportReport:
        """Return what was found, and done."""
        figures = self._figures
        return ImportReport(
            self._source.encoding,
            self._found.records,
            figures["new_pairs"],
            figures["new_verdicts"],
            figures["changed"],
            figures["older"] + self._found.outdated,
            figures["unchanged"],
            self._found.repeated,
            len(self.rejects),
            tuple(self.rejects[:_SHOWN]),
            tuple(self._found.samples),
            self._source.fingerprint(),
            is_guessed=self._source.is_guessed,
            is_doubtful=self._source.is_doubtful,
        )


def _write_rejects(file: Path, rejects: Sequence[Reject]) -> None:
    with replacing(file, "utf-8-sig") as target:
        writer = csv.writer(target)
        writer.writerow(["line", "reason", "text"])
        for reject in rejects:
            # What was not decoded would stop the file of rejects as well.
            text = reject.text.encode("utf-8", "backslashreplace").decode()
            writer.writerow([reject.line, guarded(reject.reason), guarded(text)])
