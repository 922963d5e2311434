"""What was saved of the page, read as far as this version can use it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.policy_gradient.session import SavedRun, Speed
from core.decode import DecodeError, decode, decode_usable
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError


@dataclass(frozen=True, slots=True)
class PageState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        wanted: the config of the next run.
        speed: the speed chosen.
        details: whether loss, entropy and gradient norm are shown.
        own_frame: whether the environment's own picture is shown.
        run: the run, and where it was.
    """

    wanted: TrainConfig | None = None
    speed: Speed | None = None
    details: bool | None = None
    own_frame: bool | None = None
    run: SavedRun | None = None


@dataclass(frozen=True, slots=True)
class _Plain:
    config: dict[str, Any] | None = None
    speed: Speed | None = None
    details: bool | None = None
    own_frame: bool | None = None
    run: dict[str, Any] | None = None


def decode_page_state(state: Mapping[str, Any]) -> PageState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    plain, _unusable = decode_usable(_Plain(), state)
    wanted = run = None
    if plain.config is not None:
        with contextlib.suppress(ConfigError):
            wanted = TrainConfig.from_dict(plain.config)
    if plain.run is not None:
        with contextlib.suppress(DecodeError, ConfigError):
            run = decode(SavedRun, plain.run)
            TrainConfig.from_dict(run.config)
    return PageState(wanted, plain.speed, plain.details, plain.own_frame, run)
