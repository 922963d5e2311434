"""A plot takes the room it is given, and gives it back."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plots.legend import Legend
from app.plots.plot import Plot
from tests.widgets import take_turns


def test_a_plot_that_was_large_asks_for_no_more_than_before(look, qtbot):
    """A scroll area lays out by what a plot asks for: one that asked for what it has would never shrink again."""
    holder = QWidget()
    plot = Plot(look, "x", "y")
    plot._head.addWidget(Legend(look), 1)
    QVBoxLayout(holder).addWidget(plot)
    qtbot.addWidget(holder)
    holder.show()
    before = holder.layout().heightForWidth(600)
    holder.resize(QSize(900, 900))
    take_turns()
    assert plot.height() > 800
    assert holder.layout().heightForWidth(600) == pytest.approx(before, abs=look.scale.em(1))


def test_the_name_of_an_axis_grows_with_its_numbers(look, qtbot):
    plot = Plot(look, "Training step", "BLEU")
    qtbot.addWidget(plot)
    plot.show()
    label = plot._axes["bottom"].label
    before = label.document().idealWidth()
    look.theme.choose("projector")
    assert label.document().idealWidth() > 1.1 * before
