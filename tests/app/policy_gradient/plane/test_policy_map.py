"""The map shows every state at its place, π in the actions' colours, and takes a click for the state under it."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.policy_gradient.plane.axes import AxisRange, axis_ranges
from app.policy_gradient.plane.policy_map import MapContent, PolicyMap, ticks
from core.policy_gradient.environments.description import CARTPOLE, describe
from tests.pictures import extent, mixed, rgb, seen, where, within

DEGREES = 180 / math.pi
ANGLE = AxisRange("Angle", "°", DEGREES, -0.2, 0.2, limit=0.15)
SPEED = AxisRange("Angular velocity", "°/s", DEGREES, -3.0, 3.0)


def quarters():
    """π: 0 below, 1 above on the left, 0.75 above on the right."""
    values = np.zeros((40, 40), np.float32)
    values[20:, :20], values[20:, 20:] = 1.0, 0.75
    return values


@pytest.fixture
def drawn(worn, qtbot):
    made = PolicyMap(worn, MapContent(ANGLE, SPEED, "right", "left", quarters()))
    qtbot.addWidget(made)
    made.resize(600, 560)
    return made


def test_each_state_has_its_place_and_each_probability_its_colour(drawn, worn):
    colours, rect, pixels = worn.theme.theme.colours, drawn.map_rect(), seen(drawn)

    def at(x, y):
        return pixels[
            round(rect.bottom() - (y + 3) / 6 * rect.height()), round(rect.left() + (x + 0.2) / 0.4 * rect.width())
        ]

    assert np.abs(at(-0.1, 2) - rgb(colours.right)).max() <= 3
    assert np.abs(at(-0.1, -2) - rgb(colours.left)).max() <= 3
    assert np.abs(at(0.1, 2) - mixed(colours.right, colours.stage, 0.5)).max() <= 4
    assert np.abs(at(0.1, -2) - rgb(colours.left)).max() <= 3


def test_undecided_is_the_ground_so_a_dark_map_does_not_glare(drawn, worn):
    drawn.show_content(MapContent(ANGLE, SPEED, "right", "left", np.full((9, 9), 0.5, np.float32)))
    middle = seen(drawn)[200:300, 200:250]
    assert where(middle, worn.theme.theme.colours.stage, near=3).all()


def test_limits_path_and_visited_states_lie_where_they_belong(drawn, worn, qtbot):
    colours, rect = worn.theme.theme.colours, drawn.map_rect()
    blank = MapContent(ANGLE, SPEED, "right", "left", np.full((9, 9), 0.5, np.float32))
    drawn.show_content(blank)
    limits = extent(
        within(where(seen(drawn), colours.no, near=12), rect.left(), rect.top(), rect.right(), rect.bottom())
    )
    assert limits.left == pytest.approx(rect.left() + rect.width() / 8, abs=4)
    assert limits.right == pytest.approx(rect.right() - rect.width() / 8, abs=4)
    drawn.show_started(np.array([[-0.1, 1.5], [0.0, 1.5]], np.float32))
    way = extent(
        within(where(seen(drawn), colours.marker, near=6), rect.left(), rect.top(), rect.right(), rect.bottom())
    )
    assert way.right == pytest.approx(rect.left() + rect.width() / 2, abs=8)
    assert way.y == pytest.approx(rect.top() + rect.height() / 4, abs=4)
    drawn.show_started(None)
    visited = np.zeros((4, 4))
    visited[0, 3] = 1.0  # the least velocity, the greatest angle
    before = seen(drawn)
    drawn.show_visited(visited)
    dot = extent(np.abs(seen(drawn) - before).max(axis=-1) > 30)
    assert (dot.x, dot.y) == (
        pytest.approx(rect.right() - rect.width() / 8, abs=3), pytest.approx(rect.bottom() - rect.height() / 8, abs=3),
    )  # fmt: skip


def test_a_click_chooses_the_state_under_it_and_the_mouse_says_which_it_is(drawn, qtbot):
    rect = drawn.map_rect()
    place = QPointF(rect.left() + rect.width() * 0.75, rect.top() + rect.height() * 0.25).toPoint()
    with qtbot.waitSignal(drawn.chosen) as chosen:
        qtbot.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [pytest.approx(0.1, abs=0.002), pytest.approx(1.5, abs=0.03)]
    pointed = []
    drawn.pointed.connect(pointed.append)
    none, here = Qt.MouseButton.NoButton, QPointF(place)
    moved = QMouseEvent(QEvent.Type.MouseMove, here, here, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(drawn, moved)
    assert pointed == [pytest.approx(tuple(chosen.args))]
    assert drawn.state_at(QPointF(2, 2)) is None
    assert drawn.place_of(0.1, 1.5).x() == pytest.approx(place.x(), abs=1)


def test_ticks_are_round_numbers_in_the_unit_that_is_shown():
    assert [words for _place, words in ticks(SPEED)] == ["−150", "−100", "−50", "0", "50", "100", "150"]
    place, words = ticks(ANGLE)[0]
    assert (words, place * DEGREES) == ("−10", pytest.approx(-10))


def test_axes_are_named_and_reach_as_far_as_is_known_or_was_seen():
    position, _velocity, angle, _speed = axis_ranges(describe(CARTPOLE), 4, np.empty((0, 4), np.float32))
    assert (position.name, position.unit, position.low, position.high, position.limit) == (
        "Position",
        " m",
        -2.6,
        2.6,
        2.4,
    )
    assert angle.limit * angle.factor == pytest.approx(12)
    assert angle.written(0.1) == "+5.73°"
    seen_states = np.array([[2.0, 5.0], [4.0, 5.0]], np.float32)
    first, second = axis_ranges(describe("Nobody/Knows-v0"), 2, seen_states)
    assert (first.name, first.low, first.high) == ("Number 1", pytest.approx(1.8), pytest.approx(4.2))
    assert second.low < 5 < second.high
    squares = axis_ranges(describe("FrozenLake-v1"), 16, np.empty((0, 16), np.float32))
    assert (squares[3].name, squares[3].low, squares[3].high) == ("Square 3", 0, 1)


def test_a_long_path_does_not_smear_over_the_map(drawn, worn):
    """To and fro a hundred times between two states: the first way strongly, the others as fine lines."""
    colours = worn.theme.theme.colours
    blank = MapContent(ANGLE, SPEED, "right", "left", np.full((9, 9), 0.5, np.float32))
    drawn.show_content(blank)
    zigzag = np.array([(0.0015 * (n % 100) - 0.075, 1.0 if n % 2 else -1.0) for n in range(400)], np.float32)
    drawn.show_started(zigzag[:60])
    short = int(where(seen(drawn), colours.marker, near=6).sum())
    drawn.show_started(zigzag)
    pixels = seen(drawn)
    assert int(where(pixels, colours.marker, near=6).sum()) >= short, "the beginning stays"
    rect = drawn.map_rect()
    left, right = (round(drawn.place_of(x, 0).x()) for x in (0.02, 0.07))
    free = where(pixels[round(rect.top()) : round(rect.bottom()), left:right], colours.stage, near=40).mean()
    assert free > 0.3, "between the fine lines the map is still seen"
