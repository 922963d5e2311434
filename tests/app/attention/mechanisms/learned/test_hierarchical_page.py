"""The page of hierarchical attention: words, then sentences, beside plain averages."""

from __future__ import annotations

import pytest

from app.attention.mechanisms.drawing.review import ReviewRows, Verdict
from core.attention.learned.reviews.examples import EXAMPLES
from tests.app.attention.mechanisms.learned.hand import Hand


@pytest.fixture
def hand(views):
    """The page with two sentences of two letters each."""
    return Hand(views["hierarchical"], text="abcd")


def test_first_the_words_then_the_sentences_and_what_comes_of_them(hand):
    left, right = hand.pictures
    hand.steps.choose_first()
    assert hand.lane(right, ReviewRows).sentences is None
    assert hand.lane(right, Verdict).probability is None
    hand.steps.step(+1)
    assert hand.lane(right, ReviewRows).sentences.tolist() == [0.75, 0.25]
    assert hand.lane(left, ReviewRows).sentences.tolist() == [0.5, 0.5]
    assert (hand.lane(left, Verdict).probability, hand.lane(right, Verdict).probability) == (0.5, 0.875)
    assert hand.view.position(hand.view.shown)[0] == "step 2 of 2"


def test_a_word_under_the_mouse_has_its_weights_said_and_an_unknown_one_is_told(hand):
    rows = hand.lane(hand.view.page.picture, ReviewRows)
    assert set(rows.places) == {0, 1, 2, 3}
    hand.rest_at(rows.places[2].center())
    assert "α = 0.250 (average 0.500)   sentence 2: β = 0.250" in hand.view.page.numbers.text
    values = hand.view.explain().values
    assert (values["alpha"], values["beta"], values["k"].strip("\u2068\u2069")) == ("0.2500", "0.2500", "c")
    hand.rest_at(rows.places[3].center())
    assert hand.view.page.numbers.text.endswith("unknown")


def test_words_and_bars_light_the_symbols_of_their_levels(hand):
    picture = hand.view.page.picture
    rows = hand.lane(picture, ReviewRows)
    assert picture.symbol_at(rows.places[1].center()) == "alpha"
    assert picture.symbol_at(rows.bars[0].center()) == "beta"
    for symbol in ("alpha", "beta"):
        assert picture.rects_of(symbol)


def test_another_review_is_taken_and_its_caption_says_what_both_think(hand):
    hand.view.take_remedy()
    assert hand.options.text == EXAMPLES[0]
    hand.view.take_remedy()
    assert hand.options.text == EXAMPLES[1]
    assert hand.view.caption(hand.view.shown)[1] == (
        "reviews-hn-ave (seed 0): 0.500 · reviews-han (seed 0): 0.875"
    )  # fmt: skip


def test_long_formulas_take_the_room_that_short_ones_leave(hand, qtbot):
    page = hand.view.page
    for view in page.formulas.values():
        view.show_picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>')
    short, *long = page.formulas.values()
    for view in long:
        view.show_picture('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 10"/>')
    page.resize(round(2.2 * long[0].natural_width), 700)
    page.show_formulas(tuple(page.formulas))
    qtbot.waitUntil(lambda: all(view.width() >= view.natural_width for view in long))
    page.resize(round(4 * long[0].natural_width), 700)
    qtbot.waitUntil(lambda: short.width() == pytest.approx(long[0].width(), abs=2))


def test_those_who_see_it_in_english_read_what_an_example_says(hand):
    assert hand.view.note(hand.view.shown) == ""
    hand.view.take_remedy()
    assert hand.view.note(hand.view.shown).startswith("The lobby is impressive.")
