"""What the views of one map have in common: what they ask for, their numbers, and what is exported of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import Slot

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.drawing.heatmap import MapContent
from app.attention.drawing.labels import named
from app.attention.drawing.map_content import BarContent, bar_content, map_content
from app.attention.options import ViewOptions
from app.attention.pictures.next_tokens import next_words
from app.attention.pictures.readout import Reading, read_place
from app.attention.selection import Selection
from app.attention.state import MAP, AttentionState, Wanted
from app.attention.views import ViewSpec
from app.attention.views.base import Shown, View
from app.attention.views.controls import symbol_sizes
from app.attention.views.footers import MapFooter
from app.panel import Look
from core.attention.export.caption import caption_of
from core.attention.results import AttentionMap


class OneMapView(View):
    """A view of the map of a text; other pictures of the same map stand beside it.

    Subclasses override :meth:`show_content`, which draws the map.
    """

    has_evidence = True

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.footer_of_map = MapFooter(look)
        self.footer_of_map.readout.link_symbols(self.symbol_links)
        self._content: MapContent | None = None
        selection.changed.connect(self.show_reading)
        selection.hovered.connect(self.show_reading)

    @property
    def footer(self) -> MapFooter:
        """Numbers and scale."""
        return self.footer_of_map

    @property
    def bar(self) -> ScaleBar:
        """The scale of colours."""
        return self.footer_of_map.bar

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """The map."""
        return (Wanted(MAP, options.attention()),)

    def main_map(self, shown: Shown) -> AttentionMap | None:
        """The map."""
        return shown[MAP]

    def _show(self, shown: Shown) -> None:
        found, options = shown[MAP], shown.options
        self.selection.follow(*((found.rows, found.columns) if found is not None else ((), ())))
        if self._is_new(found, options.colormap, options.scale):
            self._content = map_content(found, options.colormap, options.scale) if found is not None else None
            self.show_content(self._content)
        if found is None or self._content is None:
            self.bar.show_bar(None)
        else:
            bar = bar_content(found.weights, options.colormap, options.scale)
            self.bar.show_bar(self.bar_of(self._content, bar))
        self.show_reading()

    def show_content(self, content: MapContent | None) -> None:
        """Draw the map; None draws nothing."""
        raise NotImplementedError

    def bar_of(self, _content: MapContent, bar: BarContent) -> BarContent:
        """Return what the bar of ``content`` says."""
        return bar

    @Slot()
    def show_reading(self) -> None:
        """Show the numbers of what is picked."""
        found = self.shown[MAP] if self.shown is not None else None
        reading = read_place(found, self.selection)
        self.footer_of_map.readout.show_reading(reading)
        self.footer_of_map.show_next(next_words(found, self.selection))
        self.describe(reading)
        self._tell_explanation()

    def describe(self, _reading: Reading) -> None:
        """Say the numbers to a screen reader."""

    def caption(self, shown: Shown) -> list[str]:
        """How the map was made, and its colours."""
        found = shown[MAP]
        return list(caption_of(found, shown.options.scale)) if found is not None else super().caption(shown)

    def exports(self, options: ViewOptions, state: AttentionState) -> dict[str, Any]:
        """The map, and every head with it."""
        found = super().exports(options, state)
        return found | ({".json": found[".npz"]} if found else {})

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """Query, key and weight of what is under the mouse or pinned, and the sizes of the model."""
        found = shown[MAP]
        if found is None:
            return {}
        values = symbol_sizes(found.card, found.stack)
        row, column = self.selection.shown.row, self.selection.shown.column
        if row is not None and row < len(found.rows) and column is None:
            column = int(np.argmax(found.weights[row]))
        if row is not None and row < len(found.rows):
            values["q"] = named(found.rows[row])
        if column is not None and column < len(found.columns):
            values["k"] = values["v"] = named(found.columns[column])
        if {"q", "k"} <= values.keys():
            assert row is not None
            values["alpha"] = f"{float(found.weights[row, column]):.4f}"
        return values
