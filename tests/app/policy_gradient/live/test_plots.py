"""What a person reads off the curves: later is right, more is up, and each number stands where the axes say."""

import numpy as np
import pytest

from app.explain.symbols import SYMBOLS
from app.policy_gradient.live.plots import DurationPlot, UpdatePlot
from app.policy_gradient.state import TrainingState
from core.language import N_
from core.policy_gradient.environments.description import EnvironmentFacts, ObservationField, describe
from core.policy_gradient.events import EpisodeFinished
from tests.pictures import across, down, extent, seen, strokes, where, within
from tests.widgets import take_turns


def shown(plot, qtbot, width=900, height=420):
    qtbot.addWidget(plot)
    plot.resize(width, height)
    plot.show()
    qtbot.waitExposed(plot)
    take_turns()
    return plot


def state_of(durations=(), means=(), updates=(), greedy=(), rates=()):
    """A run paid 1 a step, with these numbers: per episode (twice), episodes of updates, (episode, mean), updates."""
    state = TrainingState()
    for series, numbers in (
        (state.durations, durations), (state.returns, durations), (state.means, means),
        (state.update_episodes, updates),
        (state.greedy_episodes, [episode for episode, _mean in greedy]),
        (state.greedy_means, [mean for _episode, mean in greedy]),
        (state.greedy_deviations, [mean / 10 for _episode, mean in greedy]),
    ):  # fmt: skip
        for number in numbers:
            series.append(float(number))
    state.learning_rates.extend((update, 0.01) for update in rates)
    return state


@pytest.fixture
def durations(worn, qtbot):
    return shown(DurationPlot(worn), qtbot)


def stage_of(plot):
    """Where curves are drawn: inside the axes, in the picture of the whole plot."""
    room = plot.item.vb.mapRectToScene(plot.item.vb.rect())
    left, top = plot.widget.x() + room.left(), plot.widget.y() + room.top()
    return {"left": left + 2, "top": top, "right": left + room.width(), "bottom": top + room.height() - 1}


def drawn(plot, colour, near=0):
    return within(where(seen(plot), colour, near), **stage_of(plot))


def place_of(plot, x, y):
    """Where a pair of numbers stands by the numbers on the axes: they begin at 0, and the left one ends at 500."""
    stage = stage_of(plot)
    (low, high), (foot, head) = plot.item.vb.viewRange()
    width, height = stage["right"] - stage["left"] + 2, stage["bottom"] - stage["top"] + 1
    return stage["left"] - 2 + width * (x - low) / (high - low), stage["top"] + height * (head - y) / (head - foot)


def test_later_episodes_stand_right_and_longer_ones_higher(durations, worn):
    faint = worn.theme.theme.colours.faint
    durations.show_state(state_of(durations=[50, 50, 50, 50, 400], means=[0] * 5))
    take_turns()
    points = drawn(durations, faint)
    five = across(points)
    assert len(five) == 5
    last = extent(within(points, left=five[4][0], right=five[4][1]))
    first = extent(within(points, left=five[0][0], right=five[0][1]))
    assert last.bottom < first.top
    assert (first.x, first.y) == pytest.approx(place_of(durations, 1, 50), abs=2)
    assert (last.x, last.y) == pytest.approx(place_of(durations, 5, 400), abs=2)
    steps = np.diff([sum(point) / 2 for point in five])
    assert steps == pytest.approx([steps.mean()] * 4, abs=1.5)
    # Fifty episodes fill the width, so that the fifth stands at a tenth of it.
    stage = stage_of(durations)
    assert last.x - stage["left"] == pytest.approx(0.1 * (stage["right"] - stage["left"]), rel=0.15)


def test_the_solved_line_runs_through_all_at_its_height_and_above_what_is_less(durations, worn):
    colours = worn.theme.theme.colours
    durations.show_state(state_of(durations=[475, 300], means=[0, 0]))
    take_turns()
    solved = extent(drawn(durations, colours.solved))
    stage = stage_of(durations)
    assert solved.width > 0.95 * (stage["right"] - stage["left"])
    assert solved.y == pytest.approx(place_of(durations, 0, 475)[1], abs=1.5)
    points = drawn(durations, colours.faint)
    assert sum(down(within(points, right=across(points)[0][1]))[0]) / 2 == pytest.approx(solved.y, abs=2)
    assert extent(within(points, left=across(points)[-1][0])).top > solved.bottom


def test_the_mean_is_a_line_from_the_first_episode_to_the_last(durations, worn):
    durations.show_state(state_of(durations=[10] * 41, means=np.linspace(100, 300, 41)))
    take_turns()
    line = drawn(durations, worn.theme.theme.colours.series[0], near=30)
    room = extent(line)
    assert (room.left, room.right) == pytest.approx(
        (place_of(durations, 1, 0)[0], place_of(durations, 41, 0)[0]), abs=4
    )
    for episode, mean in ((3, 110), (21, 200), (39, 290)):
        x, y = place_of(durations, episode, mean)
        column = extent(within(line, left=x - 1, right=x + 1))
        assert column.y == pytest.approx(y, abs=4)
        assert column.height < 16


def test_greedy_means_are_diamonds_where_they_were_played(durations, worn):
    durations.show_state(state_of(durations=[10] * 50, means=[10] * 50, greedy=[(10, 150), (40, 350)]))
    take_turns()
    diamonds = drawn(durations, worn.theme.theme.colours.series[1], near=40)  # the grid shines through
    pieces = across(diamonds)
    assert len(pieces) == 2
    for piece, place in zip(pieces, ((10, 150), (40, 350)), strict=True):
        diamond = extent(within(diamonds, left=piece[0], right=piece[1]))
        assert (diamond.x, diamond.y) == pytest.approx(place_of(durations, *place), abs=2)
        rows = [within(diamonds, left=piece[0], right=piece[1])[round(y)].sum() for y in
                (diamond.top + 1, diamond.y, diamond.bottom - 2)]  # fmt: skip
        assert rows[0] < rows[1] > rows[2]  # pointed above and below


def test_updates_are_ticks_at_the_foot_of_their_last_episode(durations, worn):
    durations.show_state(state_of(durations=[300] * 50, means=[300] * 50, updates=[10, 40]))
    take_turns()
    ticks = drawn(durations, worn.theme.theme.colours.neutral, near=12)  # the grid shines through
    foot = place_of(durations, 0, 0)[1]
    ticks = within(ticks, top=foot - 2 * worn.scale.em(0.375), bottom=foot + 2)
    pieces = across(ticks)
    assert [sum(piece) / 2 for piece in pieces] == pytest.approx(
        [place_of(durations, episode, 0)[0] for episode in (10, 40)], abs=1.5
    )
    for left, right in pieces:
        tick = extent(within(ticks, left=left, right=right))
        assert tick.height == pytest.approx(worn.scale.em(0.375), abs=3)
        assert tick.bottom == pytest.approx(foot, abs=2)


@pytest.mark.parametrize("height", [250, 700])
def test_ticks_stay_as_high_as_they_were_when_the_plot_is_made_lower_or_higher(durations, worn, height):
    durations.show_state(state_of(durations=[300] * 50, means=[300] * 50, updates=[10, 40]))
    take_turns()
    durations.resize(900, height)
    take_turns()
    ticks = drawn(durations, worn.theme.theme.colours.neutral, near=12)
    x, foot = place_of(durations, 10, 0)
    tick = extent(within(ticks, left=x - 3, right=x + 4, top=foot - 70))  # the mean's line runs higher
    assert tick.height == pytest.approx(worn.scale.em(0.375), abs=3)
    assert tick.bottom == pytest.approx(foot, abs=2)


def test_ticks_drawn_before_the_plot_was_first_seen_have_their_height(worn, qtbot):
    plot = DurationPlot(worn)
    plot.show_state(state_of(durations=[300] * 50, means=[300] * 50, updates=[10, 40]))
    shown(plot, qtbot)
    ticks = drawn(plot, worn.theme.theme.colours.neutral, near=12)
    x, foot = place_of(plot, 10, 0)
    tick = extent(within(ticks, left=x - 3, right=x + 4, top=foot - 70))
    assert tick.height == pytest.approx(worn.scale.em(0.375), abs=3)


def test_a_changed_learning_rate_is_a_dotted_line_from_foot_to_head(durations, worn):
    durations.show_state(state_of(durations=[10] * 40, means=[10] * 40, updates=[5, 10, 15, 20], rates=[3]))
    take_turns()
    line = drawn(durations, worn.theme.theme.colours.series[2], near=2)
    stage, room = stage_of(durations), extent(line)
    assert room.x == pytest.approx(place_of(durations, 15, 0)[0], abs=2)
    assert room.height > 0.9 * (stage["bottom"] - stage["top"])
    assert len(down(line)) > 10


def test_more_episodes_draw_closer_together(durations, worn):
    durations.show_state(state_of(durations=[100] * 100, means=[100] * 100, greedy=[(50, 300)]))
    take_turns()
    middle = extent(drawn(durations, worn.theme.theme.colours.series[1])).x
    stage = stage_of(durations)
    assert middle == pytest.approx((stage["left"] + stage["right"]) / 2, rel=0.02)


@pytest.mark.parametrize("symbol", ["loss", "entropy"])
def test_a_number_of_the_updates_rises_where_it_grows_in_its_symbols_hue(worn, qtbot, symbol):
    plot = shown(UpdatePlot(worn, N_("Loss"), SYMBOLS[symbol].colour), qtbot)
    plot.show_values(np.array([1.0, 1.0, 1.0, 5.0, 5.0, 9.0, 9.0, 9.0, 9.0, 9.0]))
    take_turns()
    hue, ground = SYMBOLS[symbol].colour(worn.theme.theme.colours), worn.theme.theme.colours.stage
    line = within(strokes(seen(plot), hue, ground, 0.7), **stage_of(plot))
    heights = []
    for update, value in ((2, 1.0), (4.5, 5.0), (8, 9.0)):
        x, y = place_of(plot, update, value)
        column = extent(within(line, left=x - 2, right=x + 2))
        assert column.y == pytest.approx(y, abs=2.5)
        heights.append(column.y)
    assert heights == sorted(heights, reverse=True)
    stage = stage_of(plot)
    assert extent(line).right == pytest.approx(stage["right"], abs=0.05 * (stage["right"] - stage["left"]))


def test_where_a_step_pays_something_else_the_returns_are_drawn_and_called_so(worn, qtbot):
    plot = DurationPlot(worn)
    facts = EnvironmentFacts((ObservationField("", 2),), 3, -110.0, 200)
    plot.show_environment(describe("MountainCar-v0").completed(facts), None)
    shown(plot, qtbot)
    state = TrainingState()
    state.apply([EpisodeFinished(1, 200, -200.0, False, True, 200, -200.0)])
    state.apply([EpisodeFinished(2, 150, -150.0, True, False, 350, -175.0)])
    plot.show_state(state)
    low, high = plot.item.vb.viewRange()[1]
    assert low < -200
    assert -110 < high < 150
    assert plot._title.text() == "Return"
    assert plot._solved.value() == -110
    plot.show_environment(describe("CartPole-v1"), None)
    assert plot._title.text() == "Steps"
