"""Who answers sees the store as if nobody else had answered."""

from itertools import product

import pytest

from core.synonyms.store import Filter, Range, Sort, Store
from core.synonyms.store.rows import CHANGED, COLUMNS, JUDGES
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import Clock, candidate

S, N, K = Verdict.SYNONYM, Verdict.NOT, Verdict.SKIP

PAIRS = [candidate(f"词{n}", f"語{n}", cosine=n / 10, known=n == 3) for n in range(1, 9)]

OF_CARLA = ((2, S, False), (5, N, True), (6, K, False), (8, S, False))
"""Pairs, what carla says of them, and whether she flags them."""

FILTERS = (
    Filter(),
    *(Filter(verdicts=frozenset(wanted)) for wanted in ({S}, {N, K}, {None}, {None, S})),
    *(Filter(flagged=flagged) for flagged in (True, False)),
    *(Filter(disputed=disputed) for disputed in (True, False)),
    *(Filter(annotator=name) for name in ("anna", "ben", "carla", "nobody")),
    *(Filter(ranges=(Range(JUDGES, low, high),)) for low, high in ((0, 0), (1, 9), (2, 9))),
    Filter(ranges=(Range(CHANGED, 0, 4e15),)),
    Filter(ranges=(Range(CHANGED, 4e15),)),
)


def answer(store):
    for pair, verdict, flagged in OF_CARLA:
        store.decide(pair, verdict, "carla", flagged=flagged, note=f"carla on {pair}")


@pytest.fixture
def team(store):
    """Three annotators, and a dispute that carla has settled."""
    store.add(PAIRS)
    for pair in range(1, 8):
        store.decide(pair, S if pair % 2 else N, "anna", note="anna's note", flagged=pair == 2)
        store.decide(pair, N if pair < 5 else S, "ben")
    answer(store)
    store.decide(1, S, "carla", adjudicates=True)
    return store


@pytest.fixture
def alone(tmp_path):
    """The same pairs, and nobody but carla."""
    with Store(tmp_path / "alone.db", now=Clock()) as store:
        store.add(PAIRS)
        answer(store)
        yield store


@pytest.mark.sweep(1)
def test_every_filter_and_order_are_those_of_a_store_of_ones_own(team, alone):
    query, expected = team.table_query(), alone.table_query()
    for where, column, descending in product(FILTERS, (*COLUMNS, "cosine"), (False, True)):
        order = Sort(column, descending)
        assert query.ids(where, order, "carla").tolist() == expected.ids(where, order, "carla").tolist(), (where, order)


def test_rows_say_what_one_has_said_oneself(team, alone):
    query, expected = team.table_query(), alone.table_query()

    def told(rows):
        return [(row.id, row.verdict, row.disputed, row.flagged, row.judges, row.changed is None) for row in rows]

    assert told(query.rows(query.ids(), "carla")) == told(expected.rows(expected.ids()))
    assert told(query.rows(query.ids(), "dora")) == [(n, None, False, False, 0, True) for n in range(1, 9)]
    assert query.rows([1])[0].verdict is S  # who settles sees everybody's


def test_the_answers_on_a_pair_are_ones_own(team):
    assert {each.annotator for each in team.judgements(2)} == {"anna", "ben", "carla"}
    assert [each.note for each in team.judgements(2, "carla")] == ["carla on 2"]
    assert team.judgements(2, "dora") == []


def test_what_one_settles_does_not_change_what_another_sees(team):
    before = team.row(4, "carla")
    team.decide(4, N, "anna", adjudicates=True)
    assert team.row(4, "carla") == before
