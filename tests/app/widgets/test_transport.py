import itertools

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.actions import Actions
from app.panel import Look
from app.policy_gradient.session import SPEEDS
from app.scale import UiScale
from app.theme_controller import ThemeController
from app.widgets.keys.button import KeyToolButton
from app.widgets.transport import SPEED_WORDS, Transport
from core.language import N_
from tests.widgets import follow_language, take_turns

STEPS = (("pg_step", N_("Step")), ("pg_step_episode", N_("Episode")))


@pytest.fixture
def bar(qtbot, qapp, request):
    scale = UiScale()
    holder = QWidget()
    bar = Transport(
        Look(ThemeController(qapp, scale), scale),
        play="pg_play",
        steps=getattr(request, "param", STEPS),
        reset=("pg_reset", N_("Reset")),
        speeds=SPEED_WORDS,
        speed_keys=("pg_slower", "pg_faster"),
        parent=holder,
    )
    qtbot.addWidget(holder)
    holder.resize(scale.em(80), scale.em(3))
    bar.resize(holder.size())
    holder.show()
    qtbot.waitExposed(holder)
    yield bar
    holder.close()


def resize(bar, qtbot, lines):
    bar.resize(bar.look.scale.em(lines), bar.height())
    take_turns()


def buttons(bar):
    return [button for button in bar.findChildren(QAbstractButton) if button.isVisible()]


def test_a_wide_bar_has_words_and_keys(bar):
    step = bar.findChild(KeyToolButton, "pg_step")
    assert (step.text(), step.key) == ("Step", "Right")
    assert (bar.play.text(), bar.play.key) == ("Play", "Space")
    assert [button.text() for button in bar.speed_buttons.values()] == ["Slow", "Real time", "Sped up", "Turbo"]


@pytest.mark.parametrize("lines", [80, 55, 45, 35, 30, 25, 22, 20])
def test_at_no_width_does_a_button_lie_on_another_or_outside(bar, qtbot, lines):
    resize(bar, qtbot, lines)
    assert bar.width() == bar.look.scale.em(lines)
    shown = sorted((button.geometry() for button in buttons(bar)), key=lambda rect: rect.left())
    assert len(shown) == 8
    assert all(left.right() < right.left() for left, right in itertools.pairwise(shown))
    assert shown[0].left() >= 0
    assert shown[-1].right() < bar.width()
    assert all(button.width() >= button.sizeHint().width() for button in buttons(bar))


def test_what_a_narrow_bar_no_longer_says_stands_in_its_tips(bar, qtbot):
    resize(bar, qtbot, 20)
    for button in buttons(bar):
        assert button.toolTip()
        assert button.accessibleName()
    assert bar.findChild(QAbstractButton, "pg_step").toolTip() == "Step: one transition (→)"
    assert bar.play.toolTip() == "Play (Space)"
    resize(bar, qtbot, 80)
    assert (bar.play.text(), bar.play.key) == ("Play", "Space")


def test_the_speeds_name_the_keys_that_change_them(bar):
    assert set(bar.speed_buttons) == set(SPEEDS)
    assert bar.speed_buttons["slow"].toolTip() == "Slow (slower [, faster ])"
    assert bar.speed_buttons["slow"].accessibleName() == "Slow"


def test_play_and_pause_take_the_same_room(bar):
    width = bar.play.minimumWidth()
    bar.show_playing(True)
    assert bar.play.text() == "Pause"
    assert bar.play.minimumWidth() == width >= bar.play.sizeHint().width()


def test_a_step_that_is_not_offered_cannot_be_pressed(bar):
    actions = Actions(bar.window())
    bar.connect_actions(actions)
    button = bar.findChild(QAbstractButton, "pg_step")
    assert button.isEnabled()
    actions["pg_step"].setEnabled(False)
    assert not button.isEnabled()
    assert bar.findChild(QAbstractButton, "pg_reset").isEnabled()


def test_the_place_has_a_name(bar):
    bar.show_position("Training · episode 3 of 500", "Training")
    assert bar._position.accessibleName() == "Progress: Training · episode 3 of 500"


def test_where_one_is_does_not_go_away_when_its_numbers_grow(bar, qtbot):
    resize(bar, qtbot, 62)
    assert all(bar.findChild(QAbstractButton, name).text() for name in ("pg_step", "pg_reset"))
    begun, gone_on = "Ready · episode 0 of 500 · update 0", "Paused · episode 152 of 500 · update 30"
    places = []
    for words in (begun, gone_on):
        bar.show_position(words, "Ready")
        assert bar._position.text == words
        places.append([button.geometry() for button in buttons(bar)])
    assert places[0] == places[1], "nothing jumps"


@pytest.mark.parametrize("bar", [(*STEPS, ("pg_step_update", N_("Update")))], indirect=True)
def test_in_a_small_window_steps_still_have_their_words(bar, qtbot):
    bar.connect_actions(Actions(bar.window()))  # and with that their drawings
    resize(bar, qtbot, 61)  # about a window of 1024 pixels at the zoom it gets
    bar.show_position("Finished · episode 640 of 6400 · update 10", "Finished")
    assert bar.findChild(QAbstractButton, "pg_step_update").text().startswith("Update")
    assert bar._position.text == "Finished"


def test_the_longest_words_that_have_room_are_shown(bar, qtbot):
    resize(bar, qtbot, 45)
    bar.show_position("Paused · episode 152 of 500 · update 30 · and much that has no room here", "Paused · 152", "…")
    assert bar._position.text == "Paused · 152"
    bar.show_position("Paused · episode 152 of 500 · update 30 · and much that has no room here", "…")
    assert bar._position.text == "…"


def test_steps_and_speeds_stand_apart(bar, qtbot):
    for lines in (80, 60, 50, 40, 30):
        resize(bar, qtbot, lines)
        step, slow = bar.findChild(QAbstractButton, "pg_step_episode"), bar.speed_buttons["slow"]
        assert slow.x() - step.geometry().right() >= bar.look.scale.em(0.75)


def test_what_waits_for_the_layout_does_not_outlive_the_bar(bar, qtbot):
    follow_language(bar)
    bar.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    take_turns()  # an exception in a slot fails the test


def test_play_is_the_one_thing_to_press_or_one_among_others(bar):
    colours = bar.look.theme.theme.colours
    assert bar.play.property("primary")
    bar.show_primary(False)
    corner = bar.play.grab().toImage().pixelColor(bar.play.width() // 2, 4).name()
    assert corner != colours.accent
    bar.show_primary(True)
    assert bar.play.grab().toImage().pixelColor(bar.play.width() // 2, 4).name() == colours.accent


def test_what_is_said_again_lays_nothing_out_anew(bar):
    asked = []

    class Watch(QObject):
        def eventFilter(self, _watched, event):
            if event.type() == QEvent.Type.LayoutRequest:
                asked.append(event.type())
            return False

    watch = Watch()
    take_turns()
    bar.installEventFilter(watch)
    for say in (lambda: bar.offer_speeds(True), lambda: bar.show_primary(True), lambda: bar.call_steps({}),
                lambda: bar.say_why_still(""), lambda: bar.show_playing(False)):  # fmt: skip
        say()
        take_turns()
    assert asked == [], "a tab says all this after every key"
    bar.offer_speeds(False)
    take_turns()
    assert asked
    assert not any(button.isVisible() for button in bar.speed_buttons.values())
