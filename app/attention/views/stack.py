"""The stage: one view at a time, with its numbers and its scale of colours below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.attention.drawing.colour_bar import ScaleBar, draw_bar
from app.attention.views.base import View
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
        empty_state: why there is nothing to see.
        view: the one in front, seen or not.

    Signals:
        view_wanted: another view, by its id.
    """

    view_wanted = Signal(str)

    def __init__(self, look: Look, views: Sequence[View], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._views = views
        self.switch = ViewSwitch(look)
        self.switch.chosen.connect(self.view_wanted)
        self.empty_state = EmptyState(look, illustrated=True)
        self.view = views[0]
        self._stack = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._stack, 1)
        for view in views:
            self._stack.addWidget(view.widget)
            if view.footer is not None:
                self._column.addWidget(view.footer)
        self._stack.addWidget(self.empty_state)
        self._restyle(look.theme.theme)

    def show_view(self, view: View) -> None:
        """Bring ``view`` onto the stage."""
        for one in self._views:
            one.is_in_front = one is view
        self.view = view
        self.switch.show_view(view.spec.id)
        self._stack.setCurrentWidget(view.widget)
        self._show_footer()

    def _show_footer(self) -> None:
        low = self.height() < self.look.scale.em(_LOW)
        for view in self._views:
            if view.footer is not None:
                view.footer.setVisible(view is self.view and not self.is_empty and not low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a very low stage the picture is all there is."""
        super().resizeEvent(event)
        self._show_footer()

    def show_empty_state(self) -> None:
        """Say why there is no view; there are no numbers and no colours then."""
        self._stack.setCurrentWidget(self.empty_state)
        self._show_footer()

    @property
    def is_empty(self) -> bool:
        """Whether it is said why there is no view."""
        return self._stack.currentWidget() is self.empty_state

    def zoom_by(self, factor: float) -> None:
        """Zoom every map that is seen."""
        for matrix in () if self.is_empty else self.view.maps:
            matrix.zoom_by(factor)

    def zoom_to_fit(self) -> None:
        """Show every map that is seen as a whole."""
        for matrix in () if self.is_empty else self.view.maps:
            matrix.zoom_to_fit()

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw what is seen onto another surface with ``ratio`` device pixels to a pixel."""
        if not self.is_empty:
            self.view.draw(painter, ratio)

    @property
    def bar(self) -> ScaleBar | None:
        """The scale of colours below the view, where one is seen."""
        bar = self.view.bar
        return bar if bar is not None and not bar.isHidden() and bar.isVisibleTo(self) else None

    def draw_bar(self, painter: QPainter, room: QRectF) -> None:
        """Draw the scale of colours in ``room``."""
        bar = self.bar
        if bar is not None and bar.content is not None:
            draw_bar(painter, self.look, bar.content, room)

    @property
    def page(self) -> QWidget:
        """What is seen: the view's widget, or why there is none."""
        page = self._stack.currentWidget()
        assert page is not None  # the stack is never empty
        return page

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._stack.setMinimumSize(em(12), em(2))  # not what its widest page would like
        self._column.setSpacing(em(0.5))
