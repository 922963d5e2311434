"""A worker says what went wrong in the language of the window that reads it."""

from __future__ import annotations

import time

import pytest

from core.language import current_language, set_language
from core.runtime.events import ENDINGS, Finished
from core.runtime.lane import Lane
from core.runtime.task import Job


def say_language():
    """A task that returns the language it was asked in."""
    yield from ()
    return current_language()


@pytest.mark.parametrize("languages", [("zh_CN", "en"), ("en", "zh_CN")])
def test_each_run_speaks_the_language_it_was_asked_in(languages):
    lane = Lane("speech")
    try:
        for language in languages:
            set_language(language)
            lane.submit(Job("tests.core.runtime.test_language:say_language"))
            events = []
            deadline = time.monotonic() + 30
            while not (events and isinstance(events[-1], ENDINGS)):
                events += lane.receive()
                assert time.monotonic() < deadline, "the worker is silent"
                time.sleep(0.01)
            assert isinstance(events[-1], Finished)
            assert events[-1].result == language
    finally:
        lane.close()
