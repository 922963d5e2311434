"""Policies made again from the weights that a run has said."""

from __future__ import annotations

import torch

from core.policy_gradient.policy import PolicyNetwork
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import layers_of


def policy_after(run: RunHistory, update: int) -> PolicyNetwork | None:
    """Return the policy as it was after an update, before the first for 0; None where its weights are not known.

    A scale of the observations is worked into its first layer: it acts on what is observed.
    """
    weights = run.weights(update)
    record = next((episode.record for episode in run.episodes if episode.record is not None), None)
    if weights is None or record is None:
        return None
    n_obs, hidden = record.obs.shape[1], run.config.hidden
    before = sum(n * m + m for n, m in zip((n_obs, *hidden[:-1]), hidden, strict=True))
    outputs = (len(weights) - before) // ((hidden[-1] if hidden else n_obs) + 1)
    n_actions = 2 if outputs == 1 else outputs
    # Building a network draws its first weights; the process's own random numbers must not notice.
    with torch.random.fork_rng(devices=[]):
        policy = PolicyNetwork(n_obs, n_actions, hidden)
    parts = [part for layer in layers_of(weights, n_obs, n_actions, hidden) for part in layer]
    names = policy.state_dict()
    policy.load_state_dict({name: torch.from_numpy(part.copy()) for name, part in zip(names, parts, strict=True)})
    return policy
