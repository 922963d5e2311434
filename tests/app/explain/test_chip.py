"""A symbol as a chip: its mark and letter in its hue, and filled with it while it is lit."""

import pytest

from app.explain.chip import SymbolChip
from app.explain.symbols import SYMBOLS
from tests.pictures import extent, seen, strokes, where


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("symbol", ["alpha", "k", "d_k"])
def test_a_chip_wears_its_hue_and_is_filled_with_it_while_it_is_lit(look, qtbot, symbol, theme):
    look.theme.choose(theme)
    chip = SymbolChip(look, SYMBOLS[symbol])
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    hue, ground = SYMBOLS[symbol].colour(look.theme.theme.colours), look.theme.theme.colours.window
    quiet = seen(chip)
    ink = strokes(quiet, hue, ground, 0.4)
    assert 0.03 < ink.mean() < 0.4
    assert extent(ink).width > 0.6 * chip.width()  # the mark, and after it the letter
    chip.set_lit(True)
    assert where(seen(chip), hue).mean() > 0.5
    chip.set_lit(False)
    assert (seen(chip) == quiet).all()


def test_an_index_hangs_below_its_letter(look, qtbot):
    chip = SymbolChip(look, SYMBOLS["d_k"])
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    ink = strokes(seen(chip), SYMBOLS["d_k"].colour(look.theme.theme.colours), look.theme.theme.colours.window, 0.4)
    pieces = extent(ink)
    index = ink[:, pieces.right - 5 : pieces.right]
    letter = ink[:, pieces.right - 18 : pieces.right - 8]
    assert extent(index).bottom > extent(letter).bottom
