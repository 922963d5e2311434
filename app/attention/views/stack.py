"""The stage: one view at a time, with its numbers and its scale of colours below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.attention.drawing.colour_bar import ScaleBar, draw_bar
from app.attention.options import View
from app.attention.selection import Selection
from app.attention.views.alignment import AlignmentView
from app.attention.views.comparison import CompareView
from app.attention.views.heads import HeadsPicture
from app.attention.views.heads_order import OrderBox
from app.attention.views.links import LinksPicture
from app.attention.views.map import Matrix
from app.attention.views.readout import Readout
from app.attention.views.steps.view import StepsView
from app.attention.views.switch import ViewSwitch
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.empty_state import EmptyState

_LOW: Final = 9
"""Lines of text below which numbers and scale leave their room to the picture."""


class Stage(Panel):
    """The views, of which one is seen, or in their place why none is.

    Attributes:
        switch: what chooses the view; the tab lays it over stage and evidence, for it speaks for both.

    Signals:
        view_wanted: another view.
    """

    view_wanted = Signal(str)

    def __init__(self, look: Look, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.switch = ViewSwitch(look)
        self.switch.chosen.connect(self.view_wanted)
        self.matrix = Matrix(look, selection)
        self.heads = HeadsPicture(look)
        self.links = LinksPicture(look, selection)
        self.steps = StepsView(look)
        self.compare = CompareView(look, selection)
        self.alignment = AlignmentView(look)
        self.empty_state = EmptyState(look, illustrated=True)
        self.readout, self.order = Readout(look), OrderBox(look)
        self.bar = ScaleBar(look)
        self._pages: dict[View, QWidget] = {
            "map": self.matrix,
            "heads": self.heads,
            "links": self.links,
            "steps": self.steps,
            "comparison": self.compare,
            "alignment": self.alignment,
        }
        self._view: View = "map"
        self._stack = QStackedWidget()
        for page in (*self._pages.values(), self.empty_state):
            self._stack.addWidget(page)
        self._foot = QWidget()
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.setContentsMargins(0, 0, 0, 0)
        self._foot_row.addWidget(self.readout, 3)
        self._foot_row.addWidget(self.order, 3, Qt.AlignmentFlag.AlignLeft)
        self._foot_row.addWidget(self.bar, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._foot)
        self._restyle(look.theme.theme)

    def show_view(self, view: View) -> None:
        """Bring ``view`` onto the stage."""
        self._view = view
        self.switch.show_view(view)
        self._stack.setCurrentWidget(self._pages[view])
        self._show_foot()
        self.readout.setVisible(view != "heads")
        self.order.setVisible(view == "heads")

    def _show_foot(self) -> None:
        low = self.height() < self.look.scale.em(_LOW)
        self._foot.setVisible(self._view in ("map", "heads", "links") and self.page is not self.empty_state and not low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a very low stage the picture is all there is."""
        super().resizeEvent(event)
        self._show_foot()

    def show_empty_state(self) -> None:
        """Say why there is no view; there are no numbers and no colours then."""
        self._stack.setCurrentWidget(self.empty_state)
        self._foot.hide()

    def zoom_by(self, factor: float) -> None:
        """Zoom every map that is seen."""
        for matrix in self._matrices():
            matrix.zoom_by(factor)

    def zoom_to_fit(self) -> None:
        """Show every map that is seen as a whole."""
        for matrix in self._matrices():
            matrix.zoom_to_fit()

    def matrices_of(self, view: View) -> list[Matrix]:
        """Return the maps of ``view``."""
        return self._maps_in(self._pages[view])

    def _matrices(self) -> list[Matrix]:
        return self._maps_in(self.page)

    @staticmethod
    def _maps_in(page: QWidget) -> list[Matrix]:
        return [page] if isinstance(page, Matrix) else page.findChildren(Matrix)

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw what is seen onto another surface with ``ratio`` device pixels to a pixel."""
        page = self.page
        if isinstance(page, (Matrix, HeadsPicture, CompareView, AlignmentView)):
            page.draw(painter, ratio)
        elif isinstance(page, (LinksPicture, StepsView)):
            page.draw(painter)

    def draw_bar(self, painter: QPainter, room: QRectF) -> None:
        """Draw the scale of colours in ``room``."""
        if self.bar.content is not None:
            draw_bar(painter, self.look, self.bar.content, room)

    @property
    def page(self) -> QWidget:
        """What is seen: a view, or why there is none."""
        page = self._stack.currentWidget()
        assert page is not None  # the stack is never empty
        return page

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._stack.setMinimumSize(em(12), em(2))  # not what its widest page would like
        self._column.setSpacing(em(0.5))
        self._foot_row.setSpacing(self.look.scale.em(1))
