"""The page of attention over attention with the trained readers: stories, the newspaper, and the encoder beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.attention.mechanisms.drawing.extra_lanes import Line
from app.attention.mechanisms.drawing.lanes import Grid
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from app.attention.state import AttentionState
from core.attention.learned.cloze.typed import drawn_excerpt, drawn_story
from core.attention.tasks.learned.requests import ClozeRequest
from core.attention.tasks.mechanisms.requests import OverRequest
from core.language import set_language
from tests.app.attention.mechanisms.learned.hand import Hand


@pytest.fixture
def hand(views):
    """The page with a story on it."""
    text, question = drawn_story(0)
    return Hand(views["over"], text=text, second=question, paired=True)


def asked(view, options):
    return view.wants(options, AttentionState())[0].request


def test_a_story_is_read_by_its_reader_without_being_chosen_and_anything_else_by_the_encoder(hand):
    assert isinstance(asked(hand.view, hand.options), ClozeRequest)
    assert hand.view.own.fields["reader"].value == "stories"
    assert not hand.view.reads_with_chosen_model(hand.options)
    assert hand.view.small_models(hand.options) == ("cloze-stories-aoa", "cloze-stories-as")
    other = replace(hand.options, second="苹果在哪里？")
    assert isinstance(asked(hand.view, other), OverRequest)
    assert hand.view.reads_with_chosen_model(other)
    hand.view.own.show_options(other, {})
    assert hand.view.own.fields["reader"].value == "encoder"
    assert hand.view.own.walk.isVisibleTo(hand.view.own)


def test_the_blank_is_framed_and_both_answers_and_how_often_they_are_right_are_said(hand):
    (picture,) = hand.pictures
    grid = hand.lane(picture, Grid)
    assert grid.names[grid.chosen] == "____"
    assert hand.lane(picture, Line, "Answers").words.startswith("中 0.500")
    assert hand.lane(picture, Line, "Attention sum").words.startswith("午 0.600")
    said = hand.view.page.numbers.text
    assert "wrong: it is 午" in said
    assert "right in 93.7% of the test questions, the attention sum in 97.4%" in said
    assert hand.view.caption(hand.view.shown)[1] == "中 · cloze-stories-aoa (seed 0)"


def test_another_text_keeps_the_reader_and_another_reader_brings_a_text_that_it_knows(hand):
    hand.view.take_remedy()
    assert (hand.options.text, hand.options.second) == drawn_story(0)
    assert hand.options.mechanism.reader == "stories"
    hand.choose("reader", "newspaper")
    assert (hand.options.text, hand.options.second) == drawn_excerpt(0)
    hand.view.take_remedy()
    assert (hand.options.text, hand.options.second) == drawn_excerpt(1)
    hand.choose("reader", "stories")
    assert (hand.options.text, hand.options.second) == drawn_story(1)


def test_an_edit_that_the_chosen_reader_does_not_know_still_asks_it_which_refuses_with_a_way_out(views):
    view = views["over"]
    chosen = ViewOptions(text="谁？", second="你？", paired=True, mechanism=MechanismOptions(reader="stories"))
    assert asked(view, chosen) == ClozeRequest("谁？", "你？", "stories")
    assert view.remedy


def test_the_reader_comes_back_with_a_scene(hand, views):
    hand.choose("reader", "newspaper")
    saved = hand.view.save_state()
    restored = ViewOptions.from_dict(saved["options"])
    assert restored.mechanism.reader == "newspaper"
    assert asked(hand.view, restored) == asked(hand.view, hand.options)


def test_those_who_see_it_in_english_read_what_the_text_says(hand):
    assert hand.view.note(hand.view.shown).startswith("Mary found a hat in the restaurant at noon.")
    set_language("zh_CN")
    assert hand.view.note(hand.view.shown) == ""
