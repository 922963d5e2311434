"""The environment's own picture: whole, undistorted, and the right way round."""

import numpy as np
import pytest

from app.policy_gradient.live.environment_view import EnvironmentView
from core.policy_gradient.events import Frame
from tests.pictures import extent, inked, seen, strokes, where

CORNERS = {"red": (200, 30, 20), "green": (20, 160, 60), "blue": (30, 40, 190), "yellow": (230, 210, 20)}


def frame():
    """A frame of 60 × 40 with another colour in each quarter: red, green above; blue, yellow below."""
    image = np.empty((40, 60, 3), np.uint8)
    image[:20, :30], image[:20, 30:], image[20:, :30], image[20:, 30:] = CORNERS.values()
    return Frame(image, (0.0,) * 4, 0.5, None)


@pytest.fixture
def stage(worn, qtbot):
    made = EnvironmentView(worn)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("size", [(600, 400), (800, 400), (400, 600)])
def test_the_picture_is_whole_undistorted_and_the_right_way_round(stage, size):
    stage.resize(*size)
    stage.show_frame(frame())
    pixels = seen(stage)
    side = min(size[0] / 60, size[1] / 40)
    width, height = 60 * side, 40 * side
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    for name, right, low in (("green", 1, 0), ("blue", 0, 1), ("yellow", 1, 1)):
        room = extent(where(pixels, CORNERS[name], near=3))
        assert (room.width, room.height) == pytest.approx((width / 2, height / 2), abs=side + 1)
        assert room.x == pytest.approx(left + width * (0.25 + 0.5 * right), abs=side + 1)
        assert room.y == pytest.approx(top + height * (0.25 + 0.5 * low), abs=side + 1)
    # What it leaves free has the colour of its first corner: nothing floats.
    assert where(pixels[0, :5], CORNERS["red"]).all()
    assert where(pixels[-1, -5:], CORNERS["red"]).all() == (size != (600, 400))


def test_where_there_is_no_picture_the_reason_stands_in_the_middle(stage, worn):
    stage.resize(600, 400)
    stage.show_words("This environment draws no pictures.")
    colours = worn.theme.theme.colours
    for shown in (None, Frame(None, (0.0,), 0.5, None)):
        stage.show_frame(frame())
        stage.show_frame(shown)
        pixels = seen(stage)
        words = extent(strokes(pixels, colours.muted, colours.stage))
        assert (words.x, words.y) == (pytest.approx(300, abs=20), pytest.approx(200, abs=20))
        assert extent(inked(pixels, colours.stage)).width < 600
