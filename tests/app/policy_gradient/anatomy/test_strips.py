"""The strips, painted with known numbers: where bars and arrows stand, in every theme; the cursor by mouse and keys."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.explain.symbols import SYMBOLS
from app.policy_gradient.anatomy.strips import Strips
from core.policy_gradient.anatomy.findings import Corrections
from tests.app.policy_gradient.anatomy.toy import BEFORE, anatomy
from tests.pictures import extent, mixed, seen, where, within


def made(look, qtbot, shown=None, corrections=None, n_actions=2, size=(760, 620)):
    strips = Strips(look)
    qtbot.addWidget(strips)
    strips.resize(*size)
    shown = anatomy() if shown is None else shown
    strips.show_anatomy(shown, shown.lesson(corrections or shown.own), n_actions)
    strips.show()
    return strips


def cell(strips, row, t):
    """Return the room of a step in a row, without what the cursor and its neighbours cover."""
    room, span = strips.row_rect(row), strips.span
    return {
        "left": span.x(t) + 2, "right": span.x(t + 1) - 3, "top": room.top() - 1, "bottom": room.bottom() + 1,
    }  # fmt: skip


def y_of(strips, row, share):
    room = strips.row_rect(row)
    return room.bottom() - share * room.height()


def test_bars_reach_from_zero_to_their_number(worn, qtbot):
    strips = made(worn, qtbot)
    strips.move_to(3, "action")
    colours = worn.theme.theme.colours
    pixels = seen(strips)
    hue = SYMBOLS["R"].colour(colours)
    filled = where(pixels, mixed(hue, colours.stage, 0.35), near=2)
    low, high = -2.5, 1.0  # advantages are 1, ½, −½ and −2½
    zero = y_of(strips, "advantage", -low / (high - low))
    for t, value in enumerate([1.0, 0.5, -0.5]):
        bar = extent(within(filled, **cell(strips, "advantage", t)))
        end = y_of(strips, "advantage", (value - low) / (high - low))
        assert bar.top == pytest.approx(min(zero, end), abs=4), t
        assert bar.bottom == pytest.approx(max(zero, end), abs=4), t


def test_zero_is_the_ground_of_the_theme(worn, qtbot):
    strips = made(worn, qtbot, corrections=Corrections("reward", True))
    strips.move_to(0, "action")
    pixels, colours = seen(strips), worn.theme.theme.colours
    room = cell(strips, "returns", 3)  # G of the last step is 0
    assert where(pixels, colours.stage)[int(room["top"]) + 4 : int(room["bottom"]) - 6,
                                        int(room["left"]) : int(room["right"])].all()  # fmt: skip


def test_arrows_have_the_colour_of_the_action_and_point_where_it_went(worn, qtbot):
    strips = made(worn, qtbot)
    strips.move_to(3, "action")
    pixels, colours = seen(strips), worn.theme.theme.colours
    for t, (hue, rises) in enumerate([(colours.right, True), (colours.left, True), (colours.right, False)]):
        drawn = within(where(pixels, hue), **cell(strips, "probability", t))
        arrow = extent(drawn)
        before = y_of(strips, "probability", BEFORE[t])
        after = y_of(strips, "probability", BEFORE[t] + (0.3 if rises else -0.3))
        assert arrow.top == pytest.approx(min(before, after), abs=4), t
        assert arrow.bottom == pytest.approx(max(before, after), abs=4), t
        middle = (arrow.top + arrow.bottom) // 2
        ink = drawn[:middle].sum(), drawn[middle:].sum()
        assert bool(ink[0] > ink[1]) is rises, "the head is where it went"


def test_the_reward_that_counts_as_0_is_marked(worn, qtbot):
    strips = made(worn, qtbot)
    strips.move_to(0, "action")
    hue = SYMBOLS["r"].colour(worn.theme.theme.colours)
    pixels = seen(strips)
    drawn = [within(where(pixels, hue, near=90), **cell(strips, "reward", t)) for t in range(4)]
    top = strips.row_rect("reward").top()
    zero = y_of(strips, "reward", 0.0)
    ring = within(drawn[3], top=zero - 16)
    assert ring.sum() > 12
    assert extent(drawn[3]).top == pytest.approx(top, abs=3), "what it was paid is still seen"
    assert within(drawn[1], top=zero - 14, bottom=zero - 3).sum() == 0, "no ring elsewhere"


def test_hundreds_of_steps_lose_no_peak(look, qtbot):
    peak = 137
    steps = [1.0] * 500
    steps[peak] = 9.0
    strips = made(look, qtbot, anatomy(steps), Corrections("to_go", False))
    assert strips.span.step < 2
    hue, pixels = SYMBOLS["G"].colour(look.theme.theme.colours), seen(strips)
    room = strips.row_rect("returns")
    high = extent(within(where(pixels, hue, near=90), top=room.top() - 2, bottom=room.top() + 8, left=room.left() + 2))
    assert high.x == pytest.approx(strips.span.x(peak + 0.5), abs=3)


def test_more_than_two_actions_have_a_colour_each(look, qtbot):
    strips = made(look, qtbot, anatomy([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], n_actions=3), n_actions=3)
    strips.move_to(5, "reward")
    pixels, series = seen(strips), look.theme.theme.colours.series
    for t in range(5):
        assert within(where(pixels, series[1 + t % 3]), **cell(strips, "action", t)).any(), t


def test_the_mouse_puts_the_cursor_on_a_step_and_a_row(look, qtbot):
    strips = made(look, qtbot)
    place = QPointF(strips.span.x(2.5), strips.row_rect("log_prob").center().y())
    with qtbot.waitSignal(strips.cursor_moved):
        qtbot.mouseMove(strips, place.toPoint())
    assert (strips.step, strips.row) == (2, "log_prob")
    assert strips.symbol_at(place) == "pi"
    drawn, plot = where(seen(strips), look.theme.theme.colours.text, near=90), strips.plot_rect
    line = extent(within(drawn, left=plot.left(), right=plot.right(), top=0, bottom=8))
    assert line.x == pytest.approx(strips.span.x(2.5), abs=3)


def test_the_arrow_keys_step_and_stop_at_the_ends(look, qtbot):
    strips = made(look, qtbot)
    strips.move_to(0, "action")
    keys = Qt.Key
    for key, expected in (
        (keys.Key_Left, (0, "action")), (keys.Key_Right, (1, "action")), (keys.Key_Down, (1, "reward")),
        (keys.Key_End, (3, "reward")), (keys.Key_Right, (3, "reward")), (keys.Key_Home, (0, "reward")),
        (keys.Key_Up, (0, "action")), (keys.Key_Up, (0, "action")),
    ):  # fmt: skip
        qtbot.keyClick(strips, key)
        assert (strips.step, strips.row) == expected


def test_coming_nearer_keeps_the_cursor_in_view(look, qtbot):
    strips = made(look, qtbot, anatomy([1.0] * 500))
    strips.move_to(400)
    strips.zoom_by(4)
    span = strips.span
    assert span.count == pytest.approx(125)
    assert span.first <= 400 < span.first + span.count
    strips.move_to(2)
    assert strips.span.first <= 2
    strips.zoom_by(1 / 1000)
    assert (strips.zoom, strips.span.first, strips.span.count) == (1, 0, 500)
    strips.zoom_by(1e6)
    assert not strips.can_zoom_in
    assert strips.span.step == pytest.approx(32 * look.scale.factor)


def test_the_wheel_comes_nearer_to_what_is_under_the_mouse(look, qtbot):
    strips = made(look, qtbot, anatomy([1.0] * 500))
    x = strips.span.x(100.5)
    before = strips.span.at(x)
    place = QPoint(round(x), 100)
    wheel(strips, place, 360)
    assert strips.zoom > 1.5
    assert strips.span.at(x) == pytest.approx(before, abs=2)


def wheel(widget, place, turned):
    event = QWheelEvent(
        QPointF(place), QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_what_was_seen_is_brought_back(look, qtbot):
    strips = made(look, qtbot, anatomy([math.sin(t) for t in range(300)]))
    strips.move_to(123, "returns")
    strips.zoom_by(3)
    kept = strips.step, strips.row, strips.zoom, strips.scrolled
    other = made(look, qtbot, anatomy([math.sin(t) for t in range(300)]))
    other.restore(*kept)
    assert (other.step, other.row, other.zoom, other.scrolled) == kept
    assert (seen(other) == seen(strips)).all()
