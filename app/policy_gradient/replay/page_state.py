"""What was saved of the page beside the run, read as far as this version can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec

from app.policy_gradient.replay.choice import Choice
from app.policy_gradient.replay.clock import RATES
from core.decode import decode_usable
from core.policy_gradient.runs.history import Landmark

_Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
_Choice = Landmark | _Number
_Key = Annotated[str, msgspec.Meta(max_length=64)] | None

DEFAULT: tuple[Choice, ...] = ("first", "after_150", "best")
"""What the panes show: the article's two pictures, and in the third the best."""


@dataclass(frozen=True, slots=True)
class ReplayState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        panes: how many episodes are side by side.
        choices: which, of each pane.
        step: the step that is shown.
        rate: the speed.
        runs: whose episodes, of each pane: what names the run, None for the one on the screen.
    """

    panes: Annotated[int, msgspec.Meta(ge=2, le=3)] | None = None
    choices: tuple[_Choice, _Choice, _Choice] | None = None
    step: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    rate: float | None = None
    runs: tuple[_Key, _Key, _Key] | None = None

    def completed(self, now: ReplayState) -> ReplayState:
        """Return this, with what could not be used as it is ``now``."""
        return ReplayState(
            self.panes or now.panes,
            self.choices or now.choices,
            now.step if self.step is None else self.step,
            self.rate if self.rate in RATES else now.rate,
            self.runs or now.runs,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        lists = {"choices": self.choices, "runs": self.runs}
        return asdict(self) | {name: None if held is None else list(held) for name, held in lists.items()}


def decode_replay_state(state: object) -> ReplayState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    usable, _unusable = decode_usable(ReplayState(), state if isinstance(state, Mapping) else {})
    return usable
