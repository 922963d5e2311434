"""The real worker process, spawned, spoken to, stopped and killed."""

import multiprocessing
import os
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from core.language import set_language
from core.runtime.events import ENDINGS, Cancelled, Failed, Finished, Progressed, Started
from core.runtime.lane import PATIENCE, WORKER_DIED, Lane
from core.runtime.pace import FULL_SPEED, PAUSED, SHOWN_SHARE, Pace
from core.runtime.task import Job
from tests.core.runtime.sample_tasks import Count, Latest, Picture, Ten

TASKS = "tests.core.runtime.sample_tasks"


@pytest.fixture
def lane():
    lane = Lane("test")
    yield lane
    lane.close()


class Listener:
    """Collects what a lane says until something has happened."""

    def __init__(self, lane):
        self.lane = lane
        self.events = []

    def until(self, done, timeout=20.0):
        deadline = time.monotonic() + timeout
        while not done():
            assert time.monotonic() < deadline, f"still waiting; so far {self.events}"
            self.events.extend(self.lane.receive())
            time.sleep(0.001)

    def until_ended(self, run_id):
        self.until(lambda: any(isinstance(e, ENDINGS) and e.run_id == run_id for e in self.events))
        return next(e for e in self.events if isinstance(e, ENDINGS) and e.run_id == run_id)

    def until_quiet(self, seconds=0.4):
        heard, since = len(self.events), time.monotonic()
        while time.monotonic() - since < seconds:
            self.events.extend(self.lane.receive())
            if len(self.events) > heard:
                heard, since = len(self.events), time.monotonic()
            time.sleep(0.001)

    def payloads(self, kind, run_id=None):
        return [
            p
            for e in self.events
            if isinstance(e, Progressed) and run_id in (None, e.run_id)
            for p in e.payloads
            if isinstance(p, kind)
        ]


def test_a_run_is_started_progresses_and_finishes(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 100}))
    ending = listener.until_ended(run)
    assert isinstance(listener.events[0], Started)
    assert isinstance(ending, Finished)
    assert ending.result == 5050
    assert [p.number for p in listener.payloads(Count)] == list(range(1, 101))
    assert [p.number for p in listener.payloads(Ten)] == list(range(10, 101, 10))
    assert not lane.busy


def test_a_window_that_does_not_listen_loses_only_what_is_outdated(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 5000}))
    listener.until(lambda: bool(listener.events))
    time.sleep(0.5)  # the window is away; the worker goes on
    listener.until_ended(run)
    assert [p.number for p in listener.payloads(Count)] == list(range(1, 5001))
    latest = [p.number for p in listener.payloads(Latest)]
    assert latest == sorted(latest)
    assert latest[-1] == 5000
    assert len(latest) < 100


def test_an_error_in_the_task_ends_the_run_and_not_the_worker(lane):
    listener = Listener(lane)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:fail", {"after": 2})))
    assert isinstance(ending, Failed)
    assert ending.message == "the pond is frozen"
    assert len(listener.payloads(Count)) == 2  # what came before the error is not lost
    pid = lane.pid
    assert isinstance(listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1}))), Finished)
    assert lane.pid == pid


def test_large_arrays_arrive_whole(lane):
    listener = Listener(lane)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:array", {"shape": (600, 400, 3), "fill": 7})))
    (picture,) = listener.payloads(Picture)
    np.testing.assert_array_equal(picture.image, np.full((600, 400, 3), 7, dtype=np.uint8))
    np.testing.assert_array_equal(ending.result, np.full((600, 400, 3), 8, dtype=np.uint8))


def test_cancel_ends_a_run_between_two_payloads(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}))
    listener.until(lambda: bool(listener.payloads(Count)))
    lane.cancel(run)
    assert isinstance(listener.until_ended(run), Cancelled)


def test_the_newest_request_wins(lane):
    listener = Listener(lane)
    first = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}))
    second = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}))
    third = lane.submit(Job(f"{TASKS}:count", {"to": 4}))
    assert isinstance(listener.until_ended(third), Finished)
    assert isinstance(listener.until_ended(first), Cancelled)
    assert isinstance(listener.until_ended(second), Cancelled)
    assert not listener.payloads(Count, second)  # it never began


def test_pause_holds_step_goes_on_to_the_named_payload_and_play_finishes(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 30}), pace=PAUSED)
    listener.until(lambda: bool(listener.events))
    lane.step(run, "Count")
    listener.until(lambda: len(listener.payloads(Count)) == 1)
    lane.step(run, "Ten")
    listener.until(lambda: sum(held(event) for event in listener.events) == 2)
    assert len(listener.payloads(Count)) == 10
    standing = len(listener.events)
    lane.set_pace(run, Pace())
    assert isinstance(listener.until_ended(run), Finished)
    after = [p.number for e in listener.events[standing:] if isinstance(e, Progressed) for p in e.payloads]
    assert min(after) == 11  # nothing came while it stood


def test_a_step_asked_for_in_mid_play_says_when_it_is_over(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}), pace=Pace(beats_per_second=2000))
    for steps in range(1, 6):
        seen = len(listener.payloads(Ten))
        listener.until(lambda seen=seen: len(listener.payloads(Ten)) > seen + 20)
        lane.step(run, "Ten")
        del listener.events[:]
        listener.until(lambda: any(held(e) for e in listener.events))
        assert [e.held_after for e in listener.events if held(e)] == [steps]
        assert listener.payloads(Count)[-1].number % 10 == 0
        last = listener.payloads(Count)[-1].number
        del listener.events[:]
        lane.set_pace(run, Pace(beats_per_second=2000))
        listener.until(lambda: bool(listener.payloads(Count)))
        assert listener.payloads(Count)[0].number == last + 1  # there it stood


def held(event):
    return isinstance(event, Progressed) and event.held_after is not None


def test_a_pace_is_kept(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 1}))
    listener.until_ended(run)  # the process is up
    begun = time.monotonic()
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 20}), pace=Pace(beats_per_second=50)))
    assert time.monotonic() - begun > 19 / 50  # never faster; how much slower is the machine's affair


def test_a_task_can_be_steered_and_watched_while_it_runs(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:Steered", {"number": 3}), watched=True, pace=Pace(beats_per_second=200))
    listener.until(lambda: len(listener.payloads(Picture)) > 2)
    lane.control(run, "number", 8)
    listener.until(lambda: any(p.number == 8 for p in listener.payloads(Count)))
    lane.watch(run, False)
    listener.until(lambda: len(listener.payloads(Count)) > 20)
    seen = len(listener.payloads(Picture))
    counted = len(listener.payloads(Count))
    listener.until(lambda: len(listener.payloads(Count)) > counted + 20)
    assert len(listener.payloads(Picture)) <= seen + 1
    lane.control(run, "number", -1)
    assert isinstance(listener.until_ended(run), Finished)


def test_a_watched_run_shows_itself_before_its_first_step(lane):
    listener = Listener(lane)
    lane.submit(Job(f"{TASKS}:Steered", {"number": 3}), watched=True, pace=PAUSED)
    listener.until(lambda: bool(listener.payloads(Picture)))
    assert not listener.payloads(Count)


def test_a_killed_worker_is_noticed_and_replaced(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:Steered", {"number": 3}), watched=True)
    listener.until(lambda: bool(listener.payloads(Picture)))
    killed = lane.pid
    psutil.Process(killed).kill()
    begun = time.monotonic()
    ending = listener.until_ended(run)
    assert isinstance(ending, Failed)
    assert ending.kind == WORKER_DIED
    assert time.monotonic() - begun < 1.0
    assert lane.pid not in (None, killed)
    assert isinstance(listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 2}))), Finished)


def test_a_request_that_waited_for_a_killed_worker_is_done_by_the_next(lane):
    listener = Listener(lane)
    first = lane.submit(Job(f"{TASKS}:write_pid_and_hang", {"path": os.devnull}))
    listener.until(lambda: bool(listener.payloads(Count)))
    second = lane.submit(Job(f"{TASKS}:count", {"to": 2}))
    psutil.Process(lane.pid).kill()
    assert isinstance(listener.until_ended(second), Finished)
    assert isinstance(listener.until_ended(first), Cancelled)  # it had been cancelled for the second


def test_a_run_that_begins_before_anybody_has_seen_its_worker_die_is_done_by_the_next(lane):
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 2})))
    killed = psutil.Process(lane.pid)
    killed.kill()
    deadline = time.monotonic() + 10
    while killed.pid in {child.pid for child in multiprocessing.active_children()}:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    assert isinstance(listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 2}))), Finished)
    assert lane.pid != killed.pid


def test_an_idle_worker_can_be_let_go_and_the_next_run_begins_in_another(lane, caplog):
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1})))
    first = psutil.Process(lane.pid)
    lane.let_go()
    assert lane.pid is None
    run = lane.submit(Job(f"{TASKS}:count", {"to": 3}))
    assert isinstance(listener.until_ended(run), Finished)
    assert lane.pid != first.pid
    listener.until(lambda: not first.is_running())
    assert not caplog.records, "an end that was asked for is no news"


def test_a_worker_with_something_to_do_is_not_let_go(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}))
    listener.until(lambda: listener.payloads(Count, run))
    pid = lane.pid
    lane.let_go()
    assert lane.pid == pid
    assert lane.busy


def test_one_that_was_let_go_and_does_not_end_is_ended_with_the_lane(lane):
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1})))
    process = psutil.Process(lane.pid)
    process.suspend()
    lane.let_go()
    lane.receive()
    assert process.is_running()
    lane.close()
    assert not process.is_running()


def test_closing_ends_a_worker_that_computes_without_end(lane):
    listener = Listener(lane)
    lane.submit(Job(f"{TASKS}:write_pid_and_hang", {"path": os.devnull}))
    listener.until(lambda: bool(listener.payloads(Count)))
    worker = psutil.Process(lane.pid)
    lane.close()
    assert not worker.is_running()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="only Linux shows shared memory as files")
def test_no_shared_memory_is_left_even_by_a_killed_worker(lane):
    listener = Listener(lane)
    lane.submit(Job(f"{TASKS}:Steered", {"number": 3}), watched=True)
    listener.until(lambda: bool(listener.payloads(Picture)))
    block = Path("/dev/shm", lane._worker.channel._theirs.name.lstrip("/"))
    assert block.exists()
    psutil.Process(lane.pid).kill()
    listener.until(lambda: any(isinstance(e, Failed) for e in listener.events))
    lane.close()
    assert not block.exists()


def test_a_worker_ends_when_the_window_is_killed(tmp_path):
    pid_file = tmp_path / "pid"
    program = textwrap.dedent(f"""
        import time
        from core.runtime.lane import Lane
        from core.runtime.task import Job
        if __name__ == "__main__":
            lane = Lane("test")
            lane.submit(Job("{TASKS}:write_pid_and_hang", {{"path": {str(pid_file)!r}}}))
            while True:
                lane.receive()
                time.sleep(0.01)
    """)
    script = tmp_path / "window.py"
    script.write_text(program)
    root = Path(__file__).parents[3]
    window = subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": str(root)})
    try:
        deadline = time.monotonic() + 20
        while not (pid_file.exists() and pid_file.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        worker = psutil.Process(int(pid_file.read_text()))
    finally:
        window.kill()
        window.wait()
    worker.wait(timeout=5)


def test_what_is_said_to_a_run_that_still_waits_reaches_it(lane):
    listener = Listener(lane)
    first = lane.submit(Job(f"{TASKS}:count", {"to": 10**9}))
    listener.until(lambda: bool(listener.payloads(Count)))
    second = lane.submit(Job(f"{TASKS}:Steered", {"number": 3}), pace=PAUSED)
    lane.control(second, "number", 8)  # the first has not ended yet
    lane.watch(second, True)
    lane.step(second, "Count")
    listener.until(lambda: bool(listener.payloads(Picture, second)))
    listener.until(lambda: bool(listener.payloads(Count, second)))
    assert [p.number for p in listener.payloads(Count, second)] == [8]
    assert isinstance(listener.until_ended(first), Cancelled)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no way to stop a process on Windows")
def test_a_worker_that_stands_still_blocks_nobody_and_is_replaced():
    now = [0.0]
    lane = Lane("test", clock=lambda: now[0])
    try:
        listener = Listener(lane)
        first = lane.submit(Job(f"{TASKS}:Steered", {"number": 3}))
        listener.until(lambda: bool(listener.payloads(Count)))
        psutil.Process(lane.pid).suspend()
        begun = time.monotonic()
        for number in range(5000):
            lane.control(first, "number", number)
        second = lane.submit(Job(f"{TASKS}:count", {"to": 3}))
        assert time.monotonic() - begun < 5.0
        now[0] += PATIENCE + 1
        assert isinstance(listener.until_ended(second), Finished)
        assert isinstance(listener.until_ended(first), Cancelled)
    finally:
        lane.close()


def test_a_message_that_cannot_be_read_ends_the_run_and_the_next_one_works(lane, monkeypatch):
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1})))

    def no_more_files(*_args, **_kwargs):
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("core.runtime.channel.SharedMemory", no_more_files)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:array", {"shape": (600, 400), "fill": 7})))
    assert isinstance(ending, Failed)
    assert "Too many open files" in ending.message
    monkeypatch.undo()
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:array", {"shape": (600, 400), "fill": 7})))
    assert isinstance(ending, Finished)


def test_a_result_that_cannot_travel_is_an_error_of_the_run(lane):
    listener = Listener(lane)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:give_a_function")))
    assert isinstance(ending, Failed)
    assert "local object" in ending.message  # can't be pickled, or got, as the version of Python has it
    assert isinstance(listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1}))), Finished)


def test_errors_are_told_in_the_language_of_the_window(lane):
    set_language("zh_CN")
    listener = Listener(lane)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:fail_in_words")))
    assert ending.message == "已中断。"


def test_the_log_tells_what_a_worker_said_before_a_native_crash_killed_it(lane, caplog):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:crash_natively"))
    ending = listener.until_ended(run)
    assert isinstance(ending, Failed)
    assert ending.kind == WORKER_DIED
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert "the ice is thin" in said
    assert "冰裂了" in said  # written by native code, without an end of line
    assert "in crash_natively" in said  # where in Python it crashed
    assert "exit code" in said
    assert said.index("the ice is thin") < said.index("in crash_natively") < said.index("exit code")


def test_a_worker_that_dies_with_nothing_to_do_is_in_the_log(lane, caplog):
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1})))
    killed = lane.pid
    psutil.Process(killed).kill()
    listener.until(lambda: lane.pid != killed)
    assert f"({killed}) ended with exit code" in caplog.text


def test_a_worker_that_complains_without_end_is_neither_held_up_nor_written_down_in_full(caplog):
    now = [0.0]
    lane = Lane("test", clock=lambda: now[0])
    try:
        listener = Listener(lane)
        run = lane.submit(Job(f"{TASKS}:grumble", {"lines": 100_000}))  # 3.9 MB, and nobody reads
        assert isinstance(listener.until_ended(run), Finished)
        now[0] += 1
        lane.receive()
        assert "00099999 the same complaint" in caplog.text
        assert "left out" in caplog.text
        assert len(caplog.text) < 100_000
        assert isinstance(listener.until_ended(lane.submit(Job(f"{TASKS}:grumble", {"lines": 1}))), Finished)
        caplog.clear()
        now[0] += 1
        lane.receive()
        assert "00000000 the same complaint" in caplog.text
    finally:
        lane.close()


def test_without_room_for_a_file_a_worker_works_all_the_same(lane, monkeypatch):
    def no_room(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", no_room)
    assert isinstance(Listener(lane).until_ended(lane.submit(Job(f"{TASKS}:count", {"to": 1}))), Finished)


def test_nothing_is_left_of_what_workers_said(lane, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    listener = Listener(lane)
    listener.until_ended(lane.submit(Job(f"{TASKS}:grumble", {"lines": 5})))
    lane.close()
    assert list(tmp_path.iterdir()) == []


def test_a_task_at_full_speed_spends_a_bounded_share_of_its_time_on_being_shown(lane):
    listener = Listener(lane)
    ending = listener.until_ended(lane.submit(Job(f"{TASKS}:Dear", {"seconds": 1.5}), watched=True))
    pictures = [int(picture.image[0]) for picture in listener.payloads(Picture)]
    assert len(pictures) > 2
    assert ending.result <= 2 * SHOWN_SHARE  # without a bound it is most of the time
    assert pictures[-1] == listener.payloads(Latest)[-1].number  # the last is shown, however dear


def test_what_is_dear_is_shown_at_once_when_it_is_held(lane):
    listener = Listener(lane)
    run = lane.submit(Job(f"{TASKS}:Dear", {"seconds": 60}), watched=True)
    for held in range(3):
        listener.until(lambda held=held: len(listener.payloads(Picture)) > 2 * held)
        lane.set_pace(run, PAUSED)
        listener.until_quiet()
        assert listener.payloads(Picture)[-1].image[0] == listener.payloads(Latest)[-1].number
        lane.set_pace(run, FULL_SPEED)
    lane.cancel(run)
    listener.until_ended(run)
