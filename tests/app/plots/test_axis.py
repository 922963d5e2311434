import itertools

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter

from app.plots.axis import Axis


@pytest.fixture
def plot(qtbot):
    def make(width, height, x, y):
        axes = {side: Axis(side) for side in ("bottom", "left")}
        axes["left"].make_room(10, 14)
        axes["left"].setWidth(60)
        axes["bottom"].make_room(16, 45)
        widget = pg.PlotWidget(axisItems=axes)
        qtbot.addWidget(widget)
        widget.resize(width, height)
        for axis in axes.values():
            axis.setStyle(maxTickLevel=0)
        widget.getPlotItem().showGrid(x=True, y=True, alpha=0.2)
        widget.getPlotItem().layout.setContentsMargins(0, 8, 16, 0)
        widget.setXRange(*x, padding=0.01)
        widget.setYRange(*y, padding=0.02)
        widget.show()
        qtbot.waitExposed(widget)
        QCoreApplication.processEvents()
        return widget

    return make


def numbers(widget, side):
    """The numbers an axis writes, with the places where it does."""
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    _axis, _ticks, texts = widget.getPlotItem().getAxis(side).generateDrawSpecs(painter)
    painter.end()
    return {text: rect for rect, _flags, text in texts}


@pytest.mark.parametrize("height", [160, 240, 400, 700])
def test_the_first_and_the_last_line_of_the_grid_have_their_numbers(plot, height):
    widget = plot(420, height, (0, 200), (0, 520))
    assert {"0", "50", "100", "150", "200"} <= set(numbers(widget, "bottom"))
    assert "0" in numbers(widget, "left")


@pytest.mark.parametrize("height", [60, 75, 90, 120, 200])
@pytest.mark.parametrize("y", [(-0.065, 0.04), (0.43, 0.71), (0, 300), (0, 0.17), (-3e-4, 9e-4)])
def test_no_number_lies_on_another_and_the_scale_can_be_read(plot, height, y):
    widget = plot(420, height, (0, 30), y)
    places = sorted(rect.center().y() for rect in numbers(widget, "left").values())
    apart = [lower - upper for upper, lower in itertools.pairwise(places)]
    assert all(distance >= 14 for distance in apart) or len(places) == 2
    spacing, _offset = widget.getPlotItem().getAxis("left").tickSpacing(*y, 60)[0]
    assert f"{spacing:e}"[0] in "125"


def test_minus_is_written_as_everywhere_else(plot):
    widget = plot(420, 200, (0, 30), (-0.065, 0.04))
    written = "".join(numbers(widget, "left"))
    assert "−" in written
    assert "-" not in written
