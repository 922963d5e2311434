"""What is played next, and what becomes of a run whose process dies."""

from __future__ import annotations

import pytest

from core.policy_gradient.experiments.record import RunRecord
from core.policy_gradient.experiments.schedule import TRIES, Schedule, Study, StudyError
from core.policy_gradient.experiments.variants import parse_variants

RECORD = RunRecord({}, (1,), (1.0,), None, None, 0.1, 475.0)


def schedule(variants="fast,article", seeds=(3, 4)):
    return Schedule(Study(parse_variants(variants), seeds))


def drained(schedule):
    found = []
    while (run := schedule.next()) is not None:
        found.append((run.variant.name, run.seed))
    return found


def test_all_variants_grow_together():
    assert drained(schedule()) == [("fast", 3), ("article", 3), ("fast", 4), ("article", 4)]


def test_a_run_names_its_job_and_its_seed():
    run = schedule().next()
    job = run.job(None)
    assert job.arguments["config"].seed == 3
    assert job.arguments["player"] == "core.policy_gradient.experiments.play:play"


def test_it_is_over_when_every_run_is():
    one = schedule("fast")
    first, second = one.next(), one.next()
    assert (one.total, one.done, one.share, one.is_over) == (2, 0, 0.0, False)
    one.is_under_way(second, 0.5)
    one.finished(first, RECORD)
    assert (one.done, one.share) == (1, 0.75)
    one.finished(second, RECORD)
    assert (one.done, one.share, one.is_over) == (2, 1.0, True)
    assert one.records_of("fast") == [RECORD, RECORD]


def test_a_lost_run_comes_again_at_once_and_the_others_stay():
    one = schedule("fast")
    first, second = one.next(), one.next()
    one.finished(second, RECORD)
    one.is_under_way(first, 0.9)
    one.lost(first)
    assert one.share == 0.5
    assert one.next() == first
    assert one.records_of("fast") == [RECORD]


def test_a_run_whose_process_dies_every_time_is_given_up():
    one = schedule("fast")
    for _time in range(TRIES - 1):
        one.lost(one.next())
    with pytest.raises(StudyError, match=f"fast with seed 3 died {TRIES} times"):
        one.lost(one.next())


def test_a_run_that_was_stopped_comes_again_however_often():
    one = schedule("fast")
    for _time in range(2 * TRIES):
        one.put_back(one.next())
    assert drained(one) == [("fast", 3), ("fast", 4)]
