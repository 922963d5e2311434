"""What was saved of the page, read as far as this version can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec

from app.policy_gradient.anatomy.rows import RowId
from core.decode import decode_usable
from core.policy_gradient.anatomy.findings import Corrections, Credit

Count = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]


@dataclass(frozen=True, slots=True)
class AnatomyState:
    """What the page shows, apart from the run.

    Attributes:
        episode: which is taken apart; 0 for none.
        follows: whether the newest is followed.
        credit: what an action is credited with.
        normalise: whether that is normalised.
        step: of the cursor, from 0.
        row: of the cursor.
        zoom: of the strips.
        scroll: place of their scroll bar.
    """

    episode: Count = 0
    follows: bool = False
    credit: Credit = "to_go"
    normalise: bool = True
    step: Count = 0
    row: RowId = "product"
    zoom: Annotated[float, msgspec.Meta(ge=1, le=1e6)] = 1.0
    scroll: Count = 0

    @property
    def corrections(self) -> Corrections:
        """Both corrections."""
        return Corrections(self.credit, self.normalise)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        return asdict(self)


def decode_anatomy_state(state: Mapping[str, Any]) -> AnatomyState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    found, _unusable = decode_usable(AnatomyState(), state)
    return found
