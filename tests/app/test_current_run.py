import psutil
import pytest
from PySide6.QtCore import QObject

from app.background import Background
from app.current_run import CurrentRun
from tests.core.runtime.sample_tasks import Count

TASKS = "tests.core.runtime.sample_tasks"
PATIENCE = 60_000


class Owner(QObject):
    """Writes down everything it is told."""

    def __init__(self, background, result=int):
        super().__init__()
        self.counted, self.results, self.failures, self.stops = [], [], [], 0
        self.current = CurrentRun(
            background, "work", result, self, progressed=self.take, finished=self.results.append,
            failed=self.failures.append, cancelled=self.stopped,
        )  # fmt: skip

    def take(self, payloads):
        self.counted += [payload.number for payload in payloads if isinstance(payload, Count)]

    def stopped(self):
        self.stops += 1


@pytest.fixture
def background(qtbot):
    background = Background()
    background.add_lane("work")
    yield background
    background.close()


@pytest.fixture
def owner(background):
    return Owner(background)


def test_payloads_and_the_result_come_to_the_owner(owner, qtbot):
    owner.current.start(f"{TASKS}:count", to=50)
    assert owner.current.is_running
    qtbot.waitUntil(lambda: bool(owner.results), timeout=PATIENCE)
    assert owner.results == [1275]
    assert owner.counted == list(range(1, 51))
    assert not owner.current.is_running


def test_nothing_is_heard_of_a_run_that_another_has_replaced(owner, qtbot):
    owner.current.start(f"{TASKS}:count", to=10**9)
    owner.current.start(f"{TASKS}:count", to=3)
    qtbot.waitUntil(lambda: bool(owner.results), timeout=PATIENCE)
    assert owner.counted == [1, 2, 3]
    assert owner.stops == 0  # the first was stopped, but it was no longer current


def test_what_was_cancelled_says_so_and_is_current_no_more(owner, qtbot):
    owner.current.start(f"{TASKS}:count", to=10**9)
    qtbot.waitUntil(lambda: bool(owner.counted), timeout=PATIENCE)
    owner.current.cancel()
    qtbot.waitUntil(lambda: bool(owner.stops), timeout=PATIENCE)
    assert not owner.current.is_running
    assert not owner.results


def test_what_is_forgotten_is_silent_and_its_worker_free(owner, background, qtbot):
    owner.current.start(f"{TASKS}:count", to=10**9)
    owner.current.forget(stop=True)
    other = Owner(background)
    other.current.start(f"{TASKS}:count", to=2)
    qtbot.waitUntil(lambda: bool(other.results), timeout=PATIENCE)
    assert not owner.counted
    assert owner.stops == 0


def test_an_error_of_the_task_says_of_which_kind_it_is(owner, qtbot):
    owner.current.start(f"{TASKS}:fail", after=0)
    qtbot.waitUntil(lambda: bool(owner.failures), timeout=PATIENCE)
    (failure,) = owner.failures
    assert failure.message == "the pond is frozen"
    assert not failure.has_died


def test_a_dead_worker_is_told_apart_the_first_time_and_again(owner, background, qtbot):
    for death in (1, 2):
        owner.current.start(f"{TASKS}:count", to=10**9, every=60.0)
        qtbot.waitUntil(lambda: "work" in background.worker_pids(), timeout=PATIENCE)
        psutil.Process(background.worker_pids()["work"]).kill()
        qtbot.waitUntil(lambda death=death: len(owner.failures) == death, timeout=PATIENCE)
    assert [(failure.has_died, failure.again) for failure in owner.failures] == [(True, False), (True, True)]
    owner.current.start(f"{TASKS}:count", to=1)  # it answers: another death would be the first again
    qtbot.waitUntil(lambda: bool(owner.results), timeout=PATIENCE)
    owner.current.start(f"{TASKS}:count", to=10**9, every=60.0)
    psutil.Process(background.worker_pids()["work"]).kill()
    qtbot.waitUntil(lambda: len(owner.failures) == 3, timeout=PATIENCE)
    assert not owner.failures[-1].again


def test_a_result_of_another_kind_is_a_mistake_that_is_seen(background, qtbot):
    owner = Owner(background, result=str)
    with qtbot.captureExceptions() as raised:
        owner.current.start(f"{TASKS}:count", to=1)
        qtbot.waitUntil(lambda: bool(raised), timeout=PATIENCE)
    assert raised[0][0] is AssertionError
