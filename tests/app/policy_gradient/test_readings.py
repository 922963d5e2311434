import pytest
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.readings import Figures, LastAction, ProbabilityBar, StateNumbers
from app.scale import UiScale
from app.theme import ThemeController
from core.language import N_
from core.policy_gradient.events import Transition


@pytest.fixture
def look(qapp):
    scale = UiScale()
    return Look(ThemeController(qapp, scale), scale)


def step(action, right):
    return Transition((0.0,) * 4, action, right, (), 1.0, (0.1,) * 4, False, False, 1, 1, 1.0, 1)


def test_the_bar_speaks_of_the_state_in_the_picture_only(look, qtbot):
    bar = ProbabilityBar(look)
    qtbot.addWidget(bar)
    assert bar.words(2000) == ("← π(left|s) –", "π(right|s) – →")
    bar.show_probability(0.296)
    assert bar.words(2000) == ("← π(left|s) 70.4%", "π(right|s) 29.6% →")
    assert bar.accessibleName() == "Probability of pushing right: 29.6%"


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
    assert line.words() == ("Last action:", "← left", "it had π 25.0%")
    line.show_step(step(1, 0.75))
    assert line.words() == ("Last action:", "right →", "it had π 75.0%")
    assert line.accessibleName() == "Last action: right → it had π 75.0%"


def test_a_number_and_its_gauge_have_name_and_value(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((0.5, -1.0, 0.1, 0.0))
    assert [gauge.accessibleName() for gauge in numbers._gauges] == [
        "Position: +0.50 m", "Velocity: −1.00 m/s", "Angle: +5.73 °", "Angular velocity: +0.00 °/s",
    ]  # fmt: skip
    assert [value.accessibleName() for value in numbers._values] == [g.accessibleName() for g in numbers._gauges]


def test_figures_take_as_few_rows_as_they_fit_into(look, qtbot):
    names = [(N_("Episode"), N_("Steps taken in this episode"))] * 6
    holder = QWidget()
    qtbot.addWidget(holder)
    figures = Figures(look, tuple(names), holder)
    holder.show()
    qtbot.waitExposed(holder)
    one = figures._width_of(1)
    gap = look.scale.em(1)
    assert figures.columns_for(6 * one + 5 * gap) == 6
    assert figures.columns_for(6 * one + 5 * gap - 1) == 3
    assert figures.columns_for(3 * one + 2 * gap - 1) == 2
    assert figures.columns_for(one) == 1
    figures.resize(3 * one + 2 * gap, look.scale.em(8))
    qtbot.waitUntil(lambda: figures._cells[5].y() > 0)
    tops = [cell.y() for cell in figures._cells]
    assert tops[0] == tops[1] == tops[2] < tops[3] == tops[4] == tops[5]
