"""Files in and out: what the page says before anything is written, and what it takes in."""

import pytest
from PySide6.QtCore import Qt

from app.synonyms.exchange.page import ExchangePage
from core.language import set_language
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import ids_of
from tests.app.synonyms.small_store import make_store
from tests.widgets import follow_language

PATIENCE = 60_000


@pytest.fixture
def exchange(qtbot, workspace, judged):
    page = ExchangePage(workspace)
    for widget in (page.sidebar, page, page.status_bar):
        qtbot.addWidget(widget)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.export_found is not None, timeout=PATIENCE)
    return page


def choose(page, name, value):
    box = getattr(page.sidebar, name)
    box.choose(value)
    box.activated.emit(box.currentIndex())


def told_by(page):
    told = []
    page.message.connect(lambda kind, text: told.append((kind, str(text))))
    return told


def numbers(page):
    return {each.title.text(): each.value.text() for each in page.numbers if not each.isHidden()}


def test_what_goes_out_comes_in_again(exchange, session, judged, tmp_path, qtbot):
    told = told_by(exchange)
    assert numbers(exchange) == {"Records": "20", "Left out": "0"}
    exchange.export_to(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0][0] == "success"
    assert "20 records" in told[0][1]
    empty = str(make_store(tmp_path / "other.db", ()))
    assert session.open(empty)
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((tmp_path / "out.csv",))
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: exchange.import_found is not None, timeout=PATIENCE)
    assert numbers(exchange) == {
        "New pairs": "10",
        "New verdicts": "20",
        "Verdicts replaced": "0",
        "Rejected rows": "0",
    }
    assert ids_of(empty) == []  # looking changes nothing
    exchange.status_bar.go.click()
    qtbot.waitUntil(lambda: len(told) > 1, timeout=PATIENCE)
    with Store(empty) as there, Store(judged) as here:
        assert there.verdict_counts()[Verdict.SYNONYM] == here.verdict_counts()[Verdict.SYNONYM] == 4
        assert len(there.history()) == 20


def test_rows_that_make_no_sense_are_shown_with_their_lines(exchange, tmp_path, qtbot):
    file = tmp_path / "in.csv"
    file.write_text("word1,word2,label\n快乐,高兴,synonym\n好,好,synonym\n大,小,opposite\n", encoding="utf-8")
    told = told_by(exchange)
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((file,))
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: exchange.import_found is not None, timeout=PATIENCE)
    assert [exchange.rejects.model.index(row, 0).data() for row in range(2)] == ["3", "4"]
    assert numbers(exchange)["Rejected rows"] == "2"
    exchange.status_bar.go.click()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0][0] == "warning"
    assert (tmp_path / "in.csv.rejects.csv").exists()


def test_rejected_rows_are_told_in_the_language_that_is_chosen(exchange, tmp_path, qtbot):
    file = tmp_path / "in.csv"
    file.write_text("word1,word2,label\n快乐,高兴,synonym\n坏行\n", encoding="utf-8")
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((file,))
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: exchange.import_found is not None, timeout=PATIENCE)
    assert exchange.rejects.model.index(0, 1).data().startswith("1 cell under 3 column names")
    for language, words in (("zh_CN", "该行有 1 个单元格"), ("en", "1 cell under")):
        set_language(language)
        follow_language(exchange)
        qtbot.waitUntil(lambda: exchange.import_found is not None, timeout=PATIENCE)
        assert exchange.rejects.model.index(0, 1).data().startswith(words)


def test_a_file_that_changed_since_the_look_is_not_taken_in(exchange, judged, tmp_path, qtbot):
    file = tmp_path / "in.csv"
    file.write_text("word1,word2,label\n快乐,高兴,synonym\n", encoding="utf-8")
    told = told_by(exchange)
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((file,))
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: exchange.import_found is not None, timeout=PATIENCE)
    before = len(ids_of(judged))
    file.write_text("word1,word2,label\n快乐,高兴,not\n甲,乙,not\n", encoding="utf-8")
    exchange.status_bar.go.click()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert "changed since the preview" in told[0][1]
    assert len(ids_of(judged)) == before


def test_a_hostile_file_is_refused_in_one_sentence(exchange, tmp_path, qtbot):
    file = tmp_path / "book.csv"
    file.write_bytes(b"PK\x03\x04" + bytes(1000))
    told = told_by(exchange)
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((file,))
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0] == ("error", "book.csv is a zip archive or a workbook; unpack it, or save it as CSV.")
    assert not exchange.status_bar.go.isEnabled()


def test_sets_that_grow_by_chaining_are_listed_before_anything_is_written(exchange, qtbot, tmp_path):
    address = str(make_store(tmp_path / "chain.db", [("甲", "乙", 0.9), ("乙", "丙", 0.8), ("丁", "戊", 0.7)]))
    with Store(address) as store:
        store.decide(store.table_query().ids().tolist(), Verdict.SYNONYM, "anna")
    page, sidebar = exchange, exchange.sidebar
    assert page.session.open(address)
    choose(page, "format", "solr")
    qtbot.waitUntil(lambda: page.export_found is not None, timeout=PATIENCE)
    assert page.grown.isHidden()
    sidebar.chained.click()
    qtbot.waitUntil(lambda: page.export_found is not None and bool(page.export_found.grown), timeout=PATIENCE)
    row = [page.grown.model.index(0, column).data() for column in range(5)]
    assert row == ["3", "2", "1", "0", "丙 乙 甲"]
    assert "without a verdict: 1." in page.words.text()


@pytest.mark.parametrize("name", ["solr", "cilin"])
def test_a_list_of_synonyms_right_after_mining_is_said_to_be_empty(exchange, qtbot, tmp_path, name):
    assert exchange.session.open(str(make_store(tmp_path / "mined.db", [("甲", "乙", 0.9), ("丙", "乙", 0.8)])))
    choose(exchange, "format", name)
    qtbot.waitUntil(lambda: exchange.export_found is not None and not exchange.export_found.records, timeout=PATIENCE)
    assert "would be empty" in exchange.words.text()
    assert exchange.sidebar.known.text() in exchange.words.text()
    told = told_by(exchange)
    exchange.transfer.export(exchange.sidebar.export_config(exchange.session.address, tmp_path / "x.txt"))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told == [("warning", f"{tmp_path / 'x.txt'} is empty: no pair has a verdict that this format can express.")]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_two_formats_look_the_same_in_the_column(exchange, language):
    set_language(language)
    try:
        follow_language(exchange.sidebar)
        box = exchange.sidebar.format
        room = exchange.look.scale.em(9)
        texts = [box.itemText(index) for index in range(box.count())]
        cut = [box.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room) for text in texts]
        assert cut == texts
    finally:
        set_language("en")


def test_only_what_a_format_can_be_told_is_asked(exchange):
    choose(exchange, "format", "csv")
    assert not exchange.sidebar.which.isHidden()
    assert exchange.sidebar.chained.isHidden()
    choose(exchange, "format", "solr")
    assert exchange.sidebar.which.isHidden()
    assert not exchange.sidebar.chained.isHidden()
    exchange.sidebar.in_button.click()
    assert exchange.sidebar.chained.isHidden()
    assert not exchange.sidebar.file.isHidden()
