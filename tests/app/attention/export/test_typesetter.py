"""Scripts that the shipped font lacks are written with the system's, joined and in the order they are read."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase

from app.attention.drawing.labels import written
from app.attention.export.typesetter import SystemFonts
from app.fonts import has_letter, load_fonts
from core.attention.export.code_points import drawable, unknown_letters
from core.attention.export.picture import draw_map
from core.attention.export.typesetter import SHIPPED_FONT
from core.attention.results import Token
from tests.app.attention.conftest import map_of

SOME_FONT = Path(find_spec("ziafont").origin).parent / "fonts" / "DejaVuSans.ttf"
"""A font that has Hebrew and Arabic, on every machine: it comes with a library of the program's."""


@pytest.fixture(scope="module")
def letters(qapp):
    load_fonts()
    number = QFontDatabase.addApplicationFont(str(SOME_FONT))
    has_letter.cache_clear()
    yield SystemFonts()
    QFontDatabase.removeApplicationFont(number)
    has_letter.cache_clear()


def ink(written):
    """How much is written in each column of pixels."""
    return np.asarray(written.ink)[..., 3].astype(int).sum(axis=0)


@pytest.mark.parametrize("words", ["שלום", "سلام", "łı", "猫 cat"])
def test_a_script_of_another_font_is_written_not_spelled(letters, words):
    assert drawable(words, letters.has) == words
    assert unknown_letters([words], letters.has) == []
    assert written(Token(words, 0, len(words), special=False, piece=words)) == words
    shown = letters.write(words, 40, (0, 0, 0))
    columns = np.flatnonzero(ink(shown))
    assert shown.x - 4 <= columns[0]
    assert columns[-1] <= shown.x + shown.width + 4
    assert columns[-1] - columns[0] > 0.8 * shown.width
    assert letters.width(words, 40) == pytest.approx(shown.width, rel=0.05)


def test_hebrew_runs_to_the_left(letters):
    shown = ink(letters.write("שייי", 80, (0, 0, 0)))  # a broad letter, then three small ones
    filled = np.flatnonzero(shown)
    third = (filled[-1] - filled[0]) // 3
    assert shown[filled[-1] - third :].sum() > 1.3 * shown[: filled[0] + third].sum()


def test_arabic_letters_join(letters):
    parts = sum(letters.width(letter, 40) for letter in "سلم")
    assert letters.width("سلم", 40) < 0.9 * parts
    between = ink(letters.write("سم", 80, (0, 0, 0)))
    filled = np.flatnonzero(between)
    assert (between[filled[0] : filled[-1]] > 0).all()  # no gap


def test_chinese_and_latin_stand_where_the_shipped_font_has_them(letters):
    ours, theirs = letters.write("猫", 40, (0, 0, 0)), SHIPPED_FONT.write("猫", 40, (0, 0, 0))
    heights = [np.flatnonzero(np.asarray(one.ink)[..., 3].sum(axis=1)) - one.y for one in (ours, theirs)]
    assert heights[0][[0, -1]] == pytest.approx(heights[1][[0, -1]], abs=2.5)
    assert ours.width == pytest.approx(theirs.width, abs=1)


def test_what_no_font_has_is_spelled_and_said(letters):
    shown = map_of("a\U0010fffd")
    picture = draw_map(shown, "red", "linear", letters)
    assert picture.caption[-1] == "No font here has U+10FFFD: a PNG shows their code points."
    assert drawable("a\U0010fffd", letters.has) == "aU+10FFFD"
    assert written(Token("\U0010fffd", 0, 1, special=False, piece="")) == "U+10FFFD"


def test_nothing_is_said_where_every_letter_has_a_font(letters):
    picture = draw_map(map_of("שלa"), "red", "linear", letters)
    assert not any("font" in line for line in picture.caption)
