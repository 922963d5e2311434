"""New, Open, Recent, Save and Save as, in the real window: each tab's document, its name and its mark in the title."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.documents.recent import MOST, Recent
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.runs.folder import load_run, save_run
from core.policy_gradient.runs.history import RunHistory
from core.synonyms.store import Store
from core.synonyms.store.opening.identity import identity_of_file
from tests.app.synonyms.small_store import PAIRS, make_store
from tests.promises.test_earlier_versions import choose
from tests.widgets import open_synonyms

LOADING = 60_000
Button = QMessageBox.StandardButton


def title(window):
    """The title as the system shows it."""
    return window.windowTitle().replace("[*]", "*" if window.isWindowModified() else "")


def recent_of(window, menu="file"):
    """What the menu of recent documents lists, as actions."""
    listed = next(
        action.menu() for action in window._menus[menu].actions() if action.menu() and "Recent" in action.text()
    )
    listed.aboutToShow.emit()
    return listed.actions()


def answer(button):
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.button(button).click()


def test_a_session_is_saved_marked_asked_for_and_opened_again(laboratory, tmp_path):
    window, table = laboratory.window, laboratory.window.actions_table
    window.open("attention")
    session = window.tab("attention").session
    assert title(window) == "New session – Yaya Lab", "an example is nobody's work"
    session.want(text="他在银行")
    assert title(window) == "New session* – Yaya Lab"
    table["document_save"].trigger()
    assert QApplication.activeModalWidget().selectedFiles()[0].endswith("attention-他在银行.json")
    choose(tmp_path / "mine[*].json")
    assert window.windowTitle() == "mine[*][*].json[*] – Yaya Lab"
    session.want(text="他在河边", layer=1)
    assert window.isWindowModified()
    table["document_save"].trigger()
    assert not window.isWindowModified(), "saved where it was, without a question"
    session.want(text="别的")
    table["document_new"].trigger()
    answer(Button.Cancel)
    assert session.options.text == "别的"
    table["document_new"].trigger()
    answer(Button.Discard)
    assert session.options.text == ""
    assert title(window) == "New session – Yaya Lab"
    assert [action.text() for action in recent_of(window)] == ["mine[*].json"]
    session.want(text="something typed")
    recent_of(window)[0].trigger()
    answer(Button.Save)  # it has no file yet: one is asked for, and nothing is opened
    assert session.options.text == "something typed"
    QApplication.activeModalWidget().reject()
    recent_of(window)[0].trigger()
    answer(Button.Discard)
    assert session.options.text == "他在河边"
    (tmp_path / "mine[*].json").unlink()
    recent_of(window)[0].trigger()
    assert "is no longer there" in window.messages.text
    assert [action.text() for action in recent_of(window)] == ["None yet"]


def test_the_next_start_knows_which_file_the_session_is_and_that_it_was_changed(start, tmp_path):
    laboratory = start()
    window = laboratory.window
    window.open("attention")
    window.tab("attention").session.want(text="他在银行")
    window.tab("attention").exporter.save_session(tmp_path / "mine.json")
    window.tab("attention").session.want(text="他在河边")
    laboratory.close()
    again = start()
    assert title(again.window) == "mine.json* – Yaya Lab"
    assert again.window.tab("attention").session.options.text == "他在河边"


def test_a_run_is_saved_as_what_it_is_and_never_over_another(laboratory, qtbot, tmp_path):
    window, table = laboratory.window, laboratory.window.actions_table
    tab = window.tab("policy_gradient")
    run = RunHistory(replace(ARTICLE, seed=5))
    run.ending = "finished"
    save_run(tmp_path / "kept", run)
    tab.document.open(str(tmp_path / "kept"))
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    assert title(window) == "kept – Yaya Lab"
    assert [action.text() for action in recent_of(window)] == ["kept"]
    table["document_new"].trigger()
    tab.session.want(ARTICLE)
    assert title(window) == "Article, seed 0 – Yaya Lab", "a new run is not the folder's"
    tab.session.step("EpisodeFinished")
    qtbot.waitUntil(window.isWindowModified, timeout=LOADING)
    table["document_save"].trigger()
    assert QApplication.activeModalWidget() is not None, "it has no folder: one is asked for"
    assert QApplication.activeModalWidget().selectedFiles()[0].endswith("CartPole-v1-article-0")
    QApplication.activeModalWidget().reject()
    assert load_run(tmp_path / "kept").config.seed == 5


@pytest.mark.parametrize("answered", [Button.No, Button.Yes])
def test_a_strangers_run_loads_its_module_only_after_a_yes(laboratory, qtbot, tmp_path, monkeypatch, answered):
    (tmp_path / "planted.py").write_text("from pathlib import Path\nPath(__file__).with_name('executed').touch()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    tab = laboratory.window.tab("policy_gradient")
    save_run(tmp_path / "run", RunHistory(replace(ARTICLE, env_id="planted:Evil-v0")))
    tab.document.open(str(tmp_path / "run"))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox), timeout=LOADING)
    assert '"planted"' in QApplication.activeModalWidget().text()
    answer(answered)
    assert tab.session.begun.env_id == ("planted:Evil-v0" if answered is Button.Yes else ARTICLE.env_id)
    if answered is Button.No:
        assert not (tmp_path / "executed").exists()


def test_a_store_saves_itself_and_goes_on_in_its_copy(laboratory, qtbot, tmp_path):
    window, table = laboratory.window, laboratory.window.actions_table
    make_store(str(tmp_path / "one.db"))
    window.tab("synonyms").restore_settings({"store": str(tmp_path / "one.db")})
    tab = open_synonyms(laboratory, qtbot, LOADING)
    assert title(window) == "one.db – Yaya Lab"
    table["document_save"].trigger()
    assert window.messages.text.startswith("one.db saves itself")
    table["document_save_as"].trigger()
    assert QApplication.activeModalWidget().selectedFiles()[0].endswith("one-2.db")
    choose(tmp_path / "two.db")
    qtbot.waitUntil(lambda: tab.workspace.session.address == str(tmp_path / "two.db"), timeout=LOADING)
    assert title(window) == "two.db – Yaya Lab"
    assert [action.text() for action in recent_of(window)] == ["two.db", "one.db"]
    tab.document.copy(str(tmp_path / "one.db"))
    assert "never replaced" in window.messages.text
    recent_of(window)[1].trigger()
    assert tab.workspace.session.address == str(tmp_path / "one.db")
    with Store(str(tmp_path / "two.db")) as copy:
        assert copy.table_query().count() == len(PAIRS)
    assert identity_of_file(tmp_path / "two.db") != identity_of_file(tmp_path / "one.db"), "what waits goes into one"


@pytest.mark.long
def test_while_the_keyboard_is_in_its_list_the_lecture_is_the_document(laboratory, tmp_path, qtbot):
    window, table = laboratory.window, laboratory.window.actions_table
    window.activateWindow()
    path = tmp_path / "two.lecture.json"
    write_lecture(path, Lecture("Two", "en", (Scene("attention.map"), Scene("attention.heads"))))
    assert window.lectures.open(path)
    table["lecture_list"].setChecked(True)
    window.lectures.scene_list.view.setFocus()
    qtbot.waitUntil(lambda: title(window).startswith("two"))
    window.lectures.document.remove(0)
    assert title(window) == "two.lecture.json* – Yaya Lab"
    table["document_save"].trigger()
    assert title(window) == "two.lecture.json – Yaya Lab"
    assert [action.text() for action in recent_of(window, "lecture")] == ["two.lecture.json"]
    table["lecture_list"].setChecked(False)
    assert window.lectures.list_handle.isVisible()
    window.lectures.list_handle.click()
    assert window.lectures.scene_list.isVisible()
    assert not window.lectures.list_handle.isVisible()
    window.open_tab.take_focus()
    assert title(window).startswith("Article")
    window.lectures.start(0)
    table["document_new"].trigger()
    assert QApplication.activeModalWidget() is None, "while it is given, nothing is begun or asked"
    assert window.lectures.document.path == path


def test_recent_ones_are_few_each_once_and_without_a_password(tmp_path):
    recent = Recent()
    for number in range(MOST + 3):
        recent.add("session", str(tmp_path / f"{number}.json"))
    recent.add("session", str(tmp_path / "5.json"))
    assert len(recent.of("session")) == MOST
    assert recent.of("session")[:2] == (str(tmp_path / "5.json"), str(tmp_path / "12.json"))
    recent.add("store", "postgresql://ann:secret@host/name")
    assert "secret" not in str(recent.save())
    again = Recent()
    again.restore(recent.save())
    assert again.save() == recent.save()
