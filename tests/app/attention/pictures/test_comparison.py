"""Two maps and their difference: their numbers on screen are those of the model."""

from __future__ import annotations

import numpy as np
import pytest

from app.attention.pictures.comparison import ComparisonPicture, title_of
from app.attention.selection import Cell
from core.attention.results import Comparison
from tests.app.attention.conftest import map_of


@pytest.fixture
def compare(look, selection, qtbot):
    made = ComparisonPicture(look, selection)
    qtbot.addWidget(made)
    made.resize(1200, 500)
    made.show()
    return made


def test_two_maps_of_one_sentence_share_what_is_picked_and_show_their_difference(compare, selection):
    one, other = map_of("ab", [[0.5, 0.5], [1, 0]]), map_of("ab", [[0.5, 0.5], [0.6, 0.4]])
    compare.show_comparison(Comparison(one, other, one.weights - other.weights), "red", "linear")
    assert not compare.difference.isHidden()
    selection.hover_over(Cell(1, 1))
    assert compare._other_selection.hover == Cell(1, 1)
    assert "first 0.0000,  second 0.4000,  difference −0.4000" in compare._numbers.text()
    compare._other_selection.pin(Cell(0, 1))
    assert selection.pinned == Cell(0, 1)


def test_a_title_that_takes_two_lines_breaks_after_the_model(compare):
    one = map_of("ab", layer=1)
    compare.show_comparison(Comparison(one, one, np.zeros((2, 2), np.float32)), "red", "linear")
    compare.resize(1500, 500)
    compare.grab()
    assert compare._titles[0].text() == title_of(one) == "Tiny · layer 1 · mean of heads"
    compare.resize(450, 300)
    compare.grab()
    assert compare._titles[0].text() == "Tiny\nlayer 1 · mean of heads"


def test_two_sentences_have_no_difference_and_it_is_said(compare, selection):
    comparison = Comparison(map_of("ab"), map_of("xyz"), np.zeros((0, 0), np.float32))
    compare.show_comparison(comparison, "red", "linear")
    assert compare.difference.isHidden()
    assert "no difference" in compare._apart.text()
    selection.pin(Cell(1, 1))
    assert not compare._other_selection.pinned


def test_maps_stand_where_each_is_the_larger_square(compare, look, qtbot):
    one, em = map_of("ab"), look.scale.em
    compare.show_comparison(Comparison(one, one, np.zeros((2, 2), np.float32)), "red", "linear")

    def is_large(least):
        return min(compare.first.width(), compare.first.height()) > em(least)

    compare.resize(em(29), em(31))  # beside the panel that explains, in a small window
    qtbot.waitUntil(lambda: is_large(8))
    compare.resize(em(24), em(70))
    qtbot.waitUntil(lambda: is_large(14))
