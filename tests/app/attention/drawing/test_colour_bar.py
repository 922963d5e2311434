"""What a person reads off the bar of colours: 0 at the left, the deepest right, each number below its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.drawing.map_content import BarContent, bar_content, difference_content
from core.attention.colormaps import difference_lookup, lookup
from core.attention.requests import COLORMAPS
from core.attention.results import Comparison
from tests.app.attention.conftest import map_of
from tests.pictures import across, extent, seen, strokes, where, within


@pytest.fixture
def bar(worn, qtbot):
    made = ScaleBar(worn)
    qtbot.addWidget(made)
    made.resize(500, made.sizeHint().height())
    return made


def coloured(bar, table):
    """The colours along the middle of the bar, and where it begins and ends."""
    pixels = seen(bar)
    line = pixels[1 + bar.look.scale.em(0.5) // 2]
    near = np.abs(line[:, None] - table[None].astype(int)).max(axis=-1)
    right = int(np.flatnonzero(near[:, 255] <= 1)[-1]) + 1
    quarter = int(np.flatnonzero(near[:, 64] <= 1)[-1])  # the first colour may be that of the window
    return line, round(right - (right - quarter) / 0.75), right


def words_below(bar):
    """Where the words below the bar stand, each word one piece."""
    colours = bar.look.theme.theme.colours
    ink = strokes(seen(bar), colours.muted, colours.window)
    pieces = across(within(ink, top=1 + bar.look.scale.em(0.6875)))
    joined = [pieces[0]]
    for piece in pieces[1:]:
        if piece[0] - joined[-1][1] < bar.look.scale.em(0.5):
            joined[-1] = joined[-1][0], piece[1]
        else:
            joined.append(piece)
    return joined


@pytest.mark.parametrize("colormap", COLORMAPS)
def test_colours_go_from_nothing_at_the_left_to_the_deepest_at_the_right(bar, colormap):
    bar.show_bar(bar_content(map_of("ab").weights, colormap, "linear"))
    table = lookup(colormap)
    pixels = seen(bar)
    middle = 1 + bar.look.scale.em(0.5) // 2
    left = extent(within(where(pixels, table[2], near=4), top=middle, bottom=middle + 1)).left
    right = extent(within(where(pixels, table[253], near=4), top=middle, bottom=middle + 1)).right
    assert left < 20
    assert right > 480
    for share in (0.25, 0.5, 0.75):
        found = pixels[middle, round(left + share * (right - left))]
        assert np.abs(table.astype(int) - found).max(axis=1).argmin() == pytest.approx(share * 255, abs=6)


def test_a_difference_goes_from_violet_over_white_to_orange(bar):
    one, other = map_of("ab", [[0.5, 0.5], [1, 0]]), map_of("ab", [[0.5, 0.5], [0.6, 0.4]])
    found = difference_content(Comparison(one, other, one.weights - other.weights))
    bar.show_bar(found[1])
    line, left, right = coloured(bar, difference_lookup())
    assert (line[(left + right) // 2] > 245).all()
    assert left < right


def test_every_number_stands_below_its_own_place(bar, worn):
    ticks = ((0.0, "0"), (0.25, "iii"), (0.75, "wwwww"), (1.0, "1"))
    bar.show_bar(BarContent("red", ticks))
    _line, left, right = coloured(bar, lookup("red"))
    words = words_below(bar)
    assert [sum(word) / 2 for word in words] == pytest.approx(
        [left + share * (right - left) for share, _word in ticks], abs=6
    )
    wide = [end - begin for begin, end in words]
    assert wide[2] > 2 * wide[1]


def test_grey_is_told_at_the_right_where_some_cells_are_grey(bar, worn):
    content = bar_content(map_of("ab").weights, "red", "linear")
    bar.show_bar(content)
    colours = worn.theme.theme.colours
    em = worn.scale.em
    grey = {"top": 2, "bottom": 1 + em(0.5)}
    _line, _left, end = coloured(bar, lookup("red"))
    bar.show_bar(replace(content, has_limits=True))
    swatch = extent(within(where(seen(bar), colours.border), left=250, **grey))
    _line, _left, shorter = coloured(bar, lookup("red"))
    assert shorter < swatch.left < end
    assert (swatch.width, swatch.height) == pytest.approx((em(0.5), em(0.5)), abs=2)
    words = extent(within(strokes(seen(bar), colours.muted, colours.window), left=swatch.right + 1, bottom=em(1)))
    assert words.right > 470


def test_the_same_bar_again_is_not_drawn_again_but_in_another_language_it_is(worn, qtbot):
    drawn = []

    class Counted(ScaleBar):
        def paintEvent(self, event):
            drawn.append(event)
            super().paintEvent(event)

    bar, content = Counted(worn), bar_content(map_of("ab").weights, "red", "linear")
    qtbot.addWidget(bar)
    bar.show_bar(content)
    bar.show()
    qtbot.waitUntil(lambda: bool(drawn))
    bar.repaint()
    drawn.clear()
    bar.show_bar(bar_content(map_of("abc").weights, "red", "linear"))
    qtbot.wait(50)
    assert not drawn
    bar.show_bar(bar_content(map_of("abc").weights, "viridis", "linear"))
    qtbot.waitUntil(lambda: bool(drawn))
    drawn.clear()
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: bool(drawn))
