"""What was typed stays in sight until it is stored, whatever the store says to it."""

from pathlib import Path

import pytest

from app.synonyms.card.page import CardPage
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE


@pytest.fixture
def page(qtbot, workspace):
    made = CardPage(workspace)
    for part in (made, made.sidebar, made.status_bar):
        qtbot.addWidget(part)
    return made


def type_note(page, text):
    page.note.setText(text)
    page.note.editingFinished.emit()


def set_pragma(session, statement):
    with session.store.database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {statement}")


def note_of(address, pair):
    with Store(address) as store:
        return next((answer.note for answer in store.judgements(pair)), "")


def test_a_note_for_which_the_disk_has_no_room_waits_in_sight(page, session, small, qtbot):
    pair, note, said = session.state.card.row.id, "长" * 9_000, []
    session.held.connect(said.append)
    pages = Path(small).stat().st_size // 4096
    set_pragma(session, f"max_page_count={pages}")
    type_note(page, note)
    assert page.note.text() == note
    assert "is full" in str(said[0])
    session.current_card.show()
    assert page.note.text() == note
    set_pragma(session, f"max_page_count={10 * pages}")
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=PATIENCE)
    assert page.note.text() == note
    assert note_of(small, pair) == note


@pytest.mark.parametrize("way", ["note", "verdict"])
def test_a_note_that_a_read_only_store_refuses_stays_and_can_be_sent_again(page, session, small, way):
    pair, failed = session.state.card.row.id, []
    session.failed.connect(failed.append)
    set_pragma(session, "query_only=1")
    if way == "note":
        type_note(page, "两说")
    else:
        page.note.setText("两说")
        page.decide(Verdict.SYNONYM)
    assert "can't be written" in str(failed[0])
    assert page.note.text() == "两说"
    assert not session.is_waiting
    session.current_card.show()
    assert page.note.text() == "两说"
    set_pragma(session, "query_only=0")
    page.note.editingFinished.emit()
    assert note_of(small, pair) == "两说"


def test_a_note_on_a_file_that_has_gone_stays_on_its_pair_alone(page, session, small):
    first = session.state.card.row.id
    other = session.queue.upcoming[1].row.id
    Path(small).rename(Path(small).with_name("gone.db"))
    type_note(page, "两说")
    assert page.note.text() == "两说"
    session.current_card.reopen(other)
    assert page.note.text() == ""
    session.current_card.reopen(first)
    assert page.note.text() == "两说"


def test_a_note_that_is_too_long_stays_to_be_shortened(page, session):
    note = "长" * 10_001
    type_note(page, note)
    assert page.note.text() == note


def test_what_is_being_typed_stays_while_the_card_is_shown_anew(page, session, qtbot, monkeypatch):
    page.note.setText("还没写")
    monkeypatch.setattr(page.note, "hasFocus", lambda: True)
    session.renew()
    assert page.note.text() == "还没写"
    page.decide(Verdict.NOT)
    assert page.note.text() == ""


def test_what_was_typed_when_the_window_is_closed_is_stored(page, session, small):
    pair = session.state.card.row.id
    page.note.setText("还没按回车")
    session.close()
    assert note_of(small, pair) == "还没按回车"


def test_nothing_is_entered_on_closing_where_nothing_was_typed(page, session, small):
    session.close()
    with Store(small) as store:
        assert store.history() == []
