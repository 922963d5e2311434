import sys
from functools import partial

import psutil
import pytest

from app.background import IDLE, Background
from core.runtime.pace import PAUSED
from core.runtime.task import Job
from tests.core.runtime.sample_tasks import Count

TASKS = "tests.core.runtime.sample_tasks"


@pytest.fixture
def background(qtbot):
    background = Background()
    background.add_lane("work")
    yield background
    background.close()


def test_a_run_speaks_through_signals_and_ends_with_its_result(background, qtbot):
    run = background.start("work", Job(f"{TASKS}:count", {"to": 50}))
    numbers = []
    run.progressed.connect(lambda payloads: numbers.extend(p.number for p in payloads if isinstance(p, Count)))
    with qtbot.waitSignal(run.finished, timeout=20_000) as finished:
        pass
    assert finished.args == [1275]
    assert numbers == list(range(1, 51))


def test_an_error_in_the_task_arrives_as_a_signal(background, qtbot):
    run = background.start("work", Job(f"{TASKS}:fail", {"after": 0}))
    with qtbot.waitSignal(run.failed, timeout=20_000) as failed:
        pass
    assert failed.args[0].message == "the pond is frozen"


def test_a_newer_run_takes_the_place_of_the_older(background, qtbot):
    older = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}))
    with qtbot.waitSignal(older.cancelled, timeout=20_000):
        newer = background.start("work", Job(f"{TASKS}:count", {"to": 2}))
    with qtbot.waitSignal(newer.finished, timeout=20_000):
        pass


def test_a_run_can_be_held_stepped_and_cancelled(background, qtbot):
    run = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}), pace=PAUSED)
    with qtbot.waitSignal(run.started, timeout=20_000):
        pass
    with qtbot.waitSignal(run.progressed, timeout=5_000) as progressed:
        run.step("Count")
    assert [p.number for p in progressed.args[0] if isinstance(p, Count)] == [1]
    with qtbot.waitSignal(run.ended, timeout=5_000):
        run.cancel()


def test_a_run_is_held_when_every_step_asked_of_it_is_taken(background, qtbot):
    run = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}), pace=PAUSED)
    counted = []
    run.progressed.connect(lambda payloads: counted.extend(p.number for p in payloads if isinstance(p, Count)))
    seen = []
    run.progressed.connect(lambda _payloads: seen.append((run.is_held, len(counted))))
    for _press in range(3):
        run.step("Count")
    assert not run.is_held
    qtbot.waitUntil(lambda: run.is_held, timeout=20_000)
    assert [count for held, count in seen if held] == [3]
    with qtbot.waitSignal(run.ended, timeout=5_000):
        run.cancel()


def test_a_worker_that_dies_while_idle_is_replaced(background, qtbot):
    run = background.start("work", Job(f"{TASKS}:count", {"to": 1}))
    with qtbot.waitSignal(run.finished, timeout=20_000):
        pass
    killed = background.worker_pids()["work"]
    psutil.Process(killed).kill()
    qtbot.waitUntil(lambda: background.worker_pids().get("work", killed) != killed, timeout=4 * IDLE)


@pytest.fixture
def deaf_timer(monkeypatch):
    """A timer that never comes: what is heard is heard by the ear."""
    monkeypatch.setattr("app.background.FRAME", 10**6)
    monkeypatch.setattr("app.background.IDLE", 10**6)


@pytest.mark.skipif(sys.platform == "win32", reason="an event loop can't wait for a pipe there")
def test_an_answer_is_heard_when_it_comes(deaf_timer, background, qtbot):
    older = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}), pace=PAUSED)
    with qtbot.waitSignal(older.started, timeout=20_000):
        pass
    with qtbot.waitSignal(older.cancelled, timeout=20_000):
        newer = background.start("work", Job(f"{TASKS}:count", {"to": 1}), pace=PAUSED)
    with qtbot.waitSignal(newer.progressed, timeout=20_000):
        newer.step("Count")


@pytest.mark.skipif(sys.platform == "win32", reason="an event loop can't wait for a pipe there")
def test_a_stream_is_taken_in_no_faster_than_it_is_shown(deaf_timer, background, qtbot, monkeypatch):
    monkeypatch.setattr("app.ear.FRAME", 10**6)
    run = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}))
    taken = []
    run.progressed.connect(taken.append)
    qtbot.waitUntil(lambda: bool(taken) and not background._ears["work"].is_open, timeout=20_000)
    assert len(taken) == 1
    background._listen()
    assert len(taken) == 2
    assert background._ears["work"].is_open


@pytest.mark.skipif(sys.platform == "win32", reason="an event loop can't wait for a pipe there")
def test_a_worker_that_has_died_does_not_keep_the_window_busy(deaf_timer, background, qtbot):
    run = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}), pace=PAUSED)
    with qtbot.waitSignal(run.started, timeout=20_000):
        pass
    psutil.Process(background.worker_pids()["work"]).kill()
    qtbot.waitUntil(lambda: run.is_over or not background._ears["work"].is_open, timeout=20_000)


def test_who_has_nothing_to_do_is_not_asked_with_every_frame(background, qtbot, monkeypatch):
    background.add_lane("idle")
    background.warm("idle")
    asked = {"work": 0, "idle": 0}

    def counted(name, receive):
        asked[name] += 1
        return receive()

    for name, lane in background._lanes.items():
        monkeypatch.setattr(lane, "receive", partial(counted, name, lane.receive))
    run = background.start("work", Job(f"{TASKS}:count", {"to": 10**9}))
    with qtbot.waitSignal(run.progressed, timeout=20_000):
        pass
    asked.update(work=0, idle=0)
    qtbot.wait(4 * IDLE)
    assert asked["work"] >= 20
    assert 2 <= asked["idle"] <= 8
    run.cancel()
