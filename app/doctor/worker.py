"""The worker process: does it start, how long does it take, what does torch find in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from app.doctor.finding import Finding
from app.doctor.worker_probe import WorkerReport
from core.language import _
from core.runtime.events import Failed, Finished, Started
from core.runtime.lane import Lane
from core.runtime.task import Job

PATIENCE: Final = 120
"""Seconds a worker gets to load torch and gymnasium."""
_LOOK_EVERY: Final = 0.01
_MIB: Final = 1024**2


def look() -> Iterator[Finding]:
    """Yield what there is to say about workers."""
    lane = Lane("doctor")
    try:
        yield from _run(lane)
    except OSError as error:
        yield _dead(str(error))
    finally:
        lane.close()


def _run(lane: Lane) -> Iterator[Finding]:
    begun = time.perf_counter()
    lane.submit(Job("app.doctor.worker_probe:load"))
    up = 0.0
    while (waited := time.perf_counter() - begun) < PATIENCE:
        for event in lane.receive():
            if isinstance(event, Started):
                up = waited
            elif isinstance(event, Failed):
                yield _dead(event.message)
                return
            elif isinstance(event, Finished):
                yield _alive(up, event.result)
                yield accelerator(event.result)
                return
        time.sleep(_LOOK_EVERY)
    yield _dead(_("no answer within {seconds} s").format(seconds=PATIENCE))


def _alive(up: float, report: WorkerReport) -> Finding:
    text = _(
        "A worker process starts in {up:.1f} s, loads torch and gymnasium in {load:.1f} s and takes {memory:.0f} MiB."
    ).format(up=up, load=report.seconds_to_load, memory=report.memory_bytes / _MIB)
    values = {
        "seconds_to_start": round(up, 3),
        "seconds_to_load": round(report.seconds_to_load, 3),
        "memory_bytes": report.memory_bytes,
        "frame": list(report.frame),
    }
    return Finding("worker", "ok", text, values=values)


def _dead(reason: str) -> Finding:
    text = _("The background process does not work: {reason}").format(reason=reason)
    advice = _("Reinstall torch, gymnasium and pygame; if a virus scanner blocks new processes, allow Python.")
    return Finding("worker", "problem", text, advice)


def accelerator(report: WorkerReport) -> Finding:
    """Say what torch could compute on."""
    values = {"accelerator": report.accelerator or None, "devices": report.devices}
    if not report.accelerator:
        return Finding("accelerator", "ok", _("Torch finds no GPU and needs none."), values=values)
    text = _("Torch finds {kind} ({devices}).").format(kind=report.accelerator, devices=report.devices)
    return Finding("accelerator", "ok", text, values=values)
