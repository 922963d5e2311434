"""The page of memory hops: a story and a question, hop by hop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFontMetricsF

from app.attention.drawing.labels import SMALLEST
from app.attention.mechanisms.drawing.canvas import sized
from app.attention.mechanisms.drawing.lanes import Bars, Strip
from app.attention.mechanisms.drawing.story import StoryRows
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from app.attention.state import AttentionState
from core.attention.learned.memory.drawn import drawn_story, told
from core.language import set_language
from tests.app.attention.mechanisms.learned.hand import Hand


@pytest.fixture
def hand(views):
    """The page with a story of four letters on it, all three hops done."""
    return Hand(views["memory"], text="abcd", second="xy", paired=True, mechanism=MechanismOptions(drawn=0))


def test_it_names_the_model_that_a_question_wants(views):
    view, options = views["memory"], ViewOptions(second="苹果在哪里？", mechanism=MechanismOptions(hops=2))
    assert view.small_models(options) == ("memory-two-2",)
    assert view.small_models(replace(options, second="Why?")) == ()


def test_hop_by_hop_more_weights_are_seen_and_what_is_read_is_added(hand):
    (picture,) = hand.pictures
    assert hand.lane(picture, StoryRows).hop == 2
    hand.steps.choose_first()
    rows = hand.lane(picture, StoryRows)
    assert rows.hop == 0
    assert rows.weights[0].tolist() == [0.75, 0, 0, 0.25]
    assert rows.supports == (1, 0)
    asks, reads, then = (hand.lane(picture, Strip, title).vector for title in ("Asks q", "Reads c", "Then q + c"))
    assert then == pytest.approx(asks + reads)
    hand.steps.step(+1)
    assert hand.lane(picture, Strip, "Asks q").vector == pytest.approx(then)
    assert hand.view.position(hand.view.shown)[0] == "step 2 of 3"


def test_fewer_hops_are_asked_for(hand):
    hand.choose("hops", 1)
    (picture,) = hand.pictures
    assert hand.lane(picture, StoryRows).names == ("Hop 1",)
    assert hand.steps.slider.maximum() == 1


def test_what_is_said_of_the_answer(hand):
    said = hand.view.page.numbers.text
    assert said.startswith("xy ")
    assert "correct" in said
    assert "8 of 10 seeds answer the same" in said
    assert "wrong in 1.5% of the test questions" in said
    (picture,) = hand.pictures
    assert hand.lane(picture, Bars).values.tolist() == pytest.approx([0.7, 0.2, 0.1])
    hand.rest_on(1)
    assert "0.2000" in hand.view.page.numbers.text
    assert hand.view.caption(hand.view.shown)[1] == "厨 · memory-two-3 (seed 7) · hop 3 of 3"


def test_another_story_another_question_and_another_language(hand):
    hand.view.take_remedy()
    story, question = told(drawn_story("two", 1), "zh")
    assert (hand.options.text, hand.options.second, hand.options.paired) == (story, question, True)
    hand.choose("language", "en")
    assert (hand.options.text, hand.options.second) == told(drawn_story("two", 1), "en")
    hand.choose("story", "count")
    assert hand.options.second == told(drawn_story("count", 1), "en")[1]


def test_without_a_question_it_says_what_is_missing(views):
    view, alone = views["memory"], ViewOptions(text="abcd")
    assert view.wants(alone, AttentionState()) == ()
    assert "a question" in view.what_is_missing(alone)
    assert view.remedy


def test_its_columns_light_their_symbols(hand):
    (picture,) = hand.pictures
    for symbol in ("k", "v", "alpha"):
        (place,) = picture.rects_of(symbol)
        assert picture.symbol_at(place.center()) == symbol


def test_rows_of_a_long_story_do_not_lie_on_each_other_in_a_low_window(hand):
    (picture,) = hand.pictures
    rows = hand.lane(picture, StoryRows)
    many = 11
    long = replace(
        rows, lines=1.5 + 0.75 * many, sentences=("abcd",) * many, weights=np.zeros((3, many), np.float32),
        keys=rows.keys[[0] * many], values=rows.values[[0] * many], supports=(),
    )  # fmt: skip
    lanes = tuple(long if lane is rows else lane for lane in picture.scene.lanes)
    picture.resize(700, 18 * picture.look.scale.line)
    picture.show_scene(replace(picture.scene, lanes=lanes))
    picture.grab()
    room = picture.rooms[lanes.index(long)]
    letters = QFontMetricsF(sized(picture.look, SMALLEST)).height()
    assert (room.height() - 1.4 * picture.look.scale.line) / many > 0.9 * letters
    assert picture.rooms[-1].bottom() <= picture.height() + 1


def test_those_who_see_it_in_english_read_what_a_drawn_story_says(hand):
    assert hand.view.note(hand.view.shown) == "", "these are letters that somebody typed"
    hand.view.take_remedy()
    story, question = told(drawn_story("two", hand.options.mechanism.drawn), "en")
    assert hand.view.note(hand.view.shown) == f"{story} {question}"
    set_language("zh_CN")
    assert hand.view.note(hand.view.shown) == ""
    set_language("en")
    hand.choose("language", "en")
    assert hand.view.note(hand.view.shown) == "", "it is told in English"
