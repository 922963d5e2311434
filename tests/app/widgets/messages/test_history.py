from datetime import UTC, datetime, timedelta

from PySide6.QtGui import QGuiApplication

from app.sentence import Sentence
from app.widgets.messages.history import MOST, MessageHistory
from app.widgets.messages.history_dialog import HistoryDialog

NOON = datetime(2026, 1, 2, 12, tzinfo=UTC)


def test_what_is_said_again_at_once_is_one_message():
    history = MessageHistory()
    for second, text in enumerate(("ice", "ice", "snow", "ice")):
        history.add("warning", text, NOON + timedelta(seconds=second))
    assert [(said.text, said.times, said.last.second) for said in history.said] == [
        ("ice", 2, 1), ("snow", 1, 2), ("ice", 1, 3),
    ]  # fmt: skip


def test_the_oldest_go_when_there_are_too_many():
    history = MessageHistory()
    for number in range(MOST + 3):
        history.add("info", f"quack {number}", NOON)
    assert len(history.said) == MOST
    assert history.said[0].text == "quack 3"


def test_no_password_is_listed_or_copied():
    history = MessageHistory()
    history.add("error", "postgresql://ann:secret@host/db is away", NOON)
    assert "secret" not in history.said[0].words
    assert "secret" not in history.text()


def test_the_dialog_lists_the_newest_first_and_copies_all(look, qtbot):
    history = MessageHistory()
    history.add("info", Sentence("The log is in {folder}.", {"folder": "/pond"}), NOON)
    history.add("error", "thin\nice", NOON + timedelta(minutes=1))
    dialog = HistoryDialog(look, history)
    qtbot.addWidget(dialog)
    assert dialog.texts == ["thin\nice", "The log is in /pond."]
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "2026-01-02 12:00:00\tinfo\tThe log is in /pond.",
        "2026-01-02 12:01:00\terror\tthin ice",
    ]
