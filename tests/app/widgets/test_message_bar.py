import pytest
from PySide6.QtCore import Qt

from app.sentence import Sentence
from app.widgets.message_bar import MessageBar


@pytest.fixture
def bar(laboratory):
    return laboratory.window.messages


def test_the_bar_is_away_until_something_is_to_be_said(bar):
    assert isinstance(bar, MessageBar)
    assert not bar.isVisible()
    bar.show_message("error", "The pond is frozen. Bring an axe.")
    assert bar.isVisible()
    assert bar.text == "The pond is frozen. Bring an axe."
    bar.clear()
    assert not bar.isVisible()
    assert bar.text == ""


def test_an_error_that_nobody_caught_reaches_the_bar(laboratory, qtbot, capsys):
    import sys

    sys.excepthook(RuntimeError, RuntimeError("a feather got in"), None)
    assert "a feather got in" in laboratory.window.messages.text
    capsys.readouterr()


def test_warnings_wait_until_they_have_been_closed(bar):
    bar.show_message("warning", "one")
    bar.show_message("success", "fleeting")
    bar.show_message("error", "two")
    bar.show_message("error", "three")
    assert (bar.text, bar._more.text()) == ("three", "2 more")
    bar._close.click()
    assert (bar.text, bar._more.text()) == ("two", "1 more")
    bar._close.click()
    assert bar.text == "one"
    assert not bar._more.isVisible()
    bar._close.click()
    assert not bar.isVisible()


def test_what_is_said_again_and_again_does_not_pile_up(bar):
    for _time in range(50):
        bar.show_message("error", "quack")
    assert not bar._more.isVisible()
    for number in range(50):
        bar.show_message("error", f"quack {number}")
    assert bar._more.text() == "19 more"


def test_a_sentence_in_the_bar_follows_the_language(laboratory, bar):
    bar.show_message("info", Sentence("The log is in {folder}.", {"folder": "/pond"}))
    assert bar.text == "The log is in /pond."
    laboratory.use_language("zh_CN")
    assert "/pond" in bar.text
    assert "The log" not in bar.text
    laboratory.use_language("en")
    assert bar.text == "The log is in /pond."


def test_what_a_tab_tells_reaches_the_bar_as_text_and_as_sentence(laboratory, bar):
    tab = laboratory.window.tab("policy_gradient")
    tab.message.emit("error", "plain")
    assert bar.text == "plain"
    tab.message.emit("info", Sentence("The log is in {folder}.", {"folder": "/pond"}))
    assert bar.text == "The log is in /pond."


def test_a_long_or_ragged_text_stays_a_few_lines(bar):
    bar.show_message("error", "<b>first</b>\nsecond\n" + "x" * 1000)
    assert bar.text.startswith("<b>first</b> second x")
    assert len(bar.text) == 400
    assert bar._text.textFormat() is Qt.TextFormat.PlainText


def test_every_start_up_message_can_be_read_and_follows_the_language(start, own_home, monkeypatch):
    (own_home / "settings").mkdir(parents=True)
    (own_home / "settings" / "settings.json").write_text("{")
    (own_home / "log").mkdir(parents=True)
    (own_home / "log" / "running-999999999.txt").write_text("")
    monkeypatch.setattr("app.fonts.FONT_FILES", ("none.ttf",))
    (own_home / "log" / "yaya-lab.log").mkdir()
    laboratory = start()
    bar = laboratory.window.messages
    for word, translated in (
        ("settings-unreadable.json", "设置"),
        ("none.ttf", "字体"),
        ("log can't be written", "日志"),
        ("ended unexpectedly", "意外"),
    ):
        assert word in bar.text
        laboratory.use_language("zh_CN")
        assert translated in bar.text
        laboratory.use_language("en")
        assert word in bar.text
        bar.dismiss()
    assert bar.text == ""
