"""What a person can do on the attention tab: its rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import ActionSpec
from app.attention.views import VIEWS
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "at_export", N_("Export view: PNG, SVG, CSV, NPZ…"), ("Ctrl+E",), "attention", "file", "export", group="at"
    ),
    ActionSpec("at_play", N_("Play through the layers"), ("Space",), "attention", "run", "play"),
    ActionSpec(
        "at_layer_back", N_("Previous layer"), ("[", "PgUp"), "attention", "run", "chevron-up", group="layer",
        repeats=True,
    ),
    ActionSpec(
        "at_layer_next", N_("Next layer"), ("]", "PgDown"), "attention", "run", "chevron-down", group="layer",
        repeats=True,
    ),
    ActionSpec(
        "at_head_back", N_("Previous head"), (",",), "attention", "run", "chevron-left", group="layer", repeats=True,
    ),
    ActionSpec(
        "at_head_next", N_("Next head"), (".",), "attention", "run", "chevron-right", group="layer", repeats=True,
    ),
    ActionSpec("at_mean", N_("Mean of all heads"), ("M",), "attention", "run", "swarm", group="layer"),
    ActionSpec("at_text", N_("Type a sentence"), ("/",), "attention", "run", "keyboard", group="text"),
    ActionSpec("at_pair", N_("Second sentence"), ("B",), "attention", "run", "plus", group="text"),
    ActionSpec("at_example", N_("Next example"), ("N",), "attention", "run", "book", group="text"),
    ActionSpec("at_fit", N_("Reset view"), ("0",), "attention", "run", "reset", group="reset"),
    *(
        ActionSpec(
            view.action, view.title, (view.key,), "attention", "view", view.icon,
            group="at" if view.has_button else "at_mechanism",
        )
        for view in VIEWS
    ),
    ActionSpec("at_turn", N_("Swap query / key"), ("T",), "attention", "view", group="at_how"),
    ActionSpec("at_unit", N_("Pieces, characters or words"), ("U",), "attention", "view", group="at_how"),
    ActionSpec(
        "at_specials", N_("Show special tokens"), ("S",), "attention", "view", checkable=True, group="at_how"
    ),
    ActionSpec("at_aggregation", N_("Next attention measure"), ("R",), "attention", "view", group="at_how"),
    ActionSpec("at_scale", N_("Next colour scale"), ("L",), "attention", "view", group="at_how"),
    ActionSpec("at_scale_whole", N_("Colours from 0 to 1"), ("Shift+L",), "attention", "view", group="at_how"),
    ActionSpec("at_colormap", N_("Next palette"), ("K",), "attention", "view", group="at_how"),
    ActionSpec("at_order", N_("Next head order"), ("O",), "attention", "view", group="at_how"),
    ActionSpec("at_zoom_in", N_("Zoom in"), ("+", "="), "attention", "view", "zoom-in", group="at_zoom"),
    ActionSpec("at_zoom_out", N_("Zoom out"), ("-",), "attention", "view", "zoom-out", group="at_zoom"),
    ActionSpec(
        "at_sidebar", N_("Settings panel"), ("C",), "attention", "view", "parameters", checkable=True, group="at_fold"
    ),
)  # fmt: skip
