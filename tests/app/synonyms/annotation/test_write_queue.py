"""A store that another program holds: the window goes on, and what was entered waits in order."""

import sqlite3
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from app.synonyms.annotation.session import LabelSession
from app.synonyms.card.page import CardPage
from core.synonyms.journal.statement import Statement
from core.synonyms.queue.config import QueueConfig
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE
from tests.app.synonyms.small_store import make_store

FRAMES = 0.8
"""Seconds a key may take on a busy machine; before, it was one second."""


@contextmanager
def held(path):
    """Hold the store as an import or another annotator's program does."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


def history(path):
    """What was entered, oldest first."""
    with Store(path) as store:
        return [(each.candidate, each.verdict, each.note, each.flagged) for each in reversed(store.history())]


def is_idle(session):
    return lambda: not session.is_waiting


def test_a_key_does_not_freeze_the_window_and_its_verdict_goes_in_by_itself(session, small, qtbot):
    card, said, resolved = session.state.card, [], []
    session.held.connect(said.append)
    session.resolved.connect(resolved.append)
    with held(small):
        begun = time.perf_counter()
        assert not session.decisions.decide(Verdict.SYNONYM)
        assert time.perf_counter() - begun < FRAMES
        assert session.state.waiting is Verdict.SYNONYM
        assert session.state.card is card
        qtbot.waitUntil(lambda: session.state.is_held, timeout=PATIENCE)
        assert small in str(said[0])
        assert history(small) == []
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert history(small) == [(card.row.id, Verdict.SYNONYM, "", False)]
    assert session.state.card.row.id != card.row.id
    assert (session.state.waiting, session.state.is_held) == (None, False)
    assert resolved == said
    assert session.state.progress.session == 1


def test_a_short_wait_is_no_news(session, small, qtbot):
    said = []
    session.held.connect(said.append)
    with held(small):
        session.decisions.decide(Verdict.NOT)
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert said == []


def test_no_card_is_judged_that_was_not_seen(session, small, qtbot):
    """Keys pressed on, while the first waits, are not taken for cards that nobody has seen."""
    first = session.state.card.row.id
    with held(small):
        for verdict in (Verdict.SYNONYM, Verdict.NOT, Verdict.NOT):
            session.decisions.decide(verdict)
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert history(small) == [(first, Verdict.SYNONYM, "", False)]


def test_what_waits_goes_in_in_its_order(session, small, qtbot):
    first = session.state.card.row.id
    with Store(small) as store:
        others = [pair for pair in store.table_query().ids().tolist() if pair != first][:2]
    with held(small):
        session.decisions.toggle_flag()
        session.decisions.write_note("两说")
        assert (session.state.flagged, session.state.note) == (True, "两说")
        session.decisions.write_note("两说")  # leaving the field says the same again
        session.decisions.decide(Verdict.RELATED)
        session.decisions.decide_all(others, Verdict.NOT)
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert history(small) == [
        (first, None, "", True),
        (first, None, "两说", True),
        (first, Verdict.RELATED, "两说", True),
        *((pair, Verdict.NOT, "", False) for pair in others),
    ]
    assert session.state.card.row.id not in {first, *others}


def test_what_waits_is_taken_back_and_never_entered(session, small, qtbot):
    card, resolved = session.state.card, []
    session.resolved.connect(resolved.append)
    with held(small):
        session.decisions.decide(Verdict.SYNONYM)
        qtbot.waitUntil(lambda: session.state.is_held, timeout=PATIENCE)
        session.decisions.undo()
        assert not session.is_waiting
        assert session.state.waiting is None
        assert session.state.card is card
        assert len(resolved) == 1
    assert session.decisions.decide(Verdict.NOT)  # the other key
    assert history(small) == [(card.row.id, Verdict.NOT, "", False)]


def test_an_undo_waits_too_and_each_takes_one_back(session, small, qtbot):
    pairs = []
    for _decision in range(3):
        pairs.append(session.state.card.row.id)
        session.decisions.decide(Verdict.NOT)
    with held(small):
        session.decisions.undo()
        session.decisions.undo()
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    with Store(small) as store:
        assert [each.candidate for each in store.last_decisions("anna").all()] == pairs[:1]
    assert session.state.card.row.id == pairs[1]


def test_a_waiting_verdict_is_its_pairs_whatever_is_shown_meanwhile(session, small, qtbot):
    earlier = session.state.card.row.id
    session.decisions.decide(Verdict.NOT)
    first = session.state.card.row.id
    with held(small):
        session.decisions.decide(Verdict.SYNONYM)
        session.current_card.reopen(earlier)
        assert session.state.waiting is None
        session.decisions.decide(Verdict.ANTONYM)
        assert session.state.waiting is Verdict.ANTONYM
        session.current_card.leave_reopened()
        assert (session.state.card.row.id, session.state.waiting) == (first, Verdict.SYNONYM)
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert [entry[:2] for entry in history(small)] == [
        (earlier, Verdict.NOT),
        (first, Verdict.SYNONYM),
        (earlier, Verdict.ANTONYM),
    ]


def test_the_seconds_of_a_decision_end_with_the_key(session, small, qtbot):
    with held(small):
        looked = session.queue.looked
        session.decisions.decide(Verdict.SYNONYM)
        qtbot.waitUntil(lambda: session.state.is_held, timeout=PATIENCE)  # 0.3 seconds at least
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert session.state.recent_decisions[0].seconds == pytest.approx(looked, abs=0.1)


def test_nobody_else_is_let_in_front_of_what_waits(session, small, qtbot, tmp_path):
    told, resolved = [], []
    session.held.connect(told.append)
    session.resolved.connect(resolved.append)
    other = str(make_store(tmp_path / "other.db"))
    with held(small):
        session.decisions.decide(Verdict.SYNONYM)
        assert not session.arrange(QueueConfig("", "ben"))
        assert not session.open(other)
        assert session.annotator == "anna"
        assert "still waiting" in str(told[0])
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert resolved == told  # nothing is said any more that is not so
    assert session.arrange(QueueConfig("", "ben"))


def test_a_change_of_people_waits_too(session, small, qtbot):
    seen = []
    with held(small):
        session.decisions.change(Statement("add person", "ben"), lambda: seen.append(session.is_waiting))
        assert session.is_waiting
        assert seen == []
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert seen == [False]
    with Store(small) as store:
        assert [each.name for each in store.annotators()] == ["ben"]


def test_what_waits_at_the_end_is_entered_before_the_store_is_closed(session, small):
    first = session.state.card.row.id
    with held(small):
        session.decisions.decide(Verdict.SYNONYM)
    session.close()
    assert history(small) == [(first, Verdict.SYNONYM, "", False)]


def test_another_error_ends_the_waiting_and_is_said(session, small, qtbot, tmp_path):
    card, told = session.state.card, []
    session.failed.connect(told.append)
    with held(small):
        session.decisions.decide(Verdict.SYNONYM)
        (tmp_path / "small.db").rename(tmp_path / "gone.db")
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert "deleted, moved or replaced" in str(told[-1])
    assert (session.state.card, session.state.waiting) == (card, None)


def test_the_card_shows_what_waits(session, small, qtbot, workspace):
    page = CardPage(replace(workspace, session=session))
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    with held(small):
        page.decide(Verdict.ANTONYM)
        assert page.buttons.buttons[Verdict.ANTONYM].isChecked()
        qtbot.waitUntil(lambda: page.status.text().startswith("Waiting for the store"), timeout=PATIENCE)
    qtbot.waitUntil(is_idle(session), timeout=PATIENCE)
    assert not page.buttons.buttons[Verdict.ANTONYM].isChecked()
    assert page.status.text().startswith("Next pair")


def test_a_store_in_which_another_program_writes_opens_all_the_same(background, small, material, qtbot):
    session = LabelSession(background, "anna")
    session.look_up.use(material)
    with held(small):
        assert session.open(small)
        qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    session.close()


@pytest.mark.parametrize("way", ["by itself", "F2"])
def test_a_store_that_another_program_keeps_for_itself_is_opened_later(
    background, small, material, qtbot, workspace, way
):
    workspace.session.close()  # nobody here holds the store
    session = LabelSession(background, "anna")
    session.look_up.use(material)
    page = CardPage(replace(workspace, session=session))
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    said, resolved = [], []
    session.held.connect(said.append)
    session.resolved.connect(resolved.append)
    with held(small) as other:
        other.execute("ROLLBACK")
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE info SET value = value")
        other.execute("COMMIT")
        begun = time.perf_counter()
        assert not session.open(small)
        assert time.perf_counter() - begun < 1
        assert session.awaited == small
        assert page.empty_state.reason.text() == "Another program is using the store."
        session.plan()
        assert session.awaited == small
    if way == "F2":
        session.plan()
        assert session.store is not None
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    assert (session.awaited, resolved) == ("", said)
    session.close()


def test_a_refused_name_changes_nothing(session, look, qtbot):
    from app.synonyms.card.queue_sidebar import QueueSidebar

    sidebar = QueueSidebar(look, session.config)
    qtbot.addWidget(sidebar)
    wanted, refused = [], []
    sidebar.wanted.connect(wanted.append)
    sidebar.refused.connect(refused.append)
    for name in ("Rob\x07ert", "x" * 81):
        sidebar.annotator.setEditText(name)
        sidebar.annotator.lineEdit().returnPressed.emit()
        assert sidebar.annotator.currentText() == "anna"
    assert wanted == []
    assert all("can't be used as the name of an annotator" in each for each in refused)
    assert len(refused) == 2
