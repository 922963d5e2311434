"""The menu of environments: what can be trained by name, anything else by hand, and what is wrong with it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.policy_gradient.controls.environment_menu import EnvironmentMenu
from app.policy_gradient.controls.sidebar import Sidebar
from app.policy_gradient.session import Phase
from core.language import set_language
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.environments.description import OFFERED
from core.policy_gradient.environments.requirement import Requirement

LOADING = 60_000


@pytest.fixture
def sidebar(look, qtbot):
    sidebar = Sidebar(look)
    qtbot.addWidget(sidebar)
    sidebar.show()
    sidebar.wanted_ones = []
    sidebar.wanted.connect(sidebar.wanted_ones.append)
    return sidebar


def choose(menu, env_id):
    """Choose a row of the menu as a hand does; an empty id is "Other…"."""
    menu.box.setCurrentIndex(menu.box.findData(env_id))
    menu.box.activated.emit(menu.box.currentIndex())


def type_in(field, text):
    field.box.setText(text)
    field.box.textEdited.emit(text)
    field.box.editingFinished.emit()


def test_the_menu_has_every_environment_by_its_name_in_the_language(look, qtbot):
    menu = EnvironmentMenu(look)
    qtbot.addWidget(menu)
    titles = [menu.box.itemText(place) for place in range(menu.box.count())]
    assert titles[0] == "CartPole"
    assert "FrozenLake, 4 × 4" in titles
    assert titles[-1] == "Other…"
    assert len(titles) == len(OFFERED) + 1
    set_language("zh_CN")
    menu._retranslate()
    assert menu.box.itemText(0) == "CartPole 倒立摆"


def test_what_needs_something_is_greyed_with_the_reason(look, qtbot, monkeypatch):
    monkeypatch.setattr(Requirement, "missing", lambda requirement: f"It needs {requirement.module}")
    menu = EnvironmentMenu(look)
    qtbot.addWidget(menu)
    place = menu.box.findData("LunarLander-v3")
    assert menu.box.itemText(place) == "LunarLander"  # nothing is looked for before the window stands
    menu.look_for_missing()
    assert menu.box.itemText(place) == "LunarLander · It needs Box2D"
    assert not menu.box.model().item(place).isEnabled()
    assert menu.box.model().item(0).isEnabled()
    set_language("zh_CN")
    menu._retranslate()
    assert menu.box.itemText(place) == "LunarLander 登月器 · It needs Box2D"


def test_another_environment_brings_its_own_values(sidebar):
    choose(sidebar.environment, "CliffWalking-v1")
    (wanted,) = sidebar.wanted_ones
    assert wanted == ARTICLE.for_environment("CliffWalking-v1")
    assert sidebar.environment.fields["max_episode_steps"].box.text() == "200"
    assert not sidebar.environment.fields["env_id"].isVisible()
    choose(sidebar.environment, "CliffWalking-v1")
    assert len(sidebar.wanted_ones) == 1


def test_options_and_limit_are_offered_for_all_but_cartpole_and_count_when_typed(sidebar):
    options, limit = (sidebar.environment.fields[name] for name in ("env_kwargs", "max_episode_steps"))
    assert not options.isVisible()
    choose(sidebar.environment, "FrozenLake-v1")
    assert options.isVisible()
    assert limit.isVisible()
    type_in(options, '{"is_slippery": false}')
    type_in(limit, "50")
    assert sidebar.wanted_ones[-1] == replace(
        ARTICLE.for_environment("FrozenLake-v1"), env_kwargs='{"is_slippery": false}', max_episode_steps=50
    )
    type_in(options, "{")
    assert "JSON" in options._problem.text()
    assert sidebar.wanted_ones[-1].env_kwargs == '{"is_slippery": false}'  # what was there before


def test_an_environment_of_one_s_own_is_named_by_hand(sidebar):
    choose(sidebar.environment, "")
    assert sidebar.environment.fields["env_id"].isVisible()
    assert sidebar.wanted_ones == []  # none is named yet
    type_in(sidebar.environment.fields["env_id"], "my_module:Maze-v0")
    assert sidebar.wanted_ones == [ARTICLE.for_environment("my_module:Maze-v0")]
    assert sidebar.environment.is_other
    sidebar.show_config(ARTICLE)
    assert not sidebar.environment.is_other
    assert not sidebar.environment.fields["env_id"].isVisible()


def test_a_preset_keeps_the_environment(sidebar, qtbot):
    sidebar.show_config(replace(ARTICLE.for_environment("FrozenLake-v1"), env_kwargs='{"is_slippery": false}', seed=4))
    qtbot.mouseClick(sidebar._preset_buttons["fast"], Qt.MouseButton.LeftButton)
    assert sidebar.wanted_ones == [
        replace(FAST.for_environment("FrozenLake-v1"), env_kwargs='{"is_slippery": false}', seed=4)
    ]


def test_what_differs_from_the_run_under_way_counts_from_the_next_on(sidebar):
    sidebar.show_running(ARTICLE)
    choose(sidebar.environment, "FrozenLake-v1")
    assert sidebar.later["env_id"].text == "next run"
    assert sidebar.later["env_kwargs"].text == ""


def test_a_name_without_a_version_finds_the_newest_with_the_names_of_its_actions(laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    menu = tab.sidebar.environment
    choose(menu, "")
    type_in(menu.fields["env_id"], "FrozenLake")
    qtbot.waitUntil(lambda: tab.session.config.env_id == "FrozenLake-v1", timeout=LOADING)
    assert tab.session.wanted.env_id == "FrozenLake-v1"
    assert not tab.session.wanted.zero_last_reward, "what is known of it is taken, as in the terminal"
    assert tab.session.former is None
    assert menu.box.currentData() == "FrozenLake-v1" or menu.fields["env_id"].value == "FrozenLake-v1"
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY and tab.session.state.frame is not None, timeout=LOADING)
    assert [name for name, _value in tab.page.policy_view.shares.texts()][1] == "π(down|s)"


def test_a_refusal_stands_beside_the_menu_till_another_is_chosen(laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    menu = tab.sidebar.environment
    choose(menu, "")
    type_in(menu.fields["env_id"], "Pendulum-v1")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FAILED, timeout=LOADING)
    assert "Pendulum-v1 can't be trained: its actions are Box" in menu._problem.text()
    assert menu._problem.isVisible()
    choose(menu, "FrozenLake-v1")
    assert not menu._problem.isVisible()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY and tab.session.state.frame is not None, timeout=LOADING)
    page = tab.page
    assert page.environment_view.has_picture
    assert [name for name, _value in page.policy_view.shares.texts()] == [
        "π(left|s)", "π(down|s)", "π(right|s)", "π(up|s)",
    ]  # fmt: skip
    assert all(value.endswith("%") for _name, value in page.policy_view.shares.texts())
    assert page.state_numbers._values[0].text == "0"
