"""What waits outlives the window that it waits in, and is entered once and in its place."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from core.paths import data_folder
from core.synonyms.journal.journal import Journal, JournalError, Owner, left_over
from core.synonyms.journal.replay import play_in
from core.synonyms.journal.statement import Said, Statement
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT
OWNER = Owner("an identity", "/a.db")

WAITING = """
import os, signal, sys
from core.synonyms.journal.journal import Journal, Owner
from core.synonyms.journal.statement import Said, Statement
from core.synonyms.verdicts import Verdict
journal = Journal()
for number in range(3):
    journal.add(Owner("an identity", "/a.db"), Statement("judge", "安", (Said(number, "漂亮", "美丽", 0.5),), Verdict.NOT, note="注"))
print("ready", flush=True)
sys.stdin.read()
"""  # noqa: E501


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("YAYA_LAB_HOME", str(tmp_path / "home"))


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "a.db") as opened:
        opened.add([candidate("漂亮", "美丽"), candidate("医生", "医师"), candidate("土豆", "马铃薯")])
        yield opened


def judge(pair, verdict, *, at=None, **values):
    moment = {} if at is None else {"at": at}
    return Statement("judge", "ann", (Said(pair),), verdict, **moment, **values)


def micros(moment):
    return round(moment.timestamp() * 1e6)


def an_hour_ago():
    return micros(datetime.now(UTC)) - 3_600_000_000


def test_what_a_killed_window_left_is_found_in_its_order_and_not_while_it_lives():
    window = subprocess.Popen(
        [sys.executable, "-c", WAITING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert window.stdout.readline() == "ready\n"
        assert list(left_over()) == []
    finally:
        window.kill()
        window.communicate()
    (journal,) = left_over()
    kept = list(journal.statements())
    assert [(owner, said.pairs[0].pair, said.note, said.annotator) for owner, said in kept] == [
        (OWNER, number, "注", "安") for number in range(3)
    ]
    assert list(left_over()) == []  # another window may not enter it, too
    for _owner, said in kept:
        journal.remove(said)
    journal.close()
    assert list((data_folder() / "waiting").iterdir()) == []


def test_a_journal_that_is_closed_with_something_in_it_stays():
    journal = Journal()
    journal.add(OWNER, judge(1, S))
    journal.close()
    (again,) = left_over()
    assert [said.verdict for _owner, said in again.statements()] == [S]
    again.close()


def test_a_file_that_is_no_journal_is_left_alone():
    folder = data_folder() / "waiting"
    folder.mkdir(parents=True)
    (folder / "x.journal").write_bytes(b"something else" * 100)
    assert list(left_over()) == []
    assert (folder / "x.journal").read_bytes() == b"something else" * 100


def test_where_nothing_can_be_kept_that_is_said(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises(JournalError):
        Journal().add(OWNER, judge(1, S))


def test_what_waited_is_entered_under_its_time_and_only_once(store):
    said = [
        judge(1, S, seconds=2.5),
        Statement("mark", "ann", (Said(1, "漂亮", "美丽"),), note="书面"),
        Statement("mark", "ann", (Said(1),), flagged=True),
    ]
    for _time in range(2):
        assert play_in(store, said).entered == tuple(said)
    entries = list(reversed(store.history()))
    assert [(entry.verdict, entry.note, entry.flagged, entry.seconds) for entry in entries] == [
        (S, "", False, 2.5), (S, "书面", False, None), (S, "书面", True, None),
    ]  # fmt: skip
    assert [micros(entry.at) for entry in entries] == [each.at for each in said]
    assert store.check() == []


def test_what_had_landed_is_not_doubled_nor_put_above_what_was_said_since(store):
    landed = judge(1, S)
    store.decide(1, S, "ann", action=landed.action)
    store.decide(1, N, "ann")
    assert play_in(store, [landed]).entered == (landed,)
    assert store.row(1).verdict is N
    assert len(store.history()) == 2


def test_what_did_not_land_is_not_put_above_what_the_same_person_said_since(store):
    old = judge(1, S, at=an_hour_ago(), note="在口语里", flagged=True)
    store.decide(1, N, "ann")
    store.decide(1, S, "bob")
    replayed = play_in(store, [old, judge(2, S)])
    assert len(replayed.entered) == 2
    (ann,) = [entry for entry in store.judgements(1) if entry.annotator == "ann"]
    assert (ann.verdict, ann.note, ann.flagged) == (N, "在口语里", False)  # a note is not lost for it
    again = judge(1, S, at=old.at)
    assert play_in(store, [again]).older == (again,)
    assert store.check() == []


def test_an_undo_takes_back_what_it_meant_and_only_that(store):
    play_in(store, [judge(1, S, at=an_hour_ago() - 2), judge(2, S, at=an_hour_ago() - 1)])
    undo = Statement("take back", "ann", at=an_hour_ago())
    store.decide(3, N, "ann")
    for _time in range(2):
        play_in(store, [undo])
    assert [row.verdict for row in store.table_query().rows([1, 2, 3])] == [S, None, N]
    assert store.check() == []


def test_an_undo_repeated_after_a_lost_connection_takes_back_one(store):
    for pair in (1, 2):
        store.decide(pair, S, "ann")
    for _time in range(2):
        assert [entry.candidate for entry in store.undo("ann", action="the same")] == [2]
    assert store.row(1).verdict is S


def test_a_pair_is_found_by_its_words_where_the_store_numbers_it_otherwise(store):
    said = Statement("judge", "ann", (Said(1, "医生", "医师"),), S)
    unknown = Statement("judge", "ann", (Said(2, "爸爸", "父亲"),), S)
    replayed = play_in(store, [said, unknown])
    assert (replayed.entered, replayed.unknown) == ((said,), (unknown,))
    assert [row.verdict for row in store.table_query().rows([1, 2, 3])] == [None, S, None]


def test_what_no_store_would_take_does_not_keep_the_others_out(store):
    bad = [judge(1, S, note="x" * 10_001), Statement("judge", " ", (Said(1),), S)]
    good = judge(2, S)
    replayed = play_in(store, [*bad, good])
    assert (replayed.entered, replayed.unknown) == ((good,), tuple(bad))


def test_people_are_changed_too(store):
    play_in(
        store,
        [
            Statement("add person", "ben"),
            Statement("set active", "ben", active=False),
            Statement("set overlap", overlap=0.5),
        ],
    )
    assert [(each.name, each.active) for each in store.annotators()] == [("ben", False)]
    assert store.sharing.overlap == 0.5


def test_many_pairs_at_once(store):
    store.add([candidate(f"词{n}", f"词{n}语") for n in range(2500)])
    said = Statement("judge", "ann", tuple(Said(pair, score=0.5) for pair in range(1, 2501)), N)
    play_in(store, [said])
    assert store.verdict_counts()[N] == 2500
    assert store.history(limit=1)[0].model_score == 0.5
    assert store.history(limit=1)[0].at <= datetime.now(UTC)
