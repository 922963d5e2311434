"""What all encoders share."""

import numpy as np
import pytest

from core.attention.encoders.base import halves


def test_halves_are_the_nearest_and_between_two_the_even_one():
    every = np.arange(0x3C01, dtype=np.uint16).view(np.float16).astype(np.float32)  # 0, 2⁻²⁴, 2⁻²³, … 1
    between = (every[:-1] + every[1:]) / 2
    near = [np.nextafter(between, np.float32(end)) for end in (0, 1)]
    odd = (np.arange(len(between)) & 1).astype(bool)
    assert np.array_equal(halves(every[None]), every[None])
    assert np.array_equal(halves(np.stack(near)), np.stack([every[:-1], every[1:]]))
    assert np.array_equal(halves(between[None])[0], np.where(odd, every[1:], every[:-1]))


@pytest.mark.parametrize("other", [np.nan, -0.25, 70_000.0])
def test_numbers_that_are_no_weights_are_halved_too(other):
    numbers = np.array([[0.5, other]], np.float32)
    with np.errstate(over="ignore"):
        assert np.array_equal(halves(numbers), numbers.astype(np.float16), equal_nan=True)
