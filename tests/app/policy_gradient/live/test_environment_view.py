"""The environment's own picture: whole, undistorted, and the right way round."""

import numpy as np
import pytest

from app.policy_gradient.drawing.own_frame import DIMMED
from app.policy_gradient.live.environment_view import EnvironmentView
from core.policy_gradient.environments.description import CARTPOLE, describe
from core.policy_gradient.events import Frame, Transition
from tests.pictures import extent, inked, mixed, seen, strokes, where

CORNERS = {"red": (200, 30, 20), "green": (20, 160, 60), "blue": (30, 40, 190), "yellow": (230, 210, 20)}


def frame():
    """A frame of 60 × 40 with another colour in each quarter: red, green above; blue, yellow below."""
    image = np.empty((40, 60, 3), np.uint8)
    image[:20, :30], image[:20, 30:], image[20:, :30], image[20:, 30:] = CORNERS.values()
    return Frame(image, (0.0,) * 4, 0.5, None)


@pytest.fixture
def stage(worn, qtbot):
    made = EnvironmentView(worn)
    made.show_environment(describe("Acrobot-v1"))  # which the window can't paint itself
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("size", [(600, 400), (800, 400), (400, 600)])
def test_the_picture_is_whole_undistorted_and_the_right_way_round(stage, worn, size):
    stage.resize(*size)
    stage.show_frame(frame())
    pixels, colours, air = seen(stage), worn.theme.theme.colours, worn.scale.em(0.5)
    side = min((size[0] - 2 * air) / 60, (size[1] - 2 * air) / 40)
    width, height = 60 * side, 40 * side
    left, top = (size[0] - width) / 2, (size[1] - height) / 2
    for name, right, low in (("green", 1, 0), ("blue", 0, 1), ("yellow", 1, 1)):
        drawn = mixed(colours.stage, CORNERS[name], DIMMED) if worn.theme.theme.dark else CORNERS[name]
        room = extent(where(pixels, drawn, near=3))
        assert (room.width, room.height) == pytest.approx((width / 2, height / 2), abs=side + 1)
        assert room.x == pytest.approx(left + width * (0.25 + 0.5 * right), abs=side + 1)
        assert room.y == pytest.approx(top + height * (0.25 + 0.5 * low), abs=side + 1)
    assert where(pixels[0], colours.stage).all(), "around it is the ground"
    assert where(pixels[:, -1], colours.stage).all()
    rim = extent(where(pixels, colours.edge))
    assert (rim.width, rim.height) == pytest.approx((width, height), abs=3), "a fine line around a card"


def test_a_white_page_does_not_glare_in_the_dark_and_is_white_on_paper(look, qtbot):
    look.theme.choose("dark")
    view = EnvironmentView(look)
    view.show_environment(describe("Acrobot-v1"))
    qtbot.addWidget(view)
    view.resize(600, 400)
    white, grey, orange = (255, 255, 255), (120, 120, 120), (200, 120, 20)
    page = np.full((40, 60, 3), white, np.uint8)
    page[:, 20:40], page[:, 40:] = grey, orange
    view.show_frame(Frame(page, (0.0,), 0.5, None))
    places = [(200, 120), (200, 300), (200, 480)]
    dimmed = [seen(view)[place].tolist() for place in places]
    assert max(dimmed[0]) < 170, "no white"
    assert max(dimmed[0]) - min(dimmed[0]) <= 2, "and still without a hue"
    assert dimmed[0][0] > dimmed[1][0], "lighter stays lighter"
    assert dimmed[2] == sorted(dimmed[2], reverse=True), "orange stays orange"
    look.theme.of_pictures.show_on_paper(True)
    assert [tuple(seen(view)[place].tolist()) for place in places] == [white, grey, orange]


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


def step_to(number, episode=1, *, terminated=False, truncated=False, angle=0.0, action=1):
    """The frame after a step that led from one place on the track to the next."""
    before, after = ((place * 0.01, 0.0, angle, 0.0) for place in (number - 1, number))
    step = Transition(
        before, action, 0.5, (), 1.0, after, terminated, truncated, episode, number, float(number), number
    )
    return Frame(None, after, 0.5, step)


@pytest.fixture
def cart(look, qtbot):
    made = EnvironmentView(look)
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


def test_a_cart_is_painted_from_its_numbers_with_what_led_there(cart):
    assert not cart.has_picture
    cart.show_frame(Frame(None, (0.1, 0.0, 0.0, 0.0), 0.5, None))
    assert cart.is_painted
    assert (cart.scene().action, cart.scene().reward, cart.scene().trail) == (None, None, ())
    cart.show_frame(step_to(1, action=0))
    assert (cart.scene().obs, cart.scene().action, cart.scene().reward) == ((0.01, 0.0, 0.0, 0.0), 0, 1.0)
    cart.grab()
    assert cart.frames_painted == 1


def test_the_trail_is_the_last_half_second_of_the_episode(cart):
    for number in (*range(1, 41), 43):  # two steps were not seen
        cart.show_frame(step_to(number))
    places = [round(obs[0] * 100) for obs in cart.scene().trail]
    assert places == [*range(18, 41), 42]  # a step takes 0.02 s; the one before the newest is known from it
    cart.show_frame(step_to(1, episode=2))
    assert [round(obs[0] * 100) for obs in cart.scene().trail] == [0]


def test_a_pole_that_has_fallen_comes_down_and_is_gone_with_the_next_episode(cart, qtbot):
    cart.show_frame(step_to(7, terminated=True, angle=0.22))
    assert cart.scene().ending == "fell"
    assert cart.scene().falling.obs == cart.scene().obs
    first = cart.scene().falling.progress
    qtbot.waitUntil(lambda: cart.scene().falling.progress == 1.0, timeout=5000)
    assert first < 1.0
    cart.show_frame(step_to(1, episode=2))
    assert (cart.scene().ending, cart.scene().falling) == ("", None)
    cart.show_frame(step_to(2, episode=2, truncated=True))
    assert (cart.scene().ending, cart.scene().falling) == ("cut_off", None)
    cart.show_frame(step_to(243, episode=3, terminated=True))
    assert cart.scene().ending == "off_track"


def test_the_environments_own_picture_is_shown_only_where_it_is_asked_for(cart):
    drawn = frame()
    cart.show_frame(drawn)
    assert cart.is_painted
    cart.show_own_frame(True)
    assert (cart.is_painted, cart.has_picture) == (False, True)
    cart.show_frame(Frame(None, (0.0,) * 4, 0.5, None))
    assert cart.is_painted, "one that fails to draw is painted all the same"
    cart.show_environment(describe("Acrobot-v1"))
    assert not cart.has_picture, "the numbers are no cart's any more"
    cart.show_environment(describe(CARTPOLE))
    cart.show_frame(drawn)
    cart.show_own_frame(False)
    assert cart.is_painted
