"""Dialogs hold nothing up: they return at once, tell their answer, and are gone when they are closed."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QTreeView,
    QWidget,
)

from app import dialogs
from core.language import set_language

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def opened(kind=QDialog):
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    assert dialog.isVisible()
    return dialog


def is_let_go(window, qtbot):
    qtbot.waitUntil(lambda: window.findChildren(QDialog) == [])
    return True


def press(button):
    def answer(dialog):
        dialog.button(button).click()

    return answer


def choose(*paths):
    def answer(dialog):
        dialog.setDirectory(str(paths[0].parent))
        dialog.findChild(QLineEdit).setText(" ".join(f'"{path.name}"' for path in paths))
        dialog.accept()

    return answer


def accept(dialog):
    dialog.accept()


def write(text):
    def answer(dialog):
        dialog.setTextValue(text)
        dialog.accept()

    return answer


YES, NO = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No


def ways(folder):
    """Every way to ask: how it is asked, how it is answered, and what is told then."""
    one, two = folder / "one.txt", folder / "two.txt"
    for file in (one, two):
        file.touch()
    return {
        "file": (
            lambda window, tell: dialogs.ask_for_file(window, "?", tell, folder=str(folder), kinds="Text (*.txt)"),
            choose(one), one,
        ),
        "files": (lambda window, tell: dialogs.ask_for_files(window, "?", tell), choose(one, two), (one, two)),
        "folder": (lambda window, tell: dialogs.ask_for_folder(window, "?", tell), choose(folder), str(folder)),
        "write": (
            lambda window, tell: dialogs.ask_where_to_write(
                window, "?", str(folder / "new.txt"), "Text (*.txt)", lambda name, kind: tell((name, kind))
            ),
            accept, (str(folder / "new.txt"), "Text (*.txt)"),
        ),
        "text": (lambda window, tell: dialogs.ask_for_text(window, "?", "Which?", tell), write("a duck"), "a duck"),
        "yes": (
            lambda window, tell: dialogs.ask_whether(window, "?", "Is <b>it</b>?", lambda: tell("yes")),
            press(YES), "yes",
        ),
    }  # fmt: skip


EVERY_WAY = ("file", "files", "folder", "write", "text", "yes")


@pytest.mark.parametrize("way", EVERY_WAY)
def test_what_is_asked_is_told_when_it_is_answered(window, qtbot, tmp_path, way):
    ask, answer, expected = ways(tmp_path)[way]
    told = []
    ask(window, told.append)
    assert told == []
    answer(opened())
    assert told == [expected]
    assert is_let_go(window, qtbot)


@pytest.mark.parametrize("way", EVERY_WAY)
def test_nothing_is_told_of_what_is_cancelled(window, qtbot, tmp_path, way):
    told = []
    ways(tmp_path)[way][0](window, told.append)
    opened().close()
    assert is_let_go(window, qtbot)
    assert told == []


@pytest.mark.parametrize("way", EVERY_WAY)
def test_a_window_may_go_under_an_open_dialog(qtbot, tmp_path, way):
    window = QWidget()
    window.show()
    told, gone = [], []
    ways(tmp_path)[way][0](window, told.append)
    opened().destroyed.connect(lambda: gone.append(way))
    window.close()
    window.deleteLater()
    qtbot.waitUntil(lambda: gone == [way])
    assert told == []


def test_a_no_is_no(window, qtbot):
    told = []
    dialogs.ask_whether(window, "?", "Really?", lambda: told.append("yes"))
    press(NO)(opened(QMessageBox))
    assert is_let_go(window, qtbot)
    assert told == []


def test_the_kind_of_file_that_was_chosen_is_told(window, tmp_path):
    told = []
    kinds = "Picture (*.png);;Drawing (*.svg)"
    dialogs.ask_where_to_write(window, "?", str(tmp_path / "map"), kinds, lambda *given: told.append(given))
    opened(QFileDialog).selectNameFilter("Drawing (*.svg)")
    opened(QFileDialog).accept()
    assert told == [(str(tmp_path / "map"), "Drawing (*.svg)")]


def test_a_question_is_plain_text(window):
    dialogs.ask_whether(window, "?", "Replace <b>?", lambda: None)
    assert opened(QMessageBox).textFormat().name == "PlainText"
    dialogs.ask_for_text(window, "?", "Which?", print)
    assert opened(QInputDialog).labelText() == "Which?"


NESTING = re.compile(
    r"\.exec\(|QEventLoop|processEvents|QFileDialog\.get|QInputDialog\.get|QMessageBox\.[a-z]+\(|qWait"
)


def test_nothing_in_the_window_nests_an_event_loop():
    starting = {"app/start.py", "app/tour/command.py", "app/lecture/rendering/command.py"}  # these run the one there is
    found = {
        f"{path.relative_to(ROOT).as_posix()}: {line.strip()}"
        for path in (ROOT / "app").rglob("*.py")
        if path.relative_to(ROOT).as_posix() not in starting
        for line in path.read_text("utf-8").splitlines()
        if NESTING.search(line) and "``" not in line
    }
    assert found == set()


_CLOSED_ELSEWHERE = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select * from t'); c.close()"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have other locks")
@pytest.mark.parametrize(
    "ask",
    [
        lambda parent, folder: dialogs.ask_for_file(parent, "x", print, folder=folder),
        lambda parent, folder: dialogs.ask_where_to_write(parent, "x", f"{folder}/new.csv", "All (*)", print),
    ],
)
def test_a_dialog_beside_a_store_leaves_it_its_locks(window, qtbot, tmp_path, ask):
    with closing(sqlite3.connect(tmp_path / "pairs.db")) as store:
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("CREATE TABLE t(x)")
        store.commit()
        ask(window, str(tmp_path))
        dialog = opened(QFileDialog)
        view = dialog.findChild(QTreeView, "treeView")
        qtbot.waitUntil(lambda: view.model().rowCount(view.rootIndex()) == 3)
        qtbot.wait(300)
        subprocess.run([sys.executable, "-c", _CLOSED_ELSEWHERE, str(tmp_path / "pairs.db")], check=True)
        assert (tmp_path / "pairs.db-wal").exists()
        dialog.reject()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have their own dialogs")
def test_qts_own_dialog_speaks_the_language_and_shows_its_columns_whole(window, qtbot, request, tmp_path):
    set_language("zh_CN")
    request.addfinalizer(lambda: set_language("en"))
    (tmp_path / "pairs.csv").write_bytes(bytes(123_456))
    dialogs.ask_for_file(window, "x", print, folder=str(tmp_path))
    dialog = opened(QFileDialog)
    labels = [dialog.labelText(label) for label in (QFileDialog.DialogLabel.LookIn, QFileDialog.DialogLabel.FileType)]
    assert labels == ["查找范围：", "文件类型："]
    view = dialog.findChild(QTreeView, "treeView")
    qtbot.waitUntil(lambda: view.model().rowCount(view.rootIndex()) == 1)
    qtbot.wait(100)
    for column in range(1, 4):
        assert view.columnWidth(column) >= view.sizeHintForColumn(column)
    dialog.reject()
