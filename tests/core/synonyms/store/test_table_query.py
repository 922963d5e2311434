from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from core.synonyms.store import Filter, Range, Sort, Store, StoreError
from core.synonyms.store.columns import ascending
from core.synonyms.store.decisions import to_micros
from core.synonyms.store.rows import COLUMNS
from core.synonyms.store.table_query import _with_value
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT


@pytest.fixture
def five(store):
    """Ids: 1 漂亮/美丽, 2 医师/医生, 3 女人/男人, 4 土豆/马铃薯, 5 大夫/医生."""
    store.add(
        [
            candidate("漂亮", "美丽", cosine=0.8, gloss=0.5),
            candidate("医师", "医生", cosine=0.83, ranks=(40, 3)),
            candidate("女人", "男人", cosine=0.9, ranks=(5, 6)),
            candidate("土豆", "马铃薯", gloss=1.0, known=True),
            candidate("医生", "大夫", cosine=0.6, ranks=(3, 90)),
        ]
    )
    return store


def ids(store, where=None, order=None):
    return store.table_query().ids(where or Filter(), order or Sort()).tolist()


def test_everything_as_added(five):
    assert ids(five) == [1, 2, 3, 4, 5]
    assert five.table_query().count() == 5
    assert five.table_query().scores() == ["cosine", "gloss"]


def test_an_empty_store_has_empty_answers(store):
    assert ids(store) == []
    assert ids(store, Filter(text="医", verdicts=frozenset({None}))) == []
    assert store.table_query().rows([]) == []


def test_sorted_by_a_score_with_the_missing_last_either_way(five):
    assert ids(five, order=Sort("cosine")) == [5, 1, 2, 3, 4]
    assert ids(five, order=Sort("cosine", descending=True)) == [3, 2, 1, 5, 4]
    assert ids(five, order=Sort("gloss", descending=True)) == [4, 1, 2, 3, 5]


def test_sorted_by_words_in_code_point_order(five):
    firsts = [five.row(pair).word1 for pair in ids(five, order=Sort("word1"))]
    assert firsts == sorted(firsts)
    seconds = [five.row(pair).word2 for pair in ids(five, order=Sort("word2", descending=True))]
    assert seconds == sorted(seconds, reverse=True)


def test_sorted_by_the_rank_of_the_rarer_word(five):
    assert ids(five, order=Sort("rank")) == [3, 2, 5, 1, 4]
    assert ids(five, order=Sort("rank", descending=True)) == [5, 2, 3, 1, 4]


def test_sorted_by_what_was_decided(five):
    five.decide(4, S, "ann")
    five.decide(2, N, "ann")
    five.decide(2, N, "bob", flagged=True)
    assert ids(five, order=Sort("changed", descending=True)) == [2, 4, 1, 3, 5]
    assert ids(five, order=Sort("judges", descending=True))[:2] == [2, 4]
    assert ids(five, order=Sort("verdict"))[:2] == [2, 4]  # "not" < "synonym"
    assert ids(five, order=Sort("flagged", descending=True))[0] == 2
    assert ids(five, order=Sort("known", descending=True)) == [4, 1, 2, 3, 5]
    assert ids(five, order=Sort("known")) == [1, 2, 3, 5, 4]
    assert ids(five, order=Sort("judges")) == [1, 3, 5, 4, 2]


def test_any_piece_of_a_word_is_found(five):
    assert ids(five, Filter(text="医")) == [2, 5]
    assert ids(five, Filter(text="医生")) == [2, 5]
    assert ids(five, Filter(text="铃")) == [4]
    assert ids(five, Filter(text="师")) == [2]
    assert ids(five, Filter(text="人")) == [3]
    assert ids(five, Filter(text="%")) == []
    assert ids(five, Filter(text="_")) == []


def test_filtered_by_verdict(five):
    five.decide([1, 2], S, "ann")
    five.decide(3, N, "ann")
    five.decide(2, N, "bob")
    assert ids(five, Filter(verdicts=frozenset({S}))) == [1]
    assert ids(five, Filter(verdicts=frozenset({S, N}))) == [1, 3]
    assert ids(five, Filter(verdicts=frozenset({None}))) == [2, 4, 5]
    assert ids(five, Filter(verdicts=frozenset({None, N}))) == [2, 3, 4, 5]
    assert ids(five, Filter(verdicts=frozenset())) == []
    assert ids(five, Filter(disputed=True)) == [2]
    assert ids(five, Filter(disputed=False, verdicts=frozenset({None}))) == [4, 5]
    assert ids(five, Filter(annotator="bob")) == [2]


def test_filtered_by_evidence(five):
    assert ids(five, Filter(source="gloss")) == [1, 4]
    assert ids(five, Filter(ranges=(Range("cosine", 0.8, 0.85),))) == [1, 2]
    assert ids(five, Filter(ranges=(Range("cosine"),))) == [1, 2, 3, 5]
    assert ids(five, Filter(ranges=(Range("cosine", 0.7), Range("gloss", high=0.5)))) == [1]
    assert ids(five, Filter(known=True)) == [4]
    assert ids(five, Filter(known=False)) == [1, 2, 3, 5]


def test_filtered_by_the_rank_of_the_rarer_word(five):
    assert ids(five, Filter(ranges=(Range("rank", high=40),))) == [2, 3]
    assert ids(five, Filter(ranges=(Range("rank", 7, 90),))) == [2, 5]
    assert ids(five, Filter(ranges=(Range("rank"),))) == [2, 3, 5]


def test_filtered_by_how_many_have_judged(five):
    five.decide([1, 2], S, "ann")
    five.decide(2, N, "bob")
    five.mark(3, "ann", flagged=True)
    assert ids(five, Filter(ranges=(Range("judges", 1),))) == [1, 2]
    assert ids(five, Filter(ranges=(Range("judges", 2, 2),))) == [2]
    assert ids(five, Filter(ranges=(Range("judges", high=0),))) == [3, 4, 5]
    assert ids(five, Filter(ranges=(Range("judges", 0, 1),))) == [1, 3, 4, 5]


def test_filtered_by_when_it_was_changed(five):
    first = five.decide(4, S, "ann")[0].at
    second = five.decide(2, N, "ann")[0].at
    assert ids(five, Filter(ranges=(Range("changed", high=to_micros(first)),))) == [4]
    assert ids(five, Filter(ranges=(Range("changed", to_micros(first) + 1),))) == [2]
    assert ids(five, Filter(ranges=(Range("changed", to_micros(first), to_micros(second)),))) == [2, 4]


def test_several_ranges_at_once(five):
    assert ids(five, Filter(ranges=(Range("rank", high=50), Range("cosine", high=0.85)))) == [2]


def test_what_was_read_ahead_gives_the_same(five):
    query = five.table_query()
    assert list(query.prepare()) == []  # nothing was asked yet
    assert query.ids(Filter(text="医")).tolist() == [2, 5]  # before anything was read ahead
    assert len(list(query.prepare())) == 4  # words, ranks, cosine, gloss
    assert query.ids(Filter(text="医")).tolist() == [2, 5]
    assert list(query.prepare()) == []
    five.add([candidate("医院", "大夫")])
    assert query.ids(Filter(text="医")).tolist() == [2, 5, 6]


def test_ranks_read_ahead_are_not_read_again(five):
    query = five.table_query()
    query.ids()
    list(query.prepare())
    statements: list[str] = []
    event.listen(five.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert query.ids(Filter(ranges=(Range("rank", high=50),))).tolist() == [2, 3]
    assert not [text for text in statements if "words.rank" in text]


@pytest.mark.parametrize(
    ("low", "high"), [(0.1, 0.1), (0.1, 0.2), (float("-inf"), 0.1), (0.15, float("inf")), (0.3, 9)]
)
def test_a_range_is_the_same_before_and_after_its_order_is_read(five, low, high):
    five.add([candidate(f"词{n}", f"語{n}", cosine=n % 3 / 10) for n in range(20)])
    between = Filter(ranges=(Range("cosine", low, high),))
    query = five.table_query()
    before = query.ids(between).tolist()
    list(query.prepare())
    assert query.ids(between).tolist() == before
    assert before == [
        row.id for row in query.rows(query.ids()) if low <= row.scores.get("cosine", float("nan")) <= high
    ]


def test_an_order_read_in_pieces_is_the_order(five, monkeypatch):
    five.add([candidate(f"词{n}", f"語{n}", cosine=n % 3 / 10) for n in range(20)])
    at_once = ids(five, order=Sort("cosine"))
    monkeypatch.setattr("core.synonyms.store.columns.SLICE", 3)
    query = five.table_query()
    query.ids()
    reading = query.prepare()
    for _ in range(12):
        next(reading)
    assert query.ids(order=Sort("cosine")).tolist() == at_once  # the rest is read at once
    assert len(list(reading)) > 0
    assert query.ids(order=Sort("cosine")).tolist() == at_once


@given(st.lists(st.integers(0, 2**31 - 1) | st.integers(0, 3) | st.integers(65_530, 65_540)))
def test_keys_are_put_in_order_as_a_stable_sort_does(keys):
    wanted = np.array(keys, dtype=np.int32)
    assert ascending(wanted).tolist() == np.argsort(wanted, kind="stable").tolist()


def test_conditions_add_up_and_keep_the_order(five):
    five.decide(2, S, "ann", flagged=True)
    assert ids(five, Filter(text="医", flagged=False), Sort("cosine")) == [5]
    assert ids(five, Filter(text="医"), Sort("cosine", descending=True)) == [2, 5]
    assert ids(five, Filter(text="医", source="gloss")) == []


@pytest.mark.parametrize("column", ["known", "disputed", "flagged", "verdict", "judges", "changed", "cosine"])
def test_a_column_is_read_through_its_index(tmp_path, column):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽", cosine=0.8)])
        with store.database.reading() as connection:
            query = _with_value(connection, column, None)
            text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
    assert "INDEX" in plan[0], plan
    if column in {"judges", "changed"}:
        assert "COVERING" in plan[0], plan


@pytest.mark.parametrize("column", ["flagged", "verdict", "judges", "changed"])
def test_ones_own_answers_are_read_through_an_index(tmp_path, column):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("漂亮", "美丽", cosine=0.8)])
        with store.database.reading() as connection:
            query = _with_value(connection, column, "ann")
            text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]
    assert all("SEARCH" in step for step in plan if "judgements" in step or "decisions" in step), plan


def test_disputes_are_counted(five):
    five.decide([1, 2], S, "ann")
    five.decide([2, 3], N, "bob")
    assert five.count_disputed() == 1


def test_an_unknown_score_is_said(five):
    with pytest.raises(StoreError, match="'beauty'"):
        ids(five, order=Sort("beauty"))
    with pytest.raises(StoreError, match="'beauty'"):
        ids(five, Filter(ranges=(Range("beauty"),)))


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(five):
    rows = five.table_query().rows([5, 99, 1])
    assert [(row.id, row.word1, row.word2) for row in rows] == [(5, "医生", "大夫"), (1, "漂亮", "美丽")]
    assert rows[1].scores == {"cosine": 0.8, "gloss": 0.5}
    assert rows[0].ranks == (3, 90)


def test_one_window_sees_later_decisions_and_candidates(five):
    query = five.table_query()
    by_verdict, by_cosine = Sort("verdict"), Sort("cosine", descending=True)
    assert query.ids(order=by_verdict).tolist() == [1, 2, 3, 4, 5]
    five.decide(3, S, "ann")
    assert query.ids(order=by_verdict).tolist() == [3, 1, 2, 4, 5]
    assert query.ids(order=by_cosine).tolist() == [3, 2, 1, 5, 4]
    five.add([candidate("父亲", "爸爸", cosine=0.95), candidate("土豆", "马铃薯", cosine=0.99)])
    assert query.ids(order=by_cosine).tolist() == [4, 6, 3, 2, 1, 5]


words = st.text(alphabet="医生师大夫人", min_size=1, max_size=3)
pairs = st.lists(
    st.tuples(
        words,
        words,
        st.none() | st.sampled_from([0.1, 0.5, 0.9]),
        st.booleans(),
        st.sampled_from([None, S, N]),
    ).filter(lambda item: item[0] != item[1]),
    min_size=1,
    max_size=12,
    unique_by=lambda item: frozenset(item[:2]),
)
filters = st.builds(
    Filter,
    text=st.text(alphabet="医生师", max_size=2),
    verdicts=st.none() | st.frozensets(st.sampled_from([None, S, N])),
    known=st.none() | st.booleans(),
    ranges=st.sampled_from([(), (Range("cosine", 0.2),), (Range("cosine", high=0.5),)]),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(pairs, filters, st.sampled_from([*COLUMNS, "cosine"]), st.booleans())
def test_the_window_agrees_with_a_plain_search(tmp_path_factory, items, where, column, descending):
    with Store(tmp_path_factory.mktemp("w") / "w.db") as store:
        store.add(
            [
                candidate(one, two, known=known, **({} if cosine is None else {"cosine": cosine}))
                for one, two, cosine, known, _verdict in items
            ]
        )
        store.add([candidate("甲", "乙", cosine=0.0)])
        for pair, item in enumerate(items, start=1):
            if item[4]:
                store.decide(pair, item[4], "ann")
        query = store.table_query()
        rows = query.rows(query.ids())
        expected = {
            row.id
            for row in rows
            if (where.text in row.word1 or where.text in row.word2)
            and (where.verdicts is None or row.verdict in where.verdicts)
            and (where.known is None or row.known == where.known)
            and all(s.column in row.scores and s.low <= row.scores[s.column] <= s.high for s in where.ranges)
        }
        found = query.ids(where, Sort(column, descending)).tolist()
        assert len(found) == len(set(found))
        assert set(found) == expected
        if column == "cosine":
            values = [query.rows([pair])[0].scores.get("cosine") for pair in found]
            given = [value for value in values if value is not None]
            assert given == sorted(given, reverse=descending)
            assert values[len(given) :] == [None] * (len(values) - len(given))
