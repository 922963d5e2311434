"""Rows that are painted as a whole look as Qt paints them, and cost what they should."""

from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.synonyms.table.model import CandidateModel
from app.synonyms.table.view import PairTable
from app.theme import THEME_NAMES
from core.synonyms.store import Row
from core.synonyms.verdicts import Verdict

WORDS = (
    "漂亮",
    "abc",
    "A字b",
    "éclair",
    "שלום",
    "x\u202ey",
    "𠮷野家",
    "ㄅㄆㄇ",
    "word " * 30,
    "鸭" * 40,
    "a\tb",
    "、。，",
)
VERDICTS = (None, *Verdict)


class Rows:
    """A store of made-up rows that counts how many are fetched at a time."""

    def __init__(self):
        self.fetched = []

    def fetch(self, ids):
        self.fetched.append(len(ids))
        return [
            Row(
                _id,
                WORDS[_id % len(WORDS)],
                WORDS[(_id * 5 + 1) % len(WORDS)],
                ranks=(_id, 1000 * _id),
                known=_id % 3 == 0,
                flagged=_id % 4 == 0,
                disputed=_id % 11 == 0,
                judges=_id % 2,
                scores={"cosine": (_id - 20) / 37} if _id % 5 else {},
                verdict=VERDICTS[_id % len(VERDICTS)],
                changed=datetime(2019, 5, 1 + _id % 28, tzinfo=UTC) if _id % 2 else None,
            )
            for _id in ids
        ]


class Counted(CandidateModel):
    """It counts how often it is asked."""

    asked = 0

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        return super().data(index, role)


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def table(look, qtbot, rows):
    made = PairTable(look)
    qtbot.addWidget(made)
    made.setModel(Counted(look, rows.fetch, made))
    made.verticalHeader().setDefaultSectionSize(look.scale.em(1.5))
    made.resize(look.scale.em(50), look.scale.em(40))
    made.model().show_ids(np.arange(1, 2001), ["cosine"])
    for column in range(made.model().columnCount()):
        made.setColumnWidth(column, look.scale.em(5))
    made.show()
    qtbot.waitExposed(made)
    return made


def painted(table):
    table.viewport().grab()  # everything takes its place
    return table.viewport().grab().toImage()


def as_qt_paints(table, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(PairTable, "paintEvent", QTableView.paintEvent)
        return painted(table)


@pytest.mark.parametrize("theme", THEME_NAMES)
def test_every_pixel_is_where_qt_would_paint_it(table, monkeypatch, theme):
    table.model()._look.theme.choose(theme)
    table.model().forget_icons()
    for top in (0, 57, 1990):
        table.verticalScrollBar().setValue(top)
        assert painted(table) == as_qt_paints(table, monkeypatch)
    table.scrollToTop()
    table.make_current(3, select=True)
    table.select_rows([(5, 7)])
    assert painted(table) == as_qt_paints(table, monkeypatch)
    table.model().show_ids(np.arange(1, 4), ["cosine"])  # the ground below the last row
    assert painted(table) == as_qt_paints(table, monkeypatch)
    table.model().show_ids(np.arange(0), [])
    assert painted(table) == as_qt_paints(table, monkeypatch)


@pytest.mark.parametrize(("width", "zoom"), [(3, 1.0), (8, 1.25), (5, 1.5)])
def test_columns_and_type_of_other_sizes_are_followed(table, monkeypatch, width, zoom):
    painted(table)
    table.model()._look.scale.set_zoom(zoom)
    for column in range(table.model().columnCount()):
        table.setColumnWidth(column, table.model()._look.scale.em(width))
    table.setColumnHidden(4, True)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert painted(table) == as_qt_paints(table, monkeypatch)


def test_a_picture_of_plain_rows_asks_the_model_no_question_a_cell(table, rows, monkeypatch):
    model = table.model()
    monkeypatch.setattr("tests.app.synonyms.table.test_row_painter.WORDS", ("漂亮", "美丽"))
    for column in range(model.columnCount()):
        table.setColumnWidth(column, model._look.scale.em(8))
    model.refresh()
    painted(table)  # from here on it is known where words and signs stand
    table.verticalScrollBar().setValue(500)
    model.asked = 0
    rows.fetched.clear()
    table.viewport().grab()
    cells = table.rows_in_sight() * model.columnCount()
    assert cells >= 200
    assert model.asked < cells / 4
    assert len(rows.fetched) == 1, "all rows of a picture are read in one go"
    assert rows.fetched[0] < table.rows_in_sight() + 20, "and few more than are seen"


def test_nothing_behind_the_rows_is_painted_for_them(table, qtbot, look):
    place = QWidget()
    qtbot.addWidget(place)
    table.setParent(place)
    place.resize(table.size())
    place.show()
    qtbot.waitExposed(place)
    for theme in ("dark", "light"):  # dressing a widget may take its promises back
        look.theme.choose(theme)
    QApplication.processEvents()
    seen = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                seen.append(watched)
            return False

    watch = Watch()
    for widget in (place, table.viewport()):
        widget.installEventFilter(watch)
    table.viewport().repaint()
    assert seen == [table.viewport()]
    table.setParent(None)
