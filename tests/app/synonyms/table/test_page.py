from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QIcon, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.synonyms.annotation.session import LabelSession
from app.synonyms.table.page import TablePage
from app.synonyms.table.status_bar import TableStatusBar
from app.synonyms.verdict_style import VERDICT_LOOKS, sign_icon
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.store import Filter, Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.pictures import extent, seen, where

PATIENCE = 60_000


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
    judged = page.model.pair_at(4)
    session.decisions.decide_all([judged], Verdict.NOT)
    session.arrange(QueueConfig("", "anna", only=Only.DISPUTED))
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    numbers = set(page.model.columns) - {"verdict", "word1", "word2", "known", "flagged"}
    assert set(page.sidebar.ranges) == numbers == {"cosine", "rank", "judges", "changed"}
    qtbot.keyClicks(page.sidebar.ranges["rank"].most, "31")
    shows(qtbot, page, ["漂亮", "医师", "电脑"])
    page.sidebar.show_everything()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    for column, text in (("judges", "1"), ("changed", f"{datetime.now().astimezone():%Y-%m-%d}")):
        qtbot.keyClicks(page.sidebar.ranges[column].least, text)
        qtbot.waitUntil(lambda: page.model.ids.tolist() == [judged], timeout=PATIENCE)
        page.sidebar.show_everything()
        qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)


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
    assert page.cover.reason.isVisible()
    assert page.cover.show_all.isVisible()
    page.cover.show_all.click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    assert not page.cover.show_all.isVisible()
    assert page.sidebar.text.text() == ""


def test_before_a_row_is_chosen_the_evidence_says_what_to_do(page, look, qtbot):
    page.resize(look.scale.em(110), look.scale.em(40))
    assert page.evidence.isVisible()
    hint = page.evidence._hint
    assert hint.isVisible()
    assert all(word in hint.text() for word in ("Click", "Enter", "Esc", "Ctrl", "Shift", "1 to 6"))
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


def test_the_sign_of_a_verdict_stands_in_its_own_row_before_its_word(page, session, qtbot, look):
    pairs = [page.model.pair_at(row) for row in range(4)]
    session.decisions.decide_all([pairs[1]], Verdict.SYNONYM)
    session.decisions.decide_all([pairs[3]], Verdict.ANTONYM)
    qtbot.waitUntil(lambda: [page.model.index(row, 0).data() for row in (1, 3)] == ["Synonym", "Antonym"])
    page.view.selectionModel().clear()
    colours, area = look.theme.theme.colours, page.view.viewport()
    pixels = seen(area)
    rows = [page.view.visualRect(page.model.index(row, 0)) for row in range(4)]
    for ink, own in ((colours.yes, 1), (colours.no, 3)):
        signs = where(pixels, ink)[:, : rows[0].width()]
        assert [signs[room.top() : room.bottom()].sum() > 60 for room in rows] == [row == own for row in range(4)]
        sign = extent(signs[rows[own].top() : rows[own].bottom()])
        assert sign.left < look.scale.em(0.75)


def shown_columns(page):
    return [name for at, name in enumerate(page.model.columns) if not page.view.isColumnHidden(at)]


def test_a_hall_sees_whole_columns_and_the_least_telling_ones_leave_first(page, qtbot):
    everything, view = list(page.model.columns), page.view
    page.resize(900, 500)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0)
    needed = view.wished_width(full=False)
    page.resize(needed - 60, 500)
    assert shown_columns(page) == everything, "where one works nothing is left out: one scrolls"
    page.present(True)
    assert shown_columns(page) == [name for name in everything if name != "changed"]
    assert view.horizontalHeader().length() <= view.viewport().width()
    page.resize(needed - 160, 500)
    qtbot.waitUntil(lambda: view.horizontalHeader().length() <= view.viewport().width())
    assert [name for name in everything if name not in shown_columns(page)] == ["flagged", "changed"]
    page.present(False)
    assert shown_columns(page) == everything
    page.resize(needed + 400, 500)
    page.present(True)
    assert shown_columns(page) == everything


def test_how_many_pairs_there_are_is_never_cut(qtbot, worn):
    bar = TableStatusBar(worn)
    qtbot.addWidget(bar)
    bar.show()
    bar.show_counts(500, 500, 0)
    buttons = sum(button.sizeHint().width() for button in bar.buttons.values())
    seen = []
    for room in (4, 6, 10, 40):
        bar.resize(buttons + worn.scale.em(room + 4), bar.sizeHint().height())
        seen.append(bar.counts.text())
        assert bar.counts.fontMetrics().horizontalAdvance(seen[-1]) <= worn.scale.em(room + 4)
    assert seen[0] == "500 / 500"
    assert "500 of 500 pairs" in seen[-1]
    assert bar.counts.toolTip() == seen[-1]
