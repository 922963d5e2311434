"""Pieces of work on real processes of this machine, and on a real Dask cluster of it where Dask is installed."""

import os
import signal

import pytest

from core.runtime.cluster import ClusterError, spread


def square(number):
    return number * number


def divide(number):
    return 1 / number


def die_once(mark):
    """Kill the process the first time."""
    if not mark.exists():
        mark.write_text("died")
        os.kill(os.getpid(), signal.SIGKILL)
    return "survived"


def test_pieces_come_back_with_their_numbers():
    assert dict(spread(square, [3, 4, 5], processes=1)) == {0: 9, 1: 16, 2: 25}
    assert list(spread(square, [])) == []


def test_a_piece_that_fails_is_said():
    with pytest.raises(ClusterError, match="ZeroDivisionError"):
        list(spread(divide, [0], processes=1))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no such signal")
def test_a_process_that_is_killed_is_survived(tmp_path):
    marks = [tmp_path / "one", tmp_path / "other"]
    marks[1].write_text("died before")
    assert dict(spread(die_once, marks, processes=2)) == {0: "survived", 1: "survived"}


def test_a_cluster_that_isn_t_there_is_said(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setattr("core.runtime.cluster._PATIENCE", "0.2s")
    with pytest.raises(ClusterError, match="can't be reached"):
        list(spread(square, [1], cluster="tcp://127.0.0.1:9"))
