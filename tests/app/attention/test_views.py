"""The views: pixels wear the colour of their weight, and what is picked in one is picked in all."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest

from app.attention.content import bar_content, difference_content, gallery_bar_content, map_content, pair_contents
from app.attention.lines import Lines
from app.attention.matrix import Matrix
from app.attention.mosaic import Mosaic
from app.attention.picks import Cell, Picks, Sweep
from app.attention.readout import Readout, read_place
from app.attention.sentence import SentenceView
from core.attention.colour import depth, levels, lookup
from core.attention.results import Comparison
from tests.app.attention.conftest import gallery_of, map_of, tokens_of


@pytest.fixture
def picks(qapp):
    made = Picks()
    yield made
    made.deleteLater()


def shown(widget, qtbot, width=500, height=420):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def matrix(look, picks, qtbot):
    return shown(Matrix(look, picks), qtbot)


def show(matrix, picks, shown_map, scale="linear", ramp="red"):
    picks.follow(shown_map.rows, shown_map.columns)
    matrix.show_map(map_content(shown_map, ramp, scale))
    return matrix


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
@pytest.mark.parametrize("ramp", ["red", "viridis"])
def test_each_cell_wears_the_colour_of_its_weight(matrix, picks, scale, ramp):
    weights = np.random.default_rng(0).dirichlet(np.ones(6), 6)
    one = map_of("abcdef", weights)
    show(matrix, picks, one, scale, ramp)
    assert np.array_equal(colours_of(matrix, one), lookup(ramp)[levels(depth(one.weights, scale))])


def test_the_articles_colours_white_is_zero_and_deep_red_is_one(matrix, picks):
    one = map_of("ab", [[0, 1], [1, 0]])
    show(matrix, picks, one)
    assert colours_of(matrix, one)[0].tolist() == [[255, 255, 255], [0x67, 0, 0x0D]]


def test_a_long_text_is_one_picture_and_keeps_its_peaks(matrix, picks):
    n = 700
    weights = np.zeros((n, n), np.float32)
    weights[350, 350] = 1
    one = map_of("x" * n, weights)
    show(matrix, picks, one)
    picture = matrix.grab().toImage()
    inside = matrix.drawing.cells_rect().toRect()
    reds = sum(
        QColor(picture.pixel(x, y)).getRgb()[:3] == (0x67, 0, 0x0D)
        for x in range(inside.left(), inside.right()) for y in range(inside.top(), inside.bottom())
    )  # fmt: skip
    assert reds >= 1


def test_what_a_query_could_not_see_is_grey_and_not_white(matrix, picks, look):
    one = map_of("abc", np.tril(np.full((3, 3), 0.5)))
    one.reach[:, 1] = [1, 2, 3]
    show(matrix, picks, one)
    found = colours_of(matrix, one)
    assert QColor(*found[0, 2].tolist()) == QColor(look.theme.theme.colours.border)
    assert found[2, 2].tolist() == lookup("red")[levels(np.float32(0.5))].tolist()


def test_clicking_a_cell_pins_it_and_clicking_again_lets_go(matrix, picks):
    show(matrix, picks, map_of("abcd"))
    middle = matrix.drawing.cell_rect(2, 1).center().toPoint()
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=middle)
    assert picks.pinned == Cell(2, 1)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=middle)
    assert not picks.pinned


def test_clicking_a_label_pins_the_whole_row_or_column(matrix, picks):
    show(matrix, picks, map_of("abcd"))
    cell = matrix.drawing.cell_rect(1, 3)
    left = QPoint(int(matrix.drawing.cells_rect().left()) - 8, int(cell.center().y()))
    above = QPoint(int(cell.center().x()), int(matrix.drawing.cells_rect().top()) - 8)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=left)
    assert picks.pinned == Cell(row=1)
    QTest.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=above)
    assert picks.pinned == Cell(column=3)


def test_dragging_sweeps_over_cells_or_over_rows_alone(matrix, picks):
    show(matrix, picks, map_of("abcdef"))

    def drag(start, end):
        QTest.mousePress(matrix, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(matrix, end)
        QTest.mouseRelease(matrix, Qt.MouseButton.LeftButton, pos=end)

    cell = matrix.drawing.cell_rect
    drag(cell(1, 2).center().toPoint(), cell(3, 4).center().toPoint())
    assert picks.sweep == Sweep((1, 4), (2, 5))
    left = int(matrix.drawing.cells_rect().left()) - 8
    drag(QPoint(left, int(cell(4, 0).center().y())), QPoint(left, int(cell(2, 0).center().y())))
    assert picks.sweep == Sweep((2, 5), None)


def test_the_wheel_zooms_around_the_mouse_and_escape_shows_all_again(matrix, picks):
    one = map_of("x" * 60)
    show(matrix, picks, one)
    spot = QPointF(matrix.drawing.cell_rect(40, 20).center())
    before = matrix.drawing.rows.cell
    wheel = QWheelEvent(spot, matrix.mapToGlobal(spot), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    matrix.wheelEvent(wheel)
    assert matrix.drawing.rows.cell > before * 1.5
    assert matrix.drawing.cell_at(spot) == Cell(40, 20)
    QTest.keyClick(matrix, Qt.Key.Key_Escape)
    assert matrix.drawing.rows.cell == before


def test_arrows_move_the_pin_and_bring_it_into_sight(matrix, picks):
    show(matrix, picks, map_of("x" * 60))
    matrix.zoom_by(4)
    picks.pin(Cell(0, 0))
    for _time in range(59):
        QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert picks.pinned == Cell(59, 0)
    assert matrix.drawing.cell_rect(59, 0).height() > 0


def test_only_another_map_counts_as_painted(matrix, picks, qtbot):
    show(matrix, picks, map_of("abc"))
    matrix.repaint()
    painted = matrix.maps_painted
    picks.hover_over(Cell(1, 1))
    matrix.repaint()
    assert matrix.maps_painted == painted
    show(matrix, picks, map_of("abcd"))
    matrix.repaint()
    assert matrix.maps_painted == painted + 1


def test_a_picture_for_a_file_is_drawn_as_sharp_as_asked_for(matrix, picks):
    one = map_of("ab", [[0, 1], [1, 0]])
    show(matrix, picks, one)
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


def test_numbers_under_the_mouse_are_those_of_the_map(look, picks, qtbot):
    one = map_of("abc", [[0.5, 0.25, 0.25], [0.1, 0.2, 0.7], [1, 0, 0]], hidden=0.4)
    picks.follow(one.rows, one.columns)
    picks.hover_over(Cell(1, 1))
    reading = read_place(one, picks)
    assert reading.place == "b → b"
    assert reading.weight == "0.2000"
    assert reading.rank == "2 of 3"
    assert reading.entropy == "1.16 bits"
    assert reading.hidden == "40%"
    picks.hover_over(Cell(row=0))
    assert read_place(one, picks).place == "a → a"
    picks.hover_over(Cell())
    picks.select(Sweep((0, 2), (1, 3)))
    assert read_place(one, picks).weight == "70.0% a row"
    readout = shown(Readout(look), qtbot, 600, 60)
    readout.show_reading(reading)
    assert readout.texts() == ["b → b", "0.2000", "2 of 3", "1.16 bits", "40%"]


def test_the_sentence_wears_the_weights_of_the_token_under_the_mouse(look, picks, qtbot):
    one = map_of("abcd", np.array([[0, 1, 0, 0]] * 4))
    view = shown(SentenceView(look, picks), qtbot, 400, 60)
    picks.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    picks.pin(Cell(row=3))
    picture = view.grab().toImage()
    reds = {x for x in range(picture.width()) for y in range(picture.height())
            if QColor(picture.pixel(x, y)) == QColor("#67000d")}  # fmt: skip
    rooms = [one.room for _side, placed in view._blocks for one in placed]
    assert reds
    assert all(rooms[1].left() - 1 <= x <= rooms[1].right() + 1 for x in reds)


def test_a_word_clicked_in_the_sentence_is_pinned_for_all_views(look, picks, qtbot):
    one = map_of("ab cd")
    view = shown(SentenceView(look, picks), qtbot, 400, 60)
    picks.follow(one.rows, one.columns)
    view.show_map(map_content(one, "red", "linear"), one.texts)
    third = next(placed.room for _side, block in view._blocks for placed in block if placed.run.token == 2)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=third.center().toPoint())
    assert picks.pinned == Cell(row=2)
    picks.turn()
    assert picks.pinned == Cell(column=2)


def test_cross_attention_shows_both_texts_and_picks_each_on_its_side(look, picks, qtbot):
    rows, columns = tokens_of("xy", sentence=1), tokens_of("abc")
    one = map_of("abc", np.array([[0.2, 0.3, 0.5], [1, 0, 0]]), rows=rows, columns=columns)
    view = shown(SentenceView(look, picks), qtbot, 400, 120)
    picks.follow(rows, columns)
    view.show_map(map_content(one, "red", "linear"), ("abc", "xy"))
    texts = ["".join(placed.run.text for placed in block) for _side, block in view._blocks]
    assert [text.strip() for text in texts] == ["abc", "xy"]
    y = next(placed.room for side, block in view._blocks if side == "row" for placed in block if placed.run.token == 1)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=y.center().toPoint())
    assert picks.pinned == Cell(row=1)


def test_the_words_of_the_lines_can_be_picked_on_both_sides(look, picks, qtbot):
    one = map_of("abcd")
    lines = shown(Lines(look, picks), qtbot, 500, 300)
    picks.follow(one.rows, one.columns)
    lines.show_map(map_content(one, "red", "linear"))
    lines.grab()
    layout = lines._laid_out()
    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=layout.word(0, 2).center().toPoint())
    assert picks.pinned == Cell(row=2)
    QTest.mouseClick(lines, Qt.MouseButton.LeftButton, pos=layout.word(1, 0).center().toPoint())
    assert picks.pinned == Cell(column=0)


def test_a_line_joins_what_looks_and_what_is_looked_at(look, picks, qtbot):
    one = map_of("ab", [[0, 1], [0, 1]])
    lines = shown(Lines(look, picks), qtbot, 500, 300)
    picks.follow(one.rows, one.columns)
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
    mosaic = shown(Mosaic(look), qtbot, 420, 300)
    mosaic.show_gallery(gallery_of(), "red", "linear")
    picture = mosaic.grab().toImage()
    for layer in range(2):
        for head in range(3):
            room = mosaic.tile_rect(layer, head)
            for column in range(4):
                point = QPoint(int(room.left() + (column + 0.5) * room.width() / 4), int(room.center().y()))
                expected = "#67000d" if column == layer + head else "#ffffff"
                # The deepest two of the 256 depths share a colour there.
                found = QColor(picture.pixel(point))
                assert abs(found.red() - QColor(expected).red()) <= 2, (layer, head, column)


def test_clicking_a_tile_chooses_its_head(look, qtbot):
    mosaic = shown(Mosaic(look), qtbot, 420, 300)
    mosaic.show_gallery(gallery_of(), "red", "linear")
    mosaic.grab()
    with qtbot.waitSignal(mosaic.chosen) as chosen:
        QTest.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=mosaic.tile_rect(1, 2).center().toPoint())
    assert chosen.args == [1, 2]
    assert "Layer 1, head 2" in mosaic.describe(1, 2)
    assert "entropy 5.00 bits" in mosaic.describe(1, 2)


@pytest.mark.parametrize(("order", "first"), [("layer", (0, 0)), ("entropy", (0, 0)), ("previous", (1, 2))])
def test_heads_stand_in_the_order_of_their_score(look, qtbot, order, first):
    mosaic = shown(Mosaic(look), qtbot, 420, 300)
    mosaic.show_gallery(gallery_of(), "red", "linear")
    mosaic.show_order(order)
    mosaic.grab()
    rooms = {(tile.layer, tile.head): (tile.room.top(), tile.room.left()) for tile in mosaic._sheet.tiles}
    assert min(rooms, key=rooms.get) == first
    assert len(rooms) == 6


def test_bars_say_what_the_colours_end_at():
    one = map_of("ab", [[0.1, 0.4], [0.25, 0.05]])
    assert bar_content(one.weights, "red", "relative").ticks[-1] == (1.0, "0.4")
    assert bar_content(one.weights, "red", "linear").ticks[-1] == (1.0, "1")
    assert gallery_bar_content("red", "relative").ticks[-1] == (1.0, "each head's largest")


def test_a_difference_is_white_where_nothing_differs_and_says_its_ends():
    one, other = map_of("ab", [[0.5, 0.5], [1, 0]]), map_of("ab", [[0.5, 0.5], [0.6, 0.4]])
    content, bar = difference_content(Comparison(one, other, one.weights - other.weights))
    assert content.depths[0].tolist() == [128, 128]
    assert content.depths[1].tolist() == [255, 0]
    assert [words for _place, words in bar.ticks] == ["−0.4", "0", "+0.4"]
    assert difference_content(Comparison(one, map_of("abc"), np.zeros((0, 0), np.float32))) is None


def test_in_a_comparison_equal_colours_are_equal_weights():
    first = map_of("ab", [[0.8, 0.2], [0.2, 0.8]])
    second = map_of("ab", [[0.2, 0.3], [0.4, 0.1]])
    compared = Comparison(first, second, first.weights - second.weights)
    left, right, bar = pair_contents(compared, "red", "relative")
    assert (left.depths[0, 0], right.depths[1, 0]) == (255, 128)  # 0.8 and 0.4 of 0.8
    assert left.depths[0, 1] == right.depths[0, 0]  # 0.2 in both
    assert [words for _place, words in bar.ticks] == ["0", "0.4", "0.8"]


def test_heads_can_be_chosen_with_the_keys_alone(look, qtbot):
    mosaic = Mosaic(look)
    qtbot.addWidget(mosaic)
    mosaic.resize(400, 300)
    mosaic.show_gallery(gallery_of(2, 3, 3), "red", "relative")
    mosaic.show_current(1, None)
    mosaic.grab()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up):
        QTest.keyClick(mosaic, key)  # the first shows the frame where one is, at an edge it stays
    with qtbot.waitSignal(mosaic.chosen) as chosen:
        QTest.keyClick(mosaic, Qt.Key.Key_Return)
    assert chosen.args == [0, 1]


def test_home_and_end_reach_the_ends_of_a_row(matrix, picks):
    show(matrix, picks, map_of("abcd"))
    picks.pin(Cell(1, 1))
    QTest.keyClick(matrix, Qt.Key.Key_End)
    assert picks.pinned == Cell(1, matrix.drawing.columns.count - 1)
    QTest.keyClick(matrix, Qt.Key.Key_Home)
    QTest.keyClick(matrix, Qt.Key.Key_PageDown)
    assert picks.pinned == Cell(matrix.drawing.rows.count - 1, 0)
