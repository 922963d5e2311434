import numpy as np

from app.explain.symbols import SYMBOLS
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.state import TrainingState
from core.language import set_language
from core.policy_gradient.config import ARTICLE
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
    values = values_of(ARTICLE.for_environment("Acrobot-v1"), state)
    assert values["s"] == "(+0.50, −1.00, +0.10, +0.00)"
    assert values["a"] == "0"


def test_the_symbols_are_the_subject_s_own():
    state = TrainingState()
    state.apply([EpisodeFinished(6, 20, 20.0, True, False, 87, 14.5), UpdateFinished(1, 6, 0.1, 0.6, 1, 0.01, 87, 87)])
    state.apply([STEP, FRAME])
    known = {symbol.id for symbol in SYMBOLS.values() if symbol.subject == "policy_gradient"}
    assert set(values_of(ARTICLE, state)) == known - {"R"}
