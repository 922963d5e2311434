"""The store: candidates enter through ``add``, decisions through ``decide``; nothing confirmed is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, select

from core.language import _
from core.synonyms.pairs import Candidate, WordPair
from core.synonyms.store.candidates import add_candidates, find_pairs, replace_scores, upsert
from core.synonyms.store.database import PATIENCE_SECONDS, Database
from core.synonyms.store.decisions import (
    check_note,
    current_answers,
    insert_decisions,
    new_action,
    to_micros,
    undo_last,
)
from core.synonyms.store.errors import StoreError
from core.synonyms.store.history import history_query, judged_since, last_answers, news, read_decisions
from core.synonyms.store.integrity import complaints
from core.synonyms.store.migrations import prepare
from core.synonyms.store.opening.identity import give_identity, identity_in
from core.synonyms.store.people import (
    Annotator,
    Sharing,
    ensure_annotators,
    list_annotators,
    place_of,
    read_sharing,
    read_spellings,
    write_active,
    write_sharing,
)
from core.synonyms.store.reading.checks import Usable
from core.synonyms.store.reading.pairs import fetch_rows
from core.synonyms.store.rows import DISPUTED, Row
from core.synonyms.store.schema import candidates, decisions, judgements, marked, stages
from core.synonyms.store.table_query import TableQuery
from core.synonyms.verdicts import Decision, Verdict


def utc_now() -> datetime:
    """Return this moment, UTC."""
    return datetime.now(UTC)


class Store:
    """Candidates, their evidence, and the history of what people decided about them.

    Safe for several threads and several programs at once. Every method that changes something returns after
    it is on the disk.

    Attributes:
        where: the file, or the server's address without its password.
        is_new: it was made on opening.
        copied_to: the copy made before migrating an older store, if that happened on opening.
        identity: what the store calls itself, wherever it lies; empty where it has no name yet.
        notice: what to say of entries made in another file that lay there before; empty where there is nothing.
    """

    def __init__(
        self,
        address: str | Path,
        *,
        create: bool = True,
        patience: float = PATIENCE_SECONDS,
        answer_within: float | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        """Open the store at ``address``.

        Args:
            address: a file's path, ``sqlite:///FILE`` or ``postgresql://user:password@host/database``.
            create: make a new one where there is none. Whoever only reads says no: a wrong address is no store.
            patience: seconds to wait for another program that holds the store.
            answer_within: seconds after which a server that has not answered is given up; None waits as long as a
                large piece of work may take.
            now: the clock that stamps decisions.

        Raises:
            StoreMissingError: there is none, and none was to be made.
            StoreError: it cannot be opened; the message says why and what to do.
        """
        self._database = Database(address, patience=patience, answer_within=answer_within)
        self._now = now
        try:
            self.is_new, self.copied_to, self.notice = prepare(self._database, create=create)
            self.identity = give_identity(self._database) if create else identity_in(self._database)
        except StoreError:
            self._database.close()
            raise
        self.where = self._database.where

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    @property
    def database(self) -> Database:
        """The database, for the modules that read or write much at once (queue, ranker, exchange)."""
        return self._database

    def table_query(self) -> TableQuery:
        """Return a new query of the candidates, for one table."""
        return TableQuery(self._database)

    # Candidates: the store is a CandidateSink

    def add(self, batch: Sequence[Candidate]) -> int:
        """Keep ``batch`` durably, all of it or nothing, and return how many pairs were new.

        Pairs already there keep what people decided; sources and scores not known before are merged in.
        """
        return self._database.write(lambda connection: add_candidates(connection, batch))

    def score(self, source: str, scores: Mapping[int, float]) -> None:
        """Give pairs, by their ids, a score of ``source`` durably, in place of the one they may have had.

        Mining adds what is not known and leaves the rest; who scores anew has learnt something since.
        """
        self._database.write(lambda connection: replace_scores(connection, source, scores))

    @property
    def completed_stages(self) -> AbstractSet[str]:
        """Stages of mining this store has seen to the end."""
        with self._database.reading() as connection:
            return frozenset(connection.scalars(select(stages.c.name)))

    def complete_stage(self, stage: str) -> None:
        """Remember durably that ``stage`` has been seen to the end."""
        at = to_micros(self._now())
        self._database.write(
            lambda connection: connection.execute(
                upsert(connection, stages)
                .values(name=stage, completed_at=at)
                .on_conflict_do_nothing(index_elements=["name"])
            )
        )

    def row(self, pair: int, seen_by: str | None = None) -> Row:
        """Return one candidate, as ``seen_by`` sees it: as if nobody else had answered; None for everybody's answers.

        Raises:
            StoreError: there is no such pair.
        """
        with self._database.reading() as connection:
            found = fetch_rows(connection, [pair], seen_by)
        if not found:
            raise StoreError(_("The pair is no longer in this store. Reload the list."))
        return found[0]

    def find(self, pairs: Iterable[WordPair]) -> dict[WordPair, int]:
        """Return the id of each of ``pairs`` that is in the store."""
        with self._database.reading() as connection:
            return find_pairs(connection, pairs)

    # Decisions

    def decide(
        self,
        pairs: int | Collection[int],
        verdict: Verdict,
        annotator: str,
        *,
        seconds: float | None = None,
        note: str | None = None,
        flagged: bool | None = None,
        model_score: float | Mapping[int, float] | None = None,
        adjudicates: bool = False,
        action: str | None = None,
    ) -> list[Decision]:
        """Enter one verdict on one pair, or on many at once; one call is one action to undo.

        Args:
            pairs: ids of the pairs.
            verdict: what the annotator says.
            annotator: who; a new name is added.
            seconds: how long they looked.
            note: free text; None leaves the annotator's note on each pair as it is.
            flagged: come back to this one; None leaves the annotator's flag as it is.
            model_score: the ranker's probability of a synonym now, of all pairs or by pair.
            adjudicates: the verdict settles a dispute.
            action: name of the action; a call repeated with the same name enters nothing twice.

        Returns:
            The new entries, on the disk.

        Raises:
            StoreError: nothing was entered, and why.
        """
        wanted = [pairs] if isinstance(pairs, int) else list(dict.fromkeys(pairs))
        if not wanted:
            return []
        entry = {
            "verdict": verdict,
            "seconds": seconds,
            "note": note,
            "flagged": flagged,
            "adjudicates": adjudicates,
        }
        scores = model_score if isinstance(model_score, Mapping) else dict.fromkeys(wanted, model_score)
        return self._enter(wanted, annotator, entry, action or new_action(), scores)

    def mark(
        self,
        pair: int,
        annotator: str,
        *,
        flagged: bool | None = None,
        note: str | None = None,
        action: str | None = None,
    ) -> Decision:
        """Set the annotator's flag or note on a pair and leave their verdict as it is.

        Repeated with the name of the same ``action`` it enters nothing twice.

        Raises:
            StoreError: nothing was entered, and why.
        """
        entry = {"note": note, "flagged": flagged, "adjudicates": False}
        return self._enter([pair], annotator, entry, action or new_action())[0]

    def _enter(
        self,
        pairs: Sequence[int],
        annotator: str,
        entry: Mapping[str, Any],
        action: str,
        scores: Mapping[int, float | None] | None = None,
    ) -> list[Decision]:
        """Add one entry a pair; a note or flag of None, and what ``entry`` leaves out, stays as it stands.

        Likewise the model's scores if there are none; a pair that ``scores`` leaves out was not scored.
        """
        said = {key: value for key, value in entry.items() if key not in ("note", "flagged") or value is not None}
        if "note" in said:
            check_note(said["note"])
        at = to_micros(self._now())

        def enter(connection: Connection) -> list[Decision]:
            who = ensure_annotators(connection, [annotator], at)[annotator]
            current = current_answers(connection, pairs, who, adjudicates=entry["adjudicates"])
            fixed = {"action": action, "annotator_id": who, "at": at, "seconds": None}
            rows = [current[pair] | fixed | said | {"candidate_id": pair} for pair in pairs]
            if scores is not None:
                for row in rows:
                    row["model_score"] = scores.get(row["candidate_id"])
            insert_decisions(connection, rows)
            query = history_query().where(decisions.c.action == action).order_by(decisions.c.id)
            entered = read_decisions(connection, query).all()
            if not entered:  # the words of a pair may be gone, where another program wrote into the store
                raise StoreError(_("The pair is no longer in this store. Reload the list."))
            return entered

        return self._database.write(enter)

    def undo(self, annotator: str, *, action: str | None = None) -> list[Decision]:
        """Take back the annotator's last action that still stands; once more, the one before; without end.

        Repeated with the name of the same ``action`` it takes nothing else back.

        Returns:
            The entries taken back, in the order they were made; empty where nothing is left.

        Raises:
            StoreError: nothing was taken back, and why.
        """
        named, at = action or new_action(), to_micros(self._now())

        def take_back(connection: Connection) -> list[Decision]:
            who = ensure_annotators(connection, [annotator], at)[annotator]
            was_done = select(decisions.c.id).where(decisions.c.action == named).limit(1)
            added = connection.execute(was_done).first() or undo_last(connection, who, at, named)
            undone = select(decisions.c.undoes).where(decisions.c.action == named)
            query = history_query().where(decisions.c.id.in_(undone)).order_by(decisions.c.id)
            return read_decisions(connection, query).all() if added else []

        return self._database.write(take_back)

    def history(
        self,
        *,
        pair: int | None = None,
        annotator: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[Decision]:
        """Return entries of the history, newest first, undone ones and the undoing ones included."""
        query = history_query().order_by(decisions.c.id.desc())
        if pair is not None:
            query = query.where(decisions.c.candidate_id == pair)
        if since is not None:
            query = query.where(decisions.c.at >= to_micros(since))
        with self._database.reading() as connection:
            if annotator is not None:
                query = query.where(decisions.c.annotator_id == place_of(connection, annotator))
            return read_decisions(connection, query.limit(limit)).all()

    def last_decisions(self, annotator: str, limit: int = 10) -> Usable[Decision]:
        """Return the annotator's newest answers that still stand, newest first, each pair once."""
        with self._database.reading() as connection:
            return last_answers(connection, annotator, limit)

    def news(self, mark: tuple[int, int]) -> tuple[tuple[int, int], list[int]]:
        """Return a mark of how far the history has come, and the pairs decided on since an earlier ``mark``.

        While nobody else has written there are none, however much was decided through this store itself; once
        somebody has, its own may be among them.

        Raises:
            StoreGoneError: the file has gone or is another; what was entered is in the copy it names.
        """
        self._database.look_after_file()
        with self._database.reading() as connection:
            return news(connection, mark)

    def judged_since(self, annotator: str, since: datetime) -> set[int]:
        """Return the pairs whose standing verdict the annotator has given or changed since then."""
        with self._database.reading() as connection:
            return judged_since(connection, annotator, since)

    def judgements(self, pair: int, seen_by: str | None = None) -> list[Decision]:
        """Return every annotator's current answer on a pair, adjudications last; of ``seen_by`` alone, if given.

        Raises:
            DamagedRowsError: one of them holds what no answer can hold.
        """
        return self.usable_judgements(pair, seen_by).all()

    def usable_judgements(self, pair: int, seen_by: str | None = None) -> Usable[Decision]:
        """Return those of the :meth:`judgements` that are sound, and what is wrong with the others."""
        query = (
            history_query()
            .join(judgements, judgements.c.decision_id == decisions.c.id)
            .where(judgements.c.candidate_id == pair)
            .order_by(decisions.c.adjudicates, decisions.c.id)
        )
        with self._database.reading() as connection:
            if seen_by is not None:
                query = query.where(decisions.c.annotator_id == place_of(connection, seen_by))
            return read_decisions(connection, query)

    def verdict_counts(self) -> dict[Verdict | None, int]:
        """Return how many pairs stand at each verdict; None counts the undecided and the disputed."""
        decided = candidates.c.verdict
        query = select(decided, func.count()).where(decided.in_(list(Verdict))).group_by(decided)
        with self._database.reading() as connection:
            total = connection.execute(select(func.count()).select_from(candidates)).scalar_one()
            counts: dict[Verdict | None, int] = {Verdict(name): n for name, n in connection.execute(query)}
        return {None: total - sum(counts.values())} | counts

    def count_disputed(self) -> int:
        """Return on how many pairs the annotators disagree."""
        with self._database.reading() as connection:
            return int(
                connection.execute(select(func.count()).select_from(candidates).where(marked(DISPUTED))).scalar_one()
            )

    # People

    def add_annotator(self, name: str) -> None:
        """Add an annotator, unless they are there already.

        Raises:
            StoreError: the name is empty, too long, or holds control characters.
        """
        at = to_micros(self._now())
        self._database.write(lambda connection: ensure_annotators(connection, [name], at))

    def set_active(self, name: str, *, active: bool) -> None:
        """Give the annotator a share of the pairs, or none. What they judged stays."""
        self._database.write(lambda connection: write_active(connection, name, active=active))

    def spelled(self, name: str) -> str:
        """Return the name under which the store knows the person called ``name``; that itself for a newcomer."""
        with self._database.reading() as connection:
            return read_spellings(connection).of(name)

    def annotators(self) -> list[Annotator]:
        """Return everybody who has judged or may judge, in the order they came."""
        with self._database.reading() as connection:
            return list_annotators(connection)

    @property
    def sharing(self) -> Sharing:
        """How the pairs are divided among the annotators at work."""
        with self._database.reading() as connection:
            return read_sharing(connection)

    @sharing.setter
    def sharing(self, sharing: Sharing) -> None:
        self._database.write(lambda connection: write_sharing(connection, sharing))

    def check(self) -> list[str]:
        """Compare everything that follows from the history with the history, and the file with itself.

        Returns:
            One line for each thing that is wrong; empty for a sound store.
        """
        with self._database.reading() as connection:
            return complaints(connection)
