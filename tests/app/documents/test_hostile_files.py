"""Strangers' lectures and sessions, by the dialog, a drop, the list of recent files and the command.

Whatever is in them: one sentence, nothing executed, nothing fetched, and what was open stays open.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.lecture.lecture_document import OpenLecture
from core.attention.requests import AttentionRequest, Source
from core.lecture.lecture import Scene
from core.lecture.lecture_file import MOST_BYTES
from main import main
from tests.app.documents.drops import drop
from tests.painted import words_painted
from tests.widgets import take_turns

PATIENCE = 60_000
MARKUP = '<img src="file:///etc/passwd" width=900><b>bold</b> & <script>alert(1)</script>'


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """A module that notes when it is imported."""
    sprung = tmp_path / "sprung"
    (tmp_path / "modules").mkdir()
    module = tmp_path / "modules" / "evil_lecture_module.py"
    module.write_text(f"open({str(sprung)!r}, 'w').close()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(module.parent))
    return sprung


def lecture(*scenes, **changed):
    return {"kind": "yaya-lab lecture", "version": 1, "title": "X", "language": "en", "scenes": list(scenes)} | changed


def scene(page="attention.map", **changed):
    return {"page": page, "caption": "A scene.", "state": {}} | changed


def session(text="你好", view=None, **changed):
    request = asdict(AttentionRequest(Source(text)))
    return {"kind": "yaya-lab attention session", "version": 1, "requests": [request], "view": view or {}} | changed


EVIL = {"run": {"config": {"env_id": "evil_lecture_module:Evil-v0"}}}
LECTURES = {
    "a caption of ten megabytes": (lecture(scene(caption="x" * 10 * 2**20)), "larger than 4 MB"),
    "a caption too long for a hall": (lecture(scene(caption="x" * 100_000)), 'Scene 1: "caption"'),
    "an unknown field": (lecture(scene(on_open="import evil_lecture_module")), 'a field "on_open"'),
    "an unknown field of the lecture": (lecture(plugin="evil_lecture_module"), 'a field "plugin"'),
    "a newer version": (lecture(version=2, scenes={"of": "another kind"}), "newer version"),
    "a page that is code": (lecture(scene(page="os.system")), "os.system"),
    "a run that is code": (lecture(scene(run={"do": "evil_lecture_module:run"})), "its page can't"),
    "an environment that imports a module": (lecture(scene("policy_gradient.live", state=EVIL)), "load a module"),
    "a model outside": (lecture(scene(state={"options": {"text": "a", "model": "../../x"}})), "model in the folder"),
    "a model of another computer": (
        lecture(scene(state={"options": {"text": "a", "model": "\\\\host\\share"}})), "model in the folder",
    ),
    "a file to be imported": (
        lecture(scene("synonyms.exchange", state={"choices": {"in": True, "file": ["/etc/passwd"]}})), "/etc/passwd",
    ),
    "vectors of another computer": (
        lecture(scene("synonyms.sources", state={"form": {"vectors": ["\\\\host\\share\\v.bin"]}})),
        "asks for the file",
    ),
    "labelled pairs outside": (
        lecture(scene("synonyms.methods", state={"controls": {"pairs": ["../secret.csv"]}})), "asks for the file",
    ),
    "a hundred thousand scenes": (lecture(*[{"page": "attention.map"}] * 100_000), "more than 500"),
}  # fmt: skip
SESSIONS = {
    "a text of ten megabytes": (session("x" * 10 * 2**20), "far larger than a session"),
    "an unknown entry": (
        session(requests=[asdict(AttentionRequest(Source("a"))) | {"on_open": "os"}]), "unknown entry on_open",
    ),
    "a newer version": (session(version=2), "a newer version of this program"),
    "no version": (session(version="1"), "another kind or version"),
    "a model of another computer": (
        session(view={"options": {"text": "a", "model": "\\\\host\\share"}}), "on another computer",
    ),
    "options of another kind": (session(view={"options": {"text": "a", "layer": "os.system"}}), "damaged"),
    "a hundred thousand maps": (session(requests=[asdict(AttentionRequest(Source("a")))] * 3000), "at most 16"),
}  # fmt: skip


def written(tmp_path, values, name="strange.lecture.json"):
    path = tmp_path / name
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


def by_dialog(window, path, action):
    window.actions_table[action].trigger()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(path))
    dialog.accept()


def lecture_by_dialog(window, path):
    by_dialog(window, path, "lecture_open")


def by_drop(window, path):
    assert drop(window, path)


def lecture_again(window, path):
    window.documents.recent.add(OpenLecture.kind, str(path))
    window.documents.reopen(window.lectures.file, str(path))


def session_by_dialog(window, path):
    by_dialog(window, path, "document_open")


def session_again(window, path):
    window.documents.reopen(window.tab("attention").document, str(path))


def is_one_sentence(text, expected):
    return expected in text and "\n" not in text and "Traceback" not in text and len(text) < 500


@pytest.mark.parametrize("way", [lecture_by_dialog, by_drop, lecture_again])
def test_a_strangers_lecture_is_refused_in_one_sentence_and_the_open_one_stays(laboratory, tmp_path, trap, way):
    window = laboratory.window
    window.lectures.add_scene()
    mine = window.lectures.document
    assert not mine.is_saved
    for name, (values, expected) in LECTURES.items():
        path = written(tmp_path, values)
        before = path.read_bytes()
        window.messages.clear()
        way(window, path)
        assert is_one_sentence(window.messages.text, expected), (name, window.messages.text)
        assert window.lectures.document is mine, name
        assert len(mine.scenes) == 1
        assert path.read_bytes() == before
    assert not trap.exists()
    assert "evil_lecture_module" not in sys.modules
    window.lectures.document.undo_stack.setClean()


@pytest.mark.parametrize("name", LECTURES)
def test_a_strangers_lecture_is_refused_by_the_command_before_any_work(tmp_path, trap, capsys, name):
    values, expected = LECTURES[name]
    path, out = written(tmp_path, values), tmp_path / "out"
    assert main(["lecture", str(path), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert is_one_sentence(said.strip(), expected), said
    assert not out.exists()
    assert not trap.exists()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("way", [session_by_dialog, by_drop, session_again])
def test_a_strangers_session_is_refused_in_one_sentence_and_what_was_typed_stays(laboratory, tmp_path, qtbot, way):
    window = laboratory.window
    window.open("attention")
    tab = window.tab("attention")
    asked = tab.session.asked_for
    for name, (values, expected) in SESSIONS.items():
        path = written(tmp_path, values, "strange.json")
        before = path.read_bytes()
        window.messages.clear()
        way(window, path)
        assert is_one_sentence(window.messages.text, expected), (name, window.messages.text)
        assert tab.session.asked_for == asked, name
        assert path.read_bytes() == before
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)


def test_a_session_fetches_nothing_from_the_network_though_it_says_so(laboratory, tmp_path, qtbot):
    window = laboratory.window
    window.open("attention")
    tab = window.tab("attention")
    options = {"text": "a", "model": "nobody/no-such-model", "download": True}
    by_drop(window, written(tmp_path, session("a", {"options": options}), "strange.json"))
    assert tab.session.asked_for.model == "nobody/no-such-model"
    assert not tab.session.asked_for.download
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    assert tab.session.state.trouble


def test_markup_in_a_strangers_lecture_is_read_as_it_stands_and_loads_nothing(laboratory, tmp_path, qtbot):
    window = laboratory.window
    window.resize(1280, 800)
    window.open("attention")
    values = lecture(
        scene(caption=MARKUP, notes=MARKUP, section=MARKUP, state={"options": {"text": MARKUP}}),
        scene("attention.heads", caption=MARKUP, state={"options": {"text": MARKUP}}),
        title=MARKUP,
    )
    by_drop(window, written(tmp_path, values))
    window.actions_table["lecture_list"].setChecked(True)
    window.actions_table["lecture_speaker"].setChecked(True)
    lectures = window.lectures
    assert lectures.scene_list.model.index(0, 0).data() == f"1  {MARKUP}"
    lectures.scene_list._retranslate()
    take_turns()
    assert any("<img" in words.text for words in words_painted(window)), "in the list"
    lectures.start(0)
    qtbot.waitUntil(lambda: not window.open_tab.is_busy, timeout=PATIENCE)
    take_turns()
    assert lectures.caption_bar.caption == MARKUP
    assert any("<script>" in words.text for words in words_painted(lectures.caption_bar))
    speaker = lectures._speaker
    painted = " ".join(words.text for words in words_painted(speaker))
    assert painted.count("<script>") >= 3, "caption, notes and the next caption"
    assert window.tab("attention").text_bar.first.text == MARKUP
    lectures.player.end()
    window.actions_table["lecture_speaker"].setChecked(False)
    take_turns()


@pytest.mark.long
def test_every_page_that_can_be_a_scene_can_be_read_again(laboratory, tmp_path, qtbot):
    """What is added is saved and opened again: no lecture is made that this program then refuses."""
    window = laboratory.window
    window.tab("synonyms").restore_settings({"mined": "finished"})
    lectures = window.lectures
    for page in sorted(known_pages()):
        tab_id = page.partition(".")[0]
        window.open(tab_id)
        tab = window.tab(tab_id)
        qtbot.waitUntil(lambda tab=tab: tab.page is not None, timeout=PATIENCE)
        tab.open_page(page)
        take_turns()
        assert lectures.stage.take() is not None, page
        lectures.add_scene()
    path = tmp_path / "all.lecture.json"
    lectures.save_as(path)
    assert lectures.document.is_saved, window.messages.text
    window.actions_table["lecture_close"].trigger()
    assert lectures.open(path), window.messages.text
    assert {one.page for one in lectures.document.scenes} == known_pages()


def known_pages():
    from app.tabs import known_to_lectures

    return known_to_lectures().pages


def test_a_page_that_shows_what_no_lecture_may_name_says_so_and_becomes_no_scene(laboratory, qtbot, tmp_path):
    window = laboratory.window
    window.open("attention")
    tab = window.tab("attention")
    tab.session.want(model=str(tmp_path / "model"), text="a")
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    window.messages.clear()
    window.actions_table["lecture_add"].trigger()
    assert "This page asks for the model in the folder" in window.messages.text
    assert window.lectures.document is None


def test_a_lecture_too_large_to_be_opened_again_is_not_written(laboratory, tmp_path):
    window = laboratory.window
    window.lectures.add_scene()
    document = window.lectures.document
    for _more in range(3):
        document.insert(0, Scene("attention.map", {"options": {"text": "x" * (MOST_BYTES // 2)}}))
    window.lectures.save_as(tmp_path / "large.lecture.json")
    assert "at most 500 scenes and 4 MB" in window.messages.text
    assert not (tmp_path / "large.lecture.json").exists()
    assert not document.is_saved
    document.undo_stack.setClean()
