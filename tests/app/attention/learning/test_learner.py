"""One training: what is asked of the worker, and where it is by what the worker says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from app.attention.learning.learner import Learner, Phase
from core.attention.learned.live.events import Examining, LiveRequest, Reached, Trained
from tests.app.attention.learning.conftest import begun, looking, step

REQUEST = LiveRequest("seq2seq-general", seed=1, example=2)


@pytest.fixture
def learner(trainings, qapp):
    parent = QObject()
    made = Learner(trainings, parent)
    yield made
    parent.deleteLater()


def test_it_is_held_stepped_and_goes_on(learner, trainings):
    learner.begin(REQUEST)
    run = trainings.last
    assert run.request == REQUEST
    assert (learner.phase, trainings.paces) == (Phase.PREPARING, ["play"])
    run.say(begun(), step(1, 6.5), looking(1))
    assert (learner.phase, learner.step, learner.share) == (Phase.RUNNING, 1, 0.01)
    learner.pause()
    learner.do_one_step()
    run.say(step(2, 6.0, bleu=1.5, aer=0.9))
    assert learner.phase is Phase.PAUSED
    learner.play()
    assert run.told == ["pause", "until LiveStep", "play"]
    assert learner.losses == [(1, 6.5), (2, 6.0)]
    assert dict(learner.watched[0].figures) == {"bleu": 1.5, "aer": 0.9}
    assert learner.map.looked.wanted == "a cat"


def test_another_example_is_seen_at_once_even_where_it_is_held(learner, trainings):
    learner.begin(REQUEST)
    learner.show_example(5)
    assert trainings.last.told == [("example", 5), "watch True"]


def test_one_that_was_stopped_goes_on_with_its_curve(learner, trainings):
    learner.begin(REQUEST)
    trainings.last.say(begun(), step(1, 6.5), step(2, 6.0))
    learner.stop()
    assert learner.phase is Phase.STOPPED
    learner.begin(LiveRequest("seq2seq-general", seed=1, is_resumed=True))
    trainings.last.say(begun(step=1), step(2, 6.0), step(3, 5.0))
    assert learner.losses == [(1, 6.5), (2, 6.0), (3, 5.0)], "a step that was not kept is done again"


def test_it_goes_as_far_as_it_was_and_is_held_there(learner, trainings):
    learner.begin(LiveRequest("seq2seq-general", hold_after=2), is_held=True)
    run = trainings.last
    assert trainings.paces == ["pause"]
    assert run.told == ["until Reached"]
    run.say(begun(), step(1, 6.5), step(2, 6.0))
    assert learner.phase is Phase.PREPARING
    run.say(Reached())
    assert (learner.phase, learner.step) == (Phase.PAUSED, 2)


def test_its_end_is_told(learner, trainings):
    learner.begin(REQUEST)
    trainings.last.say(begun(steps=1), step(1, 6.5), Examining())
    assert learner.phase is Phase.EXAMINING
    trainings.last.finished.emit(Trained("weights", (("bleu", 3.0),)))
    assert (learner.phase, learner.is_under_way) == (Phase.DONE, False)


def test_what_went_wrong_is_said_and_it_can_be_resumed(learner, trainings, qtbot):
    learner.begin(REQUEST)
    trainings.last.say(begun(), step(1, 6.5))
    with qtbot.waitSignal(learner.failed) as said:
        trainings.last.fail("OSError", "the disk is full")
    assert "the disk is full" in str(said.args[0])
    assert learner.phase is Phase.STOPPED
