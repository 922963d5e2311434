"""Files dropped onto the real window: each goes to its tab, what nobody knows is told, and nothing is disturbed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from app.dialogs import ask_whether
from app.policy_gradient.session import Phase
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from core.policy_gradient.checkpoint import save_checkpoint
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.policy import PolicyNetwork
from tests.app.documents.drops import drop
from tests.app.synonyms.small_store import make_store

LOADING = 60_000


@pytest.fixture
def lecture(tmp_path):
    path = tmp_path / "l.lecture.json"
    write_lecture(path, Lecture("L", "en", (Scene("attention.map"), Scene("attention.heads"))))
    return path


def test_several_files_go_to_their_tabs_and_what_is_left_is_told(laboratory, tmp_path, lecture):
    window = laboratory.window
    texts = [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]
    for path, words in zip(texts, ("我爱你。", "I love you.", "Ich liebe dich."), strict=True):
        path.write_text(words, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    assert drop(window, *texts, lecture, tmp_path / "picture.png", tmp_path / "gone.txt")
    options = window.tab("attention").session.options
    assert window.open_tab.context == "attention"
    assert (options.text, options.second, options.paired) == ("我爱你。", "I love you.", True)
    assert window.lectures.document.path == lecture
    said = window.messages.text
    assert "c.txt" in said
    window.messages.dismiss()
    assert "picture.png, gone.txt is nothing that this program opens" in window.messages.text


def test_a_store_and_a_table_of_pairs_wait_for_their_tab(laboratory, qtbot, tmp_path):
    window = laboratory.window
    window.activateWindow()
    make_store(str(tmp_path / "mine.db"))
    (tmp_path / "pairs.csv").write_text("word1,word2,label\n漂亮,美丽,synonym\n高,矮,antonym\n", encoding="utf-8")
    assert drop(window, tmp_path / "mine.db")
    tab = window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=LOADING)
    assert tab.workspace.session.address == str(tmp_path / "mine.db")
    assert drop(window, tmp_path / "pairs.csv")
    assert tab.page.page_id == "synonyms.exchange"
    assert tab.page.sidebar.way == "in"
    qtbot.waitUntil(lambda: tab.page.import_found is not None, timeout=LOADING)
    assert tab.page.import_found.records == 2


def test_the_policy_of_a_checkpoint_is_watched(laboratory, qtbot, tmp_path):
    window = laboratory.window
    policy = PolicyNetwork(4, 2, ARTICLE.hidden)
    save_checkpoint(tmp_path / "best.safetensors", policy, ARTICLE)
    assert drop(window, tmp_path / "best.safetensors")
    session = window.tab("policy_gradient").session
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=LOADING)
    assert session.can_watch_agent
    session.toggle()
    qtbot.waitUntil(lambda: session.state.frame is not None, timeout=LOADING)


def test_a_drop_disturbs_neither_a_question_nor_a_lecture(laboratory, tmp_path, lecture, qtbot):
    window = laboratory.window
    (tmp_path / "a.txt").write_text("别的", encoding="utf-8")
    ask_whether(window, "?", "Really?", lambda: None)
    assert not drop(window, tmp_path / "a.txt")
    QApplication.activeModalWidget().reject()
    assert window.lectures.open(lecture)
    window.lectures.start(0)
    assert not drop(window, tmp_path / "a.txt")
    assert window.lectures.is_running
    assert window.tab("attention").session.options.text != "别的"
    window.lectures.player.end()
    assert drop(window, tmp_path / "a.txt")


def test_files_are_the_windows_also_over_a_field(laboratory, tmp_path):
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    field = laboratory.window.tab("attention").text_bar.first
    assert not field.canInsertFromMimeData(content)
    content = QMimeData()
    content.setText("words")
    assert field.canInsertFromMimeData(content)


def test_a_text_that_is_too_long_is_told_and_changes_nothing(laboratory, tmp_path):
    window = laboratory.window
    window.open("attention")
    before = window.tab("attention").session.options.text
    (tmp_path / "long.txt").write_text("字" * 100_000, encoding="utf-8")
    assert drop(window, tmp_path / "long.txt")
    assert "longer than 20,000 characters" in window.messages.text
    assert window.tab("attention").session.options.text == before
