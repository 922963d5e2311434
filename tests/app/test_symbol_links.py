"""In the real window, every symbol of a page's text lights its part, and pointing at the part lights the symbol."""

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.attention.selection import Cell
from app.attention.state import Status
from app.explain.symbols import SYMBOLS
from app.explain.texts import page_text
from app.policy_gradient.session import Phase

PATIENCE = 60_000
WITHOUT = {
    "policy_gradient.live": {
        "theta": "the weights of the network are shown nowhere",
        "R": "known for whole batches only",
    },
    "attention.map": {
        "softmax": "a step on the way to what is shown",
        "d_k": "a size of the model, said in the panel only",
    },
    "attention.heads": {
        "softmax": "a step on the way to what is shown",
        "d_k": "a size of the model, said in the panel only",
        "q": "tiles are too small for the rows of a map",
        "k": "tiles are too small for the columns of a map",
        "v": "values are shown by the three steps",
    },
}
"""Symbols that a page's text names and of which the page shows no part, and why."""


@pytest.fixture
def window(laboratory, qtbot):
    """The window with the panel open, and no caret that blinks."""
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    window = laboratory.window
    window.resize(1400, 900)
    window.actions_table["explain"].setChecked(True)
    yield window
    QApplication.setCursorFlashTime(flash)


def picture(window):
    """Return how the tab in front looks with what lies over it; the panel beside it waits for formulas of its own."""
    tab = window.open_tab
    return (
        window.grab(QRect(tab.mapTo(window, QPoint()), tab.size()))
        .toImage()
        .convertToFormat(QImage.Format.Format_RGB32)
    )


def changed(before, after):
    """Return the places whose colour differs, a row of the picture at a time."""
    assert before.size() == after.size()
    rows = (y for y in range(before.height()) if before.scanLine(y).tobytes() != after.scanLine(y).tobytes())
    return [QPoint(x, y) for y in rows for x in range(before.width()) if before.pixel(x, y) != after.pixel(x, y)]


def place_of(window, widget, rect=None):
    rect = QRect(widget.rect() if rect is None else rect.toAlignedRect())
    return QRect(widget.mapTo(window.open_tab, rect.topLeft()), rect.size())


def settle(qtbot):
    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def assert_lit(qtbot, window, page, expected):
    """Each symbol of the text frames exactly what is ``expected``: (widget, rectangle or None) by symbol."""
    text = page_text(page.page_id, "en")
    without = WITHOUT.get(page.page_id, {})
    assert set(text.symbols) - set(without) <= set(expected), "a symbol of the text has no part"
    assert set(without) <= set(text.symbols)
    settle(qtbot)
    before = picture(window)
    across, down = window.look.scale.em(4), window.look.scale.em(2)  # the letter may stand beside the frame
    for symbol in dict.fromkeys((*text.symbols, *expected)):
        page.light_symbol(symbol)
        settle(qtbot)
        lit = picture(window)
        page.light_symbol("")
        settle(qtbot)
        assert picture(window) == before, f"{symbol} is still lit"
        where = changed(before, lit)
        if symbol in without:
            assert not where, symbol
            continue
        places = [place_of(window, *part) for part in expected[symbol]]
        reach = [place.adjusted(-across, -down, across, down) for place in places]
        assert where, f"{symbol} lights nothing"
        assert all(any(place.contains(point) for place in reach) for point in where), symbol
        hue = QColor(SYMBOLS[symbol].colour(window.look.theme.theme.colours)).rgb()
        for place in reach:
            drawn = [point for point in where if place.contains(point) and lit.pixel(point) == hue]
            assert len(drawn) > place.width() // 2, f"{symbol} is not framed in its hue"


def assert_points(qtbot, window, page, places):
    """The mouse at each of ``places`` (widget, place in it, symbol) points at the symbol, and elsewhere at none."""
    heard = []
    page.symbol_pointed.connect(heard.append)
    handle = window.windowHandle()
    nowhere = QPoint(window.width() // 2, 2)  # the menu bar
    for widget, place, symbol in places:
        QTest.mouseMove(handle, nowhere)
        settle(qtbot)
        heard.clear()
        QTest.mouseMove(handle, widget.mapTo(window, place))
        settle(qtbot)
        assert heard[-1:] == [symbol]
        QTest.mouseMove(handle, nowhere)
        settle(qtbot)
        assert heard[-1] == ""
    page.symbol_pointed.disconnect(heard.append)


def whole(**parts: QWidget):
    """Widgets that stand for a symbol each, all of them."""
    return {symbol: [(widget, None)] for symbol, widget in parts.items()}


def middles(expected):
    return [(widget, widget.rect().center(), symbol) for symbol, [(widget, _rect)] in expected.items()]


def test_the_live_page(window, qtbot):
    tab = window.tab("policy_gradient")
    window.open("policy_gradient")
    window.actions_table["pg_details"].setChecked(True)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    window.actions_table["pg_step_update"].trigger()
    qtbot.waitUntil(lambda: len(tab.session.state.losses) > 0 and tab.session.phase is Phase.PAUSED, timeout=PATIENCE)
    page, fields = tab.page, tab.sidebar.fields
    expected = whole(
        s=page.state_numbers, a=page.last_action, pi=page.probability, G=page.run_numbers.cell(2),
        loss=page.curves.loss, entropy=page.curves.entropy,
        gamma=fields["gamma"], alpha_lr=fields["learning_rate"],
    )  # fmt: skip
    assert_points(qtbot, window, page, middles(expected))
    expected["r"] = expected["G"]  # a step's reward is seen in what it adds to the return
    assert_lit(qtbot, window, page, expected)


@pytest.fixture
def attention(window, qtbot):
    """The attention tab, and a function that brings a view of it to the front and waits for all it shows."""
    window.open("attention")
    tab = window.tab("attention")

    def show(view, example=1):
        tab.show_example(example)
        tab.session.want(view=view)
        qtbot.waitUntil(lambda: tab.session.state.status is Status.SHOWN and not tab.session.is_busy, timeout=PATIENCE)
        settle(qtbot)
        return tab.page

    return show


def centre(widget, rect, symbol):
    return widget, rect.center().toPoint(), symbol


def test_the_views_of_attention(window, attention, qtbot):
    page = attention("map")
    matrix, drawing, readout = page.matrix, page.matrix.drawing, page.footer.readout
    whole_map = {
        "q": [(matrix, drawing.row_labels_rect())],
        "k": [(matrix, drawing.column_labels_rect())],
        "alpha": [(matrix, drawing.cells_rect()), (readout, None)],
        "entropy": [(readout, None)],
    }
    assert_lit(qtbot, window, page, whole_map)
    cell = drawing.cell_rect(2, 3)
    row, column = drawing.rows.middle(2), drawing.columns.middle(3)
    places = [
        centre(matrix, cell, "alpha"),
        (matrix, QPoint(drawing.columns.start - 8, round(row)), "q"),
        (matrix, QPoint(round(column), drawing.rows.start - 8), "k"),
    ]
    assert_points(qtbot, window, page, places)
    page.selection.pin(Cell(2, 3))
    assert_lit(qtbot, window, page, {**whole_map, "alpha": [(matrix, cell), (readout, None)]})
    page.selection.clear()

    page = attention("heads")
    tiles = [page.heads.tile_rect(layer, head) for layer in range(2) for head in range(2)]
    assert_lit(qtbot, window, page, {"alpha": [(page.heads, None)], "n_head": [(page.heads, None)]})
    assert_points(qtbot, window, page, [centre(page.heads, tiles[0], "alpha")])

    page = attention("links")
    links, height = page.links, page.links.height()
    both = [(links, None)]
    assert_lit(
        qtbot, window, page, whole(c=links, q=links, v=links, k=links) | {"alpha": [*both, (page.footer.readout, None)]}
    )
    places = [
        (links, QPoint(4, height // 2), "c"),
        (links, QPoint(links.width() - 4, height // 2), "v"),
        (links, links.rect().center(), "alpha"),
    ]
    assert_points(qtbot, window, page, places)

    page = attention("steps")
    steps = page.steps
    header, table, footer = steps.header, steps.table, steps.footer
    score, softmax, context = header.formulas
    slider, em = QRectF(steps.temperature.geometry()), window.look.scale.em  # its name and its number beside it
    column = {name: getattr(table.columns, name) for name in ("key", "score", "weight", "value")}
    rooms = {name: table.row_rect(0).united(table.row_rect(2)) for name in column}
    for name, place in column.items():
        rooms[name].setLeft(place.left)
        rooms[name].setWidth(place.width)
        rooms[name].setBottom(table.height())
    parts = {
        "q": [(header, None)], "k": [(table, rooms["key"])], "score": [(table, rooms["score"]), (score, None)],
        "alpha": [(table, rooms["weight"])], "v": [(table, rooms["value"])], "c": [(footer, None), (context, None)],
        "d_k": [(score, None)], "softmax": [(softmax, None)],
        "temperature": [(steps, slider.adjusted(-em(6), 0, em(5), 0))],
    }  # fmt: skip
    assert_lit(qtbot, window, page, parts)
    places = [
        (table, QPoint(round(place.left + 5), 5), symbol)
        for symbol, place in zip(("k", "score", "alpha", "v"), column.values(), strict=True)
    ]
    places += [(score, QPoint(5, 5), "score"), (softmax, QPoint(5, 5), "softmax"), (context, QPoint(5, 5), "c")]
    places += [(steps.temperature, steps.temperature.rect().center(), "temperature")]
    assert_points(qtbot, window, page, places)

    page = attention("comparison")
    maps = page.picture_of_maps
    cells = {name: getattr(maps, name).drawing.cells_rect() for name in ("first", "second", "difference")}
    both = [(maps.first, cells["first"]), (maps.second, cells["second"])]
    assert_lit(qtbot, window, page, {"alpha": both, "delta": [(maps.difference, cells["difference"])]})
    places = [centre(*both[0], "alpha"), centre(*both[1], "alpha")]
    assert_points(qtbot, window, page, [*places, centre(maps.difference, cells["difference"], "delta")])

    page = attention("alignment", example=6)
    both = page.picture_of_both
    drawing = both.matrix.drawing
    parts = {
        "u": [(both.links, None), (both.matrix, drawing.row_labels_rect())],
        "v_word": [(both.links, None), (both.matrix, drawing.column_labels_rect())],
        "cos": [(both.links, None), (both.matrix, drawing.cells_rect())],
    }
    assert_lit(qtbot, window, page, parts)
    assert_points(qtbot, window, page, [centre(both.matrix, drawing.cells_rect(), "cos")])
