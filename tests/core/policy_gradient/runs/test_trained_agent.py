"""A trained agent plays greedily for ever, and is watched."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import describe
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.policy import NumpyPolicy
from core.policy_gradient.runs.trained_agent import TrainedAgent
from core.policy_gradient.train import Training
from core.runtime.task import Steerable, Watchable


@pytest.mark.parametrize("env_id", ["CartPole-v1", "MountainCar-v0"])
def test_it_takes_the_likeliest_action_of_the_policy_it_was_given(env_id):
    config = replace(ARTICLE, episodes=1).for_environment(env_id)
    training = Training(config)
    policy = NumpyPolicy(training.policy)
    agent = TrainedAgent(config, policy.weights)
    running = iter(agent)
    steps = list(islice(running, 250))
    for step in steps:
        shares = policy.probabilities(np.array(step.obs, np.float32))
        assert step.action == max(range(len(shares)), key=shares.__getitem__)
    assert [step.env_steps for step in steps] == list(range(1, 251))
    assert {step.episode for step in steps} >= {1, 2}, "one episode after the other"
    frame = agent.snapshot()
    assert frame.obs == steps[-1].next_obs
    assert (frame.image is None) == (describe(env_id).cart is not None)
    running.close()
    assert agent.snapshot() is None
    training.close()


def test_it_draws_itself_when_asked_to_and_takes_no_other_wish():
    config = replace(ARTICLE, episodes=1)
    training = Training(config)
    agent = TrainedAgent(config, NumpyPolicy(training.policy).weights)
    training.close()
    assert isinstance(agent, Steerable)
    assert isinstance(agent, Watchable)
    agent.control("own_frame", True)
    assert agent.snapshot().image.shape == (400, 600, 3)
    with pytest.raises(ConfigError):
        agent.control("gamma", 1)
    agent_running = iter(agent)
    next(agent_running)
    agent_running.close()
