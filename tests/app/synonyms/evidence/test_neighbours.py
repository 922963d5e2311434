"""The nearest words of a word."""

import pytest

from app.synonyms.evidence.neighbours import ROWS, NeighbourList
from core.synonyms.vectors.neighbours import Neighbour
from tests.widgets import pixels_of


def test_the_other_word_stands_out_among_the_neighbours(qtbot, look):
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours((Neighbour("护士", 0.79, 5), Neighbour("医师", 0.83, 9)), "医师")
    marked = [y for y, row in enumerate(pixels_of(view, look.theme.theme.colours.selection)) if len(row) > 100]
    row = look.scale.em(1.125)
    assert marked
    assert row <= min(marked) < max(marked) <= 2 * row
    assert view.accessibleDescription() == "护士 0.79, 医师 0.83"


@pytest.mark.parametrize("zoom", [0.7, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75])
def test_the_last_neighbour_has_its_bar_at_every_size(qtbot, look, zoom):
    look.scale.set_zoom(zoom)
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours(tuple(Neighbour(f"词{n}", 0.5, n) for n in range(ROWS)))
    outline = look.theme.theme.colours.outline
    assert len([row for row in pixels_of(view, outline) if len(row) >= 100]) == ROWS
