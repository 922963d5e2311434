"""Every page can be copied, by key, by right click and by the menu key."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.copying.words import as_text, rows_of, words_of
from app.tabs import TABS
from tests.app.synonyms.small_store import make_store
from tests.promises.test_earlier_versions import choose
from tests.widgets import open_synonyms, take_turns

LOADING = 60_000
PLANTED = "nothing was copied"


@pytest.fixture
def sheet(qtbot):
    """A label above a table above a label."""
    part = QWidget()
    column = QVBoxLayout(part)
    table = QTableWidget(3, 2)
    table.setHorizontalHeaderLabels(["word", "freq"])
    for row, cells in enumerate((("漂亮", "1"), ("a\tb\nc", "2"), ("", ""))):
        for at, cell in enumerate(cells):
            table.setItem(row, at, QTableWidgetItem(cell))
    hidden = QLabel("hidden")
    for widget in (QLabel("above"), table, QLabel("below"), hidden):
        column.addWidget(widget)
    hidden.hide()
    qtbot.addWidget(part)
    part.show()
    part.table = table
    return part


def test_words_come_from_top_to_bottom_and_tables_as_spreadsheets_take_them(sheet):
    assert words_of(sheet).splitlines() == ["above", "word\tfreq", "漂亮\t1", "a b c\t2", "below"]


def test_of_a_table_what_is_chosen_is_copied_where_more_than_one_row_is(sheet):
    sheet.table.selectRow(1)
    assert len(rows_of(sheet.table)) == 3
    sheet.table.setSelectionMode(QTableWidget.SelectionMode.MultiSelection)
    sheet.table.selectRow(2)
    sheet.table.hideColumn(1)
    assert as_text(rows_of(sheet.table)) == "word\na b c"


def menu_at(widget, reason=QContextMenuEvent.Reason.Keyboard):
    place = widget.rect().center()
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu), widget
    return menu


@pytest.mark.long
def test_every_page_has_something_to_copy_and_the_menu_key_offers_it(laboratory, qtbot, tmp_path):
    window, table, clipboard = laboratory.window, laboratory.window.actions_table, QGuiApplication.clipboard()
    window.resize(1280, 800)
    make_store(str(tmp_path / "one.db"))
    window.tab("synonyms").restore_settings({"store": str(tmp_path / "one.db"), "mined": "finished"})
    open_synonyms(laboratory, qtbot, LOADING)
    for spec in TABS:
        window.open(spec.id)
        for page_id in spec.pages:
            window.open_tab.open_page(page_id)
            window.open_tab.take_focus()
            take_turns()
            clipboard.setText(PLANTED)
            table["copy_image"].trigger()
            assert not clipboard.image().isNull(), page_id
            if spec.id != "attention" or page_id == "attention.map":  # whose numbers all come from one worker
                clipboard.setText(PLANTED)
                table["copy"].trigger()
                qtbot.waitUntil(lambda: clipboard.text() != PLANTED, timeout=LOADING)
            menu = menu_at(window.focusWidget() or window)
            offered = {action.objectName() for action in menu.actions() if action.isEnabled()}
            assert {"copy", "copy_image", "save_picture"} <= offered, page_id
            menu.close()


def test_a_right_click_on_a_table_or_a_sentence_copies_and_saves_just_that(laboratory, qtbot, tmp_path):
    window = laboratory.window
    window.open("policy_gradient")
    page = window.tab("policy_gradient").page_named("experiments")
    window.tab("policy_gradient").show_page("experiments")
    label = next(label for label in page.findChildren(QLabel) if label.isVisible() and label.text().strip())
    place = label.mapTo(window, label.rect().center())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, window.mapToGlobal(place))
    QApplication.sendEvent(window, event)
    menu = QApplication.activePopupWidget()
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == label.text().strip()
    copying = window.copying
    copying._ask_where_to_save([["word", "note"], ["漂亮", "=1+1"]], "Pairs")
    assert isinstance(QApplication.activeModalWidget(), QFileDialog)
    assert QApplication.activeModalWidget().selectedFiles()[0].endswith("policy-gradient-Pairs.csv")
    choose(tmp_path / "t.csv")
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["word", "note"], ["漂亮", "'=1+1"]], "no spreadsheet runs it"
