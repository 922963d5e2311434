"""Another program may write anything into a store: it becomes one error that names the row, and the rest is usable."""

import contextlib
import itertools
import shutil
import sqlite3
from datetime import UTC, datetime
from functools import partial

import pytest

from core.synonyms.agreement.report import AgreementConfig
from core.synonyms.agreement.task import measure_agreement
from core.synonyms.exchange.config import ExportConfig, ImportConfig
from core.synonyms.exchange.exporting import export_pairs
from core.synonyms.exchange.importing import preview_import
from core.synonyms.pairs import Candidate, SynonymsError
from core.synonyms.progress import finish
from core.synonyms.queue.config import Only, Order, QueueConfig
from core.synonyms.queue.planner import Planner, plan_queue
from core.synonyms.queue.queue import Queue
from core.synonyms.ranker.table import read_table
from core.synonyms.retraining.labels import read_labels
from core.synonyms.store import Filter, Range, Sort, Store
from core.synonyms.store.reading.checks import DamagedRowsError
from core.synonyms.store.rows import CHANGED, COLUMNS, JUDGES, RANK
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT

PAIRS = [candidate(f"词{n}", f"語{n}", ranks=(n, n + 1), cosine=n / 100) for n in range(1, 31)]

OF_A_PAIR = {
    "rank": "UPDATE words SET rank = 'abc' WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "negative rank": "UPDATE words SET rank = -4 WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "huge rank": "UPDATE words SET rank = 1000000000000 WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "rank of bytes": "UPDATE words SET rank = x'00ff' WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "word of bytes": "UPDATE words SET text = x'ff00' WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "word that is no text": "UPDATE words SET text = CAST(x'e6bcff' AS TEXT) WHERE id ="
    " (SELECT word1_id FROM candidates WHERE id = 7)",
    "empty word": "UPDATE words SET text = '' WHERE id = (SELECT word1_id FROM candidates WHERE id = 7)",
    "word of two lines": "UPDATE words SET text = 'a' || char(10) WHERE id ="
    " (SELECT word1_id FROM candidates WHERE id = 7)",
    "codes": "UPDATE words SET codes = x'c3' WHERE id = (SELECT word2_id FROM candidates WHERE id = 7)",
    "words in the wrong order": "UPDATE candidates SET word1_id = word2_id, word2_id = word1_id WHERE id = 7",
    "unknown verdict": "UPDATE candidates SET verdict = 'maybe' WHERE id = 7",
    "half a character for a verdict": "UPDATE candidates SET verdict = CAST(x'e4' AS TEXT) WHERE id = 7",
    "extreme moment": "UPDATE candidates SET changed_at = 9223372036854775807 WHERE id = 7",
    "moment in words": "UPDATE candidates SET changed_at = 'yesterday' WHERE id = 7",
    "moment before all clocks": "UPDATE candidates SET changed_at = -9000000000000000000 WHERE id = 7",
    "judges": "UPDATE candidates SET judges = 'many' WHERE id = 7",
    "judges below none": "UPDATE candidates SET judges = -1 WHERE id = 7",
    "score": "UPDATE evidence SET score = 'high' WHERE candidate_id = 7",
    "infinite score": "UPDATE evidence SET score = 9e999 WHERE candidate_id = 7",
    "details of bytes": "UPDATE evidence SET details = x'ff00' WHERE candidate_id = 7",
    "score of bytes": "UPDATE evidence SET score = x'01' WHERE candidate_id = 7",
}
"""What was done to the row of pair 7, which is then named."""

OF_NO_PAIR = {
    "a word that is not there": "UPDATE candidates SET word1_id = 99999 WHERE id = 7",
    "a word of a negative id": "UPDATE candidates SET word2_id = -5 WHERE id = 7",
    "a word of no id": "UPDATE candidates SET word2_id = 'abc' WHERE id = 7",
    "evidence for no pair": "UPDATE evidence SET candidate_id = -5 WHERE candidate_id = 7",
    "evidence for nothing": "UPDATE evidence SET candidate_id = 'abc' WHERE candidate_id = 7",
    "an answer on no pair": "UPDATE judgements SET candidate_id = -5 WHERE candidate_id = 8",
    "an answer on nothing": "UPDATE judgements SET candidate_id = 'abc' WHERE candidate_id = 8",
    "a score that is not there": "UPDATE evidence SET score = NULL WHERE candidate_id = 7",
    "a gigantic score": "UPDATE evidence SET score = 1e300 WHERE candidate_id = 7",
}
"""What leaves no row that could be named, and must not be taken for another."""

OF_AN_ANSWER = {
    "unknown verdict": "UPDATE {table} SET verdict = 'maybe' WHERE candidate_id = 8",
    "extreme moment": "UPDATE decisions SET at = 9223372036854775807 WHERE candidate_id = 8",
    "moment in words": "UPDATE decisions SET at = 'yesterday' WHERE candidate_id = 8",
    "note of bytes": "UPDATE decisions SET note = x'ff' WHERE candidate_id = 8",
    "seconds": "UPDATE decisions SET seconds = 'long' WHERE candidate_id = 8",
    "score of the model": "UPDATE decisions SET model_score = 'likely' WHERE candidate_id = 8",
}


@pytest.fixture
def path(tmp_path):
    with Store(tmp_path / "pairs.db") as store:
        store.add(PAIRS)
        for pair in (*range(8, 12), *range(25, 30)):
            store.decide(pair, S if pair > 20 else N, "ann", model_score=0.5, seconds=1.0)
        store.decide(8, S, "bob")
    return tmp_path / "pairs.db"


def spoil(path, statement):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for table in ("decisions", "judgements") if "{table}" in statement else ("",):
            connection.execute(statement.format(table=table))
    connection.close()


def every_question(store):
    """Ask all that a table, a queue and a card may ask; only errors of ours may come."""
    query = store.table_query()
    filters = (
        Filter(), Filter(text="词"), Filter(verdicts=frozenset({None})), Filter(verdicts=frozenset({S})),
        Filter(flagged=False), Filter(disputed=True), Filter(source="cosine"), Filter(annotator="ann"),
        *(Filter(ranges=(Range(column, 0, 1e17),)) for column in (RANK, JUDGES, CHANGED, "cosine")),
    )  # fmt: skip
    for _time in range(2):
        # Each filter with each annotator and in some order, each order with each annotator and under some filter.
        columns = (*COLUMNS, "cosine")
        most = max(len(filters), len(columns))
        asked = itertools.islice(zip(itertools.cycle(filters), itertools.cycle(columns)), most)
        for (where, column), seen_by in itertools.product(list(asked), (None, "ann")):
            found = query.ids(where, Sort(column), seen_by).tolist()
            assert len(set(found)) == len(found)
            assert set(found) <= set(range(1, 31))
        for _piece in query.prepare():
            pass


@pytest.mark.sweep(7)
@pytest.mark.parametrize("statement", OF_A_PAIR.values(), ids=list(OF_A_PAIR))
def test_a_pair_that_cannot_be_one_is_named_and_the_others_stay(path, statement):
    spoil(path, statement)
    with Store(path, create=False) as store:
        every_question(store)
        read = store.table_query().usable_rows(range(1, 31))
        assert [row.id for row in read.found] == [n for n in range(1, 31) if n != 7]
        told = str(read.error)
        assert str(path) in told
        assert "database program" in told
        (damage,) = read.error.damages
        assert damage.row == {"words": 13}.get(damage.table, 7) or damage.table == "words"
        with pytest.raises(DamagedRowsError, match="cannot be read"):
            store.row(7)
        assert store.row(8).id == 8


@pytest.mark.parametrize("statement", OF_NO_PAIR.values(), ids=list(OF_NO_PAIR))
def test_what_belongs_to_no_pair_is_taken_for_no_other(path, statement):
    with Store(path) as store:
        before = {row.id: row for row in store.table_query().rows(range(1, 31))}
        judged = set(store.table_query().ids(Filter(annotator="ann")).tolist())
    spoil(path, statement)
    with Store(path, create=False) as store:
        every_question(store)
        for row in store.table_query().usable_rows(range(1, 31)).found:
            assert row.id == 7 or row == before[row.id]
        assert set(store.table_query().ids(Filter(annotator="ann")).tolist()) <= judged


@pytest.mark.sweep(9)
@pytest.mark.parametrize(
    "statement", [*OF_A_PAIR.values(), *OF_NO_PAIR.values(), *OF_AN_ANSWER.values()],
    ids=[*OF_A_PAIR, *OF_NO_PAIR, *(f"answer: {name}" for name in OF_AN_ANSWER)],
)  # fmt: skip
def test_a_queue_asks_what_can_be_asked(path, statement):
    spoil(path, statement)
    for only, order in ((Only.OPEN, Order.LIKELY), (Only.OPEN, Order.SCORE), (Only.DISPUTED, Order.RANDOM)):
        config = QueueConfig(str(path), "carla", order, only, "cosine" if order is Order.SCORE else "")
        plan = Planner().plan(config)
        with Store(path, create=False) as store:
            queue = Queue(store, config)
            queue.take(plan)
            while queue.card is not None:
                pair = queue.card.row.id
                assert queue.decide(S).candidate == pair
            assert queue.finished


FOREIGN = {
    "a verdict nobody gives": "UPDATE decisions SET verdict = 'abc' WHERE candidate_id = 8",
    "half a character for a verdict": "UPDATE decisions SET verdict = CAST(x'e4' AS TEXT) WHERE candidate_id = 8",
    "a score in words": "UPDATE decisions SET model_score = 'abc' WHERE candidate_id = 8",
    "a note of bytes": "UPDATE decisions SET note = x'00ff' WHERE candidate_id = 8",
}


@pytest.mark.parametrize("statement", FOREIGN.values(), ids=list(FOREIGN))
def test_what_would_be_said_again_is_checked_before(path, statement):
    spoil(path, statement)
    with Store(path, create=False) as store:
        for _time in range(2):
            with pytest.raises(DamagedRowsError, match=r"pairs\.db holds a row that cannot be read \(decisions \d+: "):
                store.mark(8, "ann", flagged=True)
        assert store.mark(9, "ann", flagged=True).flagged


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ("verdict = 'abc'", "verdict is 'abc'"),
        ("note = x'00ff'", r"note is b'\\x00\\xff'"),
        ("at = 'yesterday'", "at is 'yesterday'"),
    ],
)
def test_an_import_beside_an_answer_that_is_none_says_which(path, tmp_path, changed, told):
    spoil(path, f"UPDATE decisions SET {changed} WHERE candidate_id = 8")
    file = tmp_path / "in.csv"
    file.write_text("word1,word2,label,annotator\n词8,語8,synonym,ann\n", encoding="utf-8")
    with pytest.raises(DamagedRowsError, match=rf"decisions \d+: {told}"):
        finish(preview_import(ImportConfig(str(path), file, "csv")))


@pytest.mark.parametrize("column", ["action", "candidate_id", "verdict"])
@pytest.mark.parametrize("value", ["CAST(x'e4' AS TEXT)", "x'00ff'"])
def test_an_entry_that_is_no_text_is_neither_taken_back_nor_counted_by_an_error_of_another_kind(path, column, value):
    spoil(path, f"UPDATE decisions SET {column} = {value} WHERE candidate_id = 8")
    with Store(path, create=False) as store:
        for ask in (lambda: store.undo("bob"), lambda: store.judged_since("ann", datetime(2020, 1, 1, tzinfo=UTC))):
            with contextlib.suppress(SynonymsError):
                ask()
        assert store.decide(9, S, "ann")


@pytest.mark.parametrize("word", ["'abc'", "99999"])
def test_a_pair_whose_words_are_gone_takes_no_answer(path, word):
    spoil(path, f"UPDATE candidates SET word1_id = {word} WHERE id = 8")
    with Store(path, create=False) as store:
        for ask in (lambda: store.mark(8, "ann", flagged=True), lambda: store.decide(8, N, "ann")):
            with pytest.raises(SynonymsError, match="no longer in this store"):
                ask()
        store.decide([8, 9], N, "ann")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT flagged, verdict FROM decisions WHERE candidate_id = 8 AND annotator_id = 1")
        assert len(kept.fetchall()) == 2


@pytest.mark.parametrize("statement", OF_AN_ANSWER.values(), ids=list(OF_AN_ANSWER))
def test_an_answer_that_cannot_be_one_is_named_and_the_others_stay(path, statement):
    with Store(path) as store:
        ids = [each.id for each in store.history(pair=8)]
    spoil(path, statement)
    with Store(path, create=False) as store:
        every_question(store)
        damaged = store.usable_judgements(8).error
        assert damaged is not None
        assert {damage.row for damage in damaged.damages} <= set(ids)
        with pytest.raises(DamagedRowsError, match=r"decisions \d+: "):
            store.history()
        assert len(store.last_decisions("ann").found) == 8
        assert store.decide(9, S, "ann")
        assert store.undo("ann")


@pytest.mark.parametrize(
    ("statement", "ask"),
    [
        ("UPDATE annotators SET created_at = 9223372036854775807", Store.annotators),
        ("UPDATE annotators SET name = x'ff' WHERE id = 1", Store.annotators),
        ("INSERT INTO info VALUES ('sharing_overlap', 'abc'), ('sharing_seed', '0')", lambda store: store.sharing),
        ("INSERT INTO info VALUES ('sharing_overlap', '7'), ('sharing_seed', '0')", lambda store: store.sharing),
        ("UPDATE info SET value = 'abc' WHERE key = 'candidates_revision'", lambda store: store.table_query().ids()),
    ],
)
def test_people_and_choices_are_checked_too(path, statement, ask):
    spoil(path, statement)
    with Store(path, create=False) as store, pytest.raises(DamagedRowsError, match=r"pairs\.db"):
        ask(store)


def test_one_error_tells_of_many_rows(path):
    spoil(path, "UPDATE words SET rank = 'abc'")
    with Store(path, create=False) as store:
        read = store.table_query().usable_rows(range(1, 31))
        assert read.found == []
        assert "and 29 more" in str(read.error)


ANYWHERE = ("x'00ff'", "1000000000")
"""What another program may put into any column: bytes, and a number beyond all others."""


def ask_everything(path):
    """Ask all that pages and commands ask of a store; only errors of ours may come."""
    address = str(path)

    def opened(ask):
        with Store(path, create=False) as store:
            return ask(store)

    def rows(store):
        query = store.table_query()
        for name in (None, "ann"):
            query.usable_rows(query.ids(Filter(source="cosine"), Sort(RANK), name), name)
            query.ids(Filter(text="词"), Sort("word1"), name)

    def labels(store):
        with store.database.reading() as connection:
            return [read_labels(connection, read_table(connection), name) for name in (None, "ann")]

    questions = [
        *(partial(opened, ask) for ask in (
            lambda store: store.table_query().scores(), rows, labels, Store.check, Store.verdict_counts,
            Store.count_disputed, Store.annotators,
        )),
        *(partial(list, plan_queue(QueueConfig(address, "ann", only=only))) for only in (Only.OPEN, Only.DISPUTED)),
        partial(list, plan_queue(QueueConfig(address, "ann", order=Order.SCORE, score="cosine"))),
        partial(list, measure_agreement(AgreementConfig(address))),
        *(partial(finish, export_pairs(ExportConfig(address, path.with_name("out"), name)))
          for name in ("csv", "jsonl", "solr")),
    ]  # fmt: skip
    for question in questions:
        with contextlib.suppress(SynonymsError):
            question()


def columns_of(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(each, row[1]) for each in tables for row in connection.execute(f"PRAGMA table_info({each})")]


@pytest.mark.long
@pytest.mark.parametrize("value", ANYWHERE)
def test_whatever_stands_in_whatever_column_no_other_error_comes(path, tmp_path, value):
    with Store(path) as store:
        store.add([Candidate("乙", "甲", {"characters": 0.5, "glosses": 0.3}, sources=("characters",))])
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    columns = [each for each in columns_of(path) if not each[0].startswith("sqlite_")]
    assert len(columns) > 30
    for table, column in columns:
        damaged = tmp_path / f"{table}-{column}.db"
        shutil.copy(path, damaged)
        one = "candidate_id = 8" if table in ("evidence", "judgements") else f"rowid = (SELECT max(rowid) FROM {table})"
        with contextlib.suppress(sqlite3.IntegrityError):  # SQLite itself refuses that
            spoil(damaged, f"UPDATE {table} SET {column} = {value} WHERE {one}")
        ask_everything(damaged)
