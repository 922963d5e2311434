"""Training while somebody watches."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import Any, Final

import psutil

from app.ear import FRAME
from app.policy_gradient.session import TrainingSession
from core.policy_gradient.config import ARTICLE
from core.runtime.events import Failed, Finished, Progressed
from core.runtime.lane import Lane
from core.runtime.pace import FULL_SPEED, PAUSED
from core.runtime.task import Job
from tests.benchmarks.gaps import gap_summary
from tests.benchmarks.probes.memory import memory_of, memory_of_children
from tests.benchmarks.probes.window import LOAD_LIMIT, Heartbeat, open_window

SETTLE: Final = 1.0
"""Seconds of training before the measurement: the first pictures load what drawing needs."""
_ENDLESS: Final = replace(ARTICLE, episodes=1_000_000)


def frames_and_gaps(width: int, height: int, seconds: float) -> dict[str, Any]:
    """Train the article's agent at turbo with the stage shown, and listen to the event loop meanwhile."""
    with open_window(width, height) as bench:
        bench.prepare(_ENDLESS, "turbo")
        bench.session.toggle()
        bench.wait(SETTLE)
        heart, stage, me = Heartbeat(), bench.page.environment_view, os.getpid()
        steps, frames, worked = bench.env_steps(), stage.frames_painted, _cpu_seconds(me)
        heart.start()
        bench.wait(seconds)
        heart.stop()
        worked = _cpu_seconds(me) - worked
        took = heart.times[-1] - heart.times[0]
        return {
            "frames_per_second": (stage.frames_painted - frames) / took,
            "gaps_ms": gap_summary(heart.times),
            "own_work_ms": gap_summary(heart.worked),
            "seconds": took,
            "env_steps_per_second": (bench.env_steps() - steps) / took,
            "window_cpu": worked / took,
            "stage": [stage.width(), stage.height()],
            "memory": {"window": memory_of(), "children": memory_of_children()},
        }


def shown(width: int, height: int, episodes: int, seed: int, own_frame: bool) -> dict[str, Any]:
    """Play one run of the article's preset from start to end, at turbo, on the stage.

    Args:
        width: of the window.
        height: of the window.
        episodes: to be played.
        seed: of the run.
        own_frame: whether the environment's own picture is shown, which the worker draws.
    """
    with open_window(width, height) as bench:
        bench.session.show_own_frame(own_frame)
        bench.prepare(replace(ARTICLE, episodes=episodes, seed=seed, eval_episodes=1), "turbo")
        worker = bench.laboratory.background.worker_pids()["training"]
        frames, worked = bench.page.environment_view.frames_painted, _cpu_seconds(worker)
        begin = time.perf_counter()
        bench.session.toggle()
        bench.wait_until(lambda: bench.session.result is not None, LOAD_LIMIT + episodes, "end of the run")
        seconds = time.perf_counter() - begin
        assert bench.session.result is not None
        return {
            "seconds": seconds,
            "worker_seconds": _cpu_seconds(worker) - worked,
            "env_steps": bench.session.result.env_steps,
            "frames_per_second": (bench.page.environment_view.frames_painted - frames) / seconds,
        }


def unshown(episodes: int, seed: int) -> dict[str, Any]:
    """Play the same run in a worker of the same kind, with nobody watching and no window."""
    lane = Lane(TrainingSession.LANE)
    config = replace(ARTICLE, episodes=episodes, seed=seed, eval_episodes=1)
    try:
        # Held and watched until its first picture is here: loading is not training.
        run = lane.submit(Job("core.policy_gradient.train:Training", {"config": config}), pace=PAUSED, watched=True)
        _receive_until(lane, Progressed)
        lane.watch(run, False)
        assert lane.pid is not None
        worked = _cpu_seconds(lane.pid)
        begin = time.perf_counter()
        lane.set_pace(run, FULL_SPEED)
        finished = _receive_until(lane, Finished)
        seconds = time.perf_counter() - begin
        worked = _cpu_seconds(lane.pid) - worked
    finally:
        lane.close()
    assert isinstance(finished, Finished)
    return {"seconds": seconds, "worker_seconds": worked, "env_steps": finished.result.env_steps}


def _cpu_seconds(pid: int) -> float:
    """Return what a process has computed so far (s): time in which others had the core does not count."""
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _receive_until(lane: Lane, kind: type[Progressed | Finished]) -> Progressed | Finished:
    """Listen to the lane as often as the window does, until an event of ``kind`` has come.

    Raises:
        RuntimeError: the run failed.
        TimeoutError: no event has come for a minute.
    """
    heard = time.perf_counter()
    while time.perf_counter() - heard < LOAD_LIMIT:
        for event in lane.receive():
            heard = time.perf_counter()
            if isinstance(event, kind):
                return event
            if isinstance(event, Failed):
                raise RuntimeError(event.message)
        time.sleep(FRAME / 1000)
    message = f"no word from the worker for {LOAD_LIMIT:.0f} s"
    raise TimeoutError(message)
