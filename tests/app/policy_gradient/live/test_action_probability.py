import pytest

from app.policy_gradient.live.action_probability import LastAction, ProbabilityBar
from core.policy_gradient.environments.description import EnvironmentDescription, describe
from core.policy_gradient.events import Transition
from tests.pictures import extent, inked, seen, strokes, where, within


def step(action, right):
    return Transition((0.0,) * 4, action, right, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)


def test_the_bar_speaks_of_the_state_in_the_picture_only(look, qtbot):
    bar = ProbabilityBar(look)
    qtbot.addWidget(bar)
    assert bar.words(2000) == ("← π(left|s) –", "π(right|s) – →")
    bar.show_probability(0.296)
    assert bar.words(2000) == ("← π(left|s) 70.4%", "π(right|s) 29.6% →")
    assert bar.accessibleName() == 'Probability of "right": 29.6%'


def test_where_there_is_no_room_the_bar_keeps_arrows_and_numbers(look, qtbot):
    bar = ProbabilityBar(look)
    qtbot.addWidget(bar)
    bar.show_probability(0.296)
    assert bar.words(look.scale.em(8)) == ("← 70.4%", "29.6% →")


def test_the_last_action_stands_apart_with_the_probability_it_had(look, qtbot):
    line = LastAction(look)
    qtbot.addWidget(line)
    assert line.words() == ("Last action:", "–", "")
    line.show_step(step(0, 0.75))
    assert line.words() == ("Last action:", "← left", "with π = 25.0%")
    line.show_step(step(1, 0.75))
    assert line.words() == ("Last action:", "right →", "with π = 75.0%")
    assert line.accessibleName() == "Last action: right → with π = 75.0%"


def test_actions_without_a_name_are_numbers(look, qtbot):
    bar, line = ProbabilityBar(look), LastAction(look)
    for widget in (bar, line):
        qtbot.addWidget(widget)
    bar.show_actions(())
    line.show_environment(EnvironmentDescription("own:Thing-v0"))
    bar.show_probability(0.25)
    assert bar.words(2000) == ("← π(0|s) 75.0%", "π(1|s) 25.0% →")
    line.show_step(step(1, 0.75))
    assert line.words() == ("Last action:", "1 →", "with π = 75.0%")
    line.show_step(Transition((0.0,), 2, 0.2, (0.1, 0.2, 0.7), 1.0, (0.1,), False, False, 1, 1, 1.0, 1))
    assert line.words() == ("Last action:", "2", "with π = 70.0%")


@pytest.mark.parametrize(
    ("action", "words", "ink"), [(0, "← left", "left_ink"), (1, "down", "text"), (2, "right →", "right_ink")]
)
def test_of_many_actions_the_one_taken_is_named_with_its_side_and_colour(worn, qtbot, action, words, ink):
    line = LastAction(worn)
    qtbot.addWidget(line)
    line.resize(500, line.sizeHint().height())
    line.show_environment(describe("FrozenLake-v1"))
    shares = (0.4, 0.3, 0.2, 0.1)
    line.show_step(Transition((0.0,), action, 0.3, shares, 0.0, (0.0,), False, False, 1, 1, 0.0, 1))
    assert line.words() == ("Last action:", words, f"with π = {shares[action]:.1%}")
    assert where(seen(line), getattr(worn.theme.theme.colours, ink)).any()


@pytest.fixture
def bar(worn, qtbot):
    made = ProbabilityBar(worn)
    qtbot.addWidget(made)
    made.resize(400, made.sizeHint().height())
    return made


@pytest.mark.parametrize("right", [0.0, 0.25, 0.7, 1.0])
def test_left_is_blue_from_the_left_and_right_is_orange_from_the_right(bar, worn, right):
    bar.show_probability(right)
    pixels, colours = seen(bar), worn.theme.theme.colours
    lines = {"top": bar.height() - worn.scale.em(1) + 1, "bottom": bar.height() - 1}
    blue, orange = (within(where(pixels, colour), **lines) for colour in (colours.left, colours.right))
    if right < 1:
        assert (extent(blue).left, extent(blue).right) == (0, pytest.approx(400 * (1 - right), abs=1))
    if right > 0:
        assert (extent(orange).left, extent(orange).right) == (pytest.approx(400 * (1 - right), abs=1), 400)
    assert (blue.any(), orange.any()) == (right < 1, right > 0)
    assert extent(within(where(pixels, colours.window), **lines)).x == pytest.approx(200, abs=1)  # one half


def test_each_action_is_named_in_its_hue_over_its_own_end(bar, worn):
    bar.show_probability(0.25)
    pixels, colours = seen(bar), worn.theme.theme.colours
    above = {"bottom": bar.height() - worn.scale.em(1) - 1}
    left, right = (
        extent(within(strokes(pixels, ink, colours.window), **above)) for ink in (colours.left_ink, colours.right_ink)
    )
    assert left.left < worn.scale.em(0.5)
    assert left.right < 200 < right.left
    assert right.right > 400 - worn.scale.em(0.5)


def test_a_probability_that_is_not_known_has_neither_hue(bar, worn):
    pixels, colours = seen(bar), worn.theme.theme.colours
    bottom = pixels[-2]
    assert not where(bottom, colours.left).any()
    assert not where(bottom, colours.right).any()
    assert where(bottom, colours.border).mean() > 0.9


@pytest.mark.parametrize("action", [0, 1])
def test_the_last_action_is_written_in_its_hue(worn, qtbot, action):
    line, colours = LastAction(worn), worn.theme.theme.colours
    qtbot.addWidget(line)
    line.resize(500, line.sizeHint().height())
    line.show_step(step(action, 0.5))
    pixels = seen(line)
    inks = [strokes(pixels, ink, colours.window, 0.6) for ink in (colours.left_ink, colours.right_ink)]
    assert [ink.any() for ink in inks] == [action == 0, action == 1]
    whole, named = extent(inked(pixels, colours.window)), extent(inks[action])
    assert whole.left < named.left < named.right < whole.right  # the action stands between two lesser words
