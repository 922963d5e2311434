"""Links: the sentence twice, with a line for each weight."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from app.attention.drawing.heatmap import MapContent
from app.attention.pictures.links import LinksPicture
from app.attention.selection import Selection
from app.attention.views import ViewSpec
from app.attention.views.one_map import OneMapView
from app.panel import Look


class LinksView(OneMapView):
    """One map as links between queries and keys.

    Attributes:
        links: its picture.
    """

    picture = "links"

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.links = LinksPicture(look, selection)

    @property
    def widget(self) -> LinksPicture:
        """The links."""
        return self.links

    def show_content(self, content: MapContent | None) -> None:
        """Draw the links."""
        self.links.show_map(content)

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw the links."""
        self.links.draw(painter)
