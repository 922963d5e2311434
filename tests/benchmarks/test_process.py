"""Measuring in a process of its own: it answers, it fails in one line, it is ended."""

from __future__ import annotations

import sys

import pytest

from tests.benchmarks.display import NoDisplayError, screen
from tests.benchmarks.process import ProbeError, run_probe


def test_a_probe_answers(tmp_path):
    answer = run_probe("memory:memory_of", home=tmp_path)
    assert 1 < answer["uss"] <= answer["rss"] < 1000


def test_a_probe_that_raises_gives_its_last_line(tmp_path):
    with pytest.raises(ProbeError, match="memory:memory_of ended with code 1: ValueError"):
        run_probe("memory:memory_of", {"pid": -1}, home=tmp_path)


def test_a_probe_that_takes_too_long_is_ended(tmp_path):
    with pytest.raises(ProbeError, match="had not ended after 0 s"):
        run_probe("memory:memory_of", home=tmp_path, limit=0.001)


def test_offscreen_is_there_everywhere():
    with screen("offscreen") as place:
        assert place.environment == {"QT_QPA_PLATFORM": "offscreen"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own display is used")
def test_without_an_x_server_the_reason_is_given(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoDisplayError, match="Xvfb"), screen("display"):
        pass


def test_the_program_is_painted_before_anything_heavy_is_loaded(tmp_path):
    with screen("offscreen") as place:
        seen = run_probe("start_up:program", home=tmp_path, environment=place.environment, stamped=True, limit=100)
    assert seen["heavy"] == []
    assert 0.05 < seen["seconds"] < 60
    assert seen["memory"]["rss"] > 50


@pytest.mark.long
def test_the_window_is_listened_to_while_it_shows_training(tmp_path):
    with screen("offscreen") as place:
        given = {"width": 1280, "height": 800, "seconds": 0.5}
        seen = run_probe("live:frames_and_gaps", given, home=tmp_path, environment=place.environment, limit=100)
    assert seen["frames_per_second"] > 1
    assert seen["gaps_ms"]["beats"] > 5
    assert seen["env_steps_per_second"] > 100
    assert seen["memory"]["children"]
