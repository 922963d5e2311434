"""Which environment is played: its id, and what it is made with."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class EnvironmentChoice:
    """An environment as somebody chose it.

    Attributes:
        env_id: Gymnasium's id, such as ``"CartPole-v1"`` or ``"module:Id-v0"``.
        kwargs: what it is made with, a JSON object as text; they come before those of its specification.
        max_episode_steps: after how many steps an episode is cut off; None: as its specification says.
    """

    env_id: str
    kwargs: str = "{}"
    max_episode_steps: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        """What it is made with, by name."""
        options: dict[str, Any] = json.loads(self.kwargs)
        return options
