import math

import pytest

from core.runtime.pace import PAUSED, SHOWN_SHARE, Pace, Pacer, Showing
from tests.core.runtime.sample_tasks import Count, Ten


def test_full_speed_never_waits():
    pacer = Pacer(Pace())
    pacer.after(Count(1), now=5.0)
    assert pacer.wait(5.0) == 0.0


def test_a_beat_is_followed_by_its_share_of_a_second():
    pacer = Pacer(Pace(beats_per_second=4))
    pacer.after(Count(1), now=10.0)
    assert pacer.wait(10.0) == pytest.approx(0.25)
    assert pacer.wait(10.2) == pytest.approx(0.05)
    assert pacer.wait(10.3) == 0.0


def test_what_is_no_beat_costs_no_time():
    pacer = Pacer(Pace(beats_per_second=4))
    pacer.after(Ten(10), now=10.0)
    assert pacer.wait(10.0) == 0.0


def test_a_late_beat_does_not_make_the_next_ones_hurry():
    pacer = Pacer(Pace(beats_per_second=10))
    pacer.after(Count(1), now=0.0)
    pacer.after(Count(2), now=7.0)  # seven seconds late
    assert pacer.wait(7.0) == pytest.approx(0.1)


def test_a_small_delay_is_made_up_so_that_the_speed_holds():
    pacer = Pacer(Pace(beats_per_second=10))
    pacer.after(Count(1), now=0.0)
    pacer.after(Count(2), now=0.13)  # due at .1
    assert pacer.wait(0.13) == pytest.approx(0.07)  # the third stays due at .2


def test_pause_holds_and_a_step_lets_through_until_the_named_payload():
    pacer = Pacer(PAUSED)
    assert pacer.wait(0.0) == math.inf
    pacer.step("Ten")
    pacer.after(Count(1), now=0.0)
    assert pacer.wait(0.0) == 0.0
    pacer.after(Ten(10), now=0.0)
    assert pacer.wait(0.0) == math.inf


def test_steps_asked_for_faster_than_they_are_taken_are_all_taken():
    pacer = Pacer(PAUSED)
    for until in ("Count", "Count", "Ten"):
        pacer.step(until)
    pacer.after(Count(1), now=0.0)
    assert not pacer.held
    pacer.after(Count(2), now=0.0)
    assert not pacer.held
    pacer.after(Count(3), now=0.0)
    assert not pacer.held
    pacer.after(Ten(10), now=0.0)
    assert pacer.held


def test_play_after_a_step_forgets_the_step():
    pacer = Pacer(PAUSED)
    pacer.step("Ten")
    pacer.set(Pace())
    pacer.after(Ten(10), now=0.0)
    assert pacer.wait(0.0) == 0.0


@pytest.mark.parametrize("rate", [0.0, -1.0, math.nan])
def test_a_speed_must_be_above_zero(rate):
    with pytest.raises(ValueError, match="above 0"):
        Pace(beats_per_second=rate)


def test_a_fast_pace_is_kept_by_a_clock_that_wakes_late():
    pacer = Pacer(Pace(beats_per_second=500))
    now, beats = 0.0, 0
    while now < 1.0:
        if pacer.wait(now) > 0:
            now += 0.005  # asked for 2 ms, woken after 5
        else:
            pacer.after(Count(beats), now)
            beats += 1
    assert beats == pytest.approx(500, rel=0.02)


def test_what_is_dear_to_show_is_shown_for_its_share_of_the_time():
    showing, now, cost, shown = Showing(), 0.0, 0.0, 0
    while now < 10.0:
        if showing.is_due(now):
            now += 0.02  # a picture takes 20 ms
            cost += 0.02
            shown += 1
            showing.shown(0.02, now)
        else:
            now += 0.001  # the task goes on
    assert cost / now == pytest.approx(SHOWN_SHARE, rel=0.02)
    assert shown == pytest.approx(10 * SHOWN_SHARE / 0.02, rel=0.02)


def test_what_costs_nothing_to_show_is_always_due():
    showing = Showing()
    assert showing.is_due(0.0)
    showing.shown(0.0, 1.0)
    assert showing.is_due(1.0)
