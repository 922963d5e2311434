"""The nearest words of a word."""

import pytest

from app.synonyms.evidence.neighbours import ROWS, NeighbourList
from core.synonyms.vectors.neighbours import Neighbour
from tests.pictures import across, extent, inked, seen, where


def test_the_other_word_stands_out_among_the_neighbours(qtbot, look):
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours((Neighbour("护士", 0.79, 5), Neighbour("医师", 0.83, 9)), "医师")
    marked = extent(where(seen(view), look.theme.theme.colours.selection))
    row = look.scale.em(1.125)
    assert marked.width > 100
    assert row <= marked.top < marked.bottom <= 2 * row + 1
    assert view.accessibleDescription() == "护士 0.79, 医师 0.83"


@pytest.mark.parametrize("zoom", [0.7, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75])
def test_the_last_neighbour_has_its_bar_at_every_size(qtbot, look, zoom):
    look.scale.set_zoom(zoom)
    view = NeighbourList(look)
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.show_neighbours(tuple(Neighbour(f"词{n}", 0.5, n) for n in range(ROWS)))
    outline = look.theme.theme.colours.outline
    assert (where(seen(view), outline).sum(axis=1) >= 100).sum() == ROWS


def test_the_nearest_stands_first_and_each_rule_is_as_long_as_its_cosine(worn, qtbot):
    view = NeighbourList(worn)
    qtbot.addWidget(view)
    view.resize(400, view.sizeHint().height())
    view.show_neighbours((Neighbour("护士护士护士", 0.75, 5), Neighbour("医", 0.5, 9), Neighbour("师", -0.2, 9)))
    pixels, colours, row = seen(view), worn.theme.theme.colours, worn.scale.em(1.125)
    rules = [where(pixels[(at + 1) * row - 1], colours.outline) for at in range(3)]
    assert [rule.sum() for rule in rules] == [300, 200, 0]
    assert rules[0][:300].all()
    words = [inked(pixels[at * row + 2 : (at + 1) * row - 2, :150], colours.window) for at in range(2)]
    assert extent(words[0]).width > 4 * extent(words[1]).width
    assert len(across(inked(pixels[2 : row - 2, 300:], colours.window))) > 0  # the number at the right
