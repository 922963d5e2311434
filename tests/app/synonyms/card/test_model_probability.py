"""How sure the model is."""

import pytest

from app.synonyms.card.model_probability import ModelProbability
from tests.pictures import across, extent, seen, where, within


def test_the_model_says_how_sure_it_is(qtbot, look):
    guess = ModelProbability(look)
    qtbot.addWidget(guess)
    assert guess.words == ""
    guess.show_lacking("Model not trained yet")
    assert guess.words == "Model not trained yet"
    guess.show_guess(0.83, 0.71, 0.91)
    assert guess.words == "P(synonym) 83% (± 1 standard deviation: 71% to 91%)"


@pytest.mark.parametrize(("probability", "low", "high"), [(0.5, 0.25, 0.75), (0.1, 0.0, 0.2), (0.9, 0.8, 1.0)])
def test_the_stroke_stands_at_the_probability_within_the_band_of_a_deviation(worn, qtbot, probability, low, high):
    guess = ModelProbability(worn)
    qtbot.addWidget(guess)
    guess.resize(1200, guess.sizeHint().height())
    colours, middle = worn.theme.theme.colours, guess.height() // 2
    line = {"left": 532, "top": middle, "bottom": middle + 1}
    guess.show_guess(0.0, 0.0, 0.0)
    left = extent(within(where(seen(guess), colours.text), **line)).x
    guess.show_guess(1.0, 0.0, 0.0)
    right = extent(within(where(seen(guess), colours.text), **line)).x
    assert right - left > 300
    guess.show_guess(probability, low, high)
    pixels = seen(guess)
    stroke = extent(within(where(pixels, colours.text), **line))
    assert stroke.x == pytest.approx(left + probability * (right - left), abs=1)
    band = extent(within(where(pixels, colours.outline), **line))
    ends = [left + share * (right - left) for share in (low, high)]
    assert (band.left, band.right) == pytest.approx(tuple(ends), abs=2)
    assert across(within(where(pixels, colours.groove), **line)) or (low, high) == (0, 1)
    assert extent(within(where(pixels, colours.text), left=532)).height > 3 * worn.scale.em(0.25)


def test_without_a_guess_the_scale_has_neither_stroke_nor_band(worn, qtbot):
    guess = ModelProbability(worn)
    qtbot.addWidget(guess)
    guess.resize(1200, guess.sizeHint().height())
    guess.show_lacking("Model not trained yet")
    pixels, colours = seen(guess), worn.theme.theme.colours
    assert not within(where(pixels, colours.text), left=532).any()
    assert not within(where(pixels, colours.outline), left=532).any()
    assert within(where(pixels, colours.groove), left=532).any()


def test_where_there_is_little_room_the_figures_are_said_and_none_is_cut(worn, qtbot):
    guess = ModelProbability(worn)
    qtbot.addWidget(guess)
    guess.show_guess(0.9, 0.8, 1.0)
    guess.resize(1200, guess.sizeHint().height())
    assert guess.said == guess.words
    guess.resize(worn.scale.em(18), guess.height())
    assert guess.said == "P(synonym) 90% (80% to 100%)"
    guess.resize(worn.scale.em(10), guess.height())
    assert guess.said == "P(synonym) 90%"
    guess.show_lacking("Model not trained yet")
    assert guess.said == guess.words
