"""The reference lines: played where Stable-Baselines3 is installed, else a word on how to get it."""

from __future__ import annotations

import importlib.util
from dataclasses import replace

import pytest

from core.policy_gradient.config import FAST
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.experiments.stable_baselines import play_a2c, play_ppo
from tests.core.policy_gradient.experiments.finish import finish

IS_HERE = importlib.util.find_spec("stable_baselines3") is not None


@pytest.mark.parametrize("play", [play_a2c, play_ppo])
@pytest.mark.skipif(IS_HERE, reason="Stable-Baselines3 is installed")
def test_where_it_is_missing_it_is_said_how_to_get_it(play):
    with pytest.raises(PolicyGradientError, match=r"yaya-lab\[peers\]"):
        finish(play(FAST))


@pytest.mark.parametrize("play", [play_a2c, play_ppo])
@pytest.mark.skipif(not IS_HERE, reason="Stable-Baselines3 is not installed")
def test_a_run_has_its_episodes_and_its_threshold(play):
    record = finish(play(replace(FAST, episodes=20, seed=3)))
    assert len(record.durations) == len(record.returns) >= 20
    assert record.threshold == 475.0
    assert record.solved_episode is None
