from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal

from app.policy_gradient.session import Phase, TrainingSession
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished, Transition
from core.runtime.events import Failed
from core.runtime.lane import WORKER_DIED

STEP = Transition((0.0,) * 4, 1, 0.5, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)
EPISODE = EpisodeFinished(1, 20, 20.0, True, False, 20, 20.0)


class Run(QObject):
    """Says what it was told, and tells what the test says."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self):
        super().__init__()
        self.told = []
        self.is_held = False

    def comes(self, *payloads, held=False):
        self.is_held = held
        self.progressed.emit(payloads)

    def __getattr__(self, name):
        return lambda *given: self.told.append((name, *given))


class Background:
    def __init__(self):
        self.runs = []
        self.paces = []

    def start(self, _lane, _job, *, pace, **_rest):
        self.runs.append(Run())
        self.paces.append(pace)
        return self.runs[-1]


@pytest.fixture
def session(qapp):
    session = TrainingSession(Background())
    session.watch(True)
    return session


def run_of(session):
    return session._background.runs[-1]


def test_a_step_says_stepping_until_it_is_done(session):
    run_of(session).progressed.emit(())
    assert session.phase is Phase.READY
    session.step("EpisodeFinished")
    assert session.phase is Phase.STEPPING
    run_of(session).comes(STEP)
    assert session.phase is Phase.STEPPING
    run_of(session).comes(EPISODE, held=True)
    assert session.phase is Phase.PAUSED


def test_what_was_under_way_when_a_step_was_asked_for_is_not_its_end(session):
    session.toggle()
    session.step("EpisodeFinished")
    run_of(session).comes(STEP, EPISODE)  # sent while the run still played
    assert session.phase is Phase.STEPPING
    run_of(session).comes(STEP, EPISODE, held=True)
    assert session.phase is Phase.PAUSED


def test_a_step_asked_for_while_loading_is_taken_once_it_can_be(session):
    session.step("Transition")
    assert session.phase is Phase.LOADING
    assert not session.is_under_way
    assert run_of(session).told == []
    run_of(session).progressed.emit(())
    assert run_of(session).told == [("step", "Transition")]
    run_of(session).comes(STEP, held=True)
    assert session.phase is Phase.PAUSED
    assert session.is_under_way


@pytest.mark.parametrize("playing", [False, True])
def test_a_run_without_a_step_takes_edits_at_once(session, playing):
    if playing:
        session.toggle()
    session.want(replace(ARTICLE, gamma=0.9))
    assert session.config.gamma == 0.9
    assert len(session._background.runs) == 2
    assert session._background.paces[-1].playing is playing


def test_a_run_that_is_over_steps_no_more_and_takes_no_edit(session):
    run_of(session).progressed.emit((STEP,))
    session.toggle()
    told = []
    session.failed.connect(lambda text: told.append(str(text)))
    run = run_of(session)
    run.failed.emit(Failed(1, WORKER_DIED, "gone"))
    assert session.is_over
    assert not session.is_under_way
    assert "Play (Space) in the policy gradient tab" in told[0]  # it is read in every tab, where the key is another's
    session.step("Transition")
    assert session.phase is Phase.FAILED
    session.want(replace(ARTICLE, gamma=0.9))
    assert session.config.gamma == ARTICLE.gamma
    session.toggle()
    assert session.config.gamma == 0.9


def test_whoever_sets_the_speed_it_is_said(session):
    said = []
    session.speed_changed.connect(lambda: said.append(session.speed))
    session.set_speed("slow")
    session.change_speed(+1)
    session.set_speed("real")
    session.change_speed(+9)
    session.change_speed(+1)
    assert said == ["slow", "real", "turbo"]
