"""Promises of the synonyms tab, kept by the real window, the real workers and the real store."""

import json
import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton

from app.synonyms.workspace import STORE_NAME
from core.paths import data_folder, settings_folder
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.widgets import open_synonyms

LOADING = 90_000
"""Milliseconds until workers have loaded and dictionaries are read, on a busy machine."""

KEYS = {
    Qt.Key.Key_1: Verdict.SYNONYM, Qt.Key.Key_Right: Verdict.SYNONYM,
    Qt.Key.Key_2: Verdict.RELATED, Qt.Key.Key_Up: Verdict.RELATED,
    Qt.Key.Key_3: Verdict.ANTONYM, Qt.Key.Key_Down: Verdict.ANTONYM,
    Qt.Key.Key_4: Verdict.NOT, Qt.Key.Key_Left: Verdict.NOT,
    Qt.Key.Key_5: Verdict.UNSURE,
    Qt.Key.Key_6: Verdict.SKIP, Qt.Key.Key_Space: Verdict.SKIP,
}  # fmt: skip


def address():
    return str(data_folder() / STORE_NAME)


def standing():
    """Every standing verdict, read by a connection of its own: what is really in the file."""
    connection = sqlite3.connect(address())
    rows = connection.execute("SELECT candidate_id, verdict FROM judgements ORDER BY decision_id").fetchall()
    connection.close()
    return rows


def open_tab(laboratory, qtbot):
    """Return the furnished tab in front, its first card shown and the keyboard on it."""
    tab = open_synonyms(laboratory, qtbot, LOADING)
    qtbot.waitUntil(lambda: tab.workspace.session.state.card is not None, timeout=LOADING)
    return tab


def press(tab, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Press a key where the keyboard is, as a person does."""
    qtbot.keyClick(QApplication.focusWidget() or tab.window(), key, modifier)


def remember(**values):
    """Leave settings behind as an earlier start would have."""
    folder = settings_folder()
    folder.mkdir(parents=True)
    values = {"mined": "finished"} | values
    (folder / "settings.json").write_text(json.dumps({"version": 1, "tabs": {"synonyms": values}}), encoding="utf-8")


@pytest.fixture
def tiny_material(tmp_path, monkeypatch):
    """Look up in a few words instead of a hundred thousand: these tests are about decisions."""
    vectors, corpus = tmp_path / "tiny.txt", tmp_path / "corpus.txt"
    vectors.write_text("2 2\n医生 1 0\n医师 0.9 0.1\n", encoding="utf-8")
    corpus.write_text("医生和医师是同一种职业。\n", encoding="utf-8")
    monkeypatch.setattr(
        "app.synonyms.annotation.session.EvidenceConfig", lambda: EvidenceConfig(vectors=vectors, corpora=(corpus,))
    )


@pytest.fixture
def tab(start, qtbot, tiny_material):
    """The tab on a store of three hundred pairs."""
    data_folder().mkdir(parents=True, exist_ok=True)
    make_store(address(), many_pairs(300))
    remember(queue={"annotator": "anna"})
    return open_tab(start(), qtbot)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("material", [pytest.param("own_home", marks=pytest.mark.long), "parsed"])
def test_from_a_fresh_start_a_hundred_pairs_are_labelled_by_the_keyboard_alone(start, qtbot, request, material):
    request.getfixturevalue(material)  # what of the first start the second finds done
    laboratory = start()
    laboratory.window.activateWindow()
    qtbot.waitUntil(laboratory.window.isActiveWindow)
    qtbot.keyClick(laboratory.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    tab = laboratory.window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None and tab.workspace.session.state.card is not None, timeout=LOADING)
    assert tab.workspace.mining.is_working  # the store grows while it is used
    session = tab.workspace.session
    keys = list(KEYS)
    expected = []
    for turn in range(100):
        # The mining writes into the same store: a key may wait for it, and is not pressed on the next card before.
        qtbot.waitUntil(lambda: session.state.card is not None and not session.is_waiting, timeout=LOADING)
        key = keys[turn % len(keys)]
        expected.append((session.state.card.row.id, str(KEYS[key])))
        press(tab, qtbot, key)
    qtbot.waitUntil(lambda: not session.is_waiting, timeout=LOADING)
    assert standing() == expected
    assert session.state.progress.session == 100
    qtbot.waitUntil(lambda: session.state.evidence is not None, timeout=LOADING)
    tab.workspace.mining.stop()
    qtbot.waitUntil(lambda: not tab.workspace.mining.is_working, timeout=LOADING)


def test_every_key_of_the_card_does_what_is_written_on_its_button(tab, qtbot):
    session = tab.workspace.session
    for key, verdict in KEYS.items():
        pair = session.state.card.row.id
        press(tab, qtbot, key)
        assert standing()[-1] == (pair, str(verdict)), QKeySequence(key).toString()


def test_backspace_takes_back_without_end(tab, qtbot):
    session = tab.workspace.session
    first = session.state.pair
    for _turn in range(30):
        press(tab, qtbot, Qt.Key.Key_4)
    for _turn in range(30):
        press(tab, qtbot, Qt.Key.Key_Backspace)
    assert standing() == []
    assert session.state.pair == first
    assert session.state.recent_decisions == []


def test_a_key_is_on_the_disk_before_the_next_card(tab, qtbot):
    cards = []
    tab.workspace.session.card_changed.connect(lambda: cards.append(len(standing())))
    for _turn in range(20):
        press(tab, qtbot, Qt.Key.Key_1)
    assert [found for found in dict.fromkeys(cards) if found] == list(range(1, 21))


@pytest.mark.long
def test_the_next_card_is_painted_before_anybody_waits(tab, qtbot):
    """The budget of 50 ms is the benchmark's; here a machine that does other things has twice that."""
    took = []
    for _turn in range(60):
        begin = time.perf_counter()
        press(tab, qtbot, Qt.Key.Key_1)
        tab.pages["card"].repaint()
        took.append(time.perf_counter() - begin)
    assert statistics.median(took[20:]) < 0.3


def test_keys_faster_than_any_hand_never_outrun_the_queue(tab, qtbot):
    """A hundred and fifty presses without a turn of the event loop: no plan, nothing looked up in between."""
    session = tab.workspace.session
    action = tab.window().actions_table["syn_not"]
    for _turn in range(150):
        assert session.state.card is not None
        action.trigger()
    assert len(standing()) == 150


def test_the_input_method_is_off_on_the_card_and_on_in_the_note(tab, qtbot):
    card = tab.pages["card"]
    assert QApplication.focusWidget() is card
    assert not card.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not card.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    press(tab, qtbot, Qt.Key.Key_N)
    assert QApplication.focusWidget() is card.note
    assert card.note.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_digits_and_arrows_in_the_note_are_text(tab, qtbot):
    card, session = tab.pages["card"], tab.workspace.session
    pair = session.state.card.row.id
    press(tab, qtbot, Qt.Key.Key_N)
    for key in (Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_Space, Qt.Key.Key_2, Qt.Key.Key_Backspace, Qt.Key.Key_Left):
        press(tab, qtbot, key)
    assert card.note.text() == "14 "
    assert standing() == []
    press(tab, qtbot, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is card
    assert session.state.note == "14 "
    press(tab, qtbot, Qt.Key.Key_1)
    with Store(address()) as store:
        (answer,) = store.judgements(pair)
    assert (answer.verdict, answer.note) == (Verdict.SYNONYM, "14 ")


def test_arrows_in_a_list_of_choices_choose_and_decide_nothing(tab, qtbot):
    order = tab.pages["card"].sidebar.order
    order.setFocus()
    press(tab, qtbot, Qt.Key.Key_Down)
    assert order.currentIndex() == 1
    assert standing() == []
    press(tab, qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is tab.pages["card"]


def test_in_the_table_arrows_walk_and_digits_judge(tab, qtbot):
    press(tab, qtbot, Qt.Key.Key_F3)
    qtbot.waitUntil(lambda: tab.pages["table"].model.rowCount() == 300, timeout=LOADING)
    tab.pages["table"].view.selectRow(0)
    press(tab, qtbot, Qt.Key.Key_Down)
    press(tab, qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    pairs = tab.pages["table"].selected()
    assert pairs == tab.pages["table"].model.ids[1:3].tolist()
    assert standing() == []
    press(tab, qtbot, Qt.Key.Key_2)
    assert sorted(standing()) == [(pair, "related") for pair in sorted(pairs)]
    press(tab, qtbot, Qt.Key.Key_Backspace)
    assert standing() == []
    row = tab.pages["table"].view.currentIndex().row()
    press(tab, qtbot, Qt.Key.Key_Return)
    assert tab.page is tab.pages["card"]
    assert tab.workspace.session.state.reopened
    press(tab, qtbot, Qt.Key.Key_Escape)
    assert not tab.workspace.session.state.reopened
    assert tab.page is tab.pages["table"]
    assert tab.pages["table"].view.currentIndex().row() == row
    qtbot.waitUntil(lambda: tab.pages["table"].selected() == [tab.pages["table"].model.pair_at(row)])


def test_a_click_on_a_row_opens_its_card_and_a_verdict_leads_back(tab, qtbot):
    """The click may be half of a double one: its second half must not press the verdict that has come up there."""
    window = tab.window()
    button = tab.pages["card"].buttons.buttons[Verdict.RELATED]
    place = button.mapTo(window, button.rect().center())
    press(tab, qtbot, Qt.Key.Key_F3)
    table = tab.pages["table"]
    qtbot.waitUntil(lambda: table.model.rowCount() == 300, timeout=LOADING)
    row = table.view.rowAt(table.view.viewport().mapFrom(window, place).y())
    pair = table.model.pair_at(row)
    QTest.mouseDClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert tab.page is tab.pages["card"]
    assert tab.workspace.session.state.card.row.id == pair
    assert standing() == []
    qtbot.waitUntil(lambda: not tab.stages.click_guard.isVisible())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert standing() == [(pair, "related")]
    assert tab.page is tab.pages["table"]
    press(tab, qtbot, Qt.Key.Key_4)  # a second quick key was meant for the card that has gone
    qtbot.waitUntil(lambda: table.model.row_at(row).verdict is Verdict.RELATED)
    assert standing() == [(pair, "related")]
    assert table.view.currentIndex().row() == row
    assert table.selected() == []


def test_elsewhere_no_key_judges(tab, qtbot):
    for page in (Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F6):
        press(tab, qtbot, page)
        for key in KEYS:
            qtbot.keyClick(tab, key)
    assert standing() == []


def test_a_killed_worker_is_replaced_and_labelling_goes_on(tab, qtbot):
    session = tab.workspace.session
    background = tab._background
    for lane in ("ranking", "evidence"):
        qtbot.waitUntil(lambda lane=lane: lane in background.worker_pids(), timeout=LOADING)
        os.kill(background.worker_pids()[lane], signal.SIGTERM)
    for _turn in range(60):
        press(tab, qtbot, Qt.Key.Key_1)
    assert len(standing()) == 60
    session.plan()
    qtbot.waitUntil(lambda: session.state.model is not None or not session.is_planning, timeout=LOADING)
    found = len(session.state.found)
    press(tab, qtbot, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: len(session.state.found) > found, timeout=LOADING)


@pytest.mark.long
def test_a_killed_mining_keeps_what_it_had_added_and_goes_on(parsed, tab, qtbot):
    press(tab, qtbot, Qt.Key.Key_F5)
    tab.pages["sources"].form.limit.setValue(2000)
    tab.pages["sources"].form.sentences.setChecked(False)
    for name, box in tab.pages["sources"].form.sources.items():
        box.setChecked(name in ("reference", "gloss"))
    tab.pages["sources"].form.start.click()
    told = []
    tab.message.connect(lambda kind, text: told.append((kind, str(text))))
    qtbot.waitUntil(lambda: tab.workspace.mining.state.added > 0, timeout=LOADING)
    os.kill(tab._background.worker_pids()["mining"], signal.SIGTERM)
    qtbot.waitUntil(lambda: not tab.workspace.mining.is_working, timeout=LOADING)
    assert (
        "error",
        ("The mining process ended unexpectedly. Pairs added so far are kept; continue under Sources."),
    ) in told
    kept = tab.workspace.session.store.table_query().count()
    assert kept > 300
    assert tab.pages["sources"].form.start.text() == "Continue"
    tab.pages["sources"].form.start.click()
    qtbot.waitUntil(lambda: tab.workspace.mining.state.phase == "finished", timeout=LOADING)
    assert tab.workspace.session.store.table_query().count() == 2300  # each pair once


@pytest.mark.long
def test_a_stopped_mining_goes_on_without_repeating(parsed, tab, qtbot):
    press(tab, qtbot, Qt.Key.Key_F5)
    form = tab.pages["sources"].form
    form.limit.setValue(1500)
    form.sentences.setChecked(False)
    for name, box in form.sources.items():
        box.setChecked(name in ("reference", "gloss"))
    form.start.click()
    assert form.start.text() == "Stop"
    qtbot.waitUntil(lambda: tab.workspace.mining.state.added > 0, timeout=LOADING)
    form.start.click()
    qtbot.waitUntil(lambda: not tab.workspace.mining.is_working, timeout=LOADING)
    form.start.click()
    qtbot.waitUntil(lambda: tab.workspace.mining.state.phase == "finished", timeout=LOADING)
    assert tab.workspace.session.store.table_query().count() == 1800
    assert re.fullmatch(r"Done: [\d,]+ new, [\d,]+ proposed\.", tab.pages["sources"].now.text())


_SECOND = """
import sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
with Store(sys.argv[1]) as store:
    for pair in store.table_query().ids().tolist()[-100:]:
        store.decide(pair, Verdict.RELATED, "ben")
        print(pair, flush=True)
"""


def test_a_second_program_labels_the_same_store_and_nothing_is_lost(tab, qtbot):
    other = subprocess.Popen([sys.executable, "-c", _SECOND, address()], stdout=subprocess.PIPE, text=True)
    other.stdout.readline()  # it is at work
    here = 0
    for _turn in range(100):
        before = len(tab.workspace.session.state.recent_decisions)
        press(tab, qtbot, Qt.Key.Key_1)
        qtbot.waitUntil(lambda: not tab.workspace.session.is_waiting, timeout=LOADING)
        here += 1
        assert before <= 10
    there, _err = other.communicate(timeout=60)
    assert other.returncode == 0
    rows = standing()
    assert sum(verdict == "related" for _pair, verdict in rows) == 1 + len(there.split())
    assert sum(verdict == "synonym" for _pair, verdict in rows) == here == 100


def test_a_store_held_by_another_program_is_said_and_no_decision_is_lost(tab, qtbot):
    session = tab.workspace.session
    pair = session.state.pair
    other = sqlite3.connect(address(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    took = []
    for _key in range(5):
        begin = time.perf_counter()
        press(tab, qtbot, Qt.Key.Key_1)
        took.append(time.perf_counter() - begin)
    assert max(took) < 0.8  # the window does not wait with the key, as it once did for a second each
    assert session.state.pair == pair  # nothing is shown as done that is not
    qtbot.waitUntil(lambda: "Another program is using" in tab.window().messages.text, timeout=LOADING)
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: session.state.pair != pair, timeout=LOADING)
    assert len(standing()) == 1
    assert tab.window().messages.text == ""  # what was said is no longer so


def test_a_name_that_is_refused_changes_nothing_and_a_new_one_is_said(tab, qtbot):
    session, box = tab.workspace.session, tab.pages["card"].sidebar.annotator
    box.setEditText("x" * 81)
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert "can't be used as the name of an annotator" in tab.window().messages.text
    assert (box.currentText(), session.annotator) == ("anna", "anna")
    box.setEditText("An")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert tab.window().messages.text.startswith("An is new here")
    assert QApplication.focusWidget() is tab.pages["card"]
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
    assert tab.save_settings()["queue"]["annotator"] == "An"
    box.setEditText("anna")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
    with Store(address()) as store:
        assert store.annotators() == []  # a slip leaves nobody behind


@pytest.mark.long
def test_the_space_bar_presses_the_button_that_has_the_focus(tab, qtbot):
    was = tab.pages["card"].sidebar.known.isChecked()
    tab.pages["card"].sidebar.known.setFocus()
    press(tab, qtbot, Qt.Key.Key_Space)
    assert tab.pages["card"].sidebar.known.isChecked() is not was
    qtbot.waitUntil(lambda: tab.workspace.session.state.card is not None, timeout=LOADING)
    pair = tab.workspace.session.state.pair
    tab.pages["card"].status_bar._tools["syn_flag"].setFocus()
    press(tab, qtbot, Qt.Key.Key_Space)
    assert tab.workspace.session.state.flagged
    tab.window().findChild(QToolButton, "page_sources").setFocus()
    press(tab, qtbot, Qt.Key.Key_Space)
    assert tab.page is tab.pages["sources"]
    assert [verdict for _pair, verdict in standing() if verdict] == []
    press(tab, qtbot, Qt.Key.Key_F2)
    tab.window().messages.show_message("warning", "Somebody has to close this.")
    tab.window().messages._close.setFocus()
    press(tab, qtbot, Qt.Key.Key_Space)
    assert tab.window().messages.text == ""
    assert [verdict for _pair, verdict in standing() if verdict] == []
    assert tab.workspace.session.state.pair == pair
    bar = tab.window().findChild(QTabBar)
    bar.setFocus()
    press(tab, qtbot, Qt.Key.Key_Left)
    assert not tab.isVisible()
    press(tab, qtbot, Qt.Key.Key_Right)
    assert tab.isVisible()
    assert [verdict for _pair, verdict in standing() if verdict] == []


def test_the_next_start_finds_annotator_order_and_page_again(start, qtbot, tiny_material):
    data_folder().mkdir(parents=True)
    make_store(address(), many_pairs(40))
    remember()
    first = start()
    tab = open_tab(first, qtbot)
    press(tab, qtbot, Qt.Key.Key_1)
    sidebar = tab.pages["card"].sidebar
    sidebar.annotator.setEditText("小明")
    qtbot.keyClick(sidebar.annotator.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.workspace.session.annotator == "小明", timeout=LOADING)
    press(tab, qtbot, Qt.Key.Key_F3)
    first.window.close()
    again = open_tab(start(), qtbot)
    assert again.workspace.session.annotator == "小明"
    assert again.page is again.pages["table"]
    assert len(standing()) == 1


def test_a_store_that_has_gone_is_said_and_not_replaced_by_an_empty_one(start, qtbot, tiny_material, tmp_path):
    data_folder().mkdir(parents=True)
    make_store(address(), many_pairs(40))
    gone = tmp_path / "stick" / "pairs.db"
    gone.parent.mkdir()
    remember(store=str(gone))
    window = start().window
    window.open("synonyms")
    tab = window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=LOADING)
    qtbot.waitUntil(lambda: str(gone) in window.messages.text, timeout=LOADING)
    session = tab.workspace.session
    assert (session.store, session.address, session.awaited) == (None, "", str(gone))  # nor does the usual one open
    assert list(gone.parent.iterdir()) == []
    make_store(gone, many_pairs(40))  # the stick is back
    press(tab, qtbot, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
    assert session.address == str(gone)
    assert window.messages.text == ""


def test_the_language_changes_while_a_card_is_open(tab, qtbot):
    laboratory_window = tab.window()
    laboratory_window.actions_table["language_next"].trigger()
    laboratory_window.actions_table["language_next"].trigger()
    pair = tab.workspace.session.state.pair
    assert tab.pages["card"].pair.words == pair
    event = QEvent(QEvent.Type.LanguageChange)
    QApplication.sendEvent(laboratory_window, event)
    assert tab.pages["card"].sidebar.order.currentText() == "Most likely first"
