"""Ask a word, as a person does: type, click, drag the line, send what is above it to the queue."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.synonyms.ask.page import AskPage
from core.synonyms.asking.relations import Relation
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict

PATIENCE = 60_000


@pytest.fixture
def ask(qtbot, workspace):
    page = AskPage(workspace)
    for name, box in page.sidebar.methods.items():
        box.setChecked(name in ("cosine", "characters"))
    for widget in (page.sidebar, page.status_bar, page):
        qtbot.addWidget(widget)
    page.resize(900, 600)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: len(page.asking.answers) == 2, timeout=PATIENCE)
    return page


def click(page, column, row):
    place = page.columns.places.row(column, row).center().toPoint()
    QTest.mouseClick(page.columns, Qt.MouseButton.LeftButton, pos=place)


def test_the_neighbours_of_a_word_stand_in_a_column_a_method_and_a_click_asks_one(ask, qtbot):
    assert ask.name.text() == "医生"
    cosine, characters = ask.columns.columns
    assert (cosine.method, characters.method) == ("cosine", "characters")
    assert {row.near.word: row.relation for row in cosine.rows}["医师"] is Relation.SYNONYM
    clicked = cosine.rows[1].near.word
    click(ask, 0, 1)
    qtbot.waitUntil(lambda: ask.asking.about is not None and ask.asking.about.word == clicked, timeout=PATIENCE)
    assert ask.sidebar.word.text() == clicked
    ask.go_back()
    assert ask.name.text() == "医生"


def test_the_line_is_dragged_and_the_figures_above_it_follow(ask):
    column = ask.columns.columns[0]
    places = ask.columns.places
    start = places.row(0, column.above).topLeft().toPoint() + QPoint(30, 0)
    goal = places.row(0, 2).topLeft().toPoint() + QPoint(30, 0)
    QTest.mousePress(ask.columns, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(ask.columns, goal)
    QTest.mouseRelease(ask.columns, Qt.MouseButton.LeftButton, pos=goal)
    column = ask.columns.columns[0]
    assert column.above == 2
    found = sum(row.relation is Relation.SYNONYM for row in column.rows[:2])
    assert column.counts[Relation.SYNONYM] == found
    assert column.precision == found / 2
    ask.turn(1)  # a clicker
    assert ask.columns.columns[0].above == 3


def test_what_the_store_says_outranks_the_dictionaries(ask, qtbot, small):
    with Store(small) as store:
        rows = store.table_query().rows(store.table_query().ids())
        pair = next(row.id for row in rows if "护士" in (row.word1, row.word2))
        store.decide(pair, Verdict.RELATED, "anna")
    ask.session.renewed.emit()
    qtbot.waitUntil(lambda: any(row.by_store for row in ask.columns.columns[0].rows), timeout=PATIENCE)
    row = next(row for row in ask.columns.columns[0].rows if row.by_store)
    assert (row.near.word, row.relation) == ("护士", Relation.SIBLING)


def test_what_is_above_the_line_goes_to_the_queue(ask, qtbot, small):
    ask.threshold.move("cosine", [near.score for near in ask.asking.answers["cosine"].near], 2)
    ask.threshold.move("characters", [near.score for near in ask.asking.answers["characters"].near], 0)
    ask.asking.changed.emit()
    sent = {row.near.word for row in ask.columns.columns[0].rows[:2]}
    assert ask.status_bar.send.text() == "Send 2 pairs to the queue"
    with qtbot.waitSignal(ask.message) as told:
        ask.status_bar.send.click()
    assert told.args[0] == "success"
    with Store(small) as store:
        rows = store.table_query().rows(store.table_query().ids())
    pairs = {row.word1 if row.word2 == "医生" else row.word2 for row in rows if "医生" in (row.word1, row.word2)}
    assert sent <= pairs


def test_an_unknown_word_is_one_sentence_and_a_button(ask, qtbot):
    ask.sidebar.word.setText("医生们")
    QTest.keyClick(ask.sidebar.word, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has no vector" in ask.empty.reason.text(), timeout=PATIENCE)
    ask.empty.button.click()
    assert ask.name.text() == "医生"
