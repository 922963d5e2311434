import numpy as np

from app.explain.symbols import SYMBOLS
from app.policy_gradient.live.symbols import reading_of, values_of
from app.policy_gradient.state import TrainingState
from core.language import set_language
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import EnvironmentFacts, ObservationField, describe
from core.policy_gradient.events import EpisodeFinished, Frame, Transition, UpdateFinished

STEP = Transition((0.0,) * 4, 0, 0.25, (), 1.0, (0.5, -1.0, 0.1, -1e-5), False, False, 7, 3, 3.0, 90)
FRAME = Frame(np.zeros((2, 2, 3), np.uint8), STEP.next_obs, 0.296, STEP)


def test_at_the_start_only_what_is_chosen_is_known():
    assert values_of(ARTICLE, TrainingState()) == {"gamma": "0.99", "alpha_lr": "0.01", "theta": "after 0 updates"}


def test_every_symbol_has_the_number_it_stands_for():
    state = TrainingState()
    state.apply(
        [EpisodeFinished(6, 20, 20.0, True, False, 87, 14.5), UpdateFinished(1, 6, -0.0123, 0.6, 1, 0.01, 87, 87)]
    )
    state.apply([STEP, FRAME])
    assert values_of(ARTICLE, state) == {
        "s": "(+0.50 m, −1.00 m/s, +5.73°, +0.00°/s)", "a": "left", "r": "1", "pi": "29.6%", "G": "3 so far",
        "gamma": "0.99", "alpha_lr": "0.01", "theta": "after 1 update", "loss": "−0.012", "entropy": "0.600 nat",
    }  # fmt: skip
    set_language("zh_CN")
    assert values_of(ARTICLE, state)["a"] == "左"


def test_of_an_environment_of_which_nothing_is_known_the_bare_numbers_are_said():
    state = TrainingState()
    state.apply([STEP, FRAME])
    values = values_of(ARTICLE.for_environment("own:Thing-v0"), state)
    assert values["s"] == "(+0.50, −1.00, +0.10, +0.00)"
    assert values["a"] == "0"


def test_the_symbols_are_the_subject_s_own():
    state = TrainingState()
    state.apply([EpisodeFinished(6, 20, 20.0, True, False, 87, 14.5), UpdateFinished(1, 6, 0.1, 0.6, 1, 0.01, 87, 87)])
    state.apply([STEP, FRAME])
    known = {symbol.id for symbol in SYMBOLS.values() if symbol.subject == "policy_gradient"}
    assert set(values_of(ARTICLE, state)) == known - {"R"}


def test_of_many_actions_the_likeliest_is_said_and_of_states_the_one_that_is():
    state = TrainingState()
    obs = tuple(float(place == 5) for place in range(16))
    step = Transition(obs, 1, 0.2, (0.1, 0.2, 0.6, 0.1), 0.0, obs, False, False, 1, 2, 0.0, 2)
    facts = EnvironmentFacts((ObservationField("", 16, is_one_hot=True),), 4, 0.7, 100)
    state.apply([step, Frame(None, obs, 0.2, step, "", (0.1, 0.2, 0.6, 0.1), facts)])
    values = values_of(ARTICLE.for_environment("FrozenLake-v1"), state)
    assert (values["s"], values["a"], values["pi"]) == ("(5)", "down", "π(right|s) = 60.0%")


def test_of_very_many_numbers_the_first_are_said():
    state = TrainingState()
    state.apply([Frame(None, (0.25,) * 128, 0.5, None)])
    assert values_of(ARTICLE.for_environment("own:Thing-v0"), state)["s"] == "(" + "+0.25, " * 8 + "…)"


def test_a_number_has_the_decimals_it_needs():
    velocity = describe("MountainCar-v0").observations[1]
    assert reading_of(velocity, (-0.0424,)) == "−0.042"
    assert reading_of(velocity, ()) == "–"
