from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select, update

from core.synonyms.names import NameRefusedError
from core.synonyms.pairs import Candidate, CandidateSink, WordPair
from core.synonyms.store import Sharing, Store, StoreError, StoreMissingError
from core.synonyms.store.schema import candidates, decisions, judgements
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, R, N = Verdict.SYNONYM, Verdict.RELATED, Verdict.NOT


def test_a_store_is_a_sink(store):
    sink: CandidateSink = store
    assert sink.add([candidate("漂亮", "美丽", cosine=0.8)]) == 1
    assert sink.completed_stages == frozenset()
    sink.complete_stage("cosine")
    sink.complete_stage("cosine")
    assert sink.completed_stages == {"cosine"}


def test_a_store_that_must_be_there_is_not_made(address, tmp_path):
    with pytest.raises(StoreMissingError, match="no store"):
        Store(address, create=False)
    assert list(tmp_path.iterdir()) == []
    with Store(address) as store:
        assert store.is_new
    with Store(address, create=False) as store:
        assert not store.is_new


def test_an_empty_file_is_not_a_store_yet(tmp_path):
    file = tmp_path / "empty.db"
    file.touch()
    with pytest.raises(StoreMissingError, match="no store"):
        Store(file, create=False)
    assert file.read_bytes() == b""
    with Store(file) as store:
        assert store.is_new


def test_adding_again_adds_nothing(store):
    batch = [candidate("漂亮", "美丽", cosine=0.8), candidate("医生", "医师", cosine=0.83)]
    assert store.add(batch) == 2
    assert store.add(batch) == 0
    assert store.add([*batch, candidate("土豆", "马铃薯", gloss=1.0)]) == 1
    assert store.table_query().count() == 3


def test_the_same_pair_twice_in_one_batch_is_one_pair_with_both_scores(store):
    assert store.add([candidate("漂亮", "美丽", cosine=0.8), candidate("漂亮", "美丽", gloss=0.5)]) == 1
    assert store.row(1).scores == {"cosine": 0.8, "gloss": 0.5}


def test_new_evidence_is_merged_and_old_evidence_and_decisions_stay(three):
    three.decide(1, S, "ann")
    merged = Candidate(
        "漂亮", "美丽", {"cosine": 0.1, "reference": 1.0}, (7, 9), (("Ed03A01=",), ()), True, ("reference",)
    )
    assert three.add([merged]) == 0
    row = three.row(1)
    assert row.scores == {"cosine": 0.8, "gloss": 0.5, "reference": 1.0}
    assert row.sources == ("cosine", "gloss", "reference")
    assert (row.ranks, row.codes, row.known, row.verdict) == ((7, 9), (("Ed03A01=",), ()), True, S)


def test_a_score_that_proposed_nothing_is_kept_as_a_score_only(store):
    store.add([Candidate("漂亮", "美丽", {"cosine": 0.8, "gloss": 0.5}, sources=("gloss",))])
    row = store.row(1)
    assert row.scores == {"cosine": 0.8, "gloss": 0.5}
    assert row.sources == ("gloss",)


def test_more_candidates_than_one_statement_may_bind(store):
    batch = [candidate(f"词{i}", f"語{i}", cosine=i / 3000) for i in range(3000)]
    assert store.add(batch) == 3000
    assert store.add(batch[:1500]) == 0
    found = store.find([batch[0].pair, batch[2999].pair, WordPair("没", "有")])
    assert set(found) == {batch[0].pair, batch[2999].pair}
    assert store.row(found[batch[2999].pair]).scores["cosine"] == pytest.approx(2999 / 3000)


def test_decisions_made_at_once_keep_each_how_sure_the_model_was(three):
    entries = three.decide([1, 2], S, "ann", model_score={2: 0.7})
    assert {entry.candidate: entry.model_score for entry in entries} == {1: None, 2: 0.7}
    noted = three.mark(2, "ann", note="later")
    assert noted.model_score == 0.7


def test_a_decision_says_who_when_what_and_how_sure_the_model_was(three):
    (entry,) = three.decide(2, S, "ann", seconds=1.5, note="医", flagged=True, model_score=0.7)
    assert (entry.candidate, entry.word1, entry.word2, entry.annotator) == (2, "医师", "医生", "ann")
    assert (entry.verdict, entry.seconds, entry.note, entry.flagged) == (S, 1.5, "医", True)
    assert entry.model_score == 0.7
    # The clock's second reading would be 12:00:02; adding candidates reads none.
    assert entry.at == datetime(2024, 5, 1, 12, 0, 1, 123456, tzinfo=UTC)
    row = three.row(2)
    assert (row.verdict, row.flagged, row.judges, row.changed) == (S, True, 1, entry.at)


def test_a_second_decision_replaces_the_first_and_history_keeps_both(three):
    three.decide(1, S, "ann")
    three.decide(1, N, "ann")
    assert three.row(1).verdict is N
    assert [entry.verdict for entry in three.history(pair=1)] == [N, S]
    assert three.row(1).judges == 1


def test_note_and_flag_stay_unless_a_decision_says_otherwise(three):
    three.mark(1, "ann", flagged=True, note="等等")
    assert three.row(1).verdict is None
    (entry,) = three.decide(1, S, "ann")
    assert (entry.note, entry.flagged) == ("等等", True)
    (entry,) = three.decide(1, S, "ann", note="", flagged=False)
    assert (entry.note, entry.flagged) == ("", False)
    assert three.mark(1, "ann", flagged=True).verdict is S


def test_undo_goes_back_without_end_and_deletes_nothing(three):
    for verdict in (S, R, N):
        three.decide(1, verdict, "ann")
    three.decide(2, S, "ann")
    seen = []
    while taken := three.undo("ann"):
        seen.append((taken[0].candidate, taken[0].verdict, three.row(taken[0].candidate).verdict))
    assert seen == [(2, S, None), (1, N, R), (1, R, S), (1, S, None)]
    assert len(three.history()) == 8
    assert three.undo("ann") == []
    assert len(three.history()) == 8


def test_undo_after_undo_and_a_new_decision(three):
    three.decide(1, S, "ann")
    three.decide(1, N, "ann")
    three.undo("ann")
    three.decide(2, R, "ann")
    assert [entry.candidate for entry in three.undo("ann")] == [2]
    assert [entry.verdict for entry in three.undo("ann")] == [S]
    assert three.row(1).verdict is None


def test_undo_takes_back_only_ones_own(three):
    three.decide(1, S, "ann")
    three.decide(1, N, "bob")
    assert three.undo("cy") == []
    assert [entry.annotator for entry in three.undo("ann")] == ["ann"]
    assert three.row(1).verdict is N


def test_a_bulk_decision_is_one_action(three):
    assert len(three.decide([1, 2, 3, 2], N, "ann")) == 3
    assert three.verdict_counts() == {None: 0, N: 3}
    assert len(three.undo("ann")) == 3
    assert three.verdict_counts() == {None: 3}


def test_a_bulk_decision_with_a_missing_pair_enters_nothing(three):
    with pytest.raises(StoreError, match="no longer in this store"):
        three.decide([1, 2, 99], S, "ann")
    assert three.history() == []
    assert three.annotators() == []


def test_an_action_repeated_is_entered_once(three):
    first = three.decide(1, S, "ann", action="key-1")
    again = three.decide(1, S, "ann", action="key-1")
    assert first == again
    assert len(three.history()) == 1


def test_disagreement_is_a_dispute_until_somebody_settles_it(three):
    three.decide(1, S, "ann")
    three.decide(1, N, "bob")
    row = three.row(1)
    assert (row.verdict, row.disputed, row.judges) == (None, True, 2)
    assert [(entry.annotator, entry.verdict) for entry in three.judgements(1)] == [("ann", S), ("bob", N)]
    three.decide(1, R, "ann", adjudicates=True)
    row = three.row(1)
    assert (row.verdict, row.disputed, row.judges) == (R, False, 2)
    # An adjudicator who is also a judge keeps their own judgement: agreement is measured on it.
    assert [(e.annotator, e.verdict, e.adjudicates) for e in three.judgements(1)] == [
        ("ann", S, False),
        ("bob", N, False),
        ("ann", R, True),
    ]
    three.undo("ann")
    assert three.row(1).disputed


def test_no_key_reads_the_whole_history(tmp_path):
    """The plan of SQLite for each statement of a decision and of an undoing, in a store without statistics."""
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽")])
        asked = []
        event.listen(store.database.engine, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        store.decide(1, S, "ann")
        store.last_decisions("ann")
        store.undo("ann")
        statements = [(text, given) for text, given in asked if text.startswith("SELECT") and "decisions" in text]
        with store.database.reading() as connection:
            plans = [
                row[3]
                for text, given in statements
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", given)
            ]
    assert len(statements) > 4
    assert not [step for step in plans if step.startswith(("SCAN decisions", "SCAN judgements"))]
    # By this index the undoings of an entry are found; "undoes IS NULL" through it would be everything.
    assert not [step for step in plans if "SEARCH decisions" in step and "(undoes=?)" in step]


def test_the_last_ten_are_the_current_answers(three):
    three.decide(1, S, "ann")
    three.decide(2, N, "ann")
    three.decide(1, R, "ann")
    three.decide(3, N, "bob")
    assert [(entry.candidate, entry.verdict) for entry in three.last_decisions("ann").all()] == [(1, R), (2, N)]
    assert [entry.candidate for entry in three.last_decisions("ann", limit=1).all()] == [1]


def test_annotators_and_their_shares(three):
    three.add_annotator("ann")
    three.decide([1, 2], S, "bob")
    three.decide(1, S, "bob", adjudicates=True)
    assert [(who.name, who.judged, who.active) for who in three.annotators()] == [
        ("ann", 0, True),
        ("bob", 2, True),
    ]
    three.set_active("ann", active=False)
    assert [who.active for who in three.annotators()] == [False, True]
    assert three.sharing == Sharing()
    three.sharing = Sharing(overlap=0.25, seed=7)
    assert three.sharing == Sharing(0.25, 7)
    with pytest.raises(StoreError, match="between 0 and 1"):
        three.sharing = Sharing(overlap=1.5)


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 81, "\x00", "\u200d"])
def test_a_name_must_be_one(store, name):
    with pytest.raises(NameRefusedError, match="can't be used as the name of an annotator"):
        store.add_annotator(name)


@pytest.mark.parametrize("name", ["👩‍🔬", "نمی‌دانم", "鸭鸭 🦆", "x" * 80])
def test_a_name_may_be_written_as_its_script_wants(store, name):
    store.add_annotator(name)
    assert [who.name for who in store.annotators()] == [name]


@pytest.mark.parametrize("note", ["a\x00b", "\ud800", "长" * 10_001])
def test_a_note_no_database_keeps_is_refused_before_anything_is_entered(three, note):
    with pytest.raises(StoreError, match="note"):
        three.decide(1, S, "ann", note=note)
    assert three.history() == []


def test_everything_is_there_when_the_store_is_opened_again(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽", cosine=0.8)])
        store.decide(1, S, "ann", note="=1+1 🦆 𠮷\n'\"\t")
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        assert store.row(1).verdict is S
        assert store.history()[0].note == "=1+1 🦆 𠮷\n'\"\t"
        assert store.check() == []


def test_the_check_finds_what_was_tampered_with(three):
    three.decide(1, S, "ann")
    three.decide(2, S, "ann")
    assert three.check() == []
    three.database.write(lambda c: c.execute(update(candidates).where(candidates.c.id == 1).values(verdict="not")))
    three.database.write(lambda c: c.execute(delete(judgements).where(judgements.c.candidate_id == 2)))
    assert three.check() == ["2 pairs contradict their history."]


actions = st.lists(
    st.one_of(
        st.tuples(st.just("decide"), st.sampled_from("ab"), st.integers(1, 3), st.sampled_from(list(Verdict))),
        st.tuples(st.just("bulk"), st.sampled_from("ab"), st.just(0), st.sampled_from(list(Verdict))),
        st.tuples(st.just("adjudicate"), st.sampled_from("ab"), st.integers(1, 3), st.sampled_from(list(Verdict))),
        st.tuples(st.just("flag"), st.sampled_from("ab"), st.integers(1, 3), st.booleans()),
        st.tuples(st.just("undo"), st.sampled_from("ab")),
    ),
    max_size=14,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(actions)
def test_whatever_people_do_the_store_shows_what_its_history_says(tmp_path_factory, script):
    with Store(tmp_path_factory.mktemp("h") / "h.db") as store:
        store.add([candidate("漂亮", "美丽", cosine=0.8), candidate("医生", "医师"), candidate("男人", "女人")])
        before = 0
        for name, who, *rest in script:
            if name == "decide":
                store.decide(rest[0], rest[1], who)
            elif name == "bulk":
                store.decide([3, 1, 2], rest[1], who)
            elif name == "adjudicate":
                store.decide(rest[0], rest[1], who, adjudicates=True)
            elif name == "flag":
                store.mark(rest[0], who, flagged=rest[1])
            else:
                store.undo(who)
            with store.database.reading() as connection:
                now = len(connection.execute(select(decisions.c.id)).all())
            assert now >= before
            before = now
            assert store.check() == []
