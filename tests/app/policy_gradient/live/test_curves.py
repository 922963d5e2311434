import numpy as np
import pytest

from app.policy_gradient.live.curves import Curves
from app.policy_gradient.state import TrainingState
from app.theme import THEME_NAMES
from core.policy_gradient.environments.description import describe


@pytest.fixture
def curves(look, qtbot):
    curves = Curves(look)
    curves.build()
    qtbot.addWidget(curves)
    curves.resize(look.scale.em(26), look.scale.em(36))
    curves.show()
    qtbot.waitExposed(curves)
    yield curves
    curves.close()


def trained(updates=31):
    state = TrainingState()
    for update in range(updates):
        for _episode in range(5):
            state.durations.append(20.0 + update)
            state.means.append(20.0 + update / 2)
        state.update_episodes.append(5.0 * (update + 1))
        for series in (state.losses, state.entropies, state.grad_norms):
            series.append(float(update % 3))
    state.curves = 1
    return state


@pytest.mark.parametrize("theme", THEME_NAMES)
@pytest.mark.parametrize("zoom", [0.9, 1.0, 1.5])
def test_every_stroke_is_whole_pixels_wide(curves, theme, zoom):
    curves.look.theme.choose(theme)
    curves.look.scale.set_zoom(zoom)
    plots = (curves.durations, curves.loss, curves.entropy, curves.grad_norm)
    pens = [item.opts["pen"] for plot in plots for item in plot.item.items if hasattr(item, "opts")]
    pens = [*(pen for pen in pens if pen is not None), curves.durations._solved.pen]
    assert all(pen.widthF() == round(pen.widthF()) >= 1 for pen in pens)


def test_the_durations_say_what_is_drawn_in_them(curves):
    assert curves.durations.legend.accessibleName() == "episode, mean of 100, greedy, solved: 475, update"


@pytest.mark.parametrize("details", [False, True])
def test_the_marks_of_updates_are_as_high_in_a_low_plot_as_in_a_high_one(curves, qtbot, details):
    curves.show_details(details)
    curves.show_state(trained(), anew=True)
    plot = curves.durations

    def height():
        _x, tops = plot._marks.getData()
        low, high = plot.item.vb.viewRange()[1]
        return max(tops) / (high - low) * plot.item.vb.height()

    assert len(plot._marks.getData()[0]) == 2 * 31
    qtbot.waitUntil(lambda: abs(height() - plot.look.scale.em(0.375)) < 0.5)


def test_the_solved_line_and_the_height_are_those_of_the_environment(curves):
    plot = curves.durations

    def height():
        return round(plot.item.viewRange()[1][1])

    assert (plot._solved.value(), "solved: 475" in plot.legend.accessibleName()) == (475, True)
    top = height()
    curves.show_environment(describe("CartPole-v0"), None)
    assert (plot._solved.value(), "solved: 195" in plot.legend.accessibleName()) == (195, True)
    assert height() < top / 2
    curves.show_environment(describe("CartPole-v0"), 150.0)
    assert plot._solved.value() == 150
    curves.show_environment(describe("Unknown-v0"), None)
    assert not plot._solved.isVisible()
    assert "solved" not in plot.legend.accessibleName()
    state = trained()
    state.means.values[:] = -120.0
    curves.show_state(state, anew=True)
    low, high = plot.item.viewRange()[1]
    assert low < -120
    assert -120 < high < 0  # how long its episodes are is another measure


def test_greedy_means_are_drawn_where_they_were_played(curves):
    state = trained()
    for episode, mean in ((50, 120.0), (100, 475.0)):
        state.greedy_episodes.append(episode)
        state.greedy_means.append(mean)
        state.greedy_deviations.append(mean / 10)
    curves.show_state(state, anew=True)
    x, y = curves.durations._greedy.getData()
    assert (x.tolist(), y.tolist()) == ([50, 100], [120, 475])
    x, y = curves.durations.overlays.drawn_spreads()
    assert (x.tolist(), y.tolist()) == ([50, 50, 100, 100], [108, 132, 427.5, 522.5]), "a deviation down and up"
    said = [point.data() for point in curves.durations._greedy.points()]
    assert said == ["Greedy after episode 50: 120.0 ± 12.0", "Greedy after episode 100: 475.0 ± 47.5"]


@pytest.mark.parametrize("updates", [31, 200, 3000])
def test_marks_of_updates_stay_apart_and_say_how_many_they_leave_out(curves, updates):
    plot = curves.durations
    curves.show_state(trained(updates), anew=True)
    x, _tops = plot._marks.getData()
    pixels = np.unique(x) / plot._reach * plot.item.vb.width()
    assert np.diff(pixels).min() >= plot.look.scale.em(0.5) * 0.5
    left_out = updates // len(np.unique(x))
    words = plot.legend.accessibleName()
    assert ("updates" in words) is (left_out > 1)


def test_a_learning_rate_changed_by_hand_is_marked_where_it_held_first(curves):
    state = trained()
    assert "α changed" not in curves.durations.legend.accessibleName()
    state.learning_rates.append((3, 0.002))
    curves.show_state(state, anew=True)
    x, _y = curves.durations._rates.getData()
    assert np.unique(x).tolist() == [15]
    assert "α changed" in curves.durations.legend.accessibleName()


def test_what_has_no_value_has_no_scale(curves):
    curves.show_details(True)
    curves.show_state(TrainingState(), anew=True)
    assert not any(plot._axes["left"].style["showValues"] for plot in (curves.loss, curves.entropy, curves.grad_norm))
    curves.show_state(trained(), anew=True)
    assert all(plot._axes["left"].style["showValues"] for plot in (curves.loss, curves.entropy, curves.grad_norm))


def test_what_came_before_the_plots_is_drawn_when_they_are_there(look, qtbot):
    curves = Curves(look)
    qtbot.addWidget(curves)
    curves.show_environment(describe("CartPole-v0"), None)
    curves.show_state(trained())
    assert not curves.is_built
    curves.build()
    assert curves.durations.drawn_means()[1][-1] == 35
    assert "solved: 195" in curves.durations.legend.accessibleName()
