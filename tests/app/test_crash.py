import logging
import os
import subprocess
import sys
from pathlib import Path

import psutil

from app.crash import CrashMarker, headline, install_excepthook, start_log, stop_log

ROOT = Path(__file__).parents[2]


def test_a_program_that_ended_well_leaves_no_marker(tmp_path):
    marker = CrashMarker(tmp_path)
    assert marker.set() is None
    assert list(tmp_path.glob("running-*"))
    marker.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_crash_is_told_at_the_next_start_with_its_stack(tmp_path):
    program = f"""
import ctypes, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from app.crash import CrashMarker
CrashMarker(Path({str(tmp_path)!r})).set()
def swim():
    ctypes.string_at(0)
swim()
"""
    crashed = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert crashed.returncode != 0
    marker = CrashMarker(tmp_path)
    told = marker.set()
    marker.remove()
    (report,) = tmp_path.glob("crash-*.txt")
    assert str(report) in str(told)
    assert "swim" in report.read_text()
    again = CrashMarker(tmp_path)
    assert again.set() is None  # said once
    again.remove()


def test_a_second_program_at_the_same_time_is_no_crash(tmp_path):
    first = CrashMarker(tmp_path)
    first.set()
    parent = psutil.Process().parent()
    (tmp_path / f"running-{parent.pid}.txt").write_text(f'{{"started": {parent.create_time()}}}\n')
    second = CrashMarker(tmp_path)
    assert second._find_crashed() is None
    first.remove()


def test_what_nobody_caught_reaches_log_and_person(tmp_path, capsys):
    assert start_log(tmp_path) is None
    told = []
    undo = install_excepthook(told.append)
    try:
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("no ducks"), None)
    finally:
        undo()
        stop_log()
    assert "no ducks" in str(told[0])
    assert "no ducks" in (tmp_path / "yaya-lab.log").read_text(encoding="utf-8")
    assert "no ducks" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_said_and_the_program_goes_on(tmp_path):
    (tmp_path / "file").write_text("in the way")
    assert "can't be written" in str(start_log(tmp_path / "file" / "log"))
    logging.getLogger("test").warning("nobody listens, nothing breaks")


def test_a_line_with_half_a_character_is_kept(tmp_path):
    assert start_log(tmp_path) is None
    logging.getLogger("pond").warning("no such file: %s", "a\ud800b")
    stop_log()
    assert r"no such file: a\ud800b" in (tmp_path / "yaya-lab.log").read_text(encoding="utf-8")


def test_a_long_log_is_set_aside(tmp_path):
    (tmp_path / "yaya-lab.log").write_text("x" * 1_000_001)
    assert start_log(tmp_path) is None
    stop_log()
    assert (tmp_path / "yaya-lab.old.log").stat().st_size == 1_000_001
    assert (tmp_path / "yaya-lab.log").stat().st_size == 0


def test_the_newest_five_crash_reports_are_kept(tmp_path):
    for number in range(7):
        report = tmp_path / f"crash-{number}.txt"
        report.write_text("")
        os.utime(report, (number, number))
    (tmp_path / "running-999999999.txt").write_text("")  # of a program that can't exist
    marker = CrashMarker(tmp_path)
    assert "crash-999999999.txt" in str(marker.set())
    marker.remove()
    kept = {path.name for path in tmp_path.iterdir()}
    assert kept == {"crash-3.txt", "crash-4.txt", "crash-5.txt", "crash-6.txt", "crash-999999999.txt"}


def test_the_bar_quotes_one_line_of_an_error():
    assert headline(ValueError("no ducks\nin this\npond")) == "ValueError: no ducks"
    assert headline(ValueError("\n  late ducks\n")) == "ValueError: late ducks"
    assert headline(KeyError()) == "KeyError"
    assert headline(ValueError("x" * 500)) == "ValueError: " + "x" * 107 + "…"


def test_of_many_crashes_the_newest_report_is_named_and_it_is_there(tmp_path):
    # By their numbers in the order of words, and by time, the last is another one.
    for age, number in enumerate((999999999, 99999, 4100001, 888888888, 7777777, 4200000, 12345678)):
        marker = tmp_path / f"running-{number}.txt"
        marker.write_text("")
        os.utime(marker, (10_000 - age, 10_000 - age))
    marker = CrashMarker(tmp_path)
    told = marker.set()
    marker.remove()
    assert told is not None
    named = [path for path in tmp_path.glob("crash-*.txt") if str(path) in str(told)]
    assert [path.name for path in named] == ["crash-999999999.txt"]
    assert "7 times" in str(told)
    assert len(list(tmp_path.glob("crash-*.txt"))) == 5


def test_a_number_that_another_process_has_by_now_is_a_crash(tmp_path):
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        born = psutil.Process(other.pid).create_time()
        for number, started, is_crash in ((other.pid, born - 60, True), (other.pid, born + 1, False)):
            (tmp_path / f"running-{number}.txt").write_text(f'{{"started": {started}}}\n')
            marker = CrashMarker(tmp_path)
            told = marker.set()
            marker.remove()
            assert (told is not None) == is_crash
    finally:
        other.communicate(b"\n")
