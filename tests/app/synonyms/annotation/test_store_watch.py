"""Two windows on one store: each hears of what the other has decided."""

import pytest

from app.synonyms.annotation.session import LabelSession
from app.synonyms.card.page import CardPage
from app.synonyms.table.page import TablePage
from core.synonyms.queue.config import QueueConfig
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE
from tests.app.synonyms.inline import InlineBackground


@pytest.fixture
def other(qtbot, small, material, session):
    """Another window of the same annotator on the same store."""
    background = InlineBackground()
    made = LabelSession(background, "anna")
    made.look_up.use(material)
    assert made.open(small)
    qtbot.waitUntil(lambda: made.state.card is not None and not session.is_planning, timeout=PATIENCE)
    yield made
    made.close()
    background.close()


def test_a_card_judged_in_one_window_leaves_the_other(session, other, workspace, qtbot):
    page = CardPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.show()
    pair = session.state.card.row.id
    assert other.state.card.row.id == pair
    waiting = session.state.progress.waiting
    other.decisions.decide(Verdict.SYNONYM)
    qtbot.waitUntil(lambda: session.state.card.row.id != pair, timeout=PATIENCE)
    assert session.state.card.row.id == other.state.card.row.id
    assert [each.candidate for each in session.state.recent_decisions] == [pair]
    assert (session.state.progress.today, session.state.progress.waiting) == (1, waiting - 1)
    assert page.recent_decisions.buttons[0].decision.candidate == pair
    other.decisions.undo()
    qtbot.waitUntil(lambda: session.state.recent_decisions == [], timeout=PATIENCE)
    qtbot.waitUntil(lambda: session.state.progress.waiting == waiting, timeout=PATIENCE)


def test_the_table_shows_what_the_other_window_decided(session, other, workspace, qtbot):
    page = TablePage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    other.decisions.decide_all([page.model.pair_at(4)], Verdict.NOT)
    qtbot.waitUntil(lambda: page.model.index(4, 0).data() == "Not", timeout=PATIENCE)
    page.left()


def test_a_note_that_is_being_written_is_not_lost(session, other, workspace, qtbot):
    page = CardPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.show()
    page.note.setText("half a sent")
    page.note.hasFocus = lambda: True
    last = [card.row.id for card in session.queue.upcoming][-1]
    other.decisions.decide_all([last], Verdict.NOT)
    qtbot.waitUntil(lambda: bool(session.state.recent_decisions), timeout=PATIENCE)
    assert page.note.text() == "half a sent"


def test_what_this_window_decides_is_no_news(session, qtbot):
    news = []
    session._watch.changed.connect(news.append)
    for _pair in range(3):
        session.decisions.decide(Verdict.NOT)
        session.look_for_news()
    assert news == []


def test_another_annotators_decisions_change_nothing_on_the_card(session, other, qtbot):
    other.arrange(QueueConfig("", "ben"))
    qtbot.waitUntil(lambda: other.state.card is not None, timeout=PATIENCE)
    pair = session.state.card.row.id
    other.decisions.decide_all([pair], Verdict.ANTONYM)
    session.look_for_news()
    assert session.state.card.row.id == pair
    assert session.state.annotator_answers == ()
    assert session.state.recent_decisions == []
