"""The painted cart stands where its numbers say, its pole leans as they say, and all of it in the theme's colours."""

import math

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.explain.symbols import SYMBOLS
from app.policy_gradient.drawing.cart_pole import (
    CartPoleScene,
    Falling,
    ending_of,
    geometry_for,
    paint_cart_pole,
    style_of,
)
from core.policy_gradient.environments.description import CARTPOLE, describe
from core.policy_gradient.events import Transition
from tests.pictures import extent, inked, seen, strokes, where, within

KNOWN = describe(CARTPOLE)
WIDTH, HEIGHT = 900, 500


def painted(look, scene, width=WIDTH, height=HEIGHT):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0x123456)
    painter = QPainter(image)
    paint_cart_pole(painter, QRectF(0, 0, width, height), KNOWN, scene, style_of(look))
    painter.end()
    return seen(image)


def geometry(look, width=WIDTH, height=HEIGHT):
    from PySide6.QtGui import QFontMetricsF

    line = QFontMetricsF(style_of(look).caption).height()
    return geometry_for(QRectF(0, 0, width, height), KNOWN, line=line if height >= 7 * line else 0)


def body(look, pixels, place):
    """The cart without its pole: what is of its colour close over the rail."""
    rail = place.rail
    mask = where(pixels, look.theme.theme.colours.text)
    return extent(within(mask, top=rail - 0.15 * place.pixels, bottom=rail - 0.05 * place.pixels))


@pytest.mark.parametrize("size", [(900, 500), (600, 400), (400, 900), (240, 120)])
@pytest.mark.parametrize("position", [-2.4, -0.7, 1.9])
def test_the_cart_stands_where_its_numbers_say(look, size, position):
    pixels, place = painted(look, CartPoleScene((position, 0, 0, 0)), *size), geometry(look, *size)
    cart = body(look, pixels, place)
    assert cart.x == pytest.approx(size[0] / 2 + position * place.pixels, abs=2)
    assert cart.width == pytest.approx(0.4 * place.pixels, abs=3)
    assert cart.left >= 0
    assert cart.right <= size[0], "whole even at the end of the track"


@pytest.mark.parametrize("degrees", [-12.0, -3.0, 8.0])
def test_the_pole_leans_as_its_angle_says(worn, degrees):
    pixels = painted(worn, CartPoleScene((0.5, 0, math.radians(degrees), 0)))
    place, colours = geometry(worn), worn.theme.theme.colours
    half = 0.04 * place.pixels
    axle = (WIDTH / 2 + 0.5 * place.pixels, place.rail - 1.2 * 0.24 * place.pixels)
    pole = within(where(pixels, colours.text), bottom=axle[1] - 0.5 * place.pixels)
    tip = extent(pole)
    assert tip.top == pytest.approx(axle[1] - math.cos(math.radians(degrees)) * place.pixels - half, abs=2.5)
    top = extent(within(pole, bottom=tip.top + half))
    assert top.x == pytest.approx(axle[0] + math.sin(math.radians(degrees)) * place.pixels, abs=3)


def test_the_ends_of_the_track_and_the_largest_angles_are_marked(worn):
    colours, place = worn.theme.theme.colours, geometry(worn)
    pixels = painted(worn, CartPoleScene((0, 0, 0, 0)))
    posts = extent(where(pixels, colours.no))
    assert (posts.left, posts.right) == (
        pytest.approx(WIDTH / 2 - 2.4 * place.pixels, abs=5), pytest.approx(WIDTH / 2 + 2.4 * place.pixels, abs=5),
    )  # fmt: skip
    axle = place.rail - 1.2 * 0.24 * place.pixels
    rays = strokes(pixels, colours.outline, colours.stage, least=0.6)
    rays = extent(within(rays, top=axle - 1.1 * place.pixels, bottom=axle - 1.02 * place.pixels))  # beyond the pole
    assert (rays.left + rays.right) / 2 == pytest.approx(WIDTH / 2, abs=3)
    assert rays.width / 2 == pytest.approx(math.tan(math.radians(12)) * 1.1 * place.pixels, abs=8)


@pytest.mark.parametrize(("action", "colour"), [(0, "left"), (1, "right")])
def test_the_last_force_is_an_arrow_in_its_colour_on_its_side(worn, action, colour):
    colours, place = worn.theme.theme.colours, geometry(worn)
    pixels = painted(worn, CartPoleScene((0.3, 0, 0, 0), action, 1.0))
    arrow = where(pixels, getattr(colours, colour))
    shape, cart = extent(arrow), body(worn, pixels, place)
    assert not where(pixels, getattr(colours, "right" if action == 0 else "left")).any()
    thick = [int(arrow[:, x].sum()) for x in (shape.left + 3, shape.right - 4)]
    if action == 1:
        assert shape.left == pytest.approx(cart.right, abs=3)
        assert thick[1] < thick[0], "its point is on the right"
    else:
        assert shape.right == pytest.approx(cart.left, abs=3)
        assert thick[0] < thick[1], "its point is on the left"


def test_the_reward_stands_over_the_pole(worn):
    colours, place = worn.theme.theme.colours, geometry(worn)
    ink = SYMBOLS["r"].colour(colours)
    words = extent(where(painted(worn, CartPoleScene((0.4, 0, 0, 0), 1, 1.0)), ink, near=6))
    assert words.x == pytest.approx(WIDTH / 2 + 0.4 * place.pixels, abs=4)
    assert words.bottom < place.rail - 1.2 * place.pixels
    assert not where(painted(worn, CartPoleScene((0.4, 0, 0, 0))), ink, near=6).any()


def test_a_fall_is_seen_and_told(worn):
    colours = worn.theme.theme.colours
    fallen = (0.0, 0.0, math.radians(12.5), 0.0)
    standing = painted(worn, CartPoleScene(fallen))
    pixels = painted(worn, CartPoleScene(fallen, ending="fell", falling=Falling(fallen, 1.0)))
    told = extent(within(where(pixels, colours.no), right=WIDTH / 2, bottom=HEIGHT / 5))
    assert (told.left, told.top) < (30, 30)
    place = geometry(worn)
    axle = place.rail - 1.2 * 0.24 * place.pixels
    lying = within(inked(pixels, colours.stage), left=WIDTH / 2 + 0.5 * place.pixels, top=axle - 20, bottom=axle + 20)
    room = within(inked(standing, colours.stage), left=WIDTH / 2 + 0.5 * place.pixels, top=axle - 20, bottom=axle + 20)
    assert extent(lying).right == pytest.approx(WIDTH / 2 + place.pixels, abs=8)
    assert not room.any()


def test_the_trail_fades_into_the_past(look):
    trail = [(-1.0 + 0.04 * number, 0.0, 0.0, 0.0) for number in range(25)]
    bare = painted(look, CartPoleScene((0.0, 0, 0, 0)))
    pixels, place = painted(look, CartPoleScene((0.0, 0, 0, 0), trail=trail)), geometry(look)
    added = (bare - pixels).sum(axis=-1)
    old, new = (int(WIDTH / 2 + x * place.pixels) for x in (-0.95, -0.15))
    assert 0 < added[:, old].max() < added[:, new].max() < 400


def test_a_small_picture_has_no_words_and_a_dark_one_does_not_glare(look):
    look.theme.choose("dark")
    pixels = painted(look, CartPoleScene((0, 0, 0, 0), 1, 1.0), 90, 60)
    ink = SYMBOLS["r"].colour(look.theme.theme.colours)
    assert not where(pixels, ink, near=6).any()
    assert pixels.mean() < 70
    assert where(pixels, look.theme.theme.colours.stage).mean() > 0.5


def test_how_an_episode_ended_follows_from_its_last_step():
    def step(position, *, terminated=False, truncated=False):
        obs = (position, 0.0, 0.0, 0.0)
        return Transition(obs, 0, 0.5, (), 1.0, obs, terminated, truncated, 1, 1, 1.0, 1)

    assert ending_of(KNOWN, None) == ending_of(KNOWN, step(0)) == ""
    assert ending_of(KNOWN, step(2.39, terminated=True)) == "fell"
    assert ending_of(KNOWN, step(-2.41, terminated=True)) == "off_track"
    assert ending_of(KNOWN, step(0, truncated=True)) == "cut_off"
    assert ending_of(describe("Acrobot-v1"), step(0, terminated=True)) == ""
