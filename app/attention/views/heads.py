"""All heads of all layers at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.drawing.map_content import heads_bar_content
from app.attention.options import Order, ViewOptions
from app.attention.pictures.heads import ORDER_NAMES, HeadsPicture
from app.attention.selection import Selection
from app.attention.state import HEADS, MAP, AttentionState, Wanted
from app.attention.views import ViewSpec
from app.attention.views.base import EVERY_CONTROL, Shown, View, typed_line
from app.attention.views.controls import symbol_sizes
from app.attention.views.footers import HeadsFooter
from app.attention.views.pair import linking_shown, pair_name, wanted_heads
from app.panel import Look
from core.attention.export.caption import DOT, across_name, aggregation_name, heads_colours, model_parts, unit_name
from core.attention.requests import Unit
from core.attention.results import AttentionMap, HeadsGrid, LinkingHeads
from core.language import _


class HeadsView(View):
    """Every head in small; one that is clicked is enlarged as a map.

    Attributes:
        heads: its picture.
    """

    least_width = 22
    has_evidence = True
    picture = "heads"
    controls = EVERY_CONTROL - {"aggregation"}

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.heads = HeadsPicture(look)
        self.footer_of_heads = HeadsFooter(look)
        self.heads.link_symbols(self.symbol_links)
        self.heads.chosen.connect(self._on_chosen)
        self.footer_of_heads.order.chosen.connect(self._on_order)
        selection.changed.connect(self._on_picked)

    @property
    def widget(self) -> HeadsPicture:
        """All heads."""
        return self.heads

    @property
    def footer(self) -> HeadsFooter:
        """Order and scale."""
        return self.footer_of_heads

    @property
    def bar(self) -> ScaleBar:
        """The scale of colours."""
        return self.footer_of_heads.bar

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """All heads, the map beside them, and what each head gives the picked cell where that orders them."""
        linking = wanted_heads(options, state, self.selection)
        return Wanted(HEADS, options.heads()), Wanted(MAP, options.attention()), *linking

    def main_map(self, shown: Shown) -> AttentionMap | None:
        """The map beside them."""
        return shown[MAP]

    def _show(self, shown: Shown) -> None:
        grid, found, options = shown[HEADS], shown[MAP], shown.options
        self.selection.follow(*((found.rows, found.columns) if found is not None else ((), ())))
        if self._is_new(grid, options.colormap, options.scale):
            self.heads.show_heads_grid(grid, options.colormap, options.scale)
        self.bar.show_bar(heads_bar_content(options.colormap, options.scale))
        linking = linking_shown(shown, self.selection)
        self.heads.show_linking(linking)
        self.heads.show_order(options.order)
        self.heads.show_current(options.layer, options.head, options.set_shown)
        self.footer_of_heads.order.show_order(options.order)
        self.footer_of_heads.order.show_pair(pair_name(linking) if options.order == "pair" else "")

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw all heads."""
        self.heads.draw(painter, ratio)

    def caption(self, shown: Shown) -> list[str]:
        """Where layers and heads stand, and their own scale of colours."""
        grid, found, options = shown[HEADS], shown[MAP], shown.options
        if grid is None:
            return super().caption(shown)
        unit = found.unit if found is not None else options.unit  # a long text may have had to take another
        return [typed_line(options), *_caption_of(grid, options, unit, linking_shown(shown, self.selection))]

    def exports(self, options: ViewOptions, state: AttentionState) -> dict[str, Any]:
        """A table of the scores, or of the weights that order the heads; the arrays of the map hold all heads."""
        heads, found, *linking = self.wants(options, state)
        return {".csv": (linking[0] if linking else heads).request, ".npz": found.request, ".json": found.request}

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """How many heads there are, and how many numbers each has."""
        grid = shown[HEADS]
        if grid is None:
            return {}
        return symbol_sizes(grid.card, grid.stack) | {"n_head": str(grid.tiles.shape[1])}

    @Slot(int, int)
    def _on_chosen(self, layer: int, head: int) -> None:
        self.options_wanted.emit({"layer": layer, "head": head, "view": "map"})

    @Slot()
    def _on_picked(self) -> None:
        """Another cell is another order."""
        if self.is_in_front and self.shown is not None and self.shown.options.order == "pair":
            self._show(self.shown)
            self.requests_changed.emit()

    @Slot(str)
    def _on_order(self, order: Order) -> None:
        self.options_wanted.emit({"order": order})


def _caption_of(grid: HeadsGrid, options: ViewOptions, unit: Unit, linking: LinkingHeads | None) -> list[str]:
    layers, heads = grid.tiles.shape[:2]
    order = _(ORDER_NAMES[options.order])
    if linking is not None:
        order = _("{order}: {pair}").format(order=order, pair=pair_name(linking))
    if options.order == "layer" or (options.order == "pair" and linking is None):
        laid = _("each row a layer, 0–{layers}; each column a head, 0–{heads}")
    else:
        laid = _("layer·head, counted from 0; {order}")
    parts = [
        *model_parts(grid.card, grid.stack, prefixed=options.source.is_prefixed),
        aggregation_name("weights"),
        *([] if options.across_shown is None else [across_name(options.across_shown)]),
        laid.format(layers=layers - 1, heads=heads - 1, order=order),
        unit_name(unit),
    ]
    return [DOT.join(parts), heads_colours(options.scale)]
