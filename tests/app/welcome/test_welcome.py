"""The first minutes: who sees the welcome, what leads from it where, and hints that go for good."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.tabs import TABS, tab_named
from core.language import LANGUAGES, current_language
from tests.widgets import take_turns

PATIENCE = 60_000


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)
    take_turns()


@pytest.fixture
def greeted(laboratory, qtbot):
    """The window of a first start."""
    window = laboratory.window
    window.tab("synonyms").restore_settings({"mined": "finished"})  # nothing is to be gathered here
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    laboratory.greet()
    take_turns()
    return laboratory


def test_a_window_that_nobody_starts_greets_nobody(laboratory):
    assert laboratory.window.greeter.screen is None
    laboratory.window.open("attention")
    assert laboratory.window.greeter.hint is None


def test_the_first_start_shows_three_cards_in_both_languages_and_the_second_none(greeted, start):
    screen = greeted.window.greeter.screen
    assert [card.button.text() for card in screen.cards] == [tab.welcome.button for tab in TABS]
    assert screen.hasFocus()
    press(Qt.Key.Key_F8)  # the window's own keys go on
    assert current_language() == "zh_CN"
    assert screen.cards[1].button.text() == "打开注意力图"
    greeted.use_language("en")
    press(Qt.Key.Key_Escape)
    assert greeted.window.greeter.screen is None
    greeted.close()
    again = start()
    again.greet()
    assert again.window.greeter.screen is None
    again.window.actions_table["welcome"].trigger()
    assert again.window.greeter.screen.isVisible()


def test_who_wants_it_at_every_start_gets_it(greeted, start):
    greeted.window.greeter.screen.not_again.setChecked(False)
    press(Qt.Key.Key_Escape)
    greeted.close()
    again = start()
    again.greet()
    assert again.window.greeter.screen is not None


def test_no_plain_key_does_unseen_what_it_does_on_the_page_below(greeted):
    session = greeted.window.tab("policy_gradient").session
    for key in (Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_E, Qt.Key.Key_L):
        press(key)
    assert session.phase.name != "PLAYING"
    assert not greeted.window.actions_table["explain"].isChecked()
    assert greeted.window.greeter.screen.isVisible()


def test_one_key_from_the_welcome_the_agent_learns_and_its_hint_is_of_no_more_use(greeted, qtbot):
    press(Qt.Key.Key_1)
    tab = greeted.window.open_tab
    assert tab.context == "policy_gradient"
    qtbot.waitUntil(lambda: tab.session.state.transition is not None, timeout=PATIENCE)
    assert "policy_gradient" in greeted.settings.hints_done
    assert greeted.window.greeter.hint is None
    assert not greeted.settings.welcomes
    tab.session.hold()


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_2, "attention.map"), (Qt.Key.Key_3, "synonyms.card")])
def test_one_key_from_the_welcome_there_is_the_page(greeted, qtbot, key, page):
    press(key)
    window = greeted.window
    qtbot.waitUntil(lambda: window.open_tab.page is not None, timeout=PATIENCE)
    assert window.open_tab.page.page_id == page
    if page == "attention.map":
        qtbot.waitUntil(lambda: window.open_tab.session.state.map is not None, timeout=PATIENCE)


def test_a_hint_points_at_the_one_thing_to_do_takes_no_keyboard_and_goes_for_good(greeted, start):
    press(Qt.Key.Key_Escape)
    window = greeted.window
    focus, hint = QApplication.focusWidget(), window.greeter.hint
    assert focus is not None
    assert hint.text == tab_named("policy_gradient").hint
    assert hint.isVisible()
    assert hint.target is window.open_tab.transport.play
    play = hint.target
    at = play.mapTo(window.centralWidget(), play.rect().topLeft())
    assert not hint.geometry().intersects(QRect(at, play.size()))
    window.actions_table["present"].setChecked(True)
    assert window.greeter.hint is None
    window.actions_table["present"].setChecked(False)
    window.greeter.hint.dismissed.emit()
    assert window.greeter.hint is None
    assert greeted.settings.hints_done == ["policy_gradient"]
    window.open("attention")
    assert window.greeter.hint.target is window.open_tab.hint_target
    QTest.keyClicks(window.open_tab.hint_target, "x")
    assert greeted.settings.hints_done == ["policy_gradient", "attention"]
    greeted.close()
    again = start()
    again.greet()
    assert again.window.greeter.hint is None  # the tab in front is that of before


def test_pictures_play_what_was_recorded_and_stand_where_nothing_moves(look, qtbot):
    for tab in TABS:
        picture = tab.welcome.build_picture(look)
        qtbot.addWidget(picture)
        picture.show()
        assert not picture.is_moving  # a look of tests moves nothing
        still = picture.grab().toImage()
        assert len({still.pixel(x, y) for x in range(0, still.width(), 3) for y in range(0, still.height(), 3)}) > 3


def test_moments_of_the_recordings(look, qtbot, monkeypatch):
    cart, layers, pairs = (tab.welcome.build_picture(look) for tab in TABS)
    for picture in (cart, layers, pairs):
        qtbot.addWidget(picture)
        monkeypatch.setattr(type(picture), "is_moving", property(lambda _self: True))
    first = len(cart._episodes[0].actions)
    assert cart.moment(0.0) == (0, 0)
    assert cart.moment(first * 0.02 + 1.0) == (0, first)  # it lies there for a while
    assert cart.moment(first * 0.02 + 1.2 + 0.5) == (1, 25)
    assert layers.moment(0.5) == (0, 0.0)
    layer, share = layers.moment(1.92)
    assert layer == 1
    assert share == pytest.approx(0.5)
    assert pairs.moment(0.5) == (0, False, pytest.approx(1.0))
    assert pairs.moment(1.2)[1:] == (True, pytest.approx(0.0, abs=1e-9))
    assert pairs.moment(2.0) == (0, True, pytest.approx(1.0))


@pytest.mark.parametrize("size", [(1024, 768), (1400, 900), (1920, 1080)])
def test_the_titles_and_buttons_of_all_cards_stand_on_one_line_in_both_languages(greeted, size):
    screen = greeted.window.greeter.screen
    greeted.window.resize(*size)
    for language in LANGUAGES:
        greeted.use_language(language)
        take_turns()
        for part in ("_title", "button"):
            tops = {getattr(card, part).mapTo(screen, QPoint(0, 0)).y() for card in screen.cards}
            assert len(tops) == 1, (language, part)
