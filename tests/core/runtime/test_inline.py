from core.runtime.events import Failed, Finished, Progressed, Started
from core.runtime.inline import run_inline
from core.runtime.task import Job
from tests.core.runtime.sample_tasks import Count

TASKS = "tests.core.runtime.sample_tasks"


def test_a_run_begins_progresses_and_finishes_with_its_result():
    events = list(run_inline(Job(f"{TASKS}:count", {"to": 3})))
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Finished)
    assert events[-1].result == 6
    counted = [e.payloads[0].number for e in events if isinstance(e, Progressed) and isinstance(e.payloads[0], Count)]
    assert counted == [1, 2, 3]
    assert len({e.run_id for e in events}) == 1


def test_two_runs_have_two_ids():
    first, second = (next(iter(run_inline(Job(f"{TASKS}:count", {"to": 1})))) for _ in range(2))
    assert first.run_id != second.run_id


def test_an_error_becomes_the_last_event():
    events = list(run_inline(Job(f"{TASKS}:fail", {"after": 1})))
    assert isinstance(events[-1], Failed)
    assert events[-1].kind == "ValueError"
    assert events[-1].message == "the pond is frozen"
    assert "sample_tasks.py" in events[-1].traceback


def test_what_was_foreseen_says_all_in_its_sentence_unless_another_error_is_behind_it():
    spoken, caused = (list(run_inline(Job(f"{TASKS}:refuse", given)))[-1] for given in ({}, {"because": "ice"}))
    assert (spoken.kind, spoken.message) == ("FrozenError", "The pond is frozen; wait until it thaws.")
    assert spoken.traceback == ""
    assert "KeyError: 'ice'" in caused.traceback


def test_a_task_that_does_not_exist_fails_with_its_name():
    events = list(run_inline(Job("core.runtime:nothing")))
    assert isinstance(events[-1], Failed)
    assert "nothing" in events[-1].message
