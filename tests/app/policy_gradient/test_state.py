import numpy as np
import pytest

from app.policy_gradient.state import Series, TrainingState
from core.policy_gradient.events import EpisodeFinished, Evaluated, Evaluating, Solved, UpdateFinished


def episode(number, duration, mean):
    return EpisodeFinished(number, duration, float(duration), True, False, 0, mean)


def evaluated(mean):
    return Evaluated(1, 1, np.array([1]), np.array([mean]), mean, True)


def test_a_series_keeps_every_number_however_many_come():
    series = Series()
    for number in range(1000):
        series.append(number)
    assert len(series) == 1000
    np.testing.assert_array_equal(series.values, np.arange(1000))


def test_episodes_and_updates_become_curves():
    state = TrainingState()
    assert state.mean is None
    assert state.episode == 0
    state.apply([episode(1, 20, 20.0), episode(2, 40, 30.0), UpdateFinished(1, 2, 0.5, 0.6, 7.0, 0.01, 60, 60)])
    assert state.durations.values.tolist() == [20, 40]
    assert state.mean == 30.0
    assert state.update_episodes.values.tolist() == [2]
    assert (state.losses.values[0], state.entropies.values[0], state.grad_norms.values[0]) == (0.5, 0.6, 7.0)
    assert state.curves == 3


def test_the_best_evaluation_is_remembered_and_the_newest_shown():
    state = TrainingState()
    state.apply([evaluated(0.0), evaluated(480.0), evaluated(300.0)])
    assert state.best_greedy == 480.0
    assert state.evaluated.greedy_mean == 300.0
    assert state.greedy_means.values.tolist() == [0.0, 480.0, 300.0]
    assert len(state.greedy_deviations) == 3


def test_a_best_score_of_nothing_is_a_score():
    state = TrainingState()
    state.apply([evaluated(0.0), evaluated(-5.0)])
    assert state.best_greedy == 0.0


def test_greedy_episodes_areunder_way_until_they_are_told():
    state, under_way = TrainingState(), Evaluating(1, 3, 100, 200)
    state.apply([under_way])
    assert state.evaluating == under_way
    state.apply([evaluated(1.0), under_way])  # the newest of its kind may come after what ended it
    assert state.evaluating is None


def test_a_solved_run_is_known():
    state = TrainingState()
    state.apply([Solved(312, 475.2, 499.0)])
    assert state.solved.greedy_mean == pytest.approx(499.0)
