"""The numbers at the left of the rows: nobody sees who paints them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView

from app.synonyms.table.row_numbers import RowNumbers
from app.theme import THEME_NAMES


@pytest.fixture
def table(look, qtbot):
    made = QTableView()
    qtbot.addWidget(made)
    made.setVerticalHeader(RowNumbers(look, made))
    made.setModel(QStandardItemModel(1200, 2, made))
    made.verticalHeader().setDefaultSectionSize(look.scale.em(1.5))
    made.resize(look.scale.em(30), look.scale.em(30))
    made.show()
    qtbot.waitExposed(made)
    return made


def painted(table):
    table.verticalHeader().viewport().grab()  # everything takes its place
    return table.verticalHeader().viewport().grab().toImage()


def as_qt_paints(table, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(RowNumbers, "paintSection", QHeaderView.paintSection)
        return painted(table)


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("zoom", [1.0, 1.25, 1.5])
def test_every_pixel_is_where_qt_would_paint_it(table, look, monkeypatch, theme, zoom):
    look.theme.choose(theme)
    look.scale.set_zoom(zoom)
    table.verticalHeader().setDefaultSectionSize(look.scale.em(1.5))
    for top in (0, 57, 1190):
        table.verticalScrollBar().setValue(top)
        table.selectRow(top + 2)
        ours = painted(table)
        assert ours == as_qt_paints(table, monkeypatch)
        assert ours != _blank(ours)


def test_a_click_on_a_number_selects_its_row(table, qtbot):
    table.verticalHeader().sectionPressed.emit(3)
    assert {index.row() for index in table.selectedIndexes()} == {3}


def _blank(image):
    blank = image.copy()
    blank.fill(image.pixelColor(image.width() - 1, image.height() - 1))
    return blank
