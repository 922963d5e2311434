"""Methods, as a person does: measure, read the table, drag the threshold, stop and go on, write the results."""

import json

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.synonyms.methods.measuring import Phase
from app.synonyms.methods.page import MethodsPage
from core.synonyms.evaluation.split import Protocol
from core.synonyms.store import Store
from tests.core.synonyms.evaluation.small_pairs import with_few_resamples, write_labelled

PATIENCE = 60_000


def make(workspace, qtbot, tmp_path):
    page = MethodsPage(workspace)
    pairs, vectors = write_labelled(tmp_path)
    page.sidebar.pairs.show_paths((pairs,))
    page.sidebar.vectors.show_paths((vectors,))
    for name, box in page.sidebar.methods.items():
        box.setChecked(name in ("cosine", "characters"))
    for widget in (page.sidebar, page.status_bar, page):
        qtbot.addWidget(widget)
    page.resize(900, 600)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.measuring.was_read, timeout=PATIENCE)
    return page


@pytest.fixture
def empty(workspace, qtbot, tmp_path, monkeypatch):
    with_few_resamples(monkeypatch)
    return make(workspace, qtbot, tmp_path)


@pytest.fixture
def measured(empty, qtbot):
    empty.status_bar.run.click()
    qtbot.waitUntil(lambda: len(empty.measuring.measured) == 2 and not empty.measuring.is_working, timeout=PATIENCE)
    return empty


def test_before_anything_is_measured_the_page_says_what_to_do(empty):
    assert empty.empty.isVisible()
    assert "No method has been measured yet" in empty.empty.reason.text()
    assert not empty.status_bar.export.isEnabled()


def test_the_table_sorts_and_the_threshold_shows_what_it_costs(measured):
    cells = [measured.table.model().index(row, 0).data() for row in range(2)]
    assert cells == ["Cosine", "Shared characters"], "the best in the open protocol first"
    head = measured.table.horizontalHeader()
    head.setSortIndicator(1, type(head.sortIndicatorOrder()).AscendingOrder)
    assert measured.table.model().index(0, 0).data() == "Shared characters"
    measured.table.want("cosine")
    measured.move_to(0.5)
    ranking = measured.measuring.ranking("cosine", Protocol.OPEN)
    place = ranking.place_of(0.5)
    assert measured.precision.value.text() == f"{ranking.precision[place]:.0%}"
    assert measured.found.below.text() == f"{ranking.found[place]} / 4"
    rows = measured.border.rows
    assert [above for _row, above in rows] == sorted((above for _row, above in rows), reverse=True)
    before = measured.recall
    measured.turn(1)  # a clicker
    assert measured.recall == pytest.approx(before + 0.05)
    assert measured.curves.line.value() == pytest.approx(measured.recall)


def test_the_closure_line_stands_in_closed_pictures_alone(measured):
    assert not measured.curves._closure.isVisible()
    measured.sidebar.protocol.setCurrentIndex(1)
    measured.sidebar.protocol_chosen.emit()
    assert measured.curves._closure.isVisible()
    assert measured.curves._closure.value() == pytest.approx(measured.measuring.material.closure_ap)


def test_what_was_stopped_goes_on_and_the_next_opening_shows_it(empty, workspace, qtbot, tmp_path):
    def stop_after_one():
        if len(empty.measuring.measured) == 1:
            empty.measuring.stop()

    empty.measuring.changed.connect(stop_after_one)
    empty.status_bar.run.click()
    qtbot.waitUntil(lambda: empty.measuring.phase is Phase.STOPPED, timeout=PATIENCE)
    empty.measuring.changed.disconnect(stop_after_one)
    assert [each.method for each in empty.measuring.measured] == ["cosine"]
    assert empty.status_bar.run.text() == "Continue"
    empty.status_bar.run.click()
    qtbot.waitUntil(lambda: len(empty.measuring.measured) == 2 and not empty.measuring.is_working, timeout=PATIENCE)
    (tmp_path / "again").mkdir()
    other = make(workspace, qtbot, tmp_path / "again")
    assert [each.method for each in other.measuring.measured] == ["cosine", "characters"]


def test_the_results_are_written_as_what_the_name_ends_in(measured, tmp_path):
    for ending in ("csv", "json", "png", "svg"):
        measured.save(tmp_path / f"results.{ending}")
    assert (tmp_path / "results.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("cosine,")
    told = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    assert list(told["methods"]) == ["cosine", "characters"]
    with Image.open(tmp_path / "results.png") as image:
        assert "Open" in image.text["Description"]
    assert "<svg" in (tmp_path / "results.svg").read_text(encoding="utf-8")
    told = []
    measured.message.connect(lambda kind, _text: told.append(kind))
    measured.save(tmp_path / "results.docx")
    assert told == ["error"]


def test_the_pairs_around_the_threshold_go_to_the_queue_and_a_click_asks_why(measured, qtbot, workspace, small):
    pairs = {measured.measuring.material.test.pairs[row] for row, _above in measured.border.rows}
    with qtbot.waitSignal(measured.message) as told:
        measured.status_bar.send.click()
    assert told.args[0] == "success"
    with Store(small) as store:
        assert set(store.find(pairs)) == pairs
    pair = measured.measuring.material.test.pairs[measured.border.rows[0][0]]
    with qtbot.waitSignal(workspace.wishes.pair) as asked:
        QTest.mouseClick(measured.border, Qt.MouseButton.LeftButton, pos=measured.border.row_rect(0).center().toPoint())
    assert asked.args == [*pair, measured.table.method]


def test_the_store_is_scored_by_the_current_method_and_its_score_can_order_the_queue(measured, qtbot, small):
    measured.table.want("characters")
    with qtbot.waitSignal(measured.message, timeout=PATIENCE) as told:
        measured.sidebar.score.click()
    assert told.args[0] == "success"
    with Store(small) as store:
        assert "characters" in store.table_query().scores()
        rows = {(row.word1, row.word2): row.scores for row in store.table_query().rows(store.table_query().ids())}
    assert rows[tuple(sorted(("医生", "医师")))]["characters"] == pytest.approx(1 / 3)
    assert all("characters" in scores for scores in rows.values())
