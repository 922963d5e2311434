"""A store that another program has written into is shown as far as it goes, with one word about the rest."""

import sqlite3

import pytest
from PySide6.QtWidgets import QApplication

from app.synonyms.card.page import CardPage
from app.synonyms.table.page import TablePage
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE

SPOILED = {
    "rank": "UPDATE words SET rank = 'abc' WHERE id <= 3",
    "verdict": "UPDATE candidates SET verdict = 'maybe' WHERE id = 3",
    "moment": "UPDATE candidates SET changed_at = 9223372036854775807 WHERE id = 3",
    "score": "UPDATE evidence SET score = 9e999 WHERE candidate_id = 3",
    "word": "UPDATE words SET text = x'ff' WHERE id = 3",
    "answer": "UPDATE decisions SET verdict = 'maybe', at = 9223372036854775807 WHERE candidate_id = 3",
    "annotator": "UPDATE annotators SET created_at = 'long ago'",
}


@pytest.fixture(params=SPOILED.values(), ids=list(SPOILED))
def spoiled(request, session, small):
    """The session's store, with one answer in it, and then something that no store can hold."""
    session.decisions.decide_all([3], Verdict.NOT)
    with sqlite3.connect(small) as connection:
        connection.execute(request.param)
    connection.close()
    return session


@pytest.mark.sweep(3)
def test_the_table_paints_what_can_be_read(spoiled, workspace, qtbot):
    told = []
    spoiled.failed.connect(told.append)
    page = TablePage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.resize(1200, 700)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=PATIENCE)
    for row in range(page.model.rowCount()):
        page.view.setCurrentIndex(page.model.index(row, 0))
        for column in range(page.model.columnCount()):
            for role in range(15):
                page.model.index(row, column).data(role)
    page.grab()
    for column in range(page.model.columnCount()):
        page.view.horizontalHeader().setSortIndicator(column, page.view.horizontalHeader().sortIndicatorOrder())
        QApplication.processEvents()
    page.model.refresh()
    page.grab()
    qtbot.wait(50)
    assert len(told) == len(set(map(str, told))) <= 3
    names = [page.model.index(row, 1).data() for row in range(page.model.rowCount())]
    assert sum(name != "cannot be read" for name in names) >= 8
    page.left()


@pytest.mark.sweep(3)
def test_the_card_goes_on_with_the_other_pairs(spoiled, workspace, qtbot):
    told = []
    spoiled.failed.connect(told.append)
    page = CardPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.show()
    page.entered()
    spoiled.renew()
    qtbot.waitUntil(lambda: not spoiled.is_planning, timeout=PATIENCE)
    asked = 0
    while spoiled.state.card is not None:
        assert page.pair.words is not None
        page.grab()
        spoiled.decisions.decide(Verdict.SYNONYM)
        asked += 1
        assert asked < 13
    assert asked >= 8
    assert len(told) <= 2
