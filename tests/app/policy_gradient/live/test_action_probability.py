from app.policy_gradient.live.action_probability import LastAction, ProbabilityBar
from core.policy_gradient.events import Transition


def step(action, right):
    return Transition((0.0,) * 4, action, right, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)


def test_the_bar_speaks_of_the_state_in_the_picture_only(look, qtbot):
    bar = ProbabilityBar(look)
    qtbot.addWidget(bar)
    assert bar.words(2000) == ("← π(left|s) –", "π(right|s) – →")
    bar.show_probability(0.296)
    assert bar.words(2000) == ("← π(left|s) 70.4%", "π(right|s) 29.6% →")
    assert bar.accessibleName() == "Probability of “right”: 29.6%"


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
