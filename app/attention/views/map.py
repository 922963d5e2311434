"""The map: rows ask, columns are asked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QPainter

from app.attention.drawing.heatmap import MapContent
from app.attention.drawing.map_content import BarContent
from app.attention.pictures.matrix import Matrix
from app.attention.pictures.readout import Reading
from app.attention.selection import Selection
from app.attention.views import ViewSpec
from app.attention.views.one_map import OneMapView
from app.panel import Look


class MapView(OneMapView):
    """One map, large.

    Attributes:
        matrix: its picture.
    """

    picture = "map"

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.matrix = Matrix(look, selection)

    @property
    def widget(self) -> Matrix:
        """The map."""
        return self.matrix

    @property
    def maps(self) -> tuple[Matrix, ...]:
        """The map."""
        return (self.matrix,)

    def show_content(self, content: MapContent | None) -> None:
        """Draw the map."""
        self.matrix.show_map(content)

    def bar_of(self, content: MapContent, bar: BarContent) -> BarContent:
        """Tell also of the grey of what a query could not see."""
        return replace(bar, has_limits=content.has_limits)

    def describe(self, reading: Reading) -> None:
        """Say the numbers to a screen reader."""
        self.matrix.setAccessibleDescription(f"{reading.place} {reading.weight}")

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw the map."""
        self.matrix.draw(painter, ratio)
