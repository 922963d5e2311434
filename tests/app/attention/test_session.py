"""The session asks the worker for one thing at a time: the most urgent that has no answer; the newest wins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from app.attention.options import ViewOptions
from app.attention.session import SETTLE, AttentionSession
from app.attention.state import HEADS, Status, Wanted
from app.attention.views.steps.view import PIECES, STEPS, TYPESET
from core.attention.requests import AttentionRequest, HeadsRequest, StepsRequest
from core.attention.results import ModelCard, Preparing
from core.formulas import Typeset
from tests.app.attention.conftest import CARD, E5, heads_grid_of, map_of, steps_of


@pytest.fixture
def session(look, views, background):
    owner = QObject()
    made = AttentionSession(background, views, owner)
    made.wake()
    yield made
    made.close()
    owner.deleteLater()


def beside(options, _state):
    """Want all heads beside the map, as the evidence does."""
    return (Wanted(HEADS, options.heads(), at_rest=True),)


def test_nothing_is_asked_for_while_nothing_is_typed_or_nobody_looks(qapp, views, background):
    owner = QObject()
    session = AttentionSession(background, views, owner)
    session.want(text="hello")
    assert background.runs == []
    session.wake()
    assert len(background.runs) == 1
    session.want(text="   ")
    assert background.last.was_cancelled
    assert session.state.status is Status.EMPTY
    session.close()


def test_a_key_typed_while_the_model_is_opened_waits_for_it(session, background):
    session.want(text="a")
    session.want(text="ab")
    session.want(text="abc")
    assert len(background.runs) == 1
    assert not background.last.was_cancelled
    background.last.answer(map_of("a", card=E5))
    assert [run.request.source.text for run in background.runs] == ["a", "abc"]


def test_a_key_typed_while_a_long_text_is_read_does_not_wait_for_it(session, background):
    session.want(text="long text")
    background.last.progressed.emit((Preparing("Loading e5 …"),))
    session.want(text="long text,")
    assert len(background.runs) == 1  # the model is still being opened
    background.last.progressed.emit((Preparing("Reading a long text …", 1, 7),))
    session.want(text="short")
    assert [run.request.source.text for run in background.runs] == ["long text", "short"]
    assert background.runs[0].was_cancelled
    assert session.state.preparing is None


def test_a_key_typed_while_a_known_model_is_opened_again_waits_for_it(session, background):
    session.want(text="a")
    background.last.answer(map_of("a", card=E5))
    session.want(text="ab")
    background.last.progressed.emit((Preparing("Loading e5 …"),))
    session.want(text="abc")
    assert not background.last.was_cancelled
    background.last.answer(map_of("ab", card=E5))
    assert background.last.request.source.text == "abc"


def test_another_model_is_not_kept_waiting(session, background):
    session.want(text="a")
    session.want(model="minilm")
    assert [run.was_cancelled for run in background.runs] == [True, False]


def test_each_key_replaces_the_request_before(session, background):
    session.want(text="-")
    background.last.answer(map_of("-", card=E5))
    background.runs.clear()
    for text in ("a", "ab", "abc"):
        session.want(text=text)
    assert [run.request.source.text for run in background.runs] == ["a", "ab", "abc"]
    assert [run.was_cancelled for run in background.runs] == [True, True, False]
    background.last.answer(map_of("abc"))
    assert session.state.map.texts == ("abc",)
    assert session.state.status is Status.SHOWN
    assert not session.is_busy


def test_an_answer_to_an_older_request_never_reaches_the_screen(session, background):
    session.want(text="-")
    background.last.answer(map_of("-", card=E5))
    session.want(text="a")
    old = background.last
    session.want(text="b")
    old.progressed.emit((map_of("a", card=E5),))
    assert session.state.map.texts == ("-",)


def test_the_map_comes_before_all_heads_and_those_only_once_typing_rests(session, background, qtbot):
    session.ask_beside(beside)
    session.want(text="ab")
    background.last.answer(map_of("ab"))
    assert len(background.runs) == 1
    qtbot.waitUntil(lambda: len(background.runs) == 2, timeout=SETTLE * 20)
    assert isinstance(background.last.request, HeadsRequest)
    background.last.answer(map_of("ab"), heads_grid_of())
    assert session.state.heads_grid is not None
    assert session.state.map.layer == 0
    assert not session.is_busy


def test_another_head_asks_for_a_map_and_no_heads_grid(session, background, qtbot):
    session.ask_beside(beside)
    session.want(text="ab")
    background.last.answer(map_of("ab"))
    qtbot.waitUntil(lambda: len(background.runs) == 2, timeout=SETTLE * 20)
    background.last.answer(heads_grid_of())
    session.want(head=2)
    assert isinstance(background.last.request, AttentionRequest)
    background.last.answer(map_of("ab", head=2))
    assert len(background.runs) == 3


def test_three_steps_first_learn_the_pieces_then_ask_for_the_one_that_is_picked(session, views, background):
    session.want(text="abc", view="steps", head=None)
    assert session.options.head is None  # back at the map it is the mean again
    pieces = background.last.request
    assert pieces.head == 0
    assert isinstance(pieces, AttentionRequest)
    assert (pieces.unit, pieces.specials) == ("piece", True)
    views["steps"].ask_about(map_of("abc").rows[2])
    session.go_on()
    background.last.answer(map_of("abc", unit="piece"))
    steps = background.last.request
    assert isinstance(steps, StepsRequest)
    assert steps.query == 2
    background.last.answer(steps_of())
    assert "formulas" in background.last.job.task
    background.last.answer(Typeset({"sum": "<svg/>"}))
    assert session.state[TYPESET].pictures == {"sum": "<svg/>"}
    assert not session.is_busy


def test_a_mask_belongs_to_its_sentence(session, background):
    session.want(text="abc", view="steps", masked=(1,))
    assert session.options.masked == (1,)
    session.want(text="xyz")
    assert session.options.masked == ()


def test_a_refusal_is_said_and_not_repeated_until_something_changes(session, background):
    session.want(text="abc")
    background.last.fail("TextError", "Too long. Shorten it.")
    assert session.state.status is Status.REFUSED
    assert session.state.trouble == "Too long. Shorten it."
    session.want(colormap="viridis")
    assert len(background.runs) == 1
    session.want(text="ab")
    background.last.answer(map_of("ab"))
    assert session.state.status is Status.SHOWN


def test_trying_again_asks_again(session, background):
    session.want(text="abc", model="/no/model")
    background.last.fail("ModelError", "There is no folder /no/model.")
    session.retry()
    assert len(background.runs) == 2


def test_an_unknown_model_without_the_wanted_layer_is_read_as_a_mean_first(session, background):
    session.want(text="abc", model="tiny", layer=7)
    background.last.fail("NotAvailableError", "There is no layer 7.")
    assert background.last.request.layer is None
    background.last.answer(map_of("abc", layer=None))
    assert session.state.cards["tiny"] is CARD
    assert background.last.request.layer == 1


def test_what_a_worker_died_under_is_asked_once_more_and_it_is_said(session, background, qtbot):
    session.want(text="abc")
    with qtbot.assertNotEmitted(session.failed), qtbot.waitSignal(session.noticed) as said:
        background.last.fail("WorkerDied", "exit code -9")
    assert "A new one takes over" in str(said.args[0])
    assert [run.request.source.text for run in background.runs] == ["abc", "abc"]
    background.last.answer(map_of("abc"))
    session.want(text="abcd")
    with qtbot.assertNotEmitted(session.failed):
        background.last.fail("WorkerDied", "exit code -9")
    assert session.is_busy


def test_a_worker_that_dies_again_is_told_and_the_next_key_goes_on(session, background, qtbot):
    session.want(text="abc")
    background.last.fail("WorkerDied", "exit code -9")
    with qtbot.waitSignal(session.failed) as told:
        background.last.fail("WorkerDied", "exit code -9")
    assert "ended unexpectedly" in str(told.args[0])
    assert session.state.status is Status.REFUSED
    session.want(text="abcd")
    background.last.answer(map_of("abcd"))
    assert session.state.status is Status.SHOWN


def test_what_takes_time_is_said(session, background):
    session.want(text="abc")
    background.last.progressed.emit((Preparing("Loading …", 1, 3),))
    assert session.state.preparing.message == "Loading …"
    assert session.state.status is Status.WAITING
    background.last.answer(map_of("abc"))
    assert session.state.preparing is None


def test_keeping_numbers_waits_its_turn_and_tells_how_it_went(session, background, qtbot, tmp_path):
    session.want(text="abc")
    background.last.answer(map_of("abc"))
    session.export(session.options.attention(), tmp_path / "a.csv")
    assert background.last.job.arguments["path"] == tmp_path / "a.csv"
    with qtbot.waitSignal(session.exported) as told:
        background.last.fail("AttentionError", "The disk is full.")
    assert told.args == [tmp_path / "a.csv", "The disk is full."]
    assert session.state.status is Status.SHOWN
    session.export(session.options.attention(), tmp_path / "b.csv")
    with qtbot.waitSignal(session.exported) as told:
        background.last.answer()
    assert told.args == [tmp_path / "b.csv", None]


def test_an_alignment_waits_for_its_second_sentence(session, background):
    session.want(text="abc", view="alignment")
    count = len(background.runs)
    assert session.state.status is Status.EMPTY
    session.want(second="xyz", paired=True)
    assert len(background.runs) == count + 1
    assert background.last.request.source.pair == "xyz"


def test_three_steps_stay_with_the_pieces_they_are_a_row_of(session, background):
    session.want(text="abc", view="steps")
    background.last.answer(map_of("abc", unit="piece"))
    background.last.answer(steps_of())
    session.want(text="xyzw")
    background.last.answer(map_of("xyzw", unit="piece"))
    state = session.state
    assert state[PIECES].texts == ("xyzw",)
    assert state.bases[STEPS.name].texts == ("abc",)
    assert state[STEPS].query_token in state.bases[STEPS.name].rows


def test_a_map_of_another_model_does_not_stand_under_the_new_ones_name(session, background):
    session.want(text="abc", model="e5")
    background.last.answer(map_of("abc", card=E5))
    assert session.state.status is Status.SHOWN
    session.want(model="minilm")
    assert session.state.status is Status.WAITING


def test_what_is_wanted_is_worked_out_once_for_a_key_and_anew_for_another_model(session, monkeypatch):
    asked = []
    within = ViewOptions.within
    monkeypatch.setattr(ViewOptions, "within", lambda self, *cards: asked.append(cards) or within(self, *cards))
    session.want(text="one two", layer=40)
    before = len(asked)
    assert [session.options.layer for _time in range(9)] == [40] * 9
    assert len(asked) == before == 1
    session.state.cards[session.options.model] = ModelCard(
        session.options.model, "A model", "encoder", layers=6, heads=12, width=384, limit=512, origin="here"
    )
    assert session.options.layer == 5
    assert len(asked) == 2
