import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app.sentence import Sentence
from app.widgets.messages.bar import MessageBar
from app.widgets.messages.history_dialog import HistoryDialog


@pytest.fixture
def bar(laboratory):
    return laboratory.window.messages


@pytest.fixture
def lone(look, qtbot):
    """A bar over nothing."""
    under = QWidget()
    qtbot.addWidget(under)
    under.show()
    return MessageBar(look, under)


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


def test_warnings_wait_until_they_have_been_closed(lone):
    lone.show_message("warning", "one")
    lone.show_message("success", "fleeting")
    lone.show_message("error", "two")
    lone.show_message("error", "three")
    assert (lone.text, lone._more.text()) == ("three", "2 more")
    lone._close.click()
    assert (lone.text, lone._more.text()) == ("two", "1 more")
    lone._close.click()
    assert lone.text == "one"
    assert not lone._more.isVisible()
    lone._close.click()
    assert not lone.isVisible()


def test_what_is_said_again_and_again_does_not_pile_up(lone):
    for _time in range(50):
        lone.show_message("error", "quack")
    assert not lone._more.isVisible()
    for number in range(50):
        lone.show_message("error", f"quack {number}")
    assert lone._more.text() == "19 more"


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


def test_a_long_or_ragged_text_stays_a_few_lines(lone):
    lone.show_message("error", "<b>first</b>\nsecond\n" + "x" * 1000)
    assert lone.text.startswith("<b>first</b> second x")
    assert len(lone.text) == 400
    assert lone._text.textFormat() is Qt.TextFormat.PlainText


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


@pytest.mark.parametrize("tab", ["policy_gradient", "attention", "synonyms"])
def test_a_message_moves_nothing_and_covers_no_foot(laboratory, bar, qtbot, tab):
    window = laboratory.window
    window.open(tab)
    qtbot.waitUntil(lambda: window.open_tab.foot is not None and window.open_tab.foot.isVisible(), timeout=60_000)
    parts = [part for part in window.open_tab.findChildren(QWidget) if part.isVisible()]
    before = [part.geometry() for part in parts]
    bar.show_message("error", "The pond is frozen. " * 12)
    assert [part.geometry() for part in parts] == before
    on_screen = QRect(bar.mapTo(window, QPoint(0, 0)), bar.size())
    foot = window.open_tab.foot
    assert not on_screen.intersects(QRect(foot.mapTo(window, QPoint(0, 0)), foot.size()))
    assert window.rect().contains(on_screen)
    window.resize(window.width() - 100, window.height() - 60)
    qtbot.waitUntil(lambda: bar.mapTo(window, QPoint(0, bar.height())).y() <= foot.mapTo(window, QPoint(0, 0)).y())


def test_what_went_well_leaves_once_it_could_be_read(lone, qtbot):
    lone.show_message("warning", "thin ice")
    lone.show_message("success", "saved")
    qtbot.waitUntil(lambda: lone.text == "thin ice", timeout=10_000)


def test_what_went_well_does_not_follow_to_another_tab(laboratory, bar):
    laboratory.window.open("policy_gradient")
    bar.show_message("warning", "thin ice")
    bar.show_message("success", "saved")
    laboratory.window.open("attention")
    assert bar.text == "thin ice"


def test_it_stays_while_the_pointer_is_on_it(look, qtbot):
    under = QWidget()
    qtbot.addWidget(under)
    bar = MessageBar(look, under, stays=0)
    under.show()
    bar.show_message("info", "here")
    QApplication.sendEvent(bar, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    qtbot.wait(600)  # twice as long as it would stay; that nothing comes can only be waited for
    assert bar.text == "here"
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not bar.text)


def test_warnings_leave_when_they_could_be_read_by_somebody_who_looks_and_errors_stay(lone, qtbot):
    lone.show_message("error", "thick ice")
    assert not lone._leaving.isActive()
    lone.show_message("warning", "thin ice")
    assert lone._leaving.isActive()
    assert lone._leaving.interval() >= 4 * 4000
    lone._leaving.timeout.emit()
    looked_at = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
    assert lone.text == ("thick ice" if looked_at else "thin ice")
    assert [said.text for said in lone.history.said] == ["thick ice", "thin ice"]
    lone.clear()


def test_a_message_takes_no_keyboard(laboratory, bar, qtbot):
    laboratory.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    before = QApplication.focusWidget()
    bar.show_message("error", "The pond is frozen.")
    assert QApplication.focusWidget() is before


def test_a_message_lies_where_nothing_is_pressed(look, qtbot):
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(look.scale.em(60), look.scale.em(40))
    buttons = QWidget(under)
    buttons.setGeometry(0, under.height() - look.scale.em(5), under.width(), look.scale.em(4))
    under.show()
    lone = MessageBar(look, under)
    lone.show_message("error", "thick ice")
    assert lone.geometry().intersects(buttons.geometry())
    lone.keep_clear_of(None, buttons)
    assert not lone.geometry().intersects(buttons.geometry())
    assert under.rect().contains(lone.geometry())


def test_the_last_row_of_a_hall_can_read_it(laboratory, bar):
    window = laboratory.window
    window.actions_table["present"].setChecked(True)
    bar.show_message("error", "The pond is frozen.")
    assert bar._text.fontMetrics().height() >= window.height() / 50
    window.actions_table["present"].setChecked(False)


def test_all_that_was_said_opens_from_the_bar_and_by_its_key(laboratory, bar, qtbot):
    bar.show_message("error", "thick ice")
    bar.show_message("error", "thin ice")
    for opens in (bar._more.click, laboratory.window.actions_table["messages"].trigger):
        opens()
        dialog = laboratory.window.findChild(HistoryDialog)
        assert dialog.texts[:2] == ["thin ice", "thick ice"]
        dialog.reject()
        dialog.deleteLater()
        QCoreApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
