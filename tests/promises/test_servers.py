"""A team's server that is silent, gone, locked or stopped: the window lives, labels wait, and no other store opens."""

import json
import socket
import threading
from contextlib import contextmanager, suppress

import psycopg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.synonyms.workspace import STORE_NAME
from core.paths import data_folder, settings_folder
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import candidates, make_store
from tests.core.synonyms.store.conftest import new_database
from tests.core.synonyms.store.postgresql import server, why_not
from tests.heartbeat import heartbeat
from tests.widgets import open_synonyms

LOADING = 90_000
STILL = 0.25
"""Seconds the window may stand still at most."""


def remember(store):
    folder = settings_folder()
    folder.mkdir(parents=True, exist_ok=True)
    values = {"version": 1, "tabs": {"synonyms": {"mined": "finished", "store": store}}}
    (folder / "settings.json").write_text(json.dumps(values), encoding="utf-8")


def remembered():
    return json.loads((settings_folder() / "settings.json").read_text(encoding="utf-8"))["tabs"]["synonyms"]["store"]


@contextmanager
def listener(answer):
    """A server that does ``answer`` with each connection; all are closed in the end."""
    listening = socket.create_server(("127.0.0.1", 0))
    taken = []

    def accept():
        while True:
            try:
                connection, _from = listening.accept()
            except OSError:
                return
            taken.append(connection)
            answer(connection)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield f"postgresql://ann@127.0.0.1:{listening.getsockname()[1]}/pairs", taken
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
        for connection in taken:
            connection.close()


def silent():
    return listener(lambda _connection: None)


def closing():
    return listener(lambda connection: connection.close())


def labelling(start, qtbot, address):
    """Return the tab with the first card of the store at ``address``."""
    remember(address)
    tab = open_synonyms(start(), qtbot, LOADING)
    session = tab.workspace.session
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
    qtbot.waitUntil(lambda: not session.is_planning, timeout=LOADING)
    return tab


@pytest.fixture
def team(postgresql):
    """The address of a team's store with a dozen pairs."""
    address = new_database(postgresql)
    with Store(address) as store:
        store.add(candidates())
    return address


def history(address):
    with Store(address) as store:
        return [(each.candidate, each.verdict) for each in reversed(store.history())]


def visit_pages(tab, qtbot):
    """Look at every page for a moment; the card comes last."""
    for page in ("sources", "table", "agreement", "exchange", "card"):
        tab.open_page(f"synonyms.{page}")
        qtbot.wait(100)


def press(tab, qtbot, key):
    qtbot.keyClick(QApplication.focusWidget() or tab.window(), key)


@pytest.mark.parametrize("kind", [silent, closing])
def test_a_server_that_does_not_answer_freezes_nothing_and_stays_remembered(start, qtbot, kind):
    make_store(data_folder_made() / STORE_NAME)
    with kind() as (address, taken):
        remember(address)
        laboratory = start()
        tab = open_synonyms(laboratory, qtbot, LOADING)
        session, card = tab.workspace.session, tab.pages["card"]
        with heartbeat() as beats:
            qtbot.waitUntil(lambda: bool(taken), timeout=LOADING)
            visit_pages(tab, qtbot)
            press(tab, qtbot, Qt.Key.Key_1)
            press(tab, qtbot, Qt.Key.Key_F2)
            if kind is closing:
                qtbot.waitUntil(lambda: session.why_not_open is not None, timeout=LOADING)
                assert "127.0.0.1" in card.empty_state.reason.text()
                assert not card.empty_state.button.isHidden()
                card.empty_state.button.click()
                qtbot.waitUntil(lambda: len(taken) > 1, timeout=LOADING)
            else:
                assert "Connecting to" in card.empty_state.reason.text()
        assert beats.waited < STILL, beats.seen
        assert session.store is None
        assert session.awaited == address
        laboratory.close()
        assert remembered() == address
    assert history(data_folder() / STORE_NAME) == []


def data_folder_made():
    data_folder().mkdir(parents=True, exist_ok=True)
    return data_folder()


def test_a_server_that_comes_back_is_opened_and_its_labels_land_there(start, qtbot, monkeypatch):
    if reason := why_not():
        pytest.skip(reason)
    from app.synonyms.annotation import store_retry

    monkeypatch.setattr(store_retry, "_RECONNECT", 200)
    make_store(data_folder_made() / STORE_NAME)
    with server() as running:
        address = f"{running}/postgres"
        with Store(address) as store:
            store.add(candidates())
        running.stop()
        remember(address)
        tab = open_synonyms(start(), qtbot, LOADING)
        session = tab.workspace.session
        qtbot.waitUntil(lambda: session.why_not_open is not None, timeout=LOADING)
        assert session.store is None
        running.start()
        qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
        card = session.state.card.row.id
        press(tab, qtbot, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: session.state.card is not None and session.state.card.row.id != card, timeout=LOADING)
        assert history(address) == [(card, Verdict.SYNONYM)]
        tab.workspace.session.close()
    assert history(data_folder() / STORE_NAME) == []


def test_a_store_that_has_gone_stays_remembered_and_no_other_opens(start, qtbot, tmp_path):
    make_store(data_folder_made() / STORE_NAME)
    gone = str(tmp_path / "elsewhere.db")
    remember(gone)
    laboratory = start()
    tab = open_synonyms(laboratory, qtbot, LOADING)
    session = tab.workspace.session
    assert (session.store, session.awaited) == (None, gone)
    assert "elsewhere.db" in tab.pages["card"].empty_state.reason.text()
    make_store(tmp_path / "elsewhere.db")
    press(tab, qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: session.address == gone, timeout=LOADING)
    assert session.awaited == ""
    laboratory.close()
    assert remembered() == gone


def test_labels_wait_for_a_lock_elsewhere_and_nothing_freezes(start, qtbot, team):
    tab = labelling(start, qtbot, team)
    session = tab.workspace.session
    card = session.state.card.row.id
    visit_pages(tab, qtbot)  # what a page takes to be shown for the first time has nothing to do with servers
    with psycopg.connect(team) as other:
        other.execute("LOCK TABLE decisions, judgements, candidates IN ACCESS EXCLUSIVE MODE")
        with heartbeat() as beats:
            press(tab, qtbot, Qt.Key.Key_1)
            qtbot.waitUntil(lambda: session.state.is_held, timeout=LOADING)
            assert session.state.waiting is Verdict.SYNONYM
            visit_pages(tab, qtbot)
            press(tab, qtbot, Qt.Key.Key_2)  # the verdict that waits is not judged again
            qtbot.wait(1500)
        assert beats.waited < STILL, beats.seen
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=LOADING)
    assert history(team) == [(card, Verdict.SYNONYM)]


def test_what_waits_for_a_server_is_taken_back_and_never_entered(start, qtbot, team):
    tab = labelling(start, qtbot, team)
    session = tab.workspace.session
    with psycopg.connect(team) as other:
        other.execute("LOCK TABLE decisions IN ACCESS EXCLUSIVE MODE")
        press(tab, qtbot, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: session.state.is_held, timeout=LOADING)
        press(tab, qtbot, Qt.Key.Key_Backspace)
        qtbot.waitUntil(lambda: not session.is_waiting, timeout=LOADING)
    assert session.state.waiting is None
    assert history(team) == []


def test_a_server_that_stops_while_labelling_loses_no_label(start, qtbot, monkeypatch):
    if reason := why_not():
        pytest.skip(reason)
    from app.synonyms.annotation import write_queue

    monkeypatch.setattr(write_queue, "_AWAY", 200)
    with server() as running:
        address = f"{running}/postgres"
        with Store(address) as store:
            store.add(candidates())
        tab = labelling(start, qtbot, address)
        session = tab.workspace.session
        first = session.state.card.row.id
        press(tab, qtbot, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: session.state.card.row.id != first, timeout=LOADING)
        second = session.state.card.row.id
        running.stop()
        with heartbeat() as beats:
            press(tab, qtbot, Qt.Key.Key_4)
            qtbot.waitUntil(lambda: session.state.is_held, timeout=LOADING)
            tab.pages["card"].note.setText("a note")
            session.decisions.write_note("a note")
            qtbot.wait(500)
        assert beats.waited < STILL, beats.seen
        running.start()
        qtbot.waitUntil(lambda: not session.is_waiting, timeout=LOADING)
        assert history(address) == [(first, Verdict.SYNONYM), (second, Verdict.NOT), (second, Verdict.NOT)]
        session.close()


def test_a_server_that_falls_silent_while_labelling_is_given_up_and_left_at_once(start, qtbot, team, monkeypatch):
    """The program in between keeps the connection and hands nothing on any more."""
    with relay(team) as (address, line):
        tab = labelling(start, qtbot, address)
        session = tab.workspace.session
        first = session.state.card.row.id
        line.is_cut = True
        with heartbeat() as beats:
            press(tab, qtbot, Qt.Key.Key_1)
            qtbot.waitUntil(lambda: session.state.is_held, timeout=LOADING)
            qtbot.wait(300)
        assert beats.waited < STILL, beats.seen
        line.is_cut = False
        line.hang_up()
        qtbot.waitUntil(lambda: not session.is_waiting, timeout=LOADING)
        assert history(team) == [(first, Verdict.SYNONYM)]
        session.close()


class Relay:
    """Two ends of connections, and whether anything passes."""

    def __init__(self):
        self.is_cut = False
        self.ends = []

    def pass_on(self, source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                if self.is_cut:
                    return
                target.sendall(data)

    def hang_up(self):
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def relay(address):
    """An address that leads to the server at ``address`` by way of a relay."""
    place = address.partition("@")[2].partition("/")[0]
    host, _colon, port = place.partition(":")
    made, threads = Relay(), []

    def connect(near):
        far = socket.create_connection((host, int(port)))
        made.ends += [near, far]
        for pair in ((near, far), (far, near)):
            thread = threading.Thread(target=made.pass_on, args=pair)
            thread.start()
            threads.append(thread)

    with listener(connect) as (mine, _taken):
        where = mine.partition("@")[2].partition("/")[0]
        try:
            yield address.replace(place, where), made
        finally:
            made.hang_up()
            for thread in threads:
                thread.join()
            for end in made.ends:
                end.close()
