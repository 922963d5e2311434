"""Gaps of an event loop, on beats written by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tests.benchmarks.gaps import gap_summary


def test_gaps_are_described_in_milliseconds():
    # Gaps of 1, 1, 1 and 5 ms.
    summary = gap_summary([10.0, 10.001, 10.002, 10.003, 10.008])
    assert summary["beats"] == 4
    assert summary["median"] == pytest.approx(1.0)
    assert summary["worst"] == pytest.approx(5.0)


def test_many_quick_beats_hide_a_slow_one_from_the_percentile_but_not_from_who_presses_a_key():
    # 999 gaps of 1 ms and one of 100 ms: 1 in 1000 gaps, but 100 ms of 1099.
    times = np.concatenate([np.arange(1000) * 0.001, [0.999 + 0.1]])
    summary = gap_summary(times)
    assert summary["p99"] == pytest.approx(1.0)
    assert summary["felt_p99"] == pytest.approx(100.0)
    assert summary["worst"] == pytest.approx(100.0)


@pytest.mark.parametrize("times", [[], [1.0], [2.0, 1.0]])
def test_what_has_no_gaps_is_refused(times):
    with pytest.raises(ValueError, match="ascending"):
        gap_summary(times)
