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
        widget.show_actions(())
    bar.show_probability(0.25)
    assert bar.words(2000) == ("← π(≠ 1|s) 75.0%", "π(1|s) 25.0% →")
    line.show_step(Transition((0.0,), 2, 0.2, (0.1, 0.2, 0.7), 1.0, (0.1,), False, False, 1, 1, 1.0, 1))
    assert line.words() == ("Last action:", "2", "with π = 70.0%")
