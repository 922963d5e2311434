"""Colours and scales."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.colormaps import difference_lookup, intensity, lookup, paint, paint_difference, ticks
from core.attention.requests import COLORMAPS, SCALES

WEIGHTS = np.array([[0.0, 0.1, 0.5], [0.01, 0.2, 0.02]], np.float32)


def luminance(colours):
    linear = np.where(colours <= 10, colours / 255 / 12.92, ((colours / 255 + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_the_article_s_ramp_goes_from_white_to_deep_red():
    red = lookup("red")
    assert red[0].tolist() == [255, 255, 255]
    assert red[-1].tolist() == [0x67, 0x00, 0x0D]


@pytest.mark.parametrize("colormap", COLORMAPS)
def test_ramps_have_256_steps_and_one_direction_of_brightness(colormap):
    colours = lookup(colormap)
    assert colours.shape == (256, 3)
    steps = np.diff(luminance(colours.astype(float)))
    assert (steps <= 1e-6).all() if colormap == "red" else (steps >= -2e-3).all()
    assert abs(steps.sum()) > 0.6


def test_known_colours_of_matplotlib():
    assert lookup("viridis")[[0, 128, 255]].tolist() == [[68, 1, 84], [33, 145, 140], [253, 231, 37]]
    assert lookup("cividis")[[0, 255]].tolist() == [[0, 32, 77], [255, 234, 70]]


def test_scales_by_hand():
    assert np.allclose(intensity(WEIGHTS, "linear"), WEIGHTS)
    assert np.allclose(intensity(WEIGHTS, "relative"), WEIGHTS / 0.5)
    assert np.allclose(intensity(WEIGHTS, "row"), [[0, 0.2, 1], [0.05, 1, 0.1]])
    assert np.allclose(intensity(WEIGHTS, "log")[1, 0], 1 / 3)
    assert np.allclose(intensity(WEIGHTS, "log")[0], [0, 2 / 3, 1 - np.log10(2) / 3], atol=1e-6)


@pytest.mark.parametrize("scale", SCALES)
def test_an_empty_row_is_white_and_nothing_overflows(scale):
    pixels = paint(np.array([[0, 0], [0.4, 1]], np.float32), "red", scale)
    assert pixels[0].tolist() == [[255] * 3] * 2
    assert pixels[1, 1].tolist() == lookup("red")[-1].tolist()


def test_many_heads_are_painted_at_once():
    assert paint(np.zeros((2, 3, 4, 4), np.float32), "red", "relative").shape == (2, 3, 4, 4, 3)


def test_differences_are_white_in_the_middle():
    pixels, most = paint_difference(np.array([[-0.2, 0.0], [0.1, 0.2]], np.float32))
    assert most == pytest.approx(0.2)
    assert pixels[0, 0].tolist() == difference_lookup()[0].tolist()
    assert pixels[1, 1].tolist() == difference_lookup()[-1].tolist()
    assert (pixels[0, 1] > 250).all()
    pixels, most = paint_difference(np.zeros((2, 2), np.float32))
    assert most == 0
    assert (pixels > 250).all()


@pytest.mark.parametrize("scale", SCALES)
def test_ticks_span_the_bar(scale):
    places = [place for place, _words in ticks(WEIGHTS, scale)]
    assert places[0] == 0
    assert places[-1] == 1
    assert places == sorted(places)


def test_ticks_say_what_the_colours_mean():
    assert [words for _place, words in ticks(WEIGHTS, "relative")] == ["0", "0.25", "0.5, the largest"]
    assert [words for _place, words in ticks(WEIGHTS, "log")] == ["≤ 0.001", "0.01", "0.1", "1, logarithmic"]


@pytest.mark.parametrize(("most", "words"), [
    (0.21, ["0", "0.10", "0.21"]), (0.37, ["0", "0.19", "0.37"]), (0.4, ["0", "0.2", "0.4"]), (1.0, ["0", "0.5", "1"]),
    (0.0, ["0", "0", "0"]),
])  # fmt: skip
def test_the_middle_of_the_bar_has_as_many_digits_as_its_end(most, words):
    written = [word.removesuffix(", the largest") for _place, word in ticks(np.array([[most]], np.float32), "relative")]
    assert written == words
