"""A run as it is written down."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from core.policy_gradient.place import Count, Place, Rate


@dataclass(frozen=True, slots=True)
class SavedRun:
    """A run as it is written down: what it takes to come back to where it was.

    Attributes:
        config: the config it began with, as ``TrainConfig.to_dict`` writes it.
        place: where it was.
        learning_rates: see ``TrainingState``.
        is_finished: it had come to its natural end.
    """

    config: dict[str, Any]
    place: Place = field(default_factory=Place)
    learning_rates: tuple[tuple[Count, Rate], ...] = ()
    is_finished: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        return asdict(self) | {"learning_rates": [list(change) for change in self.learning_rates]}
