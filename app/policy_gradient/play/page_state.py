"""What was saved of the page beside the run, read as far as this version can use it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec

from app.policy_gradient.play.rounds import HeldRound, Pacing
from core.decode import decode_usable
from core.policy_gradient.playing.events import Mode

_Seed = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
_Steps = Annotated[int, msgspec.Meta(ge=0, le=10**9)]


@dataclass(frozen=True, slots=True)
class PlayState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        mode: what is played.
        pacing: how fast.
        seed: of the start.
        scores: steps of the person and of the agent in each round.
        round: the round under way.
    """

    mode: Mode | None = None
    pacing: Pacing | None = None
    seed: _Seed | None = None
    scores: tuple[tuple[_Steps, _Steps], ...] | None = None
    round: HeldRound | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        scores = [list(pair) for pair in self.scores or ()]
        held = None if self.round is None else asdict(self.round)
        return {"mode": self.mode, "pacing": self.pacing, "seed": self.seed, "scores": scores, "round": held}


def decode_play_state(state: object) -> PlayState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    usable, _unusable = decode_usable(PlayState(), state if isinstance(state, dict) else {})
    return usable
