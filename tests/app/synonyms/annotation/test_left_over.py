"""What still waits when the window is closed, or killed, is entered when the store is opened the next time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.synonyms.annotation.session import LabelSession
from core.paths import data_folder
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.annotation.test_write_queue import held, history
from tests.app.synonyms.conftest import PATIENCE
from tests.app.synonyms.small_store import candidates, make_store
from tests.core.synonyms.store.conftest import new_database

psycopg = pytest.importorskip("psycopg")

WINDOW = """
import os, signal, sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
from app.synonyms.annotation.session import LabelSession
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.inline import InlineBackground
session = LabelSession(InlineBackground(), "anna")
assert session.open(sys.argv[1])
while session.state.card is None:
    app.processEvents()
print(session.state.card.row.id, flush=True)
sys.stdin.readline()
session.decisions.decide(Verdict.SYNONYM)
session.decisions.write_note("两说")
session.decisions.toggle_flag()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def reopened(background, material, qtbot):
    """Opens a store in a new session, and returns what that said by itself."""
    sessions = []

    def open_again(address):
        session = LabelSession(background, "anna")
        session.look_up.use(material)
        sessions.append(session)
        told = []
        session.told.connect(told.append)
        session.open(address)
        qtbot.waitUntil(lambda: session.store is not None, timeout=PATIENCE)  # a server's is open in a while
        return session, told

    yield open_again
    for session in sessions:
        session.close()


def enter_three(session):
    session.decisions.decide(Verdict.SYNONYM)
    session.decisions.write_note("两说")
    session.decisions.toggle_flag()


def three(pair):
    return [
        (pair, Verdict.SYNONYM, "", False),
        (pair, Verdict.SYNONYM, "两说", False),
        (pair, Verdict.SYNONYM, "两说", True),
    ]


def journals():
    folder = data_folder() / "waiting"
    return list(folder.iterdir()) if folder.exists() else []


def test_what_the_store_did_not_take_until_the_end_is_entered_at_the_next_start(session, small, reopened):
    first = session.state.card.row.id
    with held(small):
        enter_three(session)
        session.close()
    assert history(small) == []
    again, told = reopened(small)
    assert history(small) == three(first)
    assert "3 entries" in str(told[0])
    assert again.state.card is None or again.state.card.row.id != first
    again.close()
    assert journals() == []
    _, told = reopened(small)
    assert (told, len(history(small))) == ([], 3)


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_a_killed_window_loses_nothing_that_waited(small, reopened, session):
    window = subprocess.Popen(
        [sys.executable, "-c", WINDOW, small], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, cwd=Path(__file__).parents[4],
    )  # fmt: skip
    first = int(window.stdout.readline())
    with held(small):
        window.communicate("go\n", timeout=60)
    assert window.returncode == -9
    assert history(small) == []
    reopened(small)
    assert history(small) == three(first)


def test_a_store_that_is_still_held_at_the_next_start_gets_it_later(session, small, reopened, qtbot):
    first = session.state.card.row.id
    with held(small):
        enter_three(session)
        session.close()
        _, told = reopened(small)
        assert told == []
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert history(small) == three(first)


def test_it_is_entered_into_no_other_store(session, small, reopened, tmp_path):
    with held(small):
        enter_three(session)
        session.close()
    other = str(make_store(tmp_path / "other.db"))
    _, told = reopened(other)
    assert (told, history(other)) == ([], [])
    again, told = reopened(small)
    assert len(told) == 1
    assert again.annotator == "anna"


def test_a_window_that_lives_keeps_what_waits_in_it(session, small, reopened, qtbot):
    with held(small):
        enter_three(session)
        _, told = reopened(small)
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=PATIENCE)
    assert told == []
    assert len(history(small)) == 3
    session.close()
    assert journals() == []


def test_what_was_taken_back_is_not_entered_later(session, small, reopened):
    with held(small):
        enter_three(session)
        session.decisions.undo()
        session.decisions.undo()
        session.close()
    reopened(small)
    assert [entry[1:] for entry in history(small)] == [(Verdict.SYNONYM, "", False)]


def test_what_waits_for_a_file_that_went_away_is_entered_where_that_is_found_again(session, small, reopened, qtbot):
    first = session.state.card.row.id
    told = []
    session.failed.connect(told.append)
    moved = Path(small).with_name("moved.db")
    with held(small):
        enter_three(session)
        Path(small).rename(moved)
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=PATIENCE)
    assert "deleted, moved or replaced" in str(told[-1])
    session.close()
    reopened(str(moved))
    assert history(str(moved)) == three(first)


@pytest.fixture
def team(postgresql):
    """The address of a dozen pairs on a server, and what switches it off and on."""
    address = new_database(postgresql)
    with Store(address) as store:
        store.add(candidates())
    name = address.rpartition("/")[2]

    def switch(*, on):
        with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {on}")
            if not on:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    return address, switch


def test_a_server_that_went_away_gets_what_was_entered_meanwhile(team, background, material, reopened, qtbot):
    address, switch = team
    session = LabelSession(background, "anna")
    session.look_up.use(material)
    session.open(address)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    first, held_texts = session.state.card.row.id, []
    session.held.connect(held_texts.append)
    switch(on=False)
    enter_three(session)
    qtbot.waitUntil(lambda: bool(held_texts), timeout=PATIENCE)
    assert session.is_waiting
    assert session.state.waiting is Verdict.SYNONYM
    assert "What you entered is saved as soon as that is possible" in str(held_texts[-1])
    session.close()
    switch(on=True)
    reopened(address)
    qtbot.waitUntil(lambda: history(address) == three(first), timeout=PATIENCE)
    with Store(address) as store:
        assert store.check() == []


def test_a_server_that_comes_back_while_the_window_is_open(team, background, material, qtbot):
    address, switch = team
    session = LabelSession(background, "anna")
    session.look_up.use(material)
    session.open(address)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    first, resolved = session.state.card.row.id, []
    session.resolved.connect(resolved.append)
    switch(on=False)
    enter_three(session)
    qtbot.waitUntil(lambda: session.state.is_held, timeout=PATIENCE)
    switch(on=True)
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=PATIENCE)
    assert history(address) == three(first)
    assert resolved
    assert session.state.card.row.id != first
    session.close()
    assert journals() == []
