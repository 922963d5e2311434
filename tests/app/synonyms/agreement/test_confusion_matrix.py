"""What a person reads off two annotators' answers: who said what, how often, and where they agree."""

import itertools
import math

import numpy as np
import pytest

from app.synonyms.agreement.confusion_matrix import ConfusionMatrix
from app.synonyms.verdict_style import VERDICT_LOOKS, colour_of
from core.synonyms.agreement.measures import Interval
from core.synonyms.agreement.report import Couple
from core.synonyms.verdicts import Verdict
from tests.pictures import across, down, extent, inked, mixed, seen, strokes, where, within

UNDEFINED = Interval(math.nan, math.nan, math.nan)
CATEGORIES = (Verdict.SYNONYM, Verdict.NOT, Verdict.RELATED)
STRONGEST = 0.35
"""Of the text's colour, in the fullest cell."""


@pytest.fixture
def matrix(worn, qtbot):
    made = ConfusionMatrix(worn)
    qtbot.addWidget(made)
    made.resize(700, 300)
    return made


def painted(matrix, counts, categories=CATEGORIES, one="anna", other="ben"):
    confusion = np.array(counts, np.int64)
    matrix.show_couple(Couple(one, other, int(confusion.sum()), UNDEFINED, UNDEFINED, confusion), categories)
    return seen(matrix)


def cells_of(matrix):
    """Where the cells lie, row by row: what is as dark as can be when all counts are the same."""
    pixels = painted(matrix, np.full((3, 3), 7))
    colours = matrix.look.theme.theme.colours
    full = where(pixels, mixed(colours.text, colours.window, STRONGEST), near=2)
    rows = [piece for piece in down(full) if piece[1] - piece[0] > 15]
    columns = [piece for piece in across(full) if piece[1] - piece[0] > 15]
    assert (len(rows), len(columns)) == (3, 3)
    return rows, columns


def grounds(pixels, rows, columns):
    """The colour of each cell away from its count and its frame."""
    return np.array([[pixels[top + 3, left + 3] for left, _right in columns] for top, _bottom in rows])


def test_rows_are_the_first_annotators_and_columns_the_second_ones_darker_with_their_count(matrix, worn):
    rows, columns = cells_of(matrix)
    counts = np.array([[8, 4, 0], [1, 2, 0], [0, 0, 6]])
    found = grounds(painted(matrix, counts), rows, columns)
    colours = worn.theme.theme.colours
    for place in np.ndindex(3, 3):
        expected = mixed(colours.text, colours.window, STRONGEST * counts[place] / 8)
        assert np.abs(found[place] - expected).max() <= 2, place


def test_every_count_stands_in_its_own_cell(matrix, worn):
    rows, columns = cells_of(matrix)
    pixels = painted(matrix, [[1, 88_888, 1], [1, 1, 1], [1, 1, 1]])
    widths = np.zeros((3, 3))
    for row, column in np.ndindex(3, 3):
        (top, bottom), (left, right) = rows[row], columns[column]
        part = pixels[top + 4 : bottom - 4, left + 4 : right - 4]
        widths[row, column] = extent(inked(part, part[0, 0])).width
    assert widths[0, 1] > 4 * np.delete(widths.ravel(), 1).max()


def test_where_both_say_the_same_the_cell_is_framed(matrix, worn):
    rows, columns = cells_of(matrix)
    pixels = painted(matrix, np.zeros((3, 3)))
    ink = strokes(pixels, worn.theme.theme.colours.outline, worn.theme.theme.colours.window, 0.5)
    framed = np.array([[within(ink, left - 2, top - 2, right + 2, bottom + 2).sum() > 1.6 * (right - left)
                        for left, right in columns] for top, bottom in rows])  # fmt: skip
    assert np.array_equal(framed, np.eye(3, dtype=bool))


def test_each_row_and_each_column_has_the_sign_of_its_verdict(matrix, worn):
    rows, columns = cells_of(matrix)
    pixels, colours = painted(matrix, np.zeros((3, 3))), worn.theme.theme.colours
    hues = [colour_of(VERDICT_LOOKS[verdict], colours) for verdict in CATEGORIES]
    assert len(set(hues)) == 3
    left, top = columns[0][0] - 4, rows[0][0] - 4  # the signs stand over the words, and the names over both
    for place, hue in enumerate(hues):
        signs = strokes(pixels, hue, colours.window, 0.7)
        beside = extent(within(signs, right=worn.scale.em(1) + 1, top=top))
        above = extent(within(signs, left=left, top=worn.scale.em(1.25), bottom=top - worn.scale.em(0.85)))
        assert beside.y == pytest.approx(sum(rows[place]) / 2, abs=3)
        assert above.x == pytest.approx(sum(columns[place]) / 2, abs=3)


def test_the_first_annotator_is_told_first(matrix, worn):
    colours = worn.theme.theme.colours
    high = worn.scale.em(0.85)

    def gap_after_first_word(one, other):
        ink = strokes(painted(matrix, np.zeros((3, 3)), one=one, other=other), colours.muted, colours.window)
        pieces = across(within(ink, bottom=high))
        gaps = [after[0] - before[1] for before, after in itertools.pairwise(pieces)]
        return pieces[int(np.argmax(gaps))][1]  # the three blanks before "Columns"

    assert gap_after_first_word("m" * 12, "i") > gap_after_first_word("i", "m" * 12) + 50
