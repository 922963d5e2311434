"""Garbage that Qt has a part in is collected where Qt lives: in the window's thread, between two of its turns."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from app.garbage import Collector


class Ring(QObject):
    """Held by itself alone."""

    def __init__(self):
        super().__init__()
        self.itself = self


@pytest.fixture
def collector(qtbot):
    thresholds = gc.get_threshold()
    collector = Collector(every=5)
    collector.begin()
    yield collector
    collector.end()
    gc.set_threshold(*thresholds)
    assert gc.isenabled()


def dropped():
    """Return where a ring that nobody holds is collected: the thread, as soon as it is."""
    threads = []
    weakref.finalize(Ring(), lambda: threads.append(threading.current_thread()))
    return threads


def make_much():
    """Make more objects than Python makes without collecting."""
    assert [[] for _one in range(20 * gc.get_threshold()[0])]


def in_a_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return thread


def test_another_thread_collects_nothing_and_the_event_loop_does(collector, qtbot):
    collected_in = dropped()
    in_a_thread(make_much)
    assert collected_in == []
    make_much()
    assert collected_in == [], "a signal or a paint is under way here"
    qtbot.waitUntil(lambda: bool(collected_in))
    assert collected_in == [threading.main_thread()]


def test_without_it_another_thread_would_have_deleted_the_object():
    collected_in = dropped()
    assert collected_in == [] or collected_in == [threading.main_thread()]
    if not collected_in:
        thread = in_a_thread(make_much)
        assert collected_in == [thread]


def test_what_has_been_looked_at_and_kept_is_looked_at_again(collector, qtbot):
    ring = Ring()
    gc.collect()  # so that it is among what has lasted
    collected_in = []
    weakref.finalize(ring, lambda: collected_in.append(threading.current_thread()))
    del ring
    gc.set_threshold(10, 1, 1)
    kept = []

    def is_collected():
        kept.extend([] for _one in range(1000))
        return bool(collected_in)

    qtbot.waitUntil(is_collected)
    assert collected_in == [threading.main_thread()]


def test_it_begins_and_ends_once(collector):
    collector.begin()
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
