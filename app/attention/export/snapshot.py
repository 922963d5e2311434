"""What a person has picked and laid out beside the options: it is saved with a session and put up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, get_args

from app.attention.options import View
from app.attention.selection import Cell, Direction, Selection, Sweep
from app.attention.session import AttentionSession
from app.attention.state import Slot as Kind
from app.attention.views.alignment import By
from app.attention.views.heads import ORDERS, Order
from app.attention.views.stack import Stage
from core.attention.results import Token

ANSWER_OF: Final[dict[View, Kind]] = {
    "map": "map",
    "heads": "heads",
    "links": "map",
    "steps": "steps",
    "comparison": "comparison",
    "alignment": "alignment",
}
"""The answer that has to be there before a view's snapshot can be put up."""


@dataclass(frozen=True, slots=True)
class ViewSnapshot:
    """Everything on the stage that isn't wished for but done by hand.

    Attributes:
        query: whose three steps are shown; None for the first typed token.
        row: the pinned query.
        column: the pinned key.
        swept_rows: first and one past the last.
        swept_columns: likewise.
        direction: which way one looks along the pinned token.
        order: how all heads are ordered.
        by: what the map of an alignment shows.
        zooms: of each map of the view, its zoom and the cells scrolled away above and to the left.
    """

    query: Token | None = None
    row: int | None = None
    column: int | None = None
    swept_rows: tuple[int, int] | None = None
    swept_columns: tuple[int, int] | None = None
    direction: Direction = "from"
    order: Order = "layer"
    by: By = "similarity"
    zooms: tuple[tuple[float, float, float], ...] = ()

    @classmethod
    def of(cls, session: AttentionSession, selection: Selection, stage: Stage) -> ViewSnapshot:
        """Return the snapshot on the stage."""
        selection = stage.alignment.selection if session.options.view == "alignment" else selection
        return cls(
            query=session.query,
            row=selection.pinned.row,
            column=selection.pinned.column,
            swept_rows=selection.sweep.rows,
            swept_columns=selection.sweep.columns,
            direction=selection.direction,
            order=stage.heads.order,
            by=stage.alignment.shown_by,
            zooms=tuple(matrix.zoomed for matrix in stage.matrices_of(session.options.view)),
        )

    def put_up(self, session: AttentionSession, selection: Selection, stage: Stage) -> None:
        """Pick and zoom as it was, once the view shows what it is about."""
        view = session.options.view
        stage.alignment.show_by(self.by)
        selection = stage.alignment.selection if view == "alignment" else selection
        pinned, sweep = Cell(self.row, self.column), Sweep(self.swept_rows, self.swept_columns)
        if view != "steps":
            selection.take_up(pinned, sweep, self.direction)
        for matrix, zoomed in zip(stage.matrices_of(view), self.zooms, strict=False):
            matrix.zoom_to(*zoomed)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ViewSnapshot:
        """Take what can be used; anything else is left at its default."""
        usable: dict[str, Any] = {}
        for name in (field.name for field in fields(cls)):
            try:
                usable[name] = _READ.get(name, _index)(values[name])
            except (KeyError, TypeError, ValueError):
                continue
        return cls(**usable)


def _index(value: Any) -> int | None:
    if value is not None and (type(value) is not int or value < 0):
        raise ValueError(value)
    return value


def _pair(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    first, last = value
    if type(first) is not int or type(last) is not int or not 0 <= first < last:
        raise ValueError(value)
    return first, last


def _one_of(words: tuple[Any, ...]) -> Any:
    def read(value: Any) -> Any:
        return words[words.index(value)]

    return read


def _token(value: Any) -> Token | None:
    if value is None:
        return None
    token = Token(**value)
    kinds = (str, int, int, bool, str, int)
    if any(type(getattr(token, field.name)) is not kind for field, kind in zip(fields(Token), kinds, strict=True)):
        raise ValueError(value)
    return token


def _zooms(value: Any) -> tuple[tuple[float, float, float], ...]:
    zooms = tuple((float(zoom), float(above), float(before)) for zoom, above, before in value)
    if not all(0 <= number < 1e9 for zoomed in zooms for number in zoomed):
        raise ValueError(value)
    return zooms


_READ: Final = {
    "query": _token,
    "swept_rows": _pair,
    "swept_columns": _pair,
    "direction": _one_of(get_args(Direction)),
    "order": _one_of(ORDERS),
    "by": _one_of(get_args(By)),
    "zooms": _zooms,
}
"""What reads the fields that are no index."""
