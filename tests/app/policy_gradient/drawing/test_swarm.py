"""Every cart of the swarm stands where its numbers say; fallen ones are red, and the paler the longer ago."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.policy_gradient.drawing.cart_pole import style_of
from app.policy_gradient.drawing.swarm import FADE_SECONDS, SwarmScene, paint_swarm, tracks_in
from core.policy_gradient.environments.description import CARTPOLE, describe
from tests.pictures import across, mixed, seen, where, within

KNOWN = describe(CARTPOLE)
SIZE = (900, 400)


def painted(look, positions, since, size=SIZE):
    obs = np.zeros((len(positions), 4), np.float32)
    obs[:, 0] = positions
    image = QImage(*size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_swarm(painter, QRectF(0, 0, *size), KNOWN, SwarmScene(obs, np.array(since, float)), style_of(look))
    painter.end()
    return seen(image)


def track(look, count, size=SIZE):
    return tracks_in(QRectF(0, 0, *size), KNOWN, count, style_of(look))


def bodies(pixels, geometry, colour, near=3):
    middle = geometry.rail - 0.17 * geometry.pixels
    return across(within(where(pixels, colour, near), top=middle - 3, bottom=middle + 3))


def test_the_carts_stand_where_their_numbers_say(worn):
    colours, (geometry,) = worn.theme.theme.colours, track(worn, 3)
    pixels = painted(worn, [-2.0, 0.5, 1.5], [-1, -1, -1])
    found = bodies(pixels, geometry, mixed(colours.text, colours.stage, 0.9))
    assert [(left + right) / 2 for left, right in found] == pytest.approx(
        [geometry.x(-2.0), geometry.x(0.5), geometry.x(1.5)], abs=2
    )
    assert not where(within_inside(pixels, geometry), colours.no, near=40).any()


def within_inside(pixels, geometry):
    """The picture between the ends of the track, which are marked in the colour of a fall."""
    return pixels[:, round(geometry.x(-2.3)) : round(geometry.x(2.3))]


def test_a_fallen_cart_is_red_and_fades_until_it_is_gone(look):
    colours, (geometry,) = look.theme.theme.colours, track(look, 3)
    pixels = painted(look, [-1.5, 0.0, 1.5], [0.0, FADE_SECONDS / 2, FADE_SECONDS])
    row = round(geometry.rail - 0.17 * geometry.pixels)
    ground = pixels[row, round(geometry.x(-0.8))]
    fresh, old, gone = (np.abs(pixels[row, round(geometry.x(place))] - ground).max() for place in (-1.6, -0.1, 1.4))
    assert fresh > 1.5 * old > 0
    assert gone == 0
    assert (pixels[row, round(geometry.x(-1.6))] == mixed(colours.no, colours.stage, 0.6)).all()


def test_a_high_picture_parts_the_carts_among_several_tracks(look):
    size = (400, 700)
    tracks = track(look, 64, size)
    assert len(tracks) > 3
    rails = [geometry.rail for geometry in tracks]
    room = [later - earlier for earlier, later in itertools.pairwise(rails)]
    assert min(room) > 1.1 * (0.24 + 1.0) * tracks[0].pixels, "no pole reaches the track above"
    assert rails[0] > 1.24 * tracks[0].pixels
    assert rails[-1] < size[1]
    colours = look.theme.theme.colours
    pixels = painted(look, [-1.0, 1.0, *[0.0] * 62], [-1, -1, *[FADE_SECONDS] * 62], size)
    ink = mixed(colours.text, colours.stage, 0.9)
    first, second = (bodies(pixels, geometry, ink) for geometry in tracks[:2])
    assert sum(first[0]) / 2 == pytest.approx(tracks[0].x(-1.0), abs=2)
    assert sum(second[0]) / 2 == pytest.approx(tracks[1].x(1.0), abs=2)
    assert (len(first), len(second)) == (1, 1)
