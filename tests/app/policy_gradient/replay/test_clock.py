"""The time of a replay goes on by itself, stops at the end, and begins again."""

from __future__ import annotations

import pytest

from app.policy_gradient.replay.clock import ReplayClock


@pytest.fixture
def clock(qapp, qtbot):
    clock = ReplayClock()
    clock.reach(40)
    yield clock
    clock.pause()


def test_it_plays_to_the_end_and_from_the_end_anew(clock, qtbot):
    clock.steps_a_second, clock.rate = 400.0, 4.0
    seen = []
    clock.moved.connect(lambda: seen.append(clock.step))
    clock.play()
    assert clock.is_playing
    qtbot.waitUntil(lambda: not clock.is_playing, timeout=10_000)
    assert seen == sorted(seen)
    assert clock.step == 40
    clock.toggle()
    assert clock.is_playing
    assert clock.step == 0
    clock.toggle()
    assert not clock.is_playing


def test_it_stays_within_the_longest_episode(clock):
    clock.go_to(99)
    assert clock.step == 40
    clock.go_to(-1)
    assert clock.step == 0
    clock.go_to(30)
    clock.reach(20)
    assert clock.step == 20
    clock.play()
    clock.reach(0)
    assert not clock.is_playing
    clock.play()
    assert not clock.is_playing
