import pytest

from app.background import Background
from app.worker_memory import MOST, WorkerMemory
from core.runtime.pace import PAUSED
from core.runtime.task import Job

TASKS = "tests.core.runtime.sample_tasks"
NONE_AT_ALL = 0


@pytest.fixture
def background(qtbot):
    background = Background()
    for name in ("older", "newer", "held", "never"):
        background.add_lane(name)
    yield background
    background.close()


@pytest.fixture
def memory(background):
    made = []

    def make(**bounds):
        made.append(WorkerMemory(background, **bounds))
        return made[-1]

    yield make
    for one in made:
        one.stop()


def finish(background, qtbot, name, to=1):
    run = background.start(name, Job(f"{TASKS}:count", {"to": to}))
    with qtbot.waitSignal(run.finished, timeout=20_000) as finished:
        pass
    return finished.args[0]


def test_within_bounds_every_worker_stays(background, memory, qtbot):
    finish(background, qtbot, "older")
    memory(most=MOST, in_use=0).look()
    assert set(background.worker_pids()) == {"older"}


def test_beyond_them_the_idle_go_and_what_runs_or_is_held_stays(background, memory, qtbot):
    finish(background, qtbot, "older")
    finish(background, qtbot, "newer")
    held = background.start("held", Job(f"{TASKS}:count", {"to": 10**9}), pace=PAUSED)
    with qtbot.waitSignal(held.started, timeout=20_000):
        pass
    memory(most=NONE_AT_ALL, in_use=0).look()
    assert set(background.worker_pids()) == {"held"}
    assert finish(background, qtbot, "older", to=3) == 6, "who comes back is served as before"


def test_the_longest_unused_goes_first_and_no_more_than_needed(background, memory, qtbot):
    for name in ("older", "newer"):
        finish(background, qtbot, name)
    both = memory(most=NONE_AT_ALL, in_use=0).weigh()
    memory(most=sum(both.values()) - 1, in_use=0).look()
    assert set(background.worker_pids()) == {"newer"}


def test_what_was_used_a_moment_ago_stays(background, memory, qtbot):
    finish(background, qtbot, "older")
    memory(most=NONE_AT_ALL, in_use=3600).look()
    assert set(background.worker_pids()) == {"older"}


def test_the_program_keeps_watch(laboratory):
    assert laboratory.background.findChildren(WorkerMemory)
