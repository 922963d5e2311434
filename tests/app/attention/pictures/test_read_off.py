"""What a person reads off the pictures of attention: which row is which, where weight lies, which way it goes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.attention.drawing.map_content import map_content
from app.attention.pictures.alignment import AlignmentPicture
from app.attention.pictures.comparison import ComparisonPicture
from app.attention.pictures.heads import HeadsPicture
from app.attention.pictures.highlighted_text import HighlightedText
from app.attention.pictures.links import LinksPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Cell, Sweep
from app.theme import contrast
from core.attention.align import spread
from core.attention.colormaps import difference_lookup, lookup
from core.attention.results import Alignment, Comparison, HeadsGrid, Token
from tests.app.attention.conftest import CARD, map_of, tokens_of
from tests.pictures import across, down, extent, inked, mixed, runs, seen, strokes, where, within
from tests.widgets import take_turns

DEEP = "#67000d"
"""A weight of 1."""


def words_of(*words):
    """Tokens that stand one behind the other."""
    ends = np.cumsum([len(word) + 1 for word in words]).tolist()
    return tuple(
        Token(word, end - len(word) - 1, end - 1, special=False, piece=word)
        for word, end in zip(words, ends, strict=True)
    )


def one_hot(rows, columns, *places):
    weights = np.zeros((rows, columns), np.float32)
    for row, column in places:
        weights[row, column] = 1
    return weights


@pytest.fixture
def put(worn, selection, qtbot):
    """Show a picture of a map, large enough."""

    def put_on(picture, one, width=500, height=420, *, scale="linear", **changes):
        qtbot.addWidget(picture)
        picture.resize(width, height)
        selection.follow(one.rows, one.columns)
        content = replace(map_content(one, "red", scale), **changes)
        picture.show_map(content, *([one.texts] if isinstance(picture, HighlightedText) else []))
        return picture

    return put_on


@pytest.fixture
def matrix(worn, selection):
    return Matrix(worn, selection)


def cells_of(matrix, put, one):
    """Where the cells lie: what turns red when all weights are 1."""
    put(matrix, replace(one, weights=np.ones_like(one.weights)), hidden=None)
    return extent(where(seen(matrix), DEEP))


def room_in(cells, shape, row, column):
    """Where a cell lies within ``cells``: rows run down and columns to the right."""
    high, wide = cells.height / shape[0], cells.width / shape[1]
    return {
        "left": cells.left + column * wide, "right": cells.left + (column + 1) * wide,
        "top": cells.top + row * high, "bottom": cells.top + (row + 1) * high,
    }  # fmt: skip


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("place", [(0, 3), (3, 0), (1, 2), (2, 1)])
def test_queries_run_down_and_keys_to_the_right(worn, selection, put, compact, place):
    matrix = Matrix(worn, selection, compact=compact)
    one = map_of("abcd", one_hot(4, 4, place))
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    red, room = extent(where(seen(matrix), DEEP)), room_in(cells, (4, 4), *place)
    assert (red.left, red.right, red.top, red.bottom) == pytest.approx(
        (room["left"], room["right"], room["top"], room["bottom"]), abs=2
    )


def test_every_row_has_its_own_word_at_its_left_and_every_column_above_it(matrix, put, worn):
    rows, columns = words_of("i", "i", "wwwwwwww", "i"), words_of("。", "国", "。", "。", "。")
    one = map_of("", np.zeros((4, 5)), rows=rows, columns=columns)
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    ink = inked(seen(matrix), worn.theme.theme.colours.stage)
    beside, above = within(ink, right=cells.left - 2), within(ink, left=cells.left - 2, bottom=cells.top - 2)
    wide = [extent(within(beside, top=room["top"], bottom=room["bottom"])).width
            for room in (room_in(cells, (4, 5), row, 0) for row in range(4))]  # fmt: skip
    assert wide[2] > 4 * max(wide[0], wide[1], wide[3])
    inks = [within(above, left=room["left"], right=room["right"]).sum()
            for room in (room_in(cells, (4, 5), 0, column) for column in range(5))]  # fmt: skip
    assert inks[1] > 2 * max(inks[0], *inks[2:])
    assert extent(within(above, left=cells.left + cells.width / 5, right=cells.left + cells.width * 0.4)).x == (
        pytest.approx(cells.left + cells.width * 0.3, abs=3)
    )


def test_a_number_stands_in_its_own_cell(matrix, put):
    one = map_of("abc", [[0.11, 0.11, 0], [0.88, 0.11, 0], [0, 0, 0]])
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    pixels, inks = seen(matrix), np.zeros((3, 3), int)
    for row, column in np.ndindex(3, 3):
        room = room_in(cells, (3, 3), row, column)
        part = pixels[int(room["top"]) + 3 : int(room["bottom"]) - 3, int(room["left"]) + 3 : int(room["right"]) - 3]
        inks[row, column] = inked(part, part[0, 0]).sum()
    assert (inks > 0).tolist() == [[True, True, False], [True, True, False], [False] * 3]
    assert inks[1, 0] > max(inks[0, 0], inks[0, 1], inks[1, 1])  # an eight has more ink than a one


def test_a_small_map_has_no_numbers(worn, selection, put):
    one = map_of("ab", [[0.5, 0.25], [0.25, 0.25]])
    small = put(Matrix(worn, selection, compact=True), one)
    inside = seen(small)[200:300]
    assert len(np.unique(inside[10, 100:400], axis=0)) <= 4  # two depths, the line between them, the rim


def test_the_share_of_hidden_tokens_is_a_bar_right_of_its_row_as_long_as_it(matrix, put, worn):
    shares = [0.1, 0.9, 0.5, 0.0]
    one = replace(map_of("abcd"), hidden=np.array(shares, np.float32))
    put(matrix, one)
    colours, pixels = worn.theme.theme.colours, seen(matrix)
    bars, tracks = where(pixels, colours.faint), where(pixels, colours.grid)
    rows = [within(tracks | bars, left=extent(bars).left - 1)]
    room = extent(rows[0])
    stretches = down(rows[0])
    assert len(stretches) == 4
    lengths = [within(bars, left=room.left, top=top, bottom=bottom).any(axis=0).sum() for top, bottom in stretches]
    assert lengths == pytest.approx([room.width * share for share in shares], abs=1.5)
    red = extent(where(pixels, lookup("red")[128], near=2))  # what each looks at itself with
    assert room.left > red.right
    assert [sum(stretch) / 2 for stretch in stretches] == pytest.approx(
        [red.top + red.height * (row + 0.5) / 4 for row in range(4)], abs=2
    )


@pytest.mark.parametrize("picked", ["pinned", "hovered"])
def test_the_cross_runs_along_the_row_and_the_column_that_are_picked(matrix, put, selection, worn, picked):
    one = map_of("abcd", np.zeros((4, 4)))
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    before, colours = seen(matrix), worn.theme.theme.colours
    (selection.pin if picked == "pinned" else selection.hover_over)(Cell(1, 2))
    after = seen(matrix)
    changed = (before != after).any(axis=-1)
    inside = changed[cells.top : cells.bottom, cells.left : cells.right]
    level, upright = runs(inside.mean(axis=1) > 0.9), runs(inside.mean(axis=0) > 0.9)
    assert [sum(line) / 2 for line in level] == pytest.approx([cells.height * 0.25, cells.height * 0.5], abs=3)
    assert [sum(line) / 2 for line in upright] == pytest.approx([cells.width * 0.5, cells.width * 0.75], abs=3)
    ground = where(after, colours.accent if picked == "pinned" else colours.hover) & changed
    row, column = extent(within(ground, right=cells.left - 2)), extent(within(ground, bottom=cells.top - 2))
    assert row.y == pytest.approx(cells.top + cells.height * 0.375, abs=2)
    assert column.x == pytest.approx(cells.left + cells.width * 0.625, abs=2)


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("picked", ["pinned", "hovered"])
def test_the_cross_can_be_seen_on_cells_of_any_weight(matrix, put, selection, worn, weight, picked):
    one = map_of("abcd", np.full((4, 4), weight))
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    (selection.pin if picked == "pinned" else selection.hover_over)(Cell(row=1))
    edge = round(cells.top + cells.height / 4)
    line = [named(colour) for colour in seen(matrix)[edge - 5 : edge + 6, cells.left + 20]]
    assert max(contrast(one, other) for one in line for other in line) >= 3


def named(colour):
    """A colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def test_what_was_not_swept_over_is_veiled(matrix, put, selection, worn):
    one = map_of("abcd", np.ones((4, 4)))
    cells = cells_of(matrix, put, one)
    selection.select(Sweep((1, 3), (0, 1)))
    pixels = seen(matrix)
    veiled = mixed(DEEP, worn.theme.theme.colours.stage, 0.28)
    for row, column in np.ndindex(4, 4):
        room = room_in(cells, (4, 4), row, column)
        corner = pixels[int(room["top"]) + 8, int(room["left"]) + 8]
        expected = DEEP if row in (1, 2) and column == 0 else veiled
        assert where(corner, expected, near=2), (row, column)


def test_a_ring_marks_its_own_cell(matrix, put):
    one = map_of("abcd", np.zeros((4, 4)))
    cells = cells_of(matrix, put, one)
    put(matrix, one)
    before = seen(matrix)
    put(matrix, one, rings=((0, 2),))
    ring, room = extent((before != seen(matrix)).any(axis=-1)), room_in(cells, (4, 4), 0, 2)
    assert (ring.x, ring.y) == pytest.approx(
        ((room["left"] + room["right"]) / 2, (room["top"] + room["bottom"]) / 2), abs=2
    )
    assert 0.8 * cells.width / 4 < ring.width < cells.width / 4


def test_keys_that_a_query_could_not_see_are_grey_after_it(matrix, put, worn):
    one = map_of("abcd", np.zeros((4, 4)))
    cells = cells_of(matrix, put, one)
    one.reach[:, 1] = [1, 2, 3, 4]
    put(matrix, one)
    grey = where(seen(matrix), worn.theme.theme.colours.border)
    for row, column in np.ndindex(4, 4):
        room = room_in(cells, (4, 4), row, column)
        assert grey[int(room["top"]) + 8, int(room["left"]) + 8] == (column > row), (row, column)


# All heads


def heads_of(layers, heads, orders=()):
    """Head h of layer l gives all weight of its first query, and no other, to key l · heads + h."""
    count = layers * heads
    tiles = np.zeros((layers, heads, count, count), np.float32)
    for number in range(count):
        tiles[number // heads, number % heads, 0, number] = 1
    return HeadsGrid(CARD, "encoder", tiles, 1, dict(orders))


def tiles_of(picture, grid):
    """Where the heads lie, row by row: what turns red when all weights are 1."""
    picture.show_heads_grid(replace(grid, tiles=np.ones_like(grid.tiles)), "red", "linear")
    red = where(seen(picture), lookup("red")[254])
    rooms = []
    for top, bottom in down(red):
        row = within(red, top=top, bottom=bottom)
        rooms.append([extent(within(row, left=left, right=right)) for left, right in across(row)])
    return rooms


def heads_read(picture, rooms):
    """Which head stands in each room, by the key its first query looks at."""
    red = where(seen(picture), lookup("red")[254])
    found = []
    for room in (room for row in rooms for room in row):
        cell = extent(within(red, left=room.left, right=room.right, top=room.top, bottom=room.bottom))
        assert cell.y < room.top + room.height / 3  # the first query is the uppermost
        found.append(int((cell.x - room.left) / room.width * 6))
    return found


@pytest.fixture
def gallery(worn, qtbot):
    made = HeadsPicture(worn)
    qtbot.addWidget(made)
    made.resize(520, 340)
    return made


def test_layers_run_down_and_heads_to_the_right(gallery):
    grid = heads_of(2, 3)
    rooms = tiles_of(gallery, grid)
    assert [len(row) for row in rooms] == [3, 3]
    gallery.show_heads_grid(grid, "red", "linear")
    assert heads_read(gallery, rooms) == [0, 1, 2, 3, 4, 5]


def test_every_head_has_a_line_between_the_sentences_of_a_pair(gallery, worn):
    blank = replace(heads_of(2, 3), tiles=np.zeros((2, 3, 6, 6), np.float32))
    rooms = tiles_of(gallery, blank)
    # Two units a cell: before unit 2 is a sixth of the way down, before unit 9 three quarters across.
    gallery.show_heads_grid(replace(blank, block=2, row_borders=(2,), column_borders=(9,)), "red", "linear")
    muted = where(seen(gallery), worn.theme.theme.colours.muted)
    for room in (room for row in rooms for room in row):
        inside = muted[room.top + 2 : room.bottom - 2, room.left + 2 : room.right - 2]
        (level,), (upright,) = runs(inside.all(axis=1)), runs(inside.all(axis=0))
        assert abs(sum(level) / 2 + 2 - room.height / 6) <= 1.5
        assert abs(sum(upright) / 2 + 2 - room.width * 3 / 4) <= 1.5


@pytest.mark.parametrize(("order", "expected"), [("entropy", [3, 0, 5, 1, 4, 2]), ("previous", [2, 4, 1, 5, 0, 3])])
def test_the_most_focused_head_or_the_strongest_of_a_kind_comes_first(gallery, order, expected):
    scores = np.array([[0.1, 0.5, 0.9], [0.05, 0.8, 0.3]], np.float32)
    grid = heads_of(2, 3, {order: scores})
    gallery.show_order(order)
    rooms = tiles_of(gallery, grid)
    gallery.show_heads_grid(grid, "red", "linear")
    assert heads_read(gallery, rooms) == expected


@pytest.mark.parametrize(
    ("current", "rows", "columns"), [((1, None), (1, 1), (0, 2)), ((None, 2), (0, 1), (2, 2)), ((0, 1), (0, 0), (1, 1))]
)
def test_the_frame_is_around_the_head_on_the_stage_or_its_layer_or_its_column(gallery, worn, current, rows, columns):
    rooms = tiles_of(gallery, heads_of(2, 3))
    gallery.show_current(*current)
    frame = extent(where(seen(gallery), worn.theme.theme.colours.focus, near=40))
    first, last = rooms[rows[0]][columns[0]], rooms[rows[1]][columns[1]]
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx(
        (first.left, first.top, last.right, last.bottom), abs=6
    )


def test_numbers_of_layers_stand_at_the_left_and_those_of_heads_above(gallery, worn):
    for shape, ten in (((11, 2), "layer"), ((2, 11), "head")):
        rooms = tiles_of(gallery, heads_of(*shape))
        ink = strokes(seen(gallery), worn.theme.theme.colours.muted, worn.theme.theme.colours.window)
        first, last = rooms[0][0], rooms[-1][-1]
        if ten == "layer":
            beside = within(ink, right=first.left - 2, top=first.top)
            assert last.top - 4 < extent(within(beside, top=last.top - 2)).y < last.bottom + 4
            assert (
                extent(within(beside, top=last.top - 3)).width
                > 1.5 * extent(within(beside, bottom=first.bottom + 2)).width
            )  # 10 and 0
        else:
            above = within(ink, bottom=first.top - 1, top=first.top - worn.scale.em(0.8))
            assert extent(within(above, left=last.left - 4)).width > extent(
                within(above, left=first.left, right=first.right)
            ).width  # fmt: skip


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_the_head_that_is_pointed_at_is_framed_whatever_its_weights(gallery, worn, weight):
    grid = heads_of(2, 3)
    room = tiles_of(gallery, grid)[0][0]
    gallery.show_heads_grid(replace(grid, tiles=np.full_like(grid.tiles, weight)), "red", "linear")
    before = seen(gallery)
    QTest.keyClick(gallery, Qt.Key.Key_Right)  # the first head, where none is on the stage
    after = seen(gallery)
    changed = (before != after).any(axis=-1)
    frame = extent(changed)
    assert (frame.left, frame.top, frame.right, frame.bottom) == pytest.approx(
        (room.left, room.top, room.right, room.bottom), abs=5
    )
    tile = named(before[round(room.y), round(room.x)])
    beside = after[round(room.y), frame.left : frame.left + 6]
    # Inside the frame is the tile, outside it the window: the line between them differs from both.
    for ground in (tile, worn.theme.theme.colours.window):
        assert max(contrast(named(colour), ground) for colour in beside) >= 3


# Lines


def lines_drawn(lines, put, one, *size, **how):
    """The mask of the lines, and the picture without them."""
    put(lines, replace(one, weights=np.zeros_like(one.weights)), *size, **how)
    without = seen(lines)
    put(lines, one, *size, **how)
    return (seen(lines) != without).any(axis=-1), without


@pytest.mark.parametrize(("size", "is_level"), [((260, 420), False), ((600, 220), True)])
@pytest.mark.parametrize("place", [(0, 3), (3, 0)])
def test_a_line_goes_from_the_query_to_the_key_it_looks_at(worn, selection, put, size, is_level, place):
    lines = LinksPicture(worn, selection)
    drawn, without = lines_drawn(lines, put, map_of("国国国国", one_hot(4, 4, place)), *size)
    room = extent(drawn)
    ink = strokes(without, worn.theme.theme.colours.text, worn.theme.theme.colours.window)
    if is_level:  # queries above, keys below
        start, end = extent(within(drawn, bottom=room.top + 4)), extent(within(drawn, top=room.bottom - 4))
        begun, ended = (
            across(within(ink, bottom=room.top)), across(within(ink, top=room.bottom))
        )  # fmt: skip
        begin, finish = start.x, end.x
    else:  # queries at the left, keys at the right
        start, end = extent(within(drawn, right=room.left + 4)), extent(within(drawn, left=room.right - 4))
        begun, ended = down(within(ink, right=room.left)), down(within(ink, left=room.right))
        begin, finish = start.y, end.y
    words, keys = ([sum(piece) / 2 for piece in pieces[-4:]] for pieces in (begun, ended))  # names come first
    assert np.abs(np.array(words) - begin).argmin() == place[0]
    assert np.abs(np.array(keys) - finish).argmin() == place[1]
    assert (begin < finish) == (place[0] < place[1])


def test_queries_stand_at_the_left_of_the_lines_and_keys_at_the_right(worn, selection, put):
    rows, columns = words_of(*["wwww"] * 4), words_of(*["i"] * 4)
    lines = LinksPicture(worn, selection)
    put(lines, map_of("", np.zeros((4, 4)), rows=rows, columns=columns), 300, 420)
    ink = strokes(seen(lines), worn.theme.theme.colours.text, worn.theme.theme.colours.window)
    ink = within(ink, top=worn.scale.em(1.5))  # below the names of the sides
    left, right = extent(within(ink, right=150)), extent(within(ink, left=150))
    assert left.width > 3 * right.width
    assert left.left < 6
    assert right.right > 294


def test_a_stronger_weight_is_a_stronger_line(worn, selection, put):
    weights = np.zeros((4, 4), np.float32)
    weights[0, 0], weights[3, 3] = 1.0, 0.3
    lines = LinksPicture(worn, selection)
    _drawn, without = lines_drawn(lines, put, map_of("国国国国", weights), 300, 420)
    apart = np.abs(seen(lines) - without).max(axis=-1)
    strong, weak = down(apart[:, 140:160] > 8)
    assert apart[strong[0] : strong[1], 150].max() > 2 * apart[weak[0] : weak[1], 150].max()
    assert apart[strong[0] : strong[1], 150].sum() > 3 * apart[weak[0] : weak[1], 150].sum()


@pytest.mark.parametrize("side", ["row", "column"])
def test_the_lines_of_the_word_that_is_picked_stand_out_and_its_word_is_marked(worn, selection, put, side):
    lines = LinksPicture(worn, selection)
    one = map_of("国国国国", one_hot(4, 4, (0, 3), (3, 0)))
    drawn, without = lines_drawn(lines, put, one, 300, 420)
    selection.pin(Cell(**{side: 3}))
    pixels = seen(lines)
    # Near the left the line of the last query is the lower one, and that of the last key the upper one.
    apart = np.abs(pixels - without).max(axis=-1)[:, 70]
    middle = extent(drawn).y
    upper, lower = apart[: int(middle)].max(), apart[int(middle) :].max()
    assert (lower > 4 * upper > 0) if side == "row" else (upper > 4 * lower > 0)
    marked = extent(strokes(pixels, worn.theme.theme.colours.focus, worn.theme.theme.colours.window, 0.8))
    assert (marked.x < 150) == (side == "row")
    assert marked.y > middle


# The sentence


def shares_of_red(text, worn):
    """Where the sentence is deep red, as parts of its length; each letter is a third."""
    pixels = seen(text)
    whole = extent(inked(pixels, worn.theme.theme.colours.window))
    return [((left + right) / 2 - whole.left) / whole.width for left, right in _wide(across(where(pixels, DEEP)))]


def _wide(pieces):
    """Join what a letter's strokes part."""
    joined = []
    for piece in pieces:
        if joined and piece[0] - joined[-1][1] < 4:
            joined[-1] = (joined[-1][0], piece[1])
        else:
            joined.append(piece)
    return joined


@pytest.mark.parametrize(
    ("picked", "direction", "third"),
    [(Cell(row=0), "from", 1), (Cell(row=1), "from", 2), (Cell(column=0), "to", 2), (Cell(column=1), "to", 0)],
)
def test_the_sentence_wears_what_the_picked_word_looks_at_or_who_looks_at_it(
    worn, selection, put, picked, direction, third
):
    text = HighlightedText(worn, selection)
    put(text, map_of("国国国", one_hot(3, 3, (0, 1), (1, 2), (2, 0))), 400, 60)
    if direction == "to":
        selection.turn()
    selection.pin(picked)
    (red,) = shares_of_red(text, worn)
    assert red == pytest.approx((third + 0.5) / 3, abs=0.06)
    frame = strokes(seen(text), worn.theme.theme.colours.focus, worn.theme.theme.colours.window, 0.6)
    whole = extent(inked(seen(text), worn.theme.theme.colours.window))
    place = picked.row if picked.row is not None else picked.column
    assert extent(frame).x == pytest.approx(whole.left + whole.width * (place + 0.5) / 3, abs=4)


def test_while_nothing_is_picked_the_sentence_wears_the_mean_of_what_looks_at_each_word(worn, selection, put):
    text = HighlightedText(worn, selection)
    put(text, map_of("国国国", one_hot(3, 3, (0, 2), (1, 2), (2, 2))), 400, 60)
    (red,) = shares_of_red(text, worn)
    assert red == pytest.approx(5 / 6, abs=0.06)


def test_in_cross_attention_what_is_asked_stands_above_what_asks(worn, selection, put):
    rows, columns = tokens_of("国", sentence=1), tokens_of("国国国国")
    text = HighlightedText(worn, selection)
    one = map_of("国国国国", one_hot(1, 4, (0, 3)), rows=rows, columns=columns)
    put(text, replace(one, texts=("国国国国", "国")), 400, 120)
    ground = worn.theme.theme.colours.window
    lines = down(strokes(seen(text), worn.theme.theme.colours.text, ground))
    long, short = (extent(within(inked(seen(text), ground), top=top, bottom=bottom)) for top, bottom in
                   (lines[0], lines[-1]))  # fmt: skip
    assert long.width > 2.5 * short.width
    selection.pin(Cell(row=0))
    red = extent(where(seen(text), DEEP))
    assert red.x > long.left + 0.7 * long.width
    assert red.bottom < short.top + 4


# Two maps, two sentences


def test_the_first_map_stands_left_of_the_second_and_their_difference_right_of_both(worn, selection, qtbot):
    picture = ComparisonPicture(worn, selection)
    qtbot.addWidget(picture)
    picture.resize(1200, 500)
    picture.show()
    qtbot.waitExposed(picture)
    first, second = map_of("ab", one_hot(2, 2, (0, 0))), map_of("ab", one_hot(2, 2, (1, 1)))
    picture.show_comparison(Comparison(first, second, first.weights - second.weights), "red", "linear")
    take_turns()
    pixels = within(np.ones((500, 1200), bool), bottom=400)[..., None] * seen(picture)
    more, less = (extent(where(pixels, difference_lookup()[level])) for level in (255, 0))
    left, right = (extent(within(where(pixels, DEEP), left=at, right=at + 400)) for at in (0, 400))
    assert left.right < 400 < right.left < right.right < 800 < min(more.left, less.left)
    assert (left.x % 400, left.y) < (right.x % 400, right.y)
    assert (more.x, more.y) < (less.x, less.y)  # the first has more where it is red
    assert left.y == pytest.approx(more.y, abs=2)
    assert right.y == pytest.approx(less.y, abs=2)


def test_two_sentences_are_linked_where_they_choose_each_other_and_marked_in_the_map(worn, qtbot):
    cosine = np.array([[0.1, 0.2, 0.9], [0.1, 0.3, 0.2], [0.2, 0.1, 0.4]], np.float32)
    alignment = Alignment(
        CARD, 1, tokens_of("国国国"), tokens_of("甲甲甲", sentence=1), cosine, spread(cosine), ((0, 2),),
        np.zeros((0, 0), np.float32),
    )  # fmt: skip
    picture = AlignmentPicture(worn)
    qtbot.addWidget(picture)
    picture.resize(1100, 460)
    picture.show()
    qtbot.waitExposed(picture)
    picture.show_alignment(replace(alignment, links=()), "red", scale="linear")
    take_turns()
    without = seen(picture)
    picture.show_alignment(alignment, "red", scale="linear")
    take_turns()
    changed = (seen(picture) != without).any(axis=-1)
    changed = within(changed, top=60, bottom=400)  # between the words above and below
    line, ring = extent(within(changed, right=540)), extent(within(changed, left=560))
    begins, ends = extent(within(changed, right=line.left + 4)), extent(within(changed, left=line.right - 4, right=540))
    assert begins.y < ends.y - 40  # from the first at the left to the third at the right
    red = extent(within(where(seen(picture), lookup("red")[round(0.9 * 255)], near=4), left=560, bottom=400))
    assert (ring.x, ring.y) == pytest.approx((red.x, red.y), abs=3)


def test_a_line_divides_the_sentences_of_a_pair(matrix, put, worn):
    words = words_of("i", "am", "we", "are", "x")
    pair = words[:2] + tuple(word.in_sentence(1) for word in words[2:])
    one = map_of("i am we are x", np.zeros((5, 5)), rows=pair)
    cells = cells_of(matrix, put, one)
    put(matrix, one, hidden=None)
    line = where(seen(matrix), worn.theme.theme.colours.muted)
    room = within(line, left=cells.left, right=cells.right, top=cells.top, bottom=cells.bottom)
    level = np.flatnonzero(room[:, cells.left : cells.right].all(axis=1))
    upright = np.flatnonzero(room[cells.top : cells.bottom].all(axis=0))
    assert level.mean() == pytest.approx(cells.top + 0.4 * cells.height, abs=2)
    assert upright.mean() == pytest.approx(cells.left + 0.4 * cells.width, abs=2)
