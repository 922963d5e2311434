"""Weights and config of a policy in one safetensors file: numbers only, so that opening it runs no code."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from core.files import replacing
from core.language import _
from core.one_line import damage_of, system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import CheckpointError, ConfigError
from core.policy_gradient.policy import NumpyPolicy, PolicyNetwork
from core.policy_gradient.runs.config_file import POLICY_FORMAT as FORMAT
from core.policy_gradient.runs.history import RunHistory
from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A policy, and how it was trained."""

    policy: PolicyNetwork
    config: TrainConfig


def save_checkpoint(path: Path, policy: PolicyNetwork, config: TrainConfig) -> None:
    """Write a policy with its config. An older file of this name is replaced at once, or stays.

    Raises:
        CheckpointError: the file can't be written.
    """
    header = {
        "format": FORMAT,
        "n_obs": str(policy.n_obs),
        "n_actions": str(policy.n_actions),
        "hidden": json.dumps(policy.hidden),
        "config": json.dumps(config.to_dict()),
    }
    try:
        with replacing(path) as beside:
            beside.write_bytes(save(policy.state_dict(), metadata=header))
    except (OSError, SafetensorError) as error:
        message = _("The checkpoint {path} can't be written: {reason}")
        reason = system_reason(error)
        raise CheckpointError(message.format(path=path, reason=reason)) from error


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a policy with its config.

    Where the config scales observations, the file holds either the statistics or weights into which they are worked.

    Raises:
        CheckpointError: there is no such file, or it is no checkpoint of this program, or it is damaged.
    """
    try:
        with safe_open(path, framework="pt") as file:
            header: dict[str, str] = file.metadata() or {}
            weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  it is no mapping
    except FileNotFoundError as error:
        raise CheckpointError(_("There is no file {path}.").format(path=path)) from error
    except (OSError, SafetensorError) as error:
        message = _("{path} is not a checkpoint, or it is damaged: {reason}")
        raise CheckpointError(message.format(path=path, reason=damage_of(error))) from error
    if header.get("format") != FORMAT:
        message = _("{path} was not written by this program, or by another version of it.")
        raise CheckpointError(message.format(path=path))
    try:
        config = TrainConfig.from_dict(json.loads(header["config"]))
        shape = int(header["n_obs"]), int(header["n_actions"]), tuple(json.loads(header["hidden"]))
        # Building a network draws its first weights; the process's own random numbers must not notice.
        with torch.random.fork_rng(devices=[]):
            policy = PolicyNetwork(*shape, is_scaled="scale.mean" in weights)
        policy.load_state_dict(weights)
    except (ConfigError, KeyError, ValueError, TypeError, RuntimeError) as error:
        reason = str(error) if isinstance(error, ConfigError) else damage_of(error)
        message = _("{path} is damaged: {reason}")
        raise CheckpointError(message.format(path=path, reason=reason)) from error
    if not all(bool(torch.isfinite(tensor).all()) for tensor in weights.values()):
        raise CheckpointError(_("{path} is damaged: some weights are not numbers.").format(path=path))
    if policy.scale is not None and (float(policy.scale.count) < 0 or bool((policy.scale.squares < 0).any())):
        raise CheckpointError(_("{path} is damaged: observations can't be scaled by it.").format(path=path))
    return Checkpoint(policy, config)


def run_of_checkpoint(path: Path) -> RunHistory:
    """Return a finished run without episodes whose first weights are those of a checkpoint: its policy can be watched.

    Raises:
        CheckpointError: see :func:`load_checkpoint`.
    """
    checkpoint = load_checkpoint(path)
    if checkpoint.policy.hidden != checkpoint.config.hidden:
        message = _("{path} is damaged: its network is not the one that its config names.")
        raise CheckpointError(message.format(path=path))
    run = RunHistory(checkpoint.config)
    run.first_weights = NumpyPolicy(checkpoint.policy).weights
    run.ending = "finished"
    return run


def opening(path: Path) -> Generator[Payload, None, RunHistory]:
    """Read a checkpoint as a run, as a task of a worker; see :func:`run_of_checkpoint`."""
    yield from ()
    return run_of_checkpoint(path)
