"""Driving a task in the caller's own process: for tests, notebooks and the command line."""

from __future__ import annotations

import traceback
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from core.passwords import hide_passwords
from core.runtime.events import Event, Failed, Finished, Payload, Progressed, RunId, Started, new_run_id
from core.runtime.task import Job
from core.spoken_error import SpokenError


def payloads_and_result(task: Iterable[Payload]) -> Generator[Payload, None, Any]:
    """Yield a task's payloads and return its result, whether it is a generator or another iterable."""
    iterator: Iterator[Payload] = iter(task)
    try:
        while True:
            try:
                payload = next(iterator)
            except StopIteration as stop:
                return stop.value
            yield payload
    finally:
        if isinstance(iterator, Generator):
            iterator.close()  # at once: what is left in the middle may have something to keep


def run_inline(job: Job) -> Iterator[Event]:
    """Run ``job`` here and yield the events a worker would have sent, one payload at a time.

    The caller cancels by no longer asking. Errors of the task come as :class:`Failed`, as from a worker.
    """
    run_id = new_run_id()
    yield Started(run_id)
    try:
        running = payloads_and_result(job.open())
        while True:
            try:
                payload = next(running)
            except StopIteration as stop:
                yield Finished(run_id, stop.value)
                return
            yield Progressed(run_id, (payload,))
    except Exception as error:
        yield failure(run_id, error)


def failure(run_id: RunId, error: Exception) -> Failed:
    """Describe an error of a task as an event."""
    kind = type(error).__name__
    said_all = isinstance(error, SpokenError) and error.__cause__ is None
    trace = "" if said_all else "".join(traceback.format_exception(error))
    return Failed(run_id, kind, hide_passwords(str(error).strip() or kind), hide_passwords(trace))
