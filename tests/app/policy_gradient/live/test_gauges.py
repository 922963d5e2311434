from PySide6.QtWidgets import QWidget

from app.policy_gradient.live.gauges import RunNumbers, StateNumbers
from core.language import N_
from core.policy_gradient.environments.description import describe


def test_a_number_and_its_gauge_have_name_and_value(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((0.5, -1.0, 0.1, 0.0))
    assert [gauge.accessibleName() for gauge in numbers._gauges] == [
        "Position: +0.50 m", "Velocity: −1.00 m/s", "Angle: +5.73°", "Angular velocity: +0.00°/s",
    ]  # fmt: skip
    assert [value.accessibleName() for value in numbers._values] == [g.accessibleName() for g in numbers._gauges]


def test_figures_take_as_few_rows_as_they_fit_into(look, qtbot):
    names = [(N_("Episode"), N_("Steps taken in this episode"))] * 6
    holder = QWidget()
    qtbot.addWidget(holder)
    figures = RunNumbers(look, tuple(names), holder)
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


def test_next_to_nothing_is_not_less_than_nothing(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_state((-0.001, -0.004, -1e-5, -0.0))
    assert [value.text for value in numbers._values] == ["+0.00 m", "+0.00 m/s", "+0.00°", "+0.00°/s"]


def test_another_environment_has_its_own_numbers(look, qtbot):
    numbers = StateNumbers(look)
    qtbot.addWidget(numbers)
    numbers.show_environment(describe("Acrobot-v1"))
    numbers.show_state((0.5, -1.0, 2.0))
    assert [value.accessibleName() for value in numbers._values] == ["s1: +0.50", "s2: −1.00", "s3: +2.00"]
    numbers.show_environment(describe("CartPole-v1"))
    numbers.show_state((0.5, -1.0, 0.1, 0.0))
    assert [value.text for value in numbers._values] == ["+0.50 m", "−1.00 m/s", "+5.73°", "+0.00°/s"]
    assert len(numbers._cells) == 4
