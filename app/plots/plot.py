"""One plot in the theme's colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.overrides import called_by_qt
from app.panel import Look, Panel
from app.plots.axis import Axis
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import _


@called_by_qt
class _Canvas(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """Where curves are drawn. It asks for its least size: its own hint is the size it has, so it would never shrink."""

    def sizeHint(self) -> QSize:
        """As little as can be read."""
        least: QSize = self.minimumSize()
        return least


class Plot(Panel):
    """One plot in the theme's colours: what goes up stands above it, what goes right below it; the grid is quiet.

    In a dark window it can be as on paper, with the words above it on the same sheet.
    """

    def __init__(self, look: Look, x: str, y: str, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self._window = look
        self._x = x
        self._has_x = True
        self._title = PlainLabel()
        set_style(self._title, kind="caption")
        self.bind_text(self._title.setText, y)
        self._axes = {side: Axis(side) for side in ("bottom", "left")}
        self.widget = _Canvas(self, axisItems=self._axes, enableMenu=False)
        self.item = self.widget.getPlotItem()
        self.item.hideButtons()
        self.item.setMouseEnabled(x=False, y=False)
        self.item.disableAutoRange()
        self.item.showGrid(x=True, y=True, alpha=0.18)
        self.widget.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.widget.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._head)
        self._column.addWidget(self.widget, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Enough for axes and a curve."""
        return QSize(self.look.scale.em(20), self.look.scale.em(9))

    def share_x(self) -> None:
        """Leave the numbers and the name of the x axis to the plot below, which has the same."""
        self._has_x = False
        axis = self._axes["bottom"]
        axis.setStyle(showValues=False)
        axis.setLabel("")  # no name, so none in the language of before either
        self._restyle(self.look.theme.theme)

    @contextmanager
    def without_kept_pixels(self) -> Iterator[None]:
        """Draw lines, points and words anew within the block: a picture to keep is finer than the screen."""
        points = [item for item in self.item.items if isinstance(item, pg.ScatterPlotItem)]
        for axis in self._axes.values():
            axis.setCacheMode(axis.CacheMode.NoCache)
        for one in points:
            one.opts["useCache"] = False
        try:
            yield
        finally:
            for axis in self._axes.values():
                axis.setCacheMode(axis.CacheMode.DeviceCoordinateCache)
            for one in points:
                one.opts["useCache"] = True

    @property
    def _is_on_paper(self) -> bool:
        """Whether it is a sheet of paper in a dark window."""
        return self.look.theme.theme is not self._window.theme.theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lay the paper under the words above the plot."""
        if self._is_on_paper:
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor(self.look.theme.theme.colours.stage))
            painter.end()

    def _restyle(self, theme: Theme) -> None:
        em = self.look.scale.em
        margin = em(0.375) if self._is_on_paper else 0
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._title.setStyleSheet(f"color: {theme.colours.muted};")
        self.widget.setBackground(QColor(theme.colours.stage))
        font = self.look.scale.font("caption")
        for axis in self._axes.values():
            axis.setTickFont(font)
            axis.setStyle(maxTickLevel=0)
            axis.setCacheMode(axis.CacheMode.DeviceCoordinateCache)  # grid and words change far less than curves
            axis.enableAutoSIPrefix(False)
            axis.setStyle(hideOverlappingLabels=False)
            axis.setPen(theme.colours.outline)
            axis.setTextPen(theme.colours.muted)
            axis.label.setFont(font)
        self._axes["left"].setWidth(em(2.75))
        self._axes["left"].make_room(em(0.5), em(0.625))
        self._axes["bottom"].setHeight(em(2.25) if self._has_x else em(0.375))
        self._axes["bottom"].make_room(em(1), em(2.75))
        self.item.layout.setContentsMargins(0, em(0.375), em(1), 0)  # room for numbers half beyond the ends
        self._head.setSpacing(em(1))
        self._column.setSpacing(em(0.125))
        self.widget.setMinimumHeight(em(5.5) if self._has_x else em(2.5))
        self._name_x()
        self.updateGeometry()

    def _retranslate(self) -> None:
        self._name_x()

    def _name_x(self) -> None:
        """Write the name of the x axis in the type and colour of now."""
        if self._has_x:
            size = f"{self.look.scale.point_size('caption')}pt"
            colour = self.look.theme.theme.colours.muted
            self._axes["bottom"].setLabel(_(self._x), **{"color": colour, "font-size": size})

    def pen(self, colour: str, width: float = 1.5, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> Any:
        """Return a pen of ``width`` at zoom 1, wider for the projector and for larger zooms.

        It is whole pixels wide: of parts of one, some strokes would get one more than their neighbours.
        """
        wide = width * self.look.theme.theme.pen_scale * max(1.0, self.look.scale.zoom)
        return pg.mkPen(colour, width=max(1, round(wide)), style=style)
