"""Agreement, sources, in and out: the pages beside card and table."""

import math
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.synonyms.agreement.page import AgreementPage, interval_text
from app.synonyms.exchange.page import ExchangePage
from app.synonyms.pages import PAGES
from app.synonyms.source_names import source_name
from app.synonyms.sources.mining import Mining
from app.synonyms.sources.mining_form import MiningForm
from app.synonyms.sources.page import SourcesPage
from app.widgets.pages import PageParts, Pages
from app.widgets.text_table import TextTable
from core.language import set_language
from core.synonyms.agreement.measures import Interval
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.events import MinePlan, StageEnded
from core.synonyms.progress import FaultyLine, FaultyLines
from core.synonyms.queue.config import Only
from core.synonyms.shipped import SHIPPED
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store
from tests.widgets import follow_language

PATIENCE = 30_000


def ids_of(address):
    with Store(address) as store:
        return store.table_query().ids().tolist()


@pytest.fixture
def judged(small):
    """Two annotators on ten pairs: both say synonym on 4, both not on 3; they differ on 3."""
    answers = [("s", "s")] * 4 + [("n", "n")] * 3 + [("s", "n")] * 2 + [("n", "s")]
    said = {"s": Verdict.SYNONYM, "n": Verdict.NOT}
    with Store(small) as store:
        for pair, (anna, ben) in zip(ids_of(small), answers, strict=False):
            store.decide(pair, said[anna], "anna")
            store.decide(pair, said[ben], "ben")
    return small


@pytest.fixture
def agreement(qtbot, workspace, judged):
    page = AgreementPage(workspace)
    for widget in (page.sidebar, page):
        qtbot.addWidget(widget)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.report is not None, timeout=PATIENCE)
    return page


def test_agreement_is_shown_with_figures_worked_out_by_hand(agreement):
    # p_o = 7/10; anna says synonym 6 times of 10, ben 5: p_e = .6 · .5 + .4 · .5 = .5; kappa = .2 / .5
    assert agreement.pairs.value.text() == "10"
    assert agreement.raw.value.text() == "70%"
    row = [agreement.model.index(0, column).data() for column in range(5)]
    assert row[:3] == ["anna", "ben", "10"]
    assert row[4].startswith("0.40")
    # Of the 20 answers 11 say synonym: the expected coincidences are 2 · 11 · 9, so α = 1 − 19 · 6 / 198
    assert agreement.alpha.value.text() == f"{1 - 19 * 6 / 198:.2f}"
    assert "95% interval" in agreement.alpha.below.text()
    assert agreement.confusion._couple.confusion[0].tolist()[0] == 4


@pytest.mark.parametrize("width", [720, 1060])
def test_no_interval_is_cut_and_the_list_is_as_tall_as_its_couples(agreement, qtbot, width):
    agreement.resize(width, 600)
    view = agreement.view
    for column in range(2, 5):
        needed = view.sizeHintForColumn(column)
        qtbot.waitUntil(lambda column=column, needed=needed: view.columnWidth(column) >= needed)
    assert view.height() < 3 * view.rowHeight(0) + view.horizontalHeader().height()
    assert agreement.confusion.height() > view.height()
    assert agreement.confusion.width() >= agreement.confusion.minimumSizeHint().width()


def test_disputes_are_counted_and_can_be_settled(agreement, qtbot):
    assert agreement.settle.text() == "Settle 3 disputes"
    with qtbot.waitSignal(agreement.page_wanted) as caught:
        agreement.settle.click()
    assert caught.args == ["synonyms.card", ""]
    config = agreement.session.config
    assert (config.only, config.adjudicate) == (Only.DISPUTED, True)


def test_merged_verdicts_leave_two_categories(agreement, qtbot):
    agreement.sidebar.merged.click()
    qtbot.waitUntil(lambda: agreement.report.categories == ("synonym", "other"), timeout=PATIENCE)
    assert agreement.confusion.accessibleDescription() == "4 2; 1 3"


def test_annotators_join_pause_and_share(agreement, session):
    agreement.sidebar.name.setText("carla")
    agreement.sidebar.add.click()
    assert "carla" in agreement.sidebar.boxes
    agreement.sidebar.boxes["ben"].click()
    active = {person.name: person.active for person in session.store.annotators()}
    assert active == {"anna": True, "ben": False, "carla": True}
    agreement.sidebar.share.setValue(25)
    agreement.sidebar.share.editingFinished.emit()
    assert session.store.sharing.overlap == 0.25


def test_nobody_to_compare_says_what_to_do(qtbot, workspace):
    page = AgreementPage(workspace)
    for widget in (page.sidebar, page):
        qtbot.addWidget(widget)
    page.entered()
    qtbot.waitUntil(lambda: page.report is not None, timeout=PATIENCE)
    assert "under their own name" in page.summary.text()
    assert page.alpha.value.text() == "–"
    assert page.settle.isHidden()


@pytest.mark.parametrize(
    ("interval", "share", "text"),
    [
        (Interval(0.4, -0.1, 0.8), False, "0.40  (−0.10 to 0.80)"),
        (Interval(0.7, 0.5, 0.9), True, "70%  (50% to 90%)"),
        (Interval(math.nan, math.nan, math.nan), False, "–"),
        (Interval(1.0, math.nan, math.nan), False, "1.00"),
    ],
)
def test_figures_are_written_with_their_intervals(interval, share, text):
    assert interval_text(interval, share=share) == text


@pytest.fixture
def form(qtbot, look, keys):
    form = MiningForm(look, keys)
    qtbot.addWidget(form)
    form.show_store("x.db")
    return form


def test_the_form_gives_back_what_it_shows(form):
    config = MineConfig("x.db", limit=700, sources=("gloss",), nearest=5, min_cosine=0.5, lexicons=(Path("a.txt"),))
    form.show_config(config)
    assert form.config() == config


def test_no_source_is_refused_in_words(form, qtbot):
    for box in form.sources.values():
        box.setChecked(False)
    started = []
    form.start_wanted.connect(started.append)
    form.start.click()
    assert started == []
    assert "Choose sources" in form.problem.text()


@pytest.fixture
def sources(qtbot, workspace):
    page = SourcesPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    return page


def test_the_shipped_material_is_named_with_its_licences(sources):
    page = sources
    told = " ".join(f"{head.text()} {body.text()}" for head, body in page._data_labels)
    for source in SHIPPED:
        assert source.name in told
        assert source.licence in told
        assert source.package in told


def test_faulty_lines_of_own_vectors_stand_under_the_progress(sources):
    page, mining = sources, sources.mining
    assert page.faulty.isHidden()
    lines = tuple(FaultyLine(n, "wrong number of columns", f"<b>词{n}") for n in range(3, 12))
    mining.state.apply(FaultyLines("v.txt", 9, lines))
    mining.changed.emit()
    assert not page.faulty.isHidden()
    told = page.faulty.text().splitlines()
    assert (told[0], told[1], len(told)) == (
        "Lines of v.txt that are not as they should be: 9.",
        "\u2003line 3: wrong number of columns | <b>词3",
        6,
    )


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
    assert numbers(exchange) == {"New pairs": "10", "New answers": "20", "Answers replaced": "0", "Not understood": "0"}
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
    assert numbers(exchange)["Not understood"] == "2"
    exchange.status_bar.go.click()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0][0] == "warning"
    assert (tmp_path / "in.csv.rejects.csv").exists()


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
    assert "nobody judged: 1." in page.words.text()


def test_the_button_that_gathers_is_in_sight_however_low_the_window(qtbot, look, sources):
    page, spec = sources, PAGES[3]
    room = Pages(look, {spec: PageParts(page, QWidget(), page.status_bar)})
    qtbot.addWidget(room)
    room.show_page(spec)
    room.resize(700, 360)
    room.show()
    start = page.form.start
    qtbot.waitUntil(lambda: start.isVisible() and not start.visibleRegion().isEmpty())
    assert start.visibleRegion().boundingRect() == start.rect()
    assert not page.form.isAncestorOf(start)


def test_the_parts_of_the_page_in_front_are_shown(qtbot, look):
    card, table, sources = PAGES[0], PAGES[1], PAGES[3]
    parts = {spec: [QWidget() for _part in range(3)] for spec in (card, table)}
    lone = PageParts(QWidget(), QWidget())
    pages = Pages(look, {**{spec: PageParts(*widgets) for spec, widgets in parts.items()}, sources: lone})
    qtbot.addWidget(pages)
    pages.show()
    for spec in (table, card):
        pages.show_page(spec)
        assert all(part.isVisible() for part in parts[spec])
        assert pages.switcher.buttons[spec].isChecked()
    assert not any(part.isVisible() for part in parts[table])
    pages.show_page(sources)
    assert lone.stage.isVisible()
    assert not any(part.isVisible() for part in parts[card])
    pages.show_sidebar(False)
    assert not lone.sidebar.isVisible()
    assert lone.stage.isVisible()


def test_a_source_has_one_name_everywhere(sources):
    page = sources
    assert [box.text() for box in page.form.sources.values()] == [source_name(name) for name in page.form.sources]


def test_a_mining_says_which_step_it_is_at(background):
    mining = Mining(background)
    mining.state.phase = "working"
    assert mining.words() == "Reading dictionaries and vectors…"
    mining.state.apply(MinePlan(("reference", "gloss", "sentences"), ()))
    mining.state.apply(StageEnded("reference", 218, 218))
    assert mining.words() == "Step 2 of 3: Identical glosses  ·  218 pairs gathered"


def test_a_listing_is_no_taller_than_its_rows(qtbot, look):
    listing = TextTable(look, "The first pairs", ("Word",), frozenset())
    qtbot.addWidget(listing)
    listing.resize(400, 600)
    listing.show()
    listing.show_rows([("美丽",), ("漂亮",)])
    qtbot.waitUntil(lambda: listing.view.height() < 5 * listing.view.rowHeight(0))


def test_a_listing_cuts_no_cell_it_has_room_for(qtbot, look):
    listing = TextTable(look, "Not understood", ("Line", "Why", "What stands there"), frozenset({0}))
    qtbot.addWidget(listing)
    why = "'perhaps' is no verdict; there are: synonym, related, antonym, not, unsure, skip"
    listing.resize(look.scale.em(70), 300)
    listing.show()
    listing.show_rows([("6", why, "医生,大夫,perhaps")])
    wanted = listing.view.fontMetrics().horizontalAdvance(why) + look.scale.em(0.75)
    qtbot.waitUntil(lambda: listing.view.columnWidth(1) >= wanted)
    listing.resize(look.scale.em(40), 300)
    qtbot.waitUntil(lambda: listing.view.columnWidth(1) <= look.scale.em(24))


def test_a_row_has_as_many_lines_as_its_last_cell_needs(qtbot, look):
    listing = TextTable(look, "Sets that grew by chaining", ("Words", "The set"), frozenset({0}))
    qtbot.addWidget(listing)
    listing.resize(look.scale.em(70), 300)
    listing.show()
    listing.show_rows([("16", " ".join(["精\u2060巧"] * 16)), ("2", "精\u2060巧 精\u2060致")])
    one = look.scale.em(1.5)
    assert [listing.view.rowHeight(row) for row in range(2)] == [one, one]
    listing.resize(look.scale.em(24), 300)
    qtbot.waitUntil(lambda: listing.view.rowHeight(0) >= look.scale.em(2.5))
    assert listing.view.rowHeight(1) == one
    listing.resize(look.scale.em(70), 300)
    qtbot.waitUntil(lambda: listing.view.rowHeight(0) == one)


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


def test_vectors_say_what_they_hold_before_they_are_read(form, tmp_path, monkeypatch):
    file = tmp_path / "tiny.txt"
    file.write_text("3 2\n医生 1 0\n医师 0.9 0.1\n护士 0 1\n", encoding="utf-8")
    form.vectors.show_paths((file,))
    form.vectors.changed.emit()
    assert form.about_vectors.text().startswith("3 words × 2")
    assert form.index.isHidden()
    monkeypatch.setattr("app.synonyms.sources.mining_form.INDEX_PAYS_FROM", 3)
    form.vectors.changed.emit()
    assert not form.index.isHidden()


def test_a_file_that_holds_no_vectors_is_said_at_once(form, tmp_path):
    file = tmp_path / "book.txt"
    file.write_bytes(b"\x00\x01" * 500)
    form.vectors.show_paths((file,))
    form.vectors.changed.emit()
    assert "book.txt" in form.about_vectors.text()
    assert form.index.isHidden()
