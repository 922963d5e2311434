"""Of more than two actions each is shown with its name, its probability and a bar as long as that."""

import pytest

from app.policy_gradient.live.action_shares import PolicyView, action_colour
from core.language import set_language
from core.policy_gradient.environments.description import EnvironmentDescription, describe
from tests.pictures import extent, seen, where
from tests.widgets import take_turns

SHARES = (0.5, 0.25, 0.125, 0.125)


@pytest.fixture
def view(worn, qtbot):
    view = PolicyView(worn)
    qtbot.addWidget(view)
    view.resize(600, 100)
    view.show_environment(describe("FrozenLake-v1"), 4)
    view.show()
    qtbot.waitExposed(view)
    take_turns()
    return view


def test_every_action_has_its_name_and_its_probability(view):
    assert view.shares.texts() == [("π(left|s)", "–"), ("π(down|s)", "–"), ("π(right|s)", "–"), ("π(up|s)", "–")]
    view.show_policy(0.25, SHARES)
    assert [value for _name, value in view.shares.texts()] == ["50.0%", "25.0%", "12.5%", "12.5%"]
    assert not view.bar.isVisible()
    view.show_policy(None, ())
    assert {value for _name, value in view.shares.texts()} == {"–"}


def test_a_bar_is_filled_as_far_as_its_action_is_likely_in_the_colour_of_its_side(view, worn):
    view.show_policy(0.25, SHARES)
    colours = worn.theme.theme.colours
    for action, bar in enumerate(view.shares._bars):
        filled = extent(where(seen(bar), action_colour(colours, describe("FrozenLake-v1"), action)))
        assert filled.width == pytest.approx(bar.width() * SHARES[action], abs=1.5)
    assert action_colour(colours, describe("FrozenLake-v1"), 0) == colours.left
    assert action_colour(colours, describe("FrozenLake-v1"), 2) == colours.right


def test_two_actions_keep_the_bar_with_two_ends(view):
    view.show_environment(describe("CartPole-v1"), 2)
    assert view.bar.isVisible()
    assert not view.shares.isVisible()
    view.show_environment(EnvironmentDescription("own:Thing-v0"), 0)  # nobody knows yet
    assert view.bar.isVisible()
    view.show_environment(EnvironmentDescription("own:Thing-v0"), 18)
    assert [name for name, _value in view.shares.texts()] == [f"π({number}|s)" for number in range(18)]


def test_a_policy_of_another_environment_is_not_shown_under_wrong_names(view):
    view.show_policy(0.2, (0.5, 0.2, 0.3))
    assert {value for _name, value in view.shares.texts()} == {"–"}


def test_names_follow_the_language(view, qapp):
    set_language("zh_CN")
    view.shares._retranslate()
    assert view.shares.texts()[0][0] == "π(左|s)"
