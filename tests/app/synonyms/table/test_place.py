from PySide6.QtCore import Qt

from core.synonyms.verdicts import Verdict

PATIENCE = 60_000


def test_where_a_judged_pair_leaves_the_filter_the_arrows_go_on(page, session, qtbot):
    with qtbot.waitSignal(page.model.modelReset, timeout=PATIENCE):
        page.sidebar.verdicts[None].click()
    page.view.selectRow(5)
    following = page.model.pair_at(6)
    session.decisions.decide_all([page.model.pair_at(5)], Verdict.NOT)
    page.order.ask()
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
    page.order.ask()
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
    page.order.ask()
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
