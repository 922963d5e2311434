import pytest

from app.time_left import TimeLeft, words_of


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize(
    ("elapsed", "share", "left"),
    [
        (10, 0.25, 30),
        (30, 0.75, 10),
        (60, 0.5, 60),
        (1.9, 0.5, None),
        (10, 0.0, None),
        (10, 0.01, None),
        (10, 1.0, None),
    ],
)  # fmt: skip
def test_what_is_left_takes_as_long_as_what_is_done_did(elapsed, share, left):
    clock = Clock()
    time_left = TimeLeft(clock)
    clock.now += elapsed
    assert time_left.seconds(share) == (None if left is None else pytest.approx(left))
    assert bool(time_left.words(share)) is (left is not None)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (3, "a few seconds left"), (14, "about 10 s left"), (86, "about 90 s left"), (89.9, "about 90 s left"),
        (91, "about 2 min left"), (600, "about 10 min left"),
    ],
)  # fmt: skip
def test_a_time_is_told_as_roughly_as_it_is_known(seconds, told):
    assert words_of(seconds) == told
