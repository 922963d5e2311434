"""Two sentences beside each other: links and numbers on screen are those of the model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.attention.pictures.alignment import AlignmentPicture
from app.attention.selection import Cell
from core.attention.align import spread
from core.attention.results import Alignment
from tests.app.attention.conftest import CARD, tokens_of


@pytest.fixture
def alignment():
    cosine = np.array([[0.9, 0.1], [0.2, 0.6]], np.float32)
    return Alignment(
        CARD, 1, tokens_of("ab"), tokens_of("xy", sentence=1), cosine, spread(cosine), ((0, 0), (1, 1)),
        np.array([[0.1, 0.0], [0.3, 0.2]], np.float32),
    )  # fmt: skip


def test_links_are_drawn_and_counted_and_the_layer_is_named(look, qtbot, alignment):
    view = AlignmentPicture(look)
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show_alignment(alignment, "red")
    assert "after layer 1 of 2: 2 links" in view._summary.text()
    assert view.matrix.drawing.content.rings == ((0, 0), (1, 1))
    assert np.argwhere(view.links._content.intensities).tolist() == [[0, 0], [1, 1]]
    assert [words for _place, words in view.bar.content.ticks] == ["0", "0.45", "0.9, the largest"]
    view.selection.hover_over(Cell(1, 0))
    assert "cosine 0.200" in view._numbers.text()
    assert "attention 0.3000" in view._numbers.text()
    with qtbot.waitSignal(view.token_chosen) as chosen:
        view.selection.pin(Cell(row=1))
    assert chosen.args == [alignment.rows[1]]


def test_below_zero_the_bar_has_a_minus_and_a_narrow_stage_the_brief_note(look, qtbot, alignment):
    below = replace(alignment, cosine=alignment.cosine - np.float32(0.5))
    view = AlignmentPicture(look)
    qtbot.addWidget(view)
    view.show_alignment(below, "red")
    assert view.bar.content.ticks[0][1] == "0"
    assert view.matrix.drawing.content.intensities[0, 1] == 0
    view.resize(1400, 500)
    view.grab()
    assert view._numbers.written.endswith("Hover a cell to read its numbers.")
    metrics = view._numbers.fontMetrics()
    brief = "Circles and lines mark pairs that choose each other."
    view._numbers.resize(metrics.horizontalAdvance(brief) + 4, 30)
    assert view._numbers.written == brief


@pytest.mark.parametrize("by", ["similarity", "attention"])
def test_small_numbers_stay_pale_on_the_scale_of_the_article(look, qtbot, alignment, by):
    view = AlignmentPicture(look)
    qtbot.addWidget(view)
    noise = replace(alignment, cosine=alignment.cosine * np.float32(0.2))
    view.show_alignment(noise, "red", by, scale="linear")
    assert view.matrix.drawing.content.intensities.max() < 80
    assert (view.bar.content.ticks[0][1], view.bar.content.ticks[-1][1]) == ("0", "1")


def test_one_link_is_one_link(look, qtbot, alignment):
    view = AlignmentPicture(look)
    qtbot.addWidget(view)
    view.show_alignment(replace(alignment, links=((0, 0),)), "red")
    assert "1 link between" in view._summary.text()
