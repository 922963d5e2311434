"""What a person has picked and laid out beside the options: it is saved with a session and put up again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

import msgspec

from app.attention.options import Index
from app.attention.selection import Direction
from core.attention.results import Token
from core.decode import decode_usable

Amount = Annotated[float, msgspec.Meta(ge=0, lt=1e9)]
Pixels = Annotated[int, msgspec.Meta(ge=0, lt=2**31)]
Stretch = tuple[Index, Index]


@dataclass(frozen=True, slots=True)
class ViewSnapshot:
    """Everything in a view that isn't chosen but done by hand.

    Attributes:
        query: whose three steps are shown; None for the first typed token.
        row: the pinned query.
        column: the pinned key.
        swept_rows: first and one past the last.
        swept_columns: likewise.
        direction: which way one looks along the pinned token.
        zooms: of each map of the view, its zoom and the cells scrolled away above and to the left.
        scrolls: pixels that the view's other parts are scrolled by.
        trained: steps done of a training that is watched; 0 where none is, or it is over.
    """

    query: Token | None = None
    row: Index | None = None
    column: Index | None = None
    swept_rows: Stretch | None = None
    swept_columns: Stretch | None = None
    direction: Direction = "from"
    zooms: tuple[tuple[Amount, Amount, Amount], ...] = ()
    scrolls: tuple[Pixels, ...] = ()
    trained: Index = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: object) -> ViewSnapshot:
        """Take what can be used; anything else is left at its default."""
        snapshot, _unusable = decode_usable(cls(), values)
        return replace(
            snapshot, swept_rows=_ordered(snapshot.swept_rows), swept_columns=_ordered(snapshot.swept_columns)
        )


def _ordered(stretch: Stretch | None) -> Stretch | None:
    """Return ``stretch``, unless it ends before it begins."""
    return stretch if stretch is not None and stretch[0] < stretch[1] else None
