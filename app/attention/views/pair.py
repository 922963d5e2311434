"""Which cell all heads are asked about: the one that is pinned in the map on screen."""

from __future__ import annotations

import numpy as np

from app.attention.drawing.labels import named
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.state import LINKING, MAP, AttentionState, Wanted
from app.attention.views.base import Shown
from core.attention.results import AttentionMap, LinkingHeads
from core.language import _


def picked_pair(found: AttentionMap | None, selection: Selection) -> tuple[int, int] | None:
    """Return row and column of the pinned cell, of a pinned row its strongest key; None while no row is pinned."""
    row, column = selection.pinned.row, selection.pinned.column
    if found is None or row is None or row >= len(found.rows):
        return None
    if column is None:
        column = int(np.argmax(found.weights[row]))
    return (row, column) if column < len(found.columns) else None


def wanted_heads(options: ViewOptions, state: AttentionState, selection: Selection) -> tuple[Wanted, ...]:
    """Return the request for what every head gives the pinned cell, where heads are ordered by it."""
    if options.order != "pair" or state.requests.get(MAP.name) != options.attention():
        return ()
    pair = picked_pair(state[MAP], selection)
    return () if pair is None else (Wanted(LINKING, options.linking_heads(*pair)),)


def linking_shown(shown: Shown, selection: Selection) -> LinkingHeads | None:
    """Return what orders the heads; None where something else does, or no cell is pinned."""
    is_picked = picked_pair(shown[MAP], selection) is not None
    return shown[LINKING] if shown.options.order == "pair" and is_picked else None


def pair_name(found: LinkingHeads | None) -> str:
    """Return which pair the heads are ordered by; what to do where none is."""
    if found is None:
        return _("Pick a cell of the map")
    return _("{query} → {key}").format(query=named(found.query), key=named(found.key))
