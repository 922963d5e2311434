import numpy as np
import pytest

from app.plots.decimation import extremes, reach, sampled, span, stride


@pytest.mark.parametrize(
    ("count", "most", "expected"),
    [(0, 4, 1), (1, 4, 1), (4, 4, 1), (5, 4, 2), (8, 4, 2), (9, 4, 4), (16, 4, 4), (17, 4, 8), (100_000, 500, 256)],
)
def test_the_stride_is_the_smallest_power_of_two_that_suffices(count, most, expected):
    assert stride(count, most) == expected
    assert -(-count // expected) <= most
    assert expected == 1 or -(-count // (expected // 2)) > most


def test_no_point_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        stride(5, 0)


def test_a_line_keeps_every_second_number_and_the_last():
    assert sampled(0, 4).tolist() == []
    assert sampled(4, 4).tolist() == [0, 1, 2, 3]
    assert sampled(6, 4).tolist() == [0, 2, 4, 5]
    assert sampled(7, 4).tolist() == [0, 2, 4, 6]


def test_a_short_series_is_taken_whole():
    assert extremes(np.array([3.0, 1.0, 2.0, 5.0]), 4).tolist() == [0, 1, 2, 3]
    assert extremes(np.array([]), 4).tolist() == []


def test_each_bucket_gives_its_lowest_and_its_highest():
    # Ten numbers, at most four: buckets of eight would be one and a rest; 10 / 2 buckets need a length of 8.
    values = np.array([5.0, 9.0, 1.0, 4.0, 4.0, 4.0, 4.0, 4.0, 7.0, 3.0])
    assert extremes(values, 4).tolist() == [1, 2, 8, 9]
    # At most six: three buckets of four, the last of two.
    assert extremes(values, 6).tolist() == [1, 2, 4, 8, 9]


def test_a_flat_bucket_gives_one_point():
    assert extremes(np.full(8, 2.0), 4).tolist() == [0, 4]


def test_a_single_peak_among_a_hundred_thousand_is_not_lost():
    values = np.zeros(100_000)
    values[[0, 54_321, 99_999]] = 1.0, 500.0, -3.0
    found = extremes(values, 1000)
    assert len(found) <= 1000
    assert {0, 54_321, 99_999} <= set(found.tolist())


def test_what_is_drawn_of_the_past_stays_while_numbers_keep_coming():
    values = np.random.default_rng(0).normal(size=1000)
    before, after = extremes(values[:900], 200), extremes(values, 200)
    assert before[before < 896].tolist() == after[after < 896].tolist()


@pytest.mark.parametrize(
    ("count", "least", "expected"),
    [(0, 50, 50), (50, 50, 50), (51, 50, 100), (999, 50, 1000), (1001, 50, 1100), (6400, 50, 6400),
     (100_001, 50, 110_000), (0, 10, 10), (11, 10, 20), (1280, 10, 1300)],
)  # fmt: skip
def test_a_growing_axis_ends_at_a_round_number(count, least, expected):
    assert reach(count, least) == expected


def test_a_range_has_a_margin_of_a_tenth():
    assert span(0.0, 10.0, None) == (-1.0, 11.0)
    assert span(5.0, 5.0, None) == (4.5, 5.5)
    assert span(0.0, 0.0, None) == (-1.0, 1.0)


def test_a_range_is_kept_until_the_curve_leaves_it_or_looks_flat_in_it():
    assert span(1.0, 9.0, (-1.0, 11.0)) == (-1.0, 11.0)
    assert span(1.0, 12.0, (-1.0, 11.0)) == pytest.approx((-0.1, 13.1))
    assert span(4.0, 6.0, (-1.0, 11.0)) == pytest.approx((3.8, 6.2))
