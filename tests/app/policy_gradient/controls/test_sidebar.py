from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QScrollArea

from app.panel import Look
from app.policy_gradient.controls.sidebar import Sidebar
from app.scale import UiScale
from app.theme_controller import ThemeController
from core.policy_gradient.config import ARTICLE, FAST, HYPERPARAMETERS


@pytest.fixture
def choices(qtbot, qapp):
    scale = UiScale()
    choices = Sidebar(Look(ThemeController(qapp, scale), scale))
    qtbot.addWidget(choices)
    choices.show()
    return choices


def test_the_preset_in_force_clicked_again_brings_its_values_back_and_keeps_the_seed(choices, qtbot):
    choices.show_config(replace(ARTICLE, seed=7, gamma=0.5, optimizer="adam"))
    wanted = []
    choices.wanted.connect(wanted.append)
    qtbot.mouseClick(choices._preset_buttons["article"], Qt.MouseButton.LeftButton)
    assert wanted == [replace(ARTICLE, seed=7)]
    assert choices.findChild(QLineEdit, "gamma").text() == "0.99"
    qtbot.mouseClick(choices._preset_buttons["article"], Qt.MouseButton.LeftButton)
    assert len(wanted) == 1
    qtbot.mouseClick(choices._preset_buttons["fast"], Qt.MouseButton.LeftButton)
    assert wanted[-1] == replace(FAST, seed=7)


def test_a_preset_clicked_amid_typing_takes_the_seed_typed_and_drops_what_is_wrong(choices, qtbot):
    seed, gamma = choices.findChild(QLineEdit, "seed"), choices.findChild(QLineEdit, "gamma")
    gamma.setText("duck")
    seed.setText("3")
    qtbot.mouseClick(choices._preset_buttons["fast"], Qt.MouseButton.LeftButton)
    assert choices._config == replace(FAST, seed=3)
    assert gamma.text() == "0.99"
    assert not choices._typing.isActive()


def test_every_control_that_counts_later_says_so(choices):
    choices.show_config(ARTICLE)
    choices.show_running(replace(ARTICLE, preset="fast", optimizer="adam", until_solved=True, learning_rate=0.5))
    marked = {name for name, later in choices.later.items() if later.text}
    assert marked == {"preset", "optimizer", "until_solved"}  # the learning rate changes live
    assert all(choices.later[name].text == "next run" for name in marked)
    assert choices._pending.text() == "Applies to the next run. Press R to restart."
    choices.show_running(None)
    assert not any(later.text for later in choices.later.values())
    assert choices._pending.text() == ""


def test_how_returns_are_credited_is_chosen_here(choices, qtbot):
    wanted = []
    choices.wanted.connect(wanted.append)
    box = choices.findChild(QComboBox, "baseline")
    assert [box.itemText(place) for place in range(box.count())] == [
        "none", "mean of the batch", "mean at the time step", "value network",
    ]  # fmt: skip
    box.setCurrentIndex(3)
    box.activated.emit(3)
    for name in ("reward_to_go", "normalise"):
        choices.findChild(QCheckBox, name).click()
    assert wanted[-1] == replace(ARTICLE, baseline="value", reward_to_go=False, normalise=False)
    assert choices.findChild(QLineEdit, "entropy_bonus").text() == "0"


def test_those_who_do_not_see_it_hear_what_each_control_is(choices):
    for kind in (QComboBox, QLineEdit):
        for control in choices.findChildren(kind):
            assert control.accessibleName() == HYPERPARAMETERS[control.objectName()].label
    assert choices.findChild(QCheckBox, "until_solved").text() == "Stop when solved"
    assert choices.findChild(QScrollArea).focusPolicy() is Qt.FocusPolicy.NoFocus
