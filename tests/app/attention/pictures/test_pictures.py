"""The views: pixels wear the colour of their weight, and what is picked in one is picked in all."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QWheelEvent
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from app.attention.drawing.map_content import (
    bar_content,
    difference_content,
    heads_bar_content,
    map_content,
    pair_contents,
)
from app.attention.pictures.heads import HeadsPicture
from app.attention.pictures.highlighted_text import HighlightedText
from app.attention.pictures.links import LinksPicture
from app.attention.pictures.matrix import Matrix
from app.attention.pictures.readout import Readout, read_place
from app.attention.selection import Cell, Selection, Sweep
from app.theme import DARK_INK, LIGHT_INK
from core.attention.colormaps import intensity, levels, lookup
from core.attention.results import Comparison
from tests.app.attention.conftest import heads_grid_of, map_of, tokens_of


@pytest.fixture
def selection(qapp):
    made = Selection()
    yield made
    made.deleteLater()


def shown(widget, qtbot, width=500, height=420):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def matrix(look, selection, qtbot):
    return shown(Matrix(look, selection), qtbot)


def show(matrix, selection, shown_map, scale="linear", colormap="red"):
    selection.follow(shown_map.rows, shown_map.columns)
    matrix.show_map(map_content(shown_map, colormap, scale))
    return matrix


def words_in_file(draw, *arguments):
    """Return ink and text of all words that ``draw`` puts into a drawing for a file."""
    kept = QBuffer()
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(kept)
    painter = QPainter(generator)
    draw(painter, *arguments)
    painter.end()
    return re.findall(r'<text fill="(#\w+)"[^>]*>([^<]*)</text>', bytes(kept.data()).decode())


def colours_of(matrix, shown_map, place=0.2):
    """Return the colour of every cell as grabbed from the screen, away from its number and its rim."""
    picture = matrix.grab().toImage()
    rows, columns = shown_map.weights.shape
    found = np.zeros((rows, columns, 3), int)
    for row in range(rows):
        for column in range(columns):
            room = matrix.drawing.cell_rect(row, column)
            point = QPoint(int(room.left() + place * room.width()), int(room.top() + place * room.height()))
            found[row, column] = QColor(picture.pixel(point)).getRgb()[:3]
    return found


@pytest.mark.parametrize("scale", ["linear", "relative", "log", "row"])
@pytest.mark.parametrize("colormap", ["red", "viridis"])
def test_each_cell_wears_the_colour_of_its_weight(matrix, selection, scale, colormap):
    weights = np.random.default_rng(0).dirichlet(np.ones(6), 6)
    one = map_of("abcdef", weights)
    show(matrix, selection, one, scale, colormap)
    assert np.array_equal(colours_of(matrix, one), lookup(colormap)[levels(intensity(one.weights, scale))])


def test_the_articles_colours_white_is_zero_and_deep_red_is_one(matrix, selection):
    one = map_of("ab", [[0, 1], [1, 0]])
    show(matrix, selection, one)
    assert colours_of(matrix, one)[0].tolist() == [[255, 255, 255], [0x67, 0, 0x0D]]


def test_a_long_text_is_one_picture_and_keeps_its_peaks(matrix, selection):
    n = 700
    weights = np.zeros((n, n), np.float32)
    weights[350, 350] = 1
    one = map_of("x" * n, weights)
    show(matrix, selection, one)
    picture = matrix.grab().toImage()
    inside = matrix.drawing.cells_rect().toRect()
    reds = sum(
        QColor(picture.pixel(x, y)).getRgb()[:3] == (0x67, 0, 0x0D)
        for x in range(inside.left(), inside.right()) for y in range(inside.top(), inside.bottom())
    )  # fmt: skip
    assert reds >= 1


def test_what_a_query_could_not_see_is_grey_and_not_white(matrix, selection, look):
    one = map_of("abc", np.tril(np.full((3, 3), 0.5)))
    one.reach[:, 1] = [1, 2, 3]
    show(matrix, selection, one)
    found = colours_of(matrix, one)
    assert QColor(*found[0, 2].tolist()) == QColor(look.theme.theme.colours.border)
    assert found[2, 2].tolist() == lookup("red")[levels(np.float32(0.5))].tolist()


def test_clicking_a_cell_pins_it_and_clicking_again_lets_go(matrix, selection):
    show(matrix, selection, map_of("abcd"))
    middle = matrix.drawing.cell_rect(2, 1).center().toPoint()
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=middle)
    assert selection.pinned == Cell(2, 1)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=middle)
    assert not selection.pinned


def test_clicking_a_label_pins_the_whole_row_or_column(matrix, selection):
    show(matrix, selection, map_of("abcd"))
    cell = matrix.drawing.cell_rect(1, 3)
    left = QPoint(int(matrix.drawing.cells_rect().left()) - 8, int(cell.center().y()))
    above = QPoint(int(cell.center().x()), int(matrix.drawing.cells_rect().top()) - 8)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=left)
    assert selection.pinned == Cell(row=1)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=above)
    assert selection.pinned == Cell(column=3)


def test_dragging_sweeps_over_cells_or_over_rows_alone(matrix, selection):
    show(matrix, selection, map_of("abcdef"))

    def drag(start, end):
        QTest.mousePress(matrix, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(matrix, end)
        QTest.mouseRelease(matrix, Qt.MouseButton.LeftButton, pos=end)

    cell = matrix.drawing.cell_rect
    drag(cell(1, 2).center().toPoint(), cell(3, 4).center().toPoint())
    assert selection.sweep == Sweep((1, 4), (2, 5))
    left = int(matrix.drawing.cells_rect().left()) - 8
    drag(QPoint(left, int(cell(4, 0).center().y())), QPoint(left, int(cell(2, 0).center().y())))
    assert selection.sweep == Sweep((2, 5), None)


def test_the_wheel_zooms_around_the_mouse_and_escape_shows_all_again(matrix, selection):
    one = map_of("x" * 60)
    show(matrix, selection, one)
    spot = QPointF(matrix.drawing.cell_rect(40, 20).center())
    before = matrix.drawing.rows.cell
    wheel = QWheelEvent(spot, matrix.mapToGlobal(spot), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    matrix.wheelEvent(wheel)
    assert matrix.drawing.rows.cell > before * 1.5
    assert matrix.drawing.cell_at(spot) == Cell(40, 20)
    QTest.keyClick(matrix, Qt.Key.Key_Escape)
    assert matrix.drawing.rows.cell == before


def test_another_text_is_shown_as_a_whole_however_close_the_last_one_was(matrix, selection):
    show(matrix, selection, map_of("x" * 60))
    matrix.zoom_by(6)
    show(matrix, selection, map_of("abcde"))
    assert matrix.drawing.zoom == 1
    assert matrix.drawing.cells_rect().width() < matrix.width()
    assert matrix.drawing.cell_rect(4, 4).width() > 0


def test_a_key_typed_leaves_cells_as_large_as_they_were_and_where_they_were(matrix, selection):
    show(matrix, selection, map_of("x" * 60))
    matrix.zoom_by(3)
    cell, corner = matrix.drawing.rows.cell, matrix.drawing.rows.offset
    assert corner > 0
    show(matrix, selection, map_of("x" * 60 + "y"))
    assert matrix.drawing.rows.cell == pytest.approx(cell, rel=0.02)
    assert matrix.drawing.rows.offset == pytest.approx(corner, rel=0.02)
    show(matrix, selection, map_of("x"))
    assert matrix.drawing.zoom == 1


def test_no_cell_grows_beyond_the_closest_zoom_when_the_window_does(matrix, selection):
    show(matrix, selection, map_of("x" * 60))
    matrix.zoom_by(100)
    closest = matrix.drawing.rows.cell
    matrix.resize(1000, 800)
    assert matrix.drawing.rows.cell == pytest.approx(closest, rel=0.02)


def test_arrows_move_the_pin_and_bring_it_into_sight(matrix, selection):
    show(matrix, selection, map_of("x" * 60))
    matrix.zoom_by(4)
    selection.pin(Cell(0, 0))
    for _time in range(59):
        QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert selection.pinned == Cell(59, 0)
    assert matrix.drawing.cell_rect(59, 0).height() > 0


def test_only_another_map_counts_as_painted(matrix, selection, qtbot):
    show(matrix, selection, map_of("abc"))
    matrix.repaint()
    painted = matrix.maps_painted
    selection.hover_over(Cell(1, 1))
    matrix.repaint()
    assert matrix.maps_painted == painted
    show(matrix, selection, map_of("abcd"))
    matrix.repaint()
    assert matrix.maps_painted == painted + 1


def test_a_picture_for_a_file_is_drawn_as_sharp_as_asked_for(matrix, selection):
    one = map_of("ab", [[0, 1], [1, 0]])
    show(matrix, selection, one)
    picture = QImage(matrix.size() * 2, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor("#ffffff"))
    painter = QPainter(picture)
    matrix.draw(painter, 2)
    painter.end()
    room = matrix.drawing.cell_rect(0, 1)
    edge = QPoint(int(room.left() * 2) + 3, int(room.center().y() * 2) + 9)
    assert QColor(picture.pixel(edge)) == QColor("#67000d")
    assert QColor(picture.pixel(edge - QPoint(6, 0))) == QColor("#ffffff")


@pytest.mark.parametrize(("weights", "written"), [
    ([[0.5, 0.25], [0.004, 0.1]], ["0.50", "0.25", "0.10"]),
    ([[0.021, 0.0184], [0.0004, 0.008]], ["0.021", "0.018", "0.008"]),
    ([[0.0021, 0.00184], [0.00004, 0.0008]], ["0.0021", "0.0018", "0.0008"]),
])  # fmt: skip
def test_numbers_in_cells_have_digits_enough_to_differ(matrix, selection, weights, written):
    show(matrix, selection, map_of("ab", weights), scale="relative")
    assert [word for _ink, word in words_in_file(matrix.draw, 1) if word.startswith("0.")] == written


def test_lines_between_small_cells_are_no_net_over_the_map(matrix, selection, look):
    def between(count):
        text = ("ab" * count)[:count]
        show(matrix, selection, map_of(text, [[0.0] * (count - 1) + [1.0]] * count), scale="linear")
        picture = matrix.grab().toImage()
        cell = matrix.drawing.cell_rect(count // 2, count // 2)
        edges = range(round(cell.right()) - 2, round(cell.right()) + 3)
        return min(QColor(picture.pixel(x, round(cell.center().y()))).lightness() for x in edges)

    look.theme.choose("dark")
    assert between(5) < 64  # large cells lie apart on the dark ground
    assert between(55) > 190  # white stays white


def test_a_name_of_a_number_is_whole_or_not_there(look, qtbot):
    readout = shown(Readout(look), qtbot, 900, 60)
    seen = []
    for width in range(look.scale.em(26), look.scale.em(9), -7):
        readout.resize(width, 60)
        readout.grab()
        titles = [title for title in readout._titles if not title.isHidden()]
        assert [title.written for title in titles] == [title.text() for title in titles]
        assert [value.isHidden() for value in readout._values] == [title.isHidden() for title in readout._titles]
        seen.append(len(titles))
    assert seen[0] == 5
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] >= 2


def test_numbers_under_the_mouse_are_those_of_the_map(look, selection, qtbot):
    one = map_of("abc", [[0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [1, 0, 0]], hidden=0.4)
    selection.follow(one.rows, one.columns)
    selection.hover_over(Cell(1, 1))
    reading = read_place(one, selection)
    assert reading.place == "b → b"
    assert reading.weight == "0.2000"
    assert reading.rank == "2 of 3"
    assert reading.entropy == "1.16 bits"
    assert reading.hidden == "40%"
    selection.hover_over(Cell(row=0))
    assert read_place(one, selection).place == "a → a"
    selection.hover_over(Cell())
    selection.select(Sweep((0, 2), (1, 3)))
    assert read_place(one, selection).weight == "70.0% per row"
    readout = shown(Readout(look), qtbot, 600, 60)
    readout.show_reading(reading)
    assert readout.texts() == ["b → b", "0.2000", "2 of 3", "1.16 bits", "40%"]


def test_the_sentence_wears_the_weights_of_the_token_under_the_mouse(look, selection, qtbot):
    one = map_of("abcd", np.array([[0, 1, 0, 0]] * 4))
    view = shown(HighlightedText(look, selection), qtbot, 400, 60)
    selection.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    selection.pin(Cell(row=3))
    picture = view.grab().toImage()
    reds = {x for x in range(picture.width()) for y in range(picture.height())
            if QColor(picture.pixel(x, y)) == QColor("#67000d")}  # fmt: skip
    [room] = view.rooms_of(1)
    assert reds
    assert all(room.left() - 1 <= x <= room.right() + 1 for x in reds)


def test_the_sentence_is_drawn_into_a_file_in_the_same_inks_and_every_word_once(look, selection, qtbot):
    one = map_of("ab c", np.array([[0, 1, 0]] * 3))
    view = shown(HighlightedText(look, selection), qtbot, 400, 60)
    selection.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    selection.pin(Cell(row=2))
    found = words_in_file(view.draw)
    assert [(ink, word) for ink, word in found if word.strip()] == [
        (DARK_INK, "a"),
        (LIGHT_INK, "b"),
        (DARK_INK, "c"),
    ]


def test_a_move_of_the_mouse_that_changes_nothing_in_the_sentence_does_not_draw_it_anew(look, selection, qtbot):
    one = map_of("abcd")
    view = shown(HighlightedText(look, selection), qtbot, 400, 60)
    selection.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    asked = []
    view.update = lambda: asked.append(1)
    selection.hover_over(Cell(1, 1))
    assert asked == [1]
    selection.hover_over(Cell(1, 2))
    assert asked == [1]
    selection.hover_over(Cell(2, 2))
    assert asked == [1, 1]


def test_only_the_lines_in_sight_are_drawn(look, selection, qtbot):
    one = map_of("的" * 400)
    view = HighlightedText(look, selection)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(view)
    shown(area, qtbot, 300, 100)
    selection.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    qtbot.waitUntil(lambda: view.height() > 400)
    drawn = []
    view._draw_words = lambda _painter, line, _wear: drawn.append(line)
    view.update()
    qtbot.waitUntil(lambda: bool(drawn))
    assert len(drawn) <= 100 / drawn[0].room.height() + 2


def test_a_word_clicked_in_the_sentence_is_pinned_for_all_views(look, selection, qtbot):
    one = map_of("ab cd")
    view = shown(HighlightedText(look, selection), qtbot, 400, 60)
    selection.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    third = view.rooms_of(2)[0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=third.center().toPoint())
    assert selection.pinned == Cell(row=2)
    selection.turn()
    assert selection.pinned == Cell(column=2)


def test_cross_attention_shows_both_texts_and_picks_each_on_its_side(look, selection, qtbot):
    rows, columns = tokens_of("xy", sentence=1), tokens_of("abc")
    one = map_of("abc", np.array([[0.2, 0.3, 0.5], [1, 0, 0]]), rows=rows, columns=columns)
    view = shown(HighlightedText(look, selection), qtbot, 400, 120)
    selection.follow(rows, columns)
    view.show_map(map_content(one, "red", "linear"), ("abc", "xy"))
    assert [len(view.rooms_of(token, "column")) for token in range(4)] == [1, 1, 1, 0]
    assert [len(view.rooms_of(token, "row")) for token in range(3)] == [1, 1, 0]
    y = view.rooms_of(1, "row")[0]
    assert y.top() >= view.rooms_of(0, "column")[0].bottom()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=y.center().toPoint())
    assert selection.pinned == Cell(row=1)


def test_the_words_of_the_lines_can_be_picked_on_both_sides(look, selection, qtbot):
    one = map_of("abcd")
    lines = shown(LinksPicture(look, selection), qtbot, 500, 300)
    selection.follow(one.rows, one.columns)
    lines.show_map(map_content(one, "red", "linear"))
    lines.grab()
    layout = lines._laid_out()
    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=layout.word(0, 2).center().toPoint())
    assert selection.pinned == Cell(row=2)
    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=layout.word(1, 0).center().toPoint())
    assert selection.pinned == Cell(column=0)


@pytest.mark.parametrize("text", ["注意力机制让模型在读每一个词的时候" * 5, "ab" * 30])
@pytest.mark.parametrize("size", [(430, 400), (260, 150), (900, 700)])
def test_no_word_of_the_lines_is_cut_off_and_no_line_runs_through_a_name(look, selection, qtbot, text, size):
    one = map_of(text)
    lines = shown(LinksPicture(look, selection), qtbot, *size)
    selection.follow(one.rows, one.columns)
    lines.show_map(map_content(one, "red", "linear"))
    lines.grab()
    layout = lines._laid_out()
    metrics = QFontMetricsF(layout.font)
    last = len(one.rows) - 1
    for side in (0, 1):
        for index in (0, last - last % layout.sides[side].every):
            room = layout.word(side, index)
            wide = metrics.horizontalAdvance(one.rows[index].label) if layout.level else room.width()
            high = room.height() if layout.level else metrics.height()
            middle = room.center()
            assert middle.x() - wide / 2 >= -0.5
            assert middle.x() + wide / 2 <= size[0] + 0.5
            assert middle.y() - high / 2 >= (layout.heading if not layout.level else 0) - 0.5
            assert middle.y() + high / 2 <= size[1] + 0.5
        named = QFontMetricsF(look.scale.font("caption")).horizontalAdvance("query")
        assert not layout.level or layout.end(side, 0).x() - metrics.averageCharWidth() / 2 >= named


def test_a_line_joins_what_looks_and_what_is_looked_at(look, selection, qtbot):
    one = map_of("ab", [[0, 1], [0, 1]])
    lines = shown(LinksPicture(look, selection), qtbot, 500, 300)
    selection.follow(one.rows, one.columns)
    lines.show_map(map_content(one, "red", "linear"))
    picture = lines.grab().toImage()
    layout = lines._laid_out()
    ground = QColor(picture.pixel(2, 150))

    def differs(row, column):
        middle = ((layout.end(0, row) + layout.end(1, column)) / 2).toPoint()
        return QColor(picture.pixel(middle)) != ground

    assert differs(0, 1)
    assert differs(1, 1)
    assert not differs(1, 0) or (layout.end(0, 1) + layout.end(1, 0)) == (layout.end(0, 0) + layout.end(1, 1))


def test_a_tile_of_the_mosaic_is_the_head_in_small(look, qtbot):
    heads = shown(HeadsPicture(look), qtbot, 420, 300)
    heads.show_heads_grid(heads_grid_of(), "red", "linear")
    picture = heads.grab().toImage()
    for layer in range(2):
        for head in range(3):
            room = heads.tile_rect(layer, head)
            for column in range(4):
                point = QPoint(int(room.left() + (column + 0.5) * room.width() / 4), int(room.center().y()))
                expected = "#67000d" if column == layer + head else "#ffffff"
                # The deepest two of the 256 intensities share a colour there.
                found = QColor(picture.pixel(point))
                assert abs(found.red() - QColor(expected).red()) <= 2, (layer, head, column)


def test_clicking_a_tile_chooses_its_head(look, qtbot):
    heads = shown(HeadsPicture(look), qtbot, 420, 300)
    heads.show_heads_grid(heads_grid_of(), "red", "linear")
    heads.grab()
    with qtbot.waitSignal(heads.chosen) as chosen:
        QTest.mouseClick(heads, Qt.MouseButton.LeftButton, pos=heads.tile_rect(1, 2).center().toPoint())
    assert chosen.args == [1, 2]
    assert "Layer 1, head 2" in heads.describe(1, 2)
    assert "entropy 5.00 bits" in heads.describe(1, 2)


@pytest.mark.parametrize(("order", "first"), [("layer", (0, 0)), ("entropy", (0, 0)), ("previous", (1, 2))])
def test_heads_stand_in_the_order_of_their_score(look, qtbot, order, first):
    heads = shown(HeadsPicture(look), qtbot, 420, 300)
    heads.show_heads_grid(heads_grid_of(), "red", "linear")
    heads.show_order(order)
    heads.grab()
    rooms = {(tile.layer, tile.head): (tile.room.top(), tile.room.left()) for tile in heads._sheet.tiles}
    assert min(rooms, key=rooms.get) == first
    assert len(rooms) == 6


def test_bars_say_what_the_colours_end_at():
    one = map_of("ab", [[0.1, 0.4], [0.25, 0.05]])
    assert bar_content(one.weights, "red", "relative").ticks[-1] == (1.0, "0.4, the largest")
    assert bar_content(one.weights, "red", "linear").ticks[-1] == (1.0, "1")
    assert heads_bar_content("red", "relative").ticks[-1] == (1.0, "each head's largest")


def test_a_difference_is_white_where_nothing_differs_and_says_its_ends():
    one, other = map_of("ab", [[0.5, 0.5], [1, 0]]), map_of("ab", [[0.5, 0.5], [0.6, 0.4]])
    content, bar = difference_content(Comparison(one, other, one.weights - other.weights))
    assert content.intensities[0].tolist() == [128, 128]
    assert content.intensities[1].tolist() == [255, 0]
    assert [words for _place, words in bar.ticks] == ["−0.4", "0", "+0.4"]
    assert difference_content(Comparison(one, map_of("abc"), np.zeros((0, 0), np.float32))) is None


def test_in_a_comparison_equal_colours_are_equal_weights():
    first = map_of("ab", [[0.8, 0.2], [0.2, 0.8]])
    second = map_of("ab", [[0.2, 0.3], [0.4, 0.1]])
    compared = Comparison(first, second, first.weights - second.weights)
    left, right, bar = pair_contents(compared, "red", "relative")
    assert (left.intensities[0, 0], right.intensities[1, 0]) == (255, 128)  # 0.8 and 0.4 of 0.8
    assert left.intensities[0, 1] == right.intensities[0, 0]  # 0.2 in both
    assert [words for _place, words in bar.ticks] == ["0", "0.4", "0.8, the largest"]


def test_heads_can_be_chosen_with_the_keys_alone(look, qtbot):
    heads = HeadsPicture(look)
    qtbot.addWidget(heads)
    heads.resize(400, 300)
    heads.show_heads_grid(heads_grid_of(2, 3, 3), "red", "relative")
    heads.show_current(1, None)
    heads.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(heads, key)  # the first shows the frame where one is, at an edge it stays
    with qtbot.waitSignal(heads.chosen) as chosen:
        QTest.keyClick(heads, Qt.Key.Key_Return)
    assert chosen.args == [0, 1]


def test_home_and_end_reach_the_ends_of_a_row(matrix, selection):
    show(matrix, selection, map_of("abcd"))
    selection.pin(Cell(1, 1))
    QTest.keyClick(matrix, Qt.Key.Key_End)
    assert selection.pinned == Cell(1, matrix.drawing.columns.count - 1)
    QTest.keyClick(matrix, Qt.Key.Key_Home)
    QTest.keyClick(matrix, Qt.Key.Key_PageDown)
    assert selection.pinned == Cell(matrix.drawing.rows.count - 1, 0)
