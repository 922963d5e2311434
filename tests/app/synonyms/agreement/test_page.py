"""Agreement as the page shows it: numbers worked out by hand, disputes, people."""

import pytest

from app.synonyms.agreement.page import AgreementPage
from core.synonyms.queue.config import Only

PATIENCE = 60_000


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
    row = [agreement.view.model().index(0, column).data() for column in range(5)]
    assert row[:3] == ["anna", "ben", "10"]
    assert row[4].startswith("0.40")
    # Of the 20 answers 11 say synonym: the expected coincidences are 2 · 11 · 9, so α = 1 − 19 · 6 / 198
    assert agreement.alpha.value.text() == f"{1 - 19 * 6 / 198:.2f}"
    assert "95% interval" in agreement.alpha.below.text()
    assert agreement.confusion._couple.confusion[0].tolist()[0] == 4


@pytest.mark.long
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
    assert (config.only, config.settles) == (Only.DISPUTED, True)


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


def test_the_matrix_stands_beside_the_couples_on_a_wide_page_and_is_whole_on_a_low_one(agreement, qtbot):
    view, matrix = agreement.view, agreement.confusion
    agreement.resize(agreement.look.scale.em(70), 600)
    qtbot.waitUntil(lambda: matrix.geometry().left() > view.geometry().right())
    assert matrix.geometry().top() == view.geometry().top()
    em = agreement.look.scale.em
    agreement.resize(em(40), em(28))
    qtbot.waitUntil(lambda: matrix.geometry().top() > view.geometry().bottom())
    assert agreement.scroll_bar.maximum() == 0, "the cells are smaller, and none is cut"
