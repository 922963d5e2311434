"""In the real window, every symbol of a page's text lights its part, and pointing at the part lights the symbol."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.explain.symbols import SYMBOLS
from app.explain.texts import page_text
from app.policy_gradient.session import Phase

PATIENCE = 60_000
WITHOUT = {
    "policy_gradient.live": {
        "theta": "the weights of the network are shown nowhere",
        "R": "known for whole batches only",
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
    return window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(before, after):
    """Return the places whose colour differs, a row of the picture at a time."""
    assert before.size() == after.size()
    rows = (y for y in range(before.height()) if before.scanLine(y).tobytes() != after.scanLine(y).tobytes())
    return [QPoint(x, y) for y in rows for x in range(before.width()) if before.pixel(x, y) != after.pixel(x, y)]


def place_of(window, widget, rect=None):
    rect = QRect(widget.rect() if rect is None else rect.toAlignedRect())
    return QRect(widget.mapTo(window, rect.topLeft()), rect.size())


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
    brim = window.look.scale.em(2)
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
        reach = [place.adjusted(-brim, -brim, brim, brim) for place in places]
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
