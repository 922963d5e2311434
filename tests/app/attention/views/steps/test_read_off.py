"""What a person reads off the three steps: signs by hue and side, sizes by length, and every key in its own row."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.attention.views.steps.footer import StepsFooter
from app.attention.views.steps.header import StepsHeader
from app.attention.views.steps.layout import columns_of
from app.attention.views.steps.table import StepsTable
from app.explain.symbols import SYMBOLS
from core.attention.colormaps import difference_lookup
from tests.app.attention.conftest import steps_of
from tests.app.attention.pictures.test_read_off import words_of
from tests.pictures import across, down, extent, inked, seen, strokes, where, within

MOST, NOTHING, LEAST = (difference_lookup()[level] for level in (255, 128, 0))
"""Orange above zero, white at it, violet below."""


def with_numbers(steps, **numbers):
    return replace(steps, **{name: np.array(value, np.float32) for name, value in numbers.items()})


@pytest.fixture
def table(worn, qtbot):
    made = StepsTable(worn)
    qtbot.addWidget(made)
    made.resize(1000, 100)
    return made


def painted(table, steps, masked=()):
    table.show_steps(steps, frozenset(masked))
    table.fit_into(3 * table.look.scale.em(2))
    return seen(table)


def part(pixels, column, row, half=None):
    """The pixels of a row of three in a column of the table, or in its upper or lower half."""
    high = pixels.shape[0] / 3
    top, bottom = row * high, (row + 1) * high
    if half is not None:
        top, bottom = (top, (top + bottom) / 2) if half == "upper" else ((top + bottom) / 2, bottom)
    return pixels[round(top) : round(bottom), round(column.left) : round(column.right)]


def depth(pixels, x, y=0.5):
    """How far above zero (orange) or below it (violet) the colour at a place of a strip is, −1 to 1."""
    colour = pixels[int(y * pixels.shape[0]), int(x * pixels.shape[1])]
    apart = np.abs(difference_lookup().astype(int) - colour).max(axis=1)
    assert apart.min() <= 2, colour
    return (apart.argmin() - 127.5) / 127.5


def test_numbers_of_a_key_are_cells_from_left_to_right_orange_above_zero_and_violet_below(table):
    pixels = painted(table, steps_of())  # k = (2, 0), (0, 1), (−2, 0)
    strips = [part(pixels, table.columns.key, row) for row in range(3)]
    found = [[depth(strip, x) for x in (0.25, 0.75)] for strip in strips]
    assert np.allclose(found, [[1, 0], [0, 0.5], [-1, 0]], atol=0.01)


def test_values_stand_above_the_parts_they_give(table):
    pixels = painted(table, steps_of())  # v = (1, 0), (0, 1), (1, 1), with weights .665, .245, .090
    weights, most = steps_of().weights, float(steps_of().context.max())
    for row, value in enumerate(((1, 0), (0, 1), (1, 1))):
        for place, x in enumerate((0.25, 0.75)):
            upper, lower = (depth(part(pixels, table.columns.value, row, half), x) for half in ("upper", "lower"))
            assert upper == pytest.approx(value[place], abs=0.01)
            assert lower == pytest.approx(weights[row] * value[place] / most, abs=0.01)


def test_a_score_grows_from_zero_to_the_right_and_below_zero_to_the_left(table, worn):
    steps = with_numbers(steps_of(), scores=[1.0, 0.0, -0.5])
    pixels, hue = painted(table, steps), SYMBOLS["score"].colour(worn.theme.theme.colours)
    rows = [where(part(pixels, table.columns.score, row), hue) for row in range(3)]
    assert not rows[1].any()
    above, below = extent(rows[0]), extent(rows[2])
    assert below.right == pytest.approx(above.left, abs=2)
    assert above.width == pytest.approx(2 * below.width, abs=3)
    colours = worn.theme.theme.colours
    zero = strokes(part(pixels, table.columns.score, 1)[3:-3], colours.border, colours.window)
    assert across(zero)[-1][0] == pytest.approx(above.left, abs=2)


def test_a_weight_is_a_bar_as_long_as_it_and_a_tick_is_the_models_own(table, worn):
    steps = with_numbers(steps_of(), weights=[0.6, 0.3, 0.1], model_weights=[0.3, 0.3, 0.4])
    pixels, colours = painted(table, steps), worn.theme.theme.colours
    lengths, ticks = [], []
    for row in range(3):
        cell = part(pixels, table.columns.weight, row)
        middle = cell[cell.shape[0] // 2]
        bar = (middle[:, 0] > middle[:, 1] + 40) & (middle[:, 0] > middle[:, 2] + 40)
        pieces = across(bar[None, :])  # the tick may part it
        lengths.append((pieces[0][0], pieces[-1][1]))
        below = cell[-worn.scale.em(0.1875) - 2 : -worn.scale.em(0.1875)]  # it reaches beyond the bar
        found = across(strokes(below, colours.text, colours.window, 0.4))
        ticks.append([sum(tick) / 2 for tick in found])
    left, right = lengths[0]
    assert [begin for begin, _end in lengths] == pytest.approx([left] * 3, abs=1)
    assert [end - begin for begin, end in lengths] == pytest.approx(
        [right - left, (right - left) / 2, (right - left) / 6], abs=2
    )
    assert [len(tick) for tick in ticks] == [1, 0, 1]  # the second is as the model has it
    assert [ticks[0][0], ticks[2][0]] == pytest.approx(
        [left + (right - left) / 2, left + (right - left) * 2 / 3], abs=2
    )


def test_a_key_that_takes_part_has_a_disc_and_one_hidden_by_hand_a_ring(table, worn):
    pixels, colours = painted(table, steps_of(), masked=(1,)), worn.theme.theme.colours
    eyes = [part(pixels, table.columns.eye, row) for row in range(3)]
    filled = [where(eye, colours.text).sum() for eye in eyes]
    radius = worn.scale.em(0.25)
    assert filled[0] == filled[2] == pytest.approx(np.pi * radius**2, rel=0.35)
    assert filled[1] == 0
    ring = extent(strokes(eyes[1], colours.outline, colours.window))
    assert ring.width == pytest.approx(2 * radius, abs=5)


def test_a_hidden_key_is_paler_than_the_others(table):
    steps = steps_of()
    full, pale = (part(painted(table, steps, masked), table.columns.key, 0) for masked in ((), (0,)))
    x, y = full.shape[1] // 4, full.shape[0] // 2
    assert np.abs(full[y, x] - rgb_of(MOST)).max() == 0
    assert np.abs(pale[y, x] - rgb_of(MOST)).max() > 40


def rgb_of(colour):
    return np.asarray(colour, int)


def test_each_strip_has_the_hue_of_its_symbol_at_its_left(table, worn):
    pixels, colours, em = painted(table, steps_of()), worn.theme.theme.colours, worn.scale.em
    for symbol, column in (("k", table.columns.key), ("v", table.columns.value)):
        hue = extent(where(pixels, SYMBOLS[symbol].colour(colours)))
        assert column.left - em(0.5) < hue.left < hue.right <= column.left


def test_every_key_has_its_own_row_from_the_first_to_the_last(table, worn):
    steps = replace(steps_of(), key_tokens=words_of("i", "wwwww", "i"), query_token=words_of("i")[0])
    pixels = painted(table, steps)
    widths = [extent(inked(part(pixels, table.columns.label, row), worn.theme.theme.colours.window)).width
              for row in range(3)]  # fmt: skip
    assert widths[1] > 4 * max(widths[0], widths[2])


def test_the_query_stands_above_its_product_with_the_key_that_is_pointed_at(worn, qtbot):
    header = StepsHeader(worn)
    qtbot.addWidget(header)
    header.align_to(1000, strips=2)
    header.resize(1000, header.height())
    header.show_steps(with_numbers(steps_of(), query=[2.0, -2.0]))
    header.show_row(2)  # k = (−2, 0)
    column = columns_of(1000, worn.scale.em).key
    pixels = seen(header)
    strips = pixels[:, round(column.left) + 1 : round(column.right) - 1]
    left = strips[:, strips.shape[1] // 4]
    quarter = {name: runs_of(left, colour) for name, colour in (("query", MOST), ("product", LEAST))}
    assert quarter["query"][1] < quarter["product"][0]  # 2 of q, and −4 of q × k below it
    right = strips[:, 3 * strips.shape[1] // 4]
    assert runs_of(right, LEAST)[1] < quarter["product"][0]  # −2 of q
    hue = where(pixels, SYMBOLS["q"].colour(worn.theme.theme.colours), near=2)
    hue = extent(within(hue, top=quarter["query"][0], bottom=quarter["query"][1]))
    assert hue.right <= column.left


def runs_of(column, colour):
    """First and one past the last place of ``colour`` in a column of pixels."""
    found = down(where(column[:, None], colour, near=1))
    assert found, colour
    return found[0]


def test_what_comes_out_stands_below_the_values_with_the_models_own_under_it(worn, qtbot):
    footer = StepsFooter(worn)
    qtbot.addWidget(footer)
    steps = with_numbers(
        steps_of(), context=[0.8, -0.4], model_context=[-0.8, 0.0], values=np.zeros((3, 2)), keys=np.zeros((3, 2))
    )
    footer.align_to(1000, low=False)
    footer.show_steps(steps)
    footer.resize(1000, footer.height())
    column = columns_of(1000, worn.scale.em).value
    strips = seen(footer)[:, round(column.left) + 1 : round(column.right) - 1]
    left, right = (strips[:, int(strips.shape[1] * x)] for x in (0.25, 0.75))
    context, own = runs_of(left, MOST), runs_of(left, LEAST)
    assert context[1] < own[0]
    half = difference_lookup()[round(0.25 * 255)]  # −.4 where colours end at .8
    assert runs_of(right, half)[0] == pytest.approx(context[0], abs=1)
