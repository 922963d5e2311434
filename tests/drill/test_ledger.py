"""The drill's own eye: a store from which something is missing, or in which something is twice, is seen."""

import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.ledger import ANNOTATOR, OTHER, Ledger, Press, actions_of, differences, presses, read_ledger, read_rows
from tests.drill.ledger import signature as sign

ENTERED = [
    Press(sign("judge", [1], "synonym"), "stored"),
    Press(sign("flag", [2], True), "stored"),
    Press(sign("note", [2], "是"), "stored"),
    Press(sign("judge", [3, 4], "not"), "stored"),
    Press(sign("undo", [3, 4]), "stored"),
    Press(sign("judge", [5], "antonym"), "stored"),
]


@pytest.fixture
def actions(tmp_path):
    path = make_store(tmp_path / "a.db", many_pairs(9))
    with Store(path) as store:
        store.decide(1, Verdict.SYNONYM, ANNOTATOR)
        store.decide(1, Verdict.NOT, OTHER)
        store.mark(2, ANNOTATOR, flagged=True)
        store.mark(2, ANNOTATOR, note="是")
        store.decide([3, 4], Verdict.NOT, ANNOTATOR)
        store.undo(ANNOTATOR)
        store.decide(5, Verdict.ANTONYM, ANNOTATOR)
    return actions_of(read_rows(path, ANNOTATOR))


def test_what_was_entered_is_there_once_and_in_order(actions):
    assert differences(ENTERED, actions) == []


@pytest.mark.parametrize("number", range(len(ENTERED)))
def test_what_is_missing_twice_or_in_another_place_is_seen(actions, number):
    assert differences(ENTERED, actions[:number] + actions[number + 1 :])
    assert differences(ENTERED, [*actions, actions[number]])
    assert differences([*ENTERED[:number], *ENTERED[number + 1 :]], actions)
    moved = [each for each in actions if each is not actions[number]]
    assert differences(ENTERED, [*moved[: number - 2], actions[number], *moved[number - 2 :]])


@pytest.mark.parametrize("number", range(len(ENTERED)))
def test_only_what_was_neither_acknowledged_nor_refused_may_be_there_or_not(actions, number):
    def entered(outcome):
        return [*ENTERED[:number], Press(ENTERED[number].signature, outcome), *ENTERED[number + 1 :]]

    without = actions[:number] + actions[number + 1 :]
    assert differences(entered("open"), actions) == differences(entered("open"), without) == []
    assert differences(entered("refused"), actions)
    assert differences(entered("refused"), without) == []


def test_an_undo_of_another_than_the_last_is_seen():
    rows = [(1, "a", 1, "not", "", 0, None), (2, "b", 2, "not", "", 0, None), (3, "c", 1, None, "", 0, 1)]
    pressed = [Press(sign("judge", [1], "not"), "stored"), Press(sign("judge", [2], "not"), "stored"),
               Press(sign("undo", [1]), "stored")]  # fmt: skip
    assert differences(pressed, actions_of(rows)) == ["action 2 takes back another than the last"]


def test_what_waited_when_the_window_was_killed_is_due_once_the_next_start_has_had_the_store(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    ledger.write("before", signature=sign("judge", [1], "not"))
    ledger.write("waits")
    assert presses(read_ledger(tmp_path / "ledger")) == [Press(sign("judge", [1], "not"), "open")]
    ledger.write("ready")
    ledger.write("labels")
    assert presses(read_ledger(tmp_path / "ledger")) == [Press(sign("judge", [1], "not"), "stored")]


def test_a_line_that_was_cut_off_was_never_written(tmp_path):
    path = tmp_path / "ledger"
    ledger = Ledger(path)
    ledger.write("before", signature=sign("judge", [1], "not"))
    ledger.write("after", outcome="stored", signature=sign("judge", [1], "not"))
    ledger.write("before", signature=sign("judge", [2], "not"))
    with path.open("ab") as file:
        file.write(b'{"kind": "aft')
    assert presses(read_ledger(path)) == [
        Press(sign("judge", [1], "not"), "stored"),
        Press(sign("judge", [2], "not"), "open"),
    ]
