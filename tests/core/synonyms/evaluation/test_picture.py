"""What a person reads off the precision-recall curves."""

import numpy as np
import pytest

from core.charts.png import QUIET, SERIES, SHARPNESS
from core.language import LANGUAGES, set_language
from core.synonyms.evaluation import picture
from core.synonyms.evaluation.measures import figures
from core.synonyms.evaluation.queue_measures import QueueFigures
from core.synonyms.evaluation.run import Material, Measured
from core.synonyms.evaluation.split import Protocol
from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import WordPair

SYNONYM = np.array([True, True, False, False, False, False, False, False, False, False])
BEST = np.arange(10, 0, -1, dtype=np.float32)
TEST = LabelledPairs(
    tuple(WordPair(f"{n}", f"{n}甲") for n in range(10)), SYNONYM, tuple("synonym" if s else "other" for s in SYNONYM)
)
CLOSURE, GUESSING = 0.7, 0.2
WHITE = (255, 255, 255)


@pytest.fixture
def material():
    return Material(10, GUESSING, {}, CLOSURE, 0, 0.0, TEST)


def measured(name, scores=BEST):
    by_protocol = dict.fromkeys(Protocol, scores)
    told = dict.fromkeys(Protocol, figures(TEST, scores))
    return Measured(name, told, QueueFigures(0.0, 0.0, 0.0), 1.0, SYNONYM, by_protocol)


def colours(image, left, recall, precision, reach=3):
    """Return the colours within a few pixels above and below a point of a panel."""
    x, y = picture._point(left, recall, precision)
    return {image.getpixel((round(x), round(y) + by)) for by in range(-reach, reach + 1)}


OPEN = picture._LEFT
CLOSED = picture._LEFT + picture._PANEL + picture._GAP


def test_a_perfect_order_runs_along_the_top_and_falls_to_guessing(material):
    image = picture.draw(material, [measured("cosine")])
    for left in (OPEN, CLOSED):
        assert SERIES[0] in colours(image, left, 0.5, 1.0)
        assert SERIES[0] not in colours(image, left, 0.5, 0.5)


def test_a_reversed_order_lies_below(material):
    image = picture.draw(material, [measured("cosine", BEST[::-1].copy())])
    assert SERIES[0] not in colours(image, OPEN, 0.5, 1.0)
    assert SERIES[0] in colours(image, OPEN, 0.5, 1 / 9)


def test_guessing_is_a_line_in_both_and_closure_in_the_closed_one(material):
    image = picture.draw(material, [])
    dash = 0.505
    assert QUIET in colours(image, OPEN, dash, GUESSING)
    assert QUIET in colours(image, CLOSED, dash, GUESSING)
    assert QUIET in colours(image, CLOSED, dash, CLOSURE)
    assert QUIET not in colours(image, OPEN, dash, CLOSURE)


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_the_key_lie_on_the_stroke_beside_them(material, language):
    set_language(language)
    image = picture.draw(material, [measured(name) for name in METHODS])
    below = (picture._TOP + picture._PANEL + picture._BELOW - 8) * SHARPNESS
    pixels = np.array(image)[below:]
    strokes = np.zeros(pixels.shape[:2], dtype=bool)
    for colour in SERIES:
        strokes |= (pixels == colour).all(axis=2)
    rows, columns = np.nonzero(strokes)
    found = 0
    for row in np.unique(rows):
        runs = np.split(columns[rows == row], np.nonzero(np.diff(columns[rows == row]) > 1)[0] + 1)
        for run in runs:
            if len(run) < 20 * SHARPNESS:
                continue
            found += 1
            beside = pixels[row - 6 * SHARPNESS : row + 7 * SHARPNESS, run[0] : run[-1] + 1].reshape(-1, 3)
            of_the_stroke = (beside == WHITE).all(axis=1) | (beside == pixels[row, run[0]]).all(axis=1)
            assert of_the_stroke.all()
    assert found >= len(METHODS)
