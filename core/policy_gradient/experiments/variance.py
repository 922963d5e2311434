"""How noisy a variant's gradient is: batches played with the same weights, and how far their gradients disagree."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import torch

from core.policy_gradient.advantages import CreditAssignment, credit_assignment
from core.policy_gradient.agent import CartAgent
from core.policy_gradient.collectors import steps_of
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.chance import ProcessGenerators
from core.policy_gradient.environments.vector import VectorEnvironment
from core.policy_gradient.experiments.record import GradientNoise
from core.policy_gradient.policy import NumpyPolicy, Obs, PolicyNetwork
from core.policy_gradient.returns import Floats
from core.policy_gradient.rollout import play_batch, uniform_rows

BATCHES: Final = 100
"""Batches that the gradients are compared of: of fewer, a lucky one hides what a baseline does."""
LESSONS: Final = 8
"""Batches before those, from which a value network learns."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one batch of episodes, end to end; see ``CartAgent.learn_from``."""

    states: Obs
    actions: npt.NDArray[np.int64]
    to_go: Floats
    ends: npt.NDArray[np.bool_]


def noise_of(gradients: Sequence[npt.NDArray[np.float64]]) -> GradientNoise:
    """Return how far ``gradients``, one (parameters,) a batch and at least two, disagree."""
    stacked = np.stack(gradients)  # (batches, parameters)
    variance = float(stacked.var(axis=0, ddof=1).sum())
    agreed = float((stacked.mean(axis=0) ** 2).sum())
    return GradientNoise(variance, max(0.0, agreed - variance / len(stacked)))


def gradient_noise(config: TrainConfig, *, batches: int = BATCHES, lessons: int = LESSONS) -> GradientNoise:
    """Play batches with the first weights of ``config``, which stay as they are, and compare their gradients.

    Variants that differ only in how credit is assigned play the very same episodes, so that their noise can be
    compared.

    Args:
        config: the variant, with its seed. Episodes are played side by side, whatever ``n_envs`` says.
        batches: how many gradients, at least 2.
        lessons: batches before, which a value network learns from.
    """
    torch.set_num_threads(1)
    agent, credit, played = _first_agent(config)
    gradients = []
    for number, steps in enumerate(played):
        if number < lessons:
            credit.learn(steps.to_go, steps.ends, steps.states)
            continue
        if number == lessons + batches:
            break
        agent.backward(steps.states, steps.actions, credit.advantages(steps.to_go, steps.ends, steps.states))
        flat = [parameter.grad.flatten() for parameter in agent.pgn.parameters() if parameter.grad is not None]
        gradients.append(torch.cat(flat).double().numpy())
    played.close()
    return noise_of(gradients)


def _first_agent(config: TrainConfig) -> tuple[CartAgent, CreditAssignment, Generator[Steps, None, None]]:
    """Return the agent of ``config`` before its first update, its credit assignment, and batches without end."""
    config = replace(config, n_envs=None)
    generators = ProcessGenerators(np.random.SeedSequence(config.seed, spawn_key=(6,)))
    with generators.in_use():
        environments = VectorEnvironment(config.environment, config.batch_episodes, config.seed, picture=False)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(config.seed)
        network = PolicyNetwork(environments.shape.n_obs, environments.shape.n_actions, config.hidden)
    credit = credit_assignment(config, environments.shape.n_obs)
    agent = CartAgent(
        config.learning_rate,
        config.gamma,
        network=network,
        reduction=config.reduction,
        entropy_bonus=config.entropy_bonus,
    )
    return agent, credit, _batches(config, environments, generators, NumpyPolicy(network))


def _batches(
    config: TrainConfig, environments: VectorEnvironment, generators: ProcessGenerators, policy: NumpyPolicy
) -> Generator[Steps, None, None]:
    uniforms = uniform_rows(np.random.default_rng(config.seed), config.batch_episodes)
    try:
        while True:
            with generators.in_use():
                environments.reset()
                playing = play_batch(environments, policy, uniforms, first_episode=1, env_steps=0)
                while True:
                    try:
                        next(playing)
                    except StopIteration as stop:
                        batch = stop.value
                        break
            yield Steps(*steps_of(batch, config.gamma, zero_last_reward=config.zero_last_reward))
    finally:
        environments.close()
