"""Scores as bars."""

import pytest

from app.synonyms.evidence.score_bars import ScoreBars
from tests.pictures import across, down, extent, runs, seen, strokes, where, within


@pytest.fixture
def bars(worn, qtbot):
    made = ScoreBars(worn)
    qtbot.addWidget(made)
    made.resize(600, made.sizeHint().height())
    return made


def grooves(bars):
    """The groove of each score, from the first row to the last."""
    found = where(seen(bars), bars.look.theme.theme.colours.groove)
    middle = bars.width() // 2  # beyond the names
    rows = [(top, bottom) for top, bottom in down(found[:, middle : middle + 50]) if bottom - top > 3]
    return [extent(within(found, left=_begin(found[(top + bottom) // 2], middle), top=top, bottom=bottom))
            for top, bottom in rows]  # fmt: skip


def _begin(row, place):
    """The first of the places that are like ``place`` without a break."""
    return next(first for first, last in runs(row) if first <= place < last)


def filled(bars, groove):
    """How much of a groove is filled from its left, 0 to 1."""
    colours = bars.look.theme.theme.colours
    middle = where(seen(bars)[round(groove.y)], colours.muted)[groove.left : groove.right]
    assert not middle[middle.sum() :].any()  # what is filled begins at the left and has no hole
    return middle.sum() / groove.width


def test_a_bar_is_as_long_as_its_score_and_the_cosine_stands_first(bars):
    rooms = grooves(bars)
    assert len(rooms) == 4
    bars.show_scores({"cosine": 0.5, "characters": 0.9, "gloss": 0.1}, ())
    found = [filled(bars, room) for room in rooms]
    assert found == pytest.approx([0.5, 0.9, 0.1, 0.0], abs=0.01)
    assert "Cosine of the vectors 0.50" in bars.accessibleDescription()
    assert "Identical glosses 0.10" in bars.accessibleDescription()


def test_below_zero_there_is_no_bar_and_above_one_it_is_full(bars):
    rooms = grooves(bars)
    bars.show_scores({"cosine": -0.4, "characters": 1.5}, ())
    assert [filled(bars, room) for room in rooms[:2]] == [0, 1]


def test_a_dot_stands_before_the_sources_that_proposed_the_pair(bars):
    rooms = grooves(bars)
    bars.show_scores({"cosine": 0.5, "characters": 0.5}, ("characters",))
    pixels, colours = seen(bars), bars.look.theme.theme.colours
    dots = within(strokes(pixels, colours.text, colours.window, 0.5), right=bars.look.scale.em(0.5))
    assert extent(dots).y == pytest.approx(rooms[1].y, abs=1)
    assert extent(dots).height < rooms[1].height + 2


def test_the_scale_stands_below_the_bars_with_its_ends_below_theirs(bars):
    last = grooves(bars)[-1]
    colours = bars.look.theme.theme.colours
    top = bars.sizeHint().height() - bars.look.scale.em(1)
    ticks = across(within(strokes(seen(bars), colours.outline, colours.window, 0.4), top=top - 1, bottom=top + 2))
    assert [sum(tick) / 2 for tick in ticks] == pytest.approx([last.left, last.x, last.right], abs=2)


def test_a_negative_score_has_a_true_minus(qtbot, look):
    view = ScoreBars(look)
    qtbot.addWidget(view)
    view.show_scores({"cosine": -0.031}, ())
    assert "−0.03" in view.accessibleDescription()
