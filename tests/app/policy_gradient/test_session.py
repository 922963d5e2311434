from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Signal

from app.policy_gradient.runs.saved_run import SavedRun
from app.policy_gradient.session import Phase, TrainingSession
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import EpisodeFinished, Transition, UpdateFinished
from core.policy_gradient.place import Place, PlaceReached, ReturnTo
from core.policy_gradient.train import Training
from core.runtime.events import Failed
from core.runtime.lane import WORKER_DIED
from core.runtime.pace import FULL_SPEED

STEP = Transition((0.0,) * 4, 1, 0.5, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)
EPISODE = EpisodeFinished(1, 20, 20.0, True, False, 20, 20.0)


class Run(QObject):
    """Says what it was told, and tells what the test says."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self):
        super().__init__()
        self.message = []
        self.is_held = False

    def comes(self, *payloads, held=False):
        self.is_held = held
        self.progressed.emit(payloads)

    def __getattr__(self, name):
        return lambda *given: self.message.append((name, *given))


class Background:
    """Starts runs that do nothing, and keeps what each was started with."""

    def __init__(self):
        self.runs = []
        self.jobs = []
        self.paces = []
        self.watched = []

    def start(self, _lane, job, *, pace, watched):
        self.runs.append(Run())
        self.jobs.append(job)
        self.paces.append(pace)
        self.watched.append(watched)
        return self.runs[-1]


@pytest.fixture
def background():
    return Background()


@pytest.fixture
def session(qapp, background):
    session = TrainingSession(background)
    session.watch(True)
    return session


@pytest.fixture
def run_of(background):
    """Return the run that a session has started last."""
    return lambda _session: background.runs[-1]


def test_a_step_says_stepping_until_it_is_done(session, run_of):
    run_of(session).progressed.emit(())
    assert session.phase is Phase.READY
    session.step("EpisodeFinished")
    assert session.phase is Phase.STEPPING
    run_of(session).comes(STEP)
    assert session.phase is Phase.STEPPING
    run_of(session).comes(EPISODE, held=True)
    assert session.phase is Phase.PAUSED


def test_what_was_under_way_when_a_step_was_asked_for_is_not_its_end(session, run_of):
    session.toggle()
    session.step("EpisodeFinished")
    run_of(session).comes(STEP, EPISODE)  # sent while the run still played
    assert session.phase is Phase.STEPPING
    run_of(session).comes(STEP, EPISODE, held=True)
    assert session.phase is Phase.PAUSED


def test_a_step_asked_for_while_loading_is_taken_once_it_can_be(session, run_of):
    session.step("Transition")
    assert session.phase is Phase.LOADING
    assert not session.is_under_way
    assert run_of(session).message == []
    run_of(session).progressed.emit(())
    assert run_of(session).message == [("step", "Transition")]
    run_of(session).comes(STEP, held=True)
    assert session.phase is Phase.PAUSED
    assert session.is_under_way


@pytest.mark.parametrize("playing", [False, True])
def test_a_run_without_a_step_takes_edits_at_once(session, background, playing):
    if playing:
        session.toggle()
    session.want(replace(ARTICLE, gamma=0.9))
    assert session.config.gamma == 0.9
    assert len(background.runs) == 2
    assert background.paces[-1].playing is playing


def test_a_run_that_is_over_steps_no_more_and_takes_no_edit(session, run_of):
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


PLACE = Place(env_steps=1, episodes=1)
SAVED = SavedRun(replace(ARTICLE, seed=5).to_dict(), PLACE, ((1, 0.004),))


def test_a_run_goes_back_unwatched_at_full_speed_and_holds_there(session, background):
    session.restore_run(SAVED, replace(ARTICLE, seed=5, gamma=0.5, learning_rate=0.002))
    run, job = background.runs[-1], background.jobs[-1]
    assert session.phase is Phase.RESTORING
    assert job.arguments["config"] == replace(ARTICLE, seed=5)
    assert job.arguments["return_to"] == ReturnTo(PLACE, ((1, 0.004),))
    assert background.watched[-1] is False
    assert run.message == [("step", "PlaceReached")]
    assert session.save_run() == SAVED  # it is asked for where it will be
    session.toggle()
    session.step("Transition")
    session.want(replace(session.wanted, batch_episodes=3))
    session.watch(True)
    run.comes(STEP)
    assert session.restored_share == 1.0
    assert session.phase is Phase.RESTORING
    assert run.message == [("step", "PlaceReached")]
    run.comes(EPISODE, PlaceReached(PLACE), held=True)
    assert session.phase is Phase.PAUSED
    assert run.message[1:] == [("watch", True), ("control", "learning_rate", 0.002)]
    assert (session.config.learning_rate, session.wanted.batch_episodes) == (0.002, 3)
    assert session.save_run().place == PLACE


def test_a_run_that_had_ended_ends_again(session, background):
    session.restore_run(replace(SAVED, is_finished=True), ARTICLE)
    run = background.runs[-1]
    run.comes(STEP, EPISODE, PlaceReached(PLACE), held=True)
    assert session.phase is Phase.RESTORING
    assert run.message[1:] == [("watch", True), ("set_pace", FULL_SPEED)]
    run.finished.emit(Training(ARTICLE).result())
    assert session.phase is Phase.FINISHED
    assert session.save_run().is_finished


def test_the_way_back_can_be_called_off(session, background):
    session.restore_run(SAVED, ARTICLE)
    session.reset()
    assert session.phase is Phase.LOADING
    assert background.jobs[-1].arguments == {"config": ARTICLE, "return_to": None}
    background.runs[-2].comes(PlaceReached(PLACE))  # nobody listens any more
    assert session.phase is Phase.LOADING


def test_a_run_at_its_start_has_no_way_to_go(session, background):
    session.restore_run(SavedRun(ARTICLE.to_dict()), ARTICLE)
    assert session.phase is Phase.LOADING
    assert background.watched[-1] is True


def test_changes_of_the_learning_rate_are_kept_with_the_update_they_held_from(session, background):
    run = background.runs[-1]
    run.comes(STEP)
    session.want(replace(ARTICLE, learning_rate=0.003))
    assert session.save_run().learning_rates == ()  # asked for, and not in force yet
    for number, rate in ((1, 0.01), (2, 0.003), (3, 0.003), (4, 0.5)):
        run.comes(UpdateFinished(number, number, 0.0, 0.6, 1.0, rate, 10, 10 * number))
    assert session.save_run().learning_rates == ((2, 0.003), (4, 0.5))
    assert session.save_run().config == ARTICLE.to_dict()


def test_a_run_that_was_replaced_can_be_brought_back_and_so_can_the_other(session, background):
    assert session.former is None
    session.reset()
    assert session.former is None  # nothing had happened yet
    background.runs[-1].comes(STEP, EPISODE)
    first = session.save_run()
    session.want(replace(ARTICLE, gamma=0.5))
    session.reset()
    assert session.former == first
    background.runs[-1].comes(STEP)
    second = session.save_run()
    session.bring_back()
    assert session.phase is Phase.RESTORING
    assert background.jobs[-1].arguments["return_to"] == ReturnTo(first.place)
    assert session.wanted == ARTICLE
    assert session.former == second
    session.reset()  # also while it is on its way
    assert session.former == first


def test_space_after_the_end_loses_no_run(session, background):
    run = background.runs[-1]
    session.toggle()
    run.comes(STEP, EPISODE)
    run.finished.emit(Training(ARTICLE).result())
    ended = session.save_run()
    session.toggle()
    assert session.former == ended
    assert session.former.is_finished
