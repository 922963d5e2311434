"""The run as a page writes it down and brings it back: every page of the tab shows the same one."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.policy_gradient.runs.saved_run import SavedRun
from app.policy_gradient.session import Speed, TrainingSession
from core.decode import DecodeError, decode, decode_usable
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError


@dataclass(frozen=True, slots=True)
class RunState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        wanted: the config of the next run.
        speed: the speed chosen.
        run: the run, and where it was.
    """

    wanted: TrainConfig | None = None
    speed: Speed | None = None
    run: SavedRun | None = None


@dataclass(frozen=True, slots=True)
class _Plain:
    config: dict[str, Any] | None = None
    speed: Speed | None = None
    run: dict[str, Any] | None = None


def decode_run_state(state: Mapping[str, Any]) -> RunState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    plain, _unusable = decode_usable(_Plain(), state)
    wanted = run = None
    if plain.config is not None:
        with contextlib.suppress(ConfigError):
            wanted = TrainConfig.from_dict(plain.config)
    if plain.run is not None:
        with contextlib.suppress(DecodeError, ConfigError):
            read = decode(SavedRun, plain.run)
            TrainConfig.from_dict(read.config)
            run = read
    return RunState(wanted, plain.speed, run)


def save_run_state(session: TrainingSession) -> dict[str, Any]:
    """Return config, speed, and the run with its place, as plain JSON values."""
    return {"config": session.wanted.to_dict(), "speed": session.speed, "run": session.save_run().to_dict()}


def without_run(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page has saved beside config, speed and run."""
    shared = {each.name for each in fields(_Plain)}
    return {name: value for name, value in state.items() if name not in shared}


def restore_run_state(session: TrainingSession, state: Mapping[str, Any]) -> None:
    """Bring back what :func:`save_run_state` saw; the run plays its way back, if it isn't there, and holds there."""
    saved = decode_run_state(state)
    if saved.speed is not None:
        session.set_speed(saved.speed)
    if saved.run is not None and session.stands_at(saved.run):
        session.choose(saved.wanted or session.wanted)
    elif saved.run is not None:
        begun = TrainConfig.from_dict(saved.run.config)
        session.restore_run(saved.run, saved.wanted or begun)
    elif saved.wanted is not None:
        session.choose(saved.wanted)
