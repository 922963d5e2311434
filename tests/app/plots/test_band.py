"""A band is drawn where its numbers are, with no more points than a screen shows."""

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtGui import QColor

from app.plots.band import MOST_POINTS, Band
from app.plots.plot import Plot


@pytest.fixture
def plot(look, qtbot):
    plot = Plot(look, "x", "y")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.widget.setBackground("w")
    plot.item.showGrid(x=False, y=False)
    plot.item.setXRange(0, 10, padding=0)
    plot.item.setYRange(0, 10, padding=0)
    return plot


def pixel(plot, x, y):
    """Return the colour of the picture where the data has (x, y)."""
    place = plot.widget.mapFromScene(plot.item.vb.mapViewToScene(pg.Point(x, y)))
    return plot.widget.grab().toImage().pixelColor(place)


def test_the_area_lies_between_low_and_high_and_the_line_in_it(plot):
    band = Band(plot.item)
    band.paint_with(pg.mkPen("#0000ff", width=3))
    x = np.arange(11.0)
    band.show(x, np.full(11, 5.0), np.full(11, 3.0), np.full(11, 7.0))
    plot.show()
    ground = QColor("white")
    assert pixel(plot, 5.3, 5) == QColor("#0000ff")
    for inside in (3.4, 6.6):
        veiled = pixel(plot, 5.3, inside)
        assert veiled not in (ground, QColor("#0000ff"))
        assert veiled.blue() > veiled.red() == veiled.green()
    for outside in (2.6, 7.4):
        assert pixel(plot, 5.3, outside) == ground


def test_many_points_are_thinned_and_the_last_one_stays():
    item = pg.PlotItem()
    band = Band(item)
    x = np.arange(6400.0)
    band.show(x, x, x, x)
    drawn, _heights = band.drawn()
    assert len(drawn) <= MOST_POINTS
    assert (drawn[0], drawn[-1]) == (0, 6399)
    band.remove()
    assert not item.listDataItems()
