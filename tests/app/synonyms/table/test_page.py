from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QIcon, QInputMethodEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication

from app.synonyms.annotation.session import LabelSession
from app.synonyms.table.model import PAGE, CandidateModel
from app.synonyms.table.page import TablePage
from app.synonyms.table.range_field import day_begins, day_ends, number
from app.synonyms.table.view import PairTable
from app.synonyms.verdict_style import VERDICT_LOOKS, sign_icon
from core.language import set_language
from core.synonyms.store import Filter, Row, Store
from core.synonyms.store.rows import CHANGED, VERDICT
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.widgets import follow_language

PATIENCE = 20_000


class Rows:
    """A store of made-up rows that counts how often it is asked."""

    def __init__(self):
        self.asked = []
        self.verdicts = {}

    def fetch(self, ids):
        self.asked.append(list(ids))
        return [
            Row(_id, f"甲{_id}", f"乙{_id}", scores={"cosine": _id / 1e6}, verdict=self.verdicts.get(_id))
            for _id in ids
        ]


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def model(look, rows):
    return CandidateModel(look, rows.fetch)


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    model.show_ids(np.arange(1, 301), ["cosine"])
    qtmodeltester.check(model)


def test_a_million_rows_are_read_by_the_page(model, rows):
    model.show_ids(np.arange(1, 1_000_001), ["cosine"])
    assert model.rowCount() == 1_000_000
    assert rows.asked == []
    column = model.columns.index("word1")
    assert model.index(700_000, column).data() == "甲700001"
    assert model.index(700_001, column).data() == "甲700002"
    assert len(rows.asked) == 1
    assert len(rows.asked[0]) == PAGE


def test_a_changed_pair_is_read_again_and_stays_in_its_place(model, rows):
    model.show_ids(np.array([7, 3, 9]), ["cosine"])
    column = model.columns.index(VERDICT)
    assert model.index(1, column).data() == ""
    rows.verdicts[3] = Verdict.SYNONYM
    model.refresh([3])
    assert model.index(1, column).data() == "Synonym"
    assert model.ids.tolist() == [7, 3, 9]


def test_a_pair_that_has_gone_leaves_an_empty_row(model, rows):
    rows.fetch = lambda _ids: []
    model._fetch = rows.fetch
    model.show_ids(np.array([1, 2]), ["cosine"])
    assert model.index(0, 1).data() is None


def test_a_change_is_told_shortly_and_in_full_by_the_tip(model, rows):
    now = datetime.now().astimezone().replace(month=3, day=5, hour=14, minute=7)
    given = {1: now, 2: now.replace(year=2019)}
    model._fetch = lambda ids: [Row(_id, "甲", "乙", changed=given[_id]) for _id in ids]
    model.show_ids(np.array([1, 2]), [])
    cells = [model.index(row, model.columns.index(CHANGED)) for row in (0, 1)]
    assert [cell.data() for cell in cells] == ["03-05 14:07", "2019-03-05"]
    assert cells[1].data(Qt.ItemDataRole.ToolTipRole) == "2019-03-05 14:07"


def test_a_verdict_is_told_by_word_sign_and_colour(model, rows, look):
    rows.verdicts[1] = Verdict.NOT
    model.show_ids(np.array([1]), [])
    cell = model.index(0, model.columns.index(VERDICT))
    assert cell.data() == "Not"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name() == look.theme.theme.colours.no
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Verdict: Not"


@pytest.fixture
def page(qtbot, workspace):
    page = TablePage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.resize(1200, 700)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    yield page
    page.left()


def write(line, text):
    """Write Chinese as an input method does: no key stands for a hanzi."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def words(page):
    column = page.model.columns.index("word1")
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def shows(qtbot, page, expected):
    qtbot.waitUntil(lambda: set(words(page)) == set(expected), timeout=PATIENCE)


def test_a_piece_of_a_word_finds_its_pairs(page, qtbot):
    write(page.sidebar.text, "医")
    shows(qtbot, page, ["医师", "医生"])  # 医师–医生 and 医生–护士
    page.sidebar.show_everything()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)


def test_verdicts_scores_and_marks_filter(page, session, qtbot):
    pair = page.model.pair_at(0)
    session.decisions.decide_all([pair], Verdict.SYNONYM)
    page.sidebar.verdicts[Verdict.SYNONYM].click()
    qtbot.waitUntil(lambda: page.model.ids.tolist() == [pair], timeout=PATIENCE)
    page.sidebar.verdicts[Verdict.SYNONYM].click()
    qtbot.keyClicks(page.sidebar.ranges["cosine"].least, "0.9")
    qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=PATIENCE)  # .91, .90 and .95


def test_a_number_that_is_none_is_marked_and_not_used(page, qtbot):
    ends = page.sidebar.ranges["cosine"]
    qtbot.keyClicks(ends.least, "many")
    assert ends.least.property("invalid")
    assert page.sidebar.filter() == Filter()
    page.sidebar.show_everything()
    assert not ends.least.property("invalid")


def test_every_column_of_the_table_can_be_filtered(page, session, qtbot):
    """Words by their characters; verdict, marks and what is known by choices; every number by its ends."""
    numbers = set(page.model.columns) - {"verdict", "word1", "word2", "known", "flagged"}
    assert set(page.sidebar.ranges) == numbers == {"cosine", "rank", "judges", "changed"}
    qtbot.keyClicks(page.sidebar.ranges["rank"].most, "31")
    shows(qtbot, page, ["漂亮", "医师", "电脑"])
    page.sidebar.show_everything()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    judged = page.model.pair_at(4)
    session.decisions.decide_all([judged], Verdict.NOT)
    for column, text in (("judges", "1"), ("changed", f"{datetime.now().astimezone():%Y-%m-%d}")):
        qtbot.keyClicks(page.sidebar.ranges[column].least, text)
        qtbot.waitUntil(lambda: page.model.ids.tolist() == [judged], timeout=PATIENCE)
        page.sidebar.show_everything()
        qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("text", "value"), [("0.5", 0.5), ("0,5", 0.5), ("−1", -1), ("12,000", 12_000), ("1,234,567", 1_234_567)]
)
def test_a_number_is_read_however_it_is_written(text, value):
    assert number(text) == value


def test_a_day_is_read_from_its_first_to_its_last_moment():
    begin, end = (
        datetime.fromtimestamp(micros / 1e6).astimezone()
        for micros in (day_begins("2026-11-22"), day_ends("2026/11/22"))
    )
    assert f"{begin:%F %T.%f}" == "2026-11-22 00:00:00.000000"
    assert f"{end:%F %T.%f}" == "2026-11-22 23:59:59.999999"


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11", "0000-01-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  whichever of Python's own words
        day_begins(text)


def test_a_click_on_a_title_sorts(page, qtbot):
    header = page.view.horizontalHeader()
    section = page.model.columns.index("cosine")
    header.setSortIndicator(section, Qt.SortOrder.DescendingOrder)

    def cosines():
        return [float(page.model.index(row, section).data()) for row in range(page.model.rowCount())]

    qtbot.waitUntil(lambda: cosines() == sorted(cosines(), reverse=True) and cosines()[0] == 0.95, timeout=PATIENCE)


def test_one_key_judges_all_selected_pairs(page, session, small, qtbot):
    chosen = [page.model.pair_at(row) for row in (1, 2, 5)]
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 2, 5):
        page.view.selectionModel().select(page.model.index(row, 0), flags.Select | flags.Rows)
    assert page.selected() == chosen
    page.decide(Verdict.NOT)
    with Store(small) as store:
        assert {
            row.id for row in store.table_query().rows(store.table_query().ids()) if row.verdict is Verdict.NOT
        } == set(chosen)
    assert page.model.index(2, 0).data() == "Not"
    session.decisions.undo()
    assert page.model.index(2, 0).data() == ""


def test_a_single_judged_row_hands_on_to_the_next(page):
    page.view.selectRow(3)
    page.decide(Verdict.RELATED)
    assert page.view.currentIndex().row() == 4
    assert page.selected() == [page.model.pair_at(4)]


def test_nothing_selected_is_said(page):
    told = []
    page.message.connect(lambda _kind, text: told.append(str(text)))
    page.view.clearSelection()
    page.decide(Verdict.NOT)
    assert "Select pairs first" in told[0]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_column_cuts_what_its_cells_show(page, session, qtbot, language):
    set_language(language)
    try:
        follow_language(page)
        pair = page.model.pair_at(0)
        session.decisions.decide_all([pair], Verdict.SYNONYM)
        session.store.mark(pair, "anna", flagged=True)
        page.model.refresh()
        probe, view = QStandardItemModel(1, 1), PairTable()
        qtbot.addWidget(view)
        probe.setItem(0, QStandardItem())
        view.setModel(probe)
        view.setIconSize(page.view.iconSize())
        view.ensurePolished()
        sign = sign_icon(VERDICT_LOOKS[Verdict.NOT], page.look, view.iconSize(), 1.0)
        for section, column in enumerate(page.model.columns):
            wanted = page.view.sizeHintForIndex(page.model.index(0, section)).width()
            assert page.view.columnWidth(section) >= wanted, column
            for text in page.model.widest(column):
                probe.item(0).setText(text)
                probe.item(0).setIcon(sign if column in ("verdict", "known", "flagged") else QIcon())
                assert page.view._least[section] >= view.sizeHintForIndex(probe.index(0, 0)).width(), (column, text)
    finally:
        set_language("en")


def test_enter_opens_the_card_of_the_row(page, qtbot):
    page.view.selectRow(2)
    with qtbot.waitSignal(page.page_wanted) as caught:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert caught.args == ["synonyms.card", ""]
    assert page.session.state.card.row.id == page.model.pair_at(2)


def cell(page, row):
    return page.view.visualRect(page.model.index(row, 1)).center()


def test_a_click_opens_the_card_of_the_row(page, qtbot):
    with qtbot.waitSignal(page.page_wanted) as caught:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cell(page, 2))
    assert caught.args == ["synonyms.card", ""]
    assert page.session.state.card.row.id == page.model.pair_at(2)


def test_clicks_with_ctrl_or_shift_dragging_and_row_numbers_only_select(page, qtbot):
    opened = []
    page.page_wanted.connect(lambda page_id, _in_front: opened.append(page_id))
    viewport, left = page.view.viewport(), Qt.MouseButton.LeftButton
    qtbot.mouseClick(viewport, left, Qt.KeyboardModifier.ControlModifier, pos=cell(page, 1))
    qtbot.mouseClick(viewport, left, Qt.KeyboardModifier.ControlModifier, pos=cell(page, 4))
    assert page.selected() == [page.model.pair_at(row) for row in (1, 4)]
    qtbot.mouseClick(viewport, left, Qt.KeyboardModifier.ShiftModifier, pos=cell(page, 6))
    assert page.selected() == [page.model.pair_at(row) for row in (1, 4, 5, 6)]
    qtbot.mousePress(viewport, left, pos=cell(page, 0))
    qtbot.mouseMove(viewport, cell(page, 1))
    qtbot.mouseMove(viewport, cell(page, 2))
    qtbot.mouseRelease(viewport, left, pos=cell(page, 2))
    assert page.selected() == [page.model.pair_at(row) for row in (0, 1, 2)]
    qtbot.mousePress(viewport, left, pos=cell(page, 0))
    qtbot.mouseMove(viewport, cell(page, 1))
    qtbot.mouseMove(viewport, cell(page, 0))
    qtbot.mouseRelease(viewport, left, pos=cell(page, 0))  # swept there and back
    assert page.selected() == [page.model.pair_at(0)]
    numbers = page.view.verticalHeader()
    middle = numbers.sectionViewportPosition(3) + numbers.sectionSize(3) // 2
    place = numbers.viewport().rect().center()
    place.setY(middle)
    qtbot.mouseClick(numbers.viewport(), left, pos=place)
    assert page.selected() == [page.model.pair_at(3)]
    assert opened == []


def test_a_row_shows_its_evidence_beside_the_table(page, session, qtbot):
    page.view.selectRow(0)
    row = page.model.row_at(0)
    qtbot.waitUntil(lambda: session.look_up.previewed is not None, timeout=PATIENCE)
    assert page.evidence.names[0].text() == row.word1
    assert session.look_up.previewed.word2.word == row.word2


def test_no_match_says_what_to_do(page, qtbot):
    write(page.sidebar.text, "龘")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=PATIENCE)
    assert page._empty.isVisible()
    assert page.show_all.isVisible()
    page.show_all.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    assert not page.show_all.isVisible()
    assert page.sidebar.text.text() == ""


def test_before_a_row_is_chosen_the_evidence_says_what_to_do(page, look, qtbot):
    page.resize(look.scale.em(110), look.scale.em(40))
    assert page.evidence.isVisible()
    hint = page.evidence._hint
    assert hint.isVisible()
    assert all(word in hint.text() for word in ("click", "Enter", "Esc", "Ctrl", "Shift", "1 to 6"))
    assert not page.evidence.bars.isVisible()
    page.view.selectRow(0)
    assert not hint.isVisible()
    assert page.evidence.bars.isVisible()


def test_the_foot_says_how_rows_are_selected_until_some_are_and_where_there_is_room(page, look, qtbot):
    page.status_bar.resize(look.scale.em(80), page.status_bar.sizeHint().height())
    page.status_bar.show_counts(12, 12, 0)
    assert page.status_bar.counts.text() == "A click opens the card; Ctrl or Shift selects   ·   12 of 12 pairs"
    page.status_bar.resize(look.scale.em(45), page.status_bar.height())
    page.status_bar.show_counts(12, 12, 0)
    assert page.status_bar.counts.text() == "12 of 12 pairs"
    page.status_bar.resize(look.scale.em(50), page.status_bar.height())
    page.status_bar.show_counts(12, 12, 3)
    assert page.status_bar.counts.text() == "3 selected   ·   12 of 12 pairs"
    page.status_bar.resize(look.scale.em(40), page.status_bar.height())
    page.status_bar.show_counts(20_000, 20_000, 3)
    assert page.status_bar.counts.text() == "3 selected"  # the one that changes, rather than half of both


def test_where_a_judged_pair_leaves_the_filter_the_arrows_go_on(page, session, qtbot):
    with qtbot.waitSignal(page.model.modelReset, timeout=PATIENCE):
        page.sidebar.verdicts[None].click()
    page.view.selectRow(5)
    following = page.model.pair_at(6)
    session.decisions.decide_all([page.model.pair_at(5)], Verdict.NOT)
    page.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == 11, timeout=PATIENCE)
    assert page.view.currentIndex().row() == 5
    assert page.model.pair_at(5) == following
    assert page.selected() == []  # a second key judges nothing that has just moved up here
    with qtbot.waitSignal(page.page_wanted) as caught:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert caught.args == ["synonyms.card", ""]
    assert page.session.state.card.row.id == following
    page.view.selectRow(10)
    session.decisions.decide_all([page.model.pair_at(10)], Verdict.NOT)
    page.reload()
    qtbot.waitUntil(lambda: page.model.rowCount() == 10, timeout=PATIENCE)
    assert page.view.currentIndex().row() == 9


def test_another_filter_or_order_is_shown_from_its_first_row(page, qtbot):
    page.resize(1200, 180)
    page.view.selectRow(10)
    page.view.scrollTo(page.model.index(10, 0))
    cosine = page.model.columns.index("cosine")
    assert page.view.rowAt(0) > 3
    orders = []
    page.model.modelReset.connect(lambda: orders.append(1))
    page.reload()
    qtbot.waitUntil(lambda: len(orders) == 1 and page.view.currentIndex().row() == 10, timeout=PATIENCE)
    assert page.view.rowAt(0) > 3, "the same rows again: back at the pair that was left"
    page.view.horizontalHeader().setSortIndicator(cosine, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: len(orders) == 2 and page.view.rowAt(0) == 0, timeout=PATIENCE)
    first = page.model.pair_at(0)
    page.view.selectRow(11)
    last = page.model.pair_at(11)
    page.view.horizontalHeader().setSortIndicator(cosine, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: len(orders) == 3 and page.view.rowAt(0) == 0, timeout=PATIENCE)
    assert page.selected() == [last], "it has come into sight"
    page.view.horizontalHeader().setSortIndicator(cosine, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: len(orders) == 4 and page.model.pair_at(0) == first, timeout=PATIENCE)
    assert page.selected() == [], "no key judges what nobody sees"
    page.view.scrollToBottom()
    page.sidebar.verdicts[None].click()
    qtbot.waitUntil(lambda: len(orders) == 5 and page.view.rowAt(0) == 0, timeout=PATIENCE)


def test_words_of_eight_characters_are_shown_where_the_table_has_room(page, look, qtbot):
    metrics = page.view.fontMetrics()
    sections = [page.model.columns.index(name) for name in ("word1", "word2")]
    full = metrics.horizontalAdvance("国" * 8)
    page.resize(look.scale.em(70), look.scale.em(40))
    assert not page.evidence.isVisible()
    assert all(page.view.columnWidth(section) >= full for section in sections)
    page.resize(look.scale.em(100), look.scale.em(40))
    assert page.evidence.isVisible()
    qtbot.waitUntil(lambda: page.view.horizontalScrollBar().maximum() == 0)
    assert page.evidence.width() >= look.scale.em(28)
    page.view.setColumnWidth(sections[0], full + 40)
    page.resize(look.scale.em(101), look.scale.em(40))
    assert page.view.columnWidth(sections[0]) == full + 40, "what was dragged stays"


def test_columns_give_way_before_the_table_scrolls_sideways(qtbot):
    table = PairTable()
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(1, 3))
    table.verticalHeader().hide()
    table.resize(260 + 2 * table.frameWidth(), 200)
    table.show()
    table.size_columns([100, 80, 50], {1: 140})
    assert [table.columnWidth(column) for column in range(2)] == [100, 110]
    table.resize(400 + 2 * table.frameWidth(), 200)
    assert table.columnWidth(1) == 140
    table.resize(200 + 2 * table.frameWidth(), 200)
    assert table.columnWidth(1) == 140, "it scrolls anyway"


def test_a_selected_verdict_keeps_its_colour(look):
    icon = sign_icon(VERDICT_LOOKS[Verdict.SYNONYM], look, QSize(16, 16), 1.0)
    colour = icon.pixmap(QSize(16, 16), QIcon.Mode.Selected).toImage().pixelColor(3, 8).name()
    assert colour == look.theme.theme.colours.yes


def test_a_sign_on_a_button_stands_off_from_the_word(look):
    icon = sign_icon(VERDICT_LOOKS[Verdict.SYNONYM], look, QSize(16, 16), 1.0, room=5)
    image = icon.pixmap(QSize(21, 16)).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(17, 21) for y in range(16))


def test_too_many_at_once_are_refused(qtbot, workspace, background, tmp_path):
    address = str(make_store(tmp_path / "many.db", many_pairs(1200)))
    session = LabelSession(background, "anna")
    session.open(address)
    page = TablePage(replace(workspace, session=session))
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1200, timeout=PATIENCE)
    told = []
    page.message.connect(lambda _kind, text: told.append(str(text)))
    page.view.selectAll()
    page.decide(Verdict.NOT)
    assert "1,000" in told[0]
    assert session.store.verdict_counts() == {None: 1200}
    page.left()
    session.close()
