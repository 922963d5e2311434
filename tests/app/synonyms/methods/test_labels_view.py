"""Learning from labels, as a person does: start, read what it brought, ask about a pair that moved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from app.synonyms.methods.moved_pairs import MovedPairs
from app.synonyms.methods.page import MethodsPage
from core.synonyms.retraining.config import Moved
from tests.app.synonyms.methods.retrained import retrained

PATIENCE = 60_000


@pytest.fixture
def page(workspace, qtbot):
    made = MethodsPage(workspace)
    for widget in (made.sidebar, made.status_bar, made):
        qtbot.addWidget(widget)
    made.resize(900, 600)
    made.show()
    made.sidebar.shown.setCurrentIndex(1)
    made.sidebar.shown_chosen.emit()
    return made


def test_a_store_without_labels_is_one_sentence(page, qtbot):
    assert "What would the methods gain" in page.labels.stage.empty.reason.text()
    with qtbot.waitSignal(page.message, timeout=PATIENCE) as told:
        page.labels.stage.empty.button.click()
    assert told.args[0] == "error"
    assert "anna has judged nothing" in str(told.args[1])
    assert not page.retraining.is_working


def test_what_was_gained_and_what_moved(page, qtbot, workspace):
    page.retraining.results = {each.method: each for each in (retrained(), retrained("network", gain=-0.05))}
    page.retraining.changed.emit()
    cells = [[page.labels.table.model.index(row, column).data() for column in range(4)] for row in range(2)]
    assert cells[0] == [
        "Logistic regression",
        "0.410  (0.310–0.520)",
        "0.520  (0.400–0.630)",
        "+0.110  (+0.020 to +0.200)",
    ]
    assert cells[1][3].startswith("−0.050")
    assert "140 labels" in page.labels.facts.text()
    assert not page.status_bar.send.isVisible()
    with qtbot.waitSignal(workspace.wishes.pair) as asked:
        place = page.labels.risen.row_rect(1).center().toPoint()
        QTest.mouseClick(page.labels.risen, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["抵达", "到达", "classifier"]
    page.labels.table.view.selectRow(1)
    page.labels.table.view.clicked.emit(page.labels.table.view.currentIndex())
    assert page.labels.method == "network"
    assert page.sidebar.protocol.isHidden()
    assert page.sidebar.methods["cosine"].isHidden()
    assert not page.sidebar.enter.isHidden()
    page.sidebar.shown.setCurrentIndex(0)
    page.sidebar.shown_chosen.emit()
    assert not page.sidebar.protocol.isHidden()
    assert not page.sidebar.methods["cosine"].isHidden()
    assert page.sidebar.enter.isHidden()
    assert page.status_bar.run.text() == "Measure"
    assert page.stage.isVisible()


def test_words_of_four_hanzi_are_read_whole_on_a_projector_of_1024(worn, qtbot):
    moved = MovedPairs(worn, "Rose most")
    qtbot.addWidget(moved)
    moved.resize(worn.scale.em(19), worn.scale.em(20))
    moved.show_pairs((Moved(1, "女子单打", "男子单打", 0.3, 0.6, 117, 45), Moved(2, "甲", "乙", 0.1, 0.2, 446, 177)))
    words, places, bars = moved.columns()
    assert words >= QFontMetricsF(worn.scale.font()).horizontalAdvance("女子单打 / 男子单打")
    assert places > 0
    assert bars >= worn.scale.em(2.5)
    moved.resize(worn.scale.em(40), moved.height())
    assert moved.columns()[2] == worn.scale.em(5)
