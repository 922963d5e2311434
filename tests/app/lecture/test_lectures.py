"""Lectures in the real window, given by the keys of a clicker."""

import json
from dataclasses import replace

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions import ACTIONS
from app.lecture.lectures import Lectures
from app.policy_gradient.session import Phase
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from core.paths import data_folder
from core.policy_gradient.config import ARTICLE
from tests.app.documents.test_documents import recent_of
from tests.app.synonyms.small_store import make_store
from tests.widgets import take_turns

Key, Held = Qt.Key, Qt.KeyboardModifier
PATIENCE = 60_000


def press(key, held=Held.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, held)


def activate(window, qtbot):
    """Give the window the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def run(**config):
    """The state of a page of the policy gradient tab at the start of a run."""
    values = replace(ARTICLE, **config).to_dict()
    return {"config": values, "speed": "turbo", "run": {"config": values}}


SCENES = (
    Scene("policy_gradient.live", run(), caption="First."),
    Scene("policy_gradient.live", {}, caption="Second.", run={"do": "train_until", "episode": 3}),
    Scene("attention.steps", {}, caption="Third.", notes="Say why."),
    Scene("policy_gradient.anatomy", {}, caption="Fourth."),
)


@pytest.fixture
def given(laboratory, qtbot, tmp_path):
    """The window with a lecture of four scenes, being given."""
    window = laboratory.window
    window.resize(1024, 768)
    activate(window, qtbot)
    path = tmp_path / "four.lecture.json"
    write_lecture(path, Lecture("Four", "en", SCENES))
    assert window.lectures.open(path)
    press(Key.Key_F5)
    return window


def front(window):
    return window.open_tab.page.page_id


def test_a_lecture_is_given_by_a_clicker_alone(given, qtbot):
    window, lectures = given, given.lectures
    assert window.isFullScreen()
    assert lectures.caption_bar.hasFocus()
    assert lectures.caption_bar.caption == "First."
    heard = []
    for spec in ACTIONS:
        window.actions_table[spec.id].triggered.connect(lambda _on, name=spec.id: heard.append(name))
    press(Key.Key_PageUp)  # there is none before the first
    assert lectures.player.index == 0
    press(Key.Key_PageDown)
    session = window.tab("policy_gradient").session
    qtbot.waitUntil(lambda: lectures.stage.is_settled, timeout=PATIENCE)
    assert len(session.state.durations) == 3  # just there, though an episode is over in a moment
    assert session.phase is Phase.PAUSED
    press(Key.Key_Right)
    assert front(window) == "attention.steps"
    press(Key.Key_Space)
    assert front(window) == "policy_gradient.anatomy"
    press(Key.Key_PageDown)  # there is none after the last
    press(Key.Key_Left)
    assert front(window) == "attention.steps"
    for key in (Key.Key_1, Key.Key_Return):
        press(key)
    assert lectures.player.index == 0
    press(Key.Key_End)
    assert lectures.player.index == len(SCENES) - 1
    for key in (Key.Key_F5, Key.Key_R, Key.Key_C, Key.Key_E, Key.Key_T, Key.Key_Slash):  # what nobody sees does nothing
        press(key)
    press(Key.Key_F5, Held.ShiftModifier)
    assert heard == []
    press(Key.Key_Escape)
    assert not lectures.is_running
    assert not window.isFullScreen()
    assert lectures.caption_bar.isHidden()
    assert front(window) == "policy_gradient.live", "as it was before"


@pytest.mark.sweep(1)
@pytest.mark.parametrize(("key", "value"), [(Key.Key_B, 0), (Key.Key_Period, 0), (Key.Key_W, 255)])
def test_the_window_goes_black_or_white_and_comes_back(given, key, value):
    middle = QPoint(given.width() // 2, given.height() // 2)
    press(key)
    assert given.grab().toImage().pixelColor(middle).value() == value
    press(Key.Key_PageDown)  # brings the window back, and does nothing else
    assert type(given.childAt(middle)).__name__ != "BlackScreen"
    assert given.lectures.player.index == 0
    assert given.lectures.caption_bar.hasFocus()
    press(key)
    press(Key.Key_Escape)
    assert not given.lectures.is_running


@pytest.mark.long
def test_a_tab_hears_which_scenes_will_come_there(laboratory, qtbot, tmp_path, monkeypatch):
    window, heard = laboratory.window, []
    activate(window, qtbot)
    path = tmp_path / "four.lecture.json"
    write_lecture(path, Lecture("Four", "en", SCENES))
    monkeypatch.setattr(type(window.tab("policy_gradient")), "expect", lambda _tab, scenes: heard.append(scenes))
    assert window.lectures.open(path)
    press(Key.Key_F5)
    assert heard == [(SCENES[1], SCENES[3])]
    press(Key.Key_PageDown)
    assert heard[1:] == [(SCENES[3],)]
    press(Key.Key_PageDown)
    assert len(heard) == 2, "the scene is of another tab"
    press(Key.Key_Escape)
    assert heard[2:] == [()]


def test_the_next_scene_waits_for_nothing_that_runs(given, qtbot):
    lectures, session = given.lectures, given.tab("policy_gradient").session
    lectures.document.change(1, replace(SCENES[1], run={"do": "train_until", "episode": 400}))
    press(Key.Key_PageDown)
    qtbot.waitUntil(lambda: len(session.state.durations) > 1, timeout=PATIENCE)
    press(Key.Key_PageDown)
    assert front(given) == "attention.steps"
    assert session.phase is Phase.PAUSED
    assert len(session.state.durations) < 400


def test_a_worker_that_dies_is_told_in_one_sentence_and_the_next_scene_works(given, laboratory, qtbot):
    lectures, session = given.lectures, given.tab("policy_gradient").session
    lectures.document.change(1, replace(SCENES[1], run={"do": "train_until", "episode": 400}))
    press(Key.Key_PageDown)
    qtbot.waitUntil(lambda: len(session.state.durations) > 1, timeout=PATIENCE)
    psutil.Process(laboratory.background.worker_pids()["training"]).kill()
    qtbot.waitUntil(lambda: session.phase is Phase.FAILED, timeout=PATIENCE)
    assert "ended unexpectedly" in given.messages.text
    press(Key.Key_PageDown)
    assert front(given) == "attention.steps"
    assert given.messages.text == ""
    press(Key.Key_Home)
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)


@pytest.mark.long
def test_a_page_that_raises_is_told_in_one_sentence_and_the_next_scene_works(given, monkeypatch):
    tab = given.tab("policy_gradient")
    monkeypatch.setattr(type(tab.page), "restore_state", lambda _page, _state: 1 / 0)
    press(Key.Key_PageDown)
    assert "can't be shown as it was saved" in given.messages.text
    press(Key.Key_PageDown)
    assert front(given) == "attention.steps"
    assert given.messages.text == ""


@pytest.mark.long
def test_f5_gives_the_lecture_also_where_the_window_presents_already(given):
    window = given
    press(Key.Key_Escape)
    window.actions_table["present"].trigger()
    assert window.isFullScreen()
    assert not window.lectures.is_running
    press(Key.Key_F5)
    assert window.lectures.is_running
    assert window.lectures.player.index == 0
    press(Key.Key_PageDown)
    assert window.lectures.player.index == 1


@pytest.mark.long
def test_a_store_that_is_missing_is_told_in_one_sentence_and_the_next_scene_works(laboratory, qtbot, tmp_path):
    window = laboratory.window
    activate(window, qtbot)
    window.tab("synonyms").restore_settings({"store": str(tmp_path / "gone" / "pairs.db"), "mined": "finished"})
    scenes = (Scene("synonyms.table", caption="Table."), Scene("synonyms.card"), Scene("policy_gradient.live", run()))
    write_lecture(tmp_path / "l.json", Lecture("L", "en", scenes))
    window.lectures.open(tmp_path / "l.json")
    press(Key.Key_F5)
    tab = window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None and tab.workspace.session.why_not_open is not None)
    take_turns()
    assert "gone does not exist. Make it first, or choose another." in window.messages.text
    assert window.lectures.is_running
    press(Key.Key_PageDown)
    assert front(window) == "synonyms.card"
    press(Key.Key_PageDown)
    assert front(window) == "policy_gradient.live"
    assert window.messages.text == ""


@pytest.mark.long
def test_a_model_that_is_missing_is_told_once_and_the_next_scene_works(given, qtbot):
    lectures = given.lectures
    state = {"options": {"text": "A duck.", "model": "nobody/no-such-model"}}
    lectures.document.change(2, replace(SCENES[2], page="attention.map", state=state))
    press(Key.Key_End)
    press(Key.Key_PageUp)
    tab = given.tab("attention")
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    assert tab.session.state.trouble
    press(Key.Key_PageDown)
    assert front(given) == "policy_gradient.anatomy"
    take_turns()


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_a_hall_can_read_captions_and_the_smallest_type(laboratory, tmp_path, size, monkeypatch):
    window = laboratory.window
    window.resize(*size)
    lectures = window.lectures
    path = tmp_path / "one.lecture.json"
    write_lecture(path, Lecture("One", "en", (Scene("policy_gradient.live", run(), caption="A caption. " * 12),)))
    lectures.open(path)
    monkeypatch.setattr(type(window), "setWindowState", lambda _window, _state: None)  # the screen here has one size
    laboratory.look.theme.choose("projector")
    window.resize(*size)
    lectures.start(0)
    scale = laboratory.look.scale
    factor = scale.factor
    lectures.player.go_to(0)
    assert scale.factor == factor  # nothing is laid out anew from scene to scene
    assert lectures.caption_bar.type_size >= window.height() / 40
    assert QFontMetrics(scale.font("caption")).height() >= window.height() / 50
    assert lectures.caption_bar.geometry().bottom() <= window.centralWidget().height()
    lectures.player.end()
    assert scale.factor == scale.zoom * 1.25


def test_what_stands_in_the_window_becomes_a_scene_that_comes_back(laboratory, qtbot, tmp_path):
    window = laboratory.window
    activate(window, qtbot)
    tab = window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    tab.session.set_speed("slow")
    tab.page.show_picture("network")
    window.actions_table["lecture_add"].trigger()
    saved = tab.page.save_state()
    lectures = window.lectures
    assert lectures.scene_list.isVisible()
    tab.session.set_speed("turbo")
    tab.page.show_picture("environment")
    tab.show_page("plane")
    lectures.scene_list.shown_wanted.emit(0)
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    assert front(window) == "policy_gradient.live"
    assert tab.page.save_state() == saved
    lectures.save_as(tmp_path / "mine")
    assert json.loads((tmp_path / "mine.lecture.json").read_text(encoding="utf-8"))["title"] == "mine"
    assert lectures.document.is_saved
    assert window.documents.recent.of("lecture") == (str(tmp_path / "mine.lecture.json"),)


def test_a_lecture_that_was_not_saved_is_kept_when_the_window_closes(start):
    laboratory = start()
    laboratory.window.actions_table["lecture_add"].trigger()
    laboratory.close()
    kept = list((data_folder() / "lectures").glob("unsaved-*.lecture.json"))
    assert len(kept) == 1
    again = start()
    listed = recent_of(again.window, "lecture")
    assert [action.text() for action in listed] == [kept[0].name]
    listed[0].trigger()
    assert again.window.lectures.document.path == kept[0]


def test_nothing_of_lectures_is_loaded_before_it_is_asked_for(laboratory):
    assert not laboratory.window.findChildren(Lectures)


def test_while_a_lecture_is_open_f5_is_its_and_afterwards_the_pages(laboratory, qtbot, tmp_path):
    window = laboratory.window
    activate(window, qtbot)
    path = tmp_path / "one.lecture.json"
    write_lecture(path, Lecture("One", "en", SCENES[:1]))
    window.lectures.open(path)
    window.actions_table["lecture_close"].trigger()
    press(Key.Key_F5)
    assert front(window) == "policy_gradient.swarm"
    assert not window.lectures.is_running


@pytest.mark.long
def test_a_page_that_gives_itself_the_keyboard_takes_no_key_from_the_lecture(laboratory, qtbot, tmp_path):
    window = laboratory.window
    activate(window, qtbot)
    window.tab("synonyms").restore_settings({"store": str(make_store(tmp_path / "own.db")), "mined": "finished"})
    scenes = (Scene("synonyms.table", {"store": "sample"}), Scene("synonyms.ask", {}), Scene("synonyms.card", {}))
    write_lecture(tmp_path / "l.json", Lecture("L", "en", scenes))
    window.lectures.open(tmp_path / "l.json")
    press(Key.Key_F5)
    tab, lectures = window.tab("synonyms"), window.lectures
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)  # the pages are built after the scene was put up
    take_turns()
    tab.take_focus()
    assert lectures.caption_bar.hasFocus()
    for number in (1, 2):
        press(Key.Key_PageDown)
        take_turns()
        assert lectures.player.index == number
        assert lectures.caption_bar.hasFocus()
    for key, number in ((Key.Key_Home, 0), (Key.Key_End, 2), (Key.Key_Left, 1)):
        press(key)
        assert lectures.player.index == number
    press(Key.Key_B)
    assert not lectures.caption_bar.hasFocus(), "the black screen has the keys"
    press(Key.Key_PageDown)
    press(Key.Key_Escape)
    assert not lectures.is_running
    tab.take_focus()
    assert not lectures.caption_bar.hasFocus()
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    take_turns()


@pytest.mark.long
def test_who_clicks_into_a_field_types_there_in_the_middle_of_a_lecture(given, qtbot):
    press(Key.Key_End)
    press(Key.Key_PageUp)
    tab, lectures = given.tab("attention"), given.lectures
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    field = tab.text_bar.first
    inside = field.mapTo(given, field.rect().center())
    QTest.mouseClick(given.windowHandle(), Qt.MouseButton.LeftButton, Held.NoModifier, inside)
    assert field.isAncestorOf(QApplication.focusWidget()) or field.hasFocus()
    press(Key.Key_A)
    assert "a" in field.text
    press(Key.Key_PageDown)
    assert lectures.player.index == 3
    take_turns()
    press(Key.Key_Escape)
    take_turns()
