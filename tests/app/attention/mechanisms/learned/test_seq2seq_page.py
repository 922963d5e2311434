"""The page of Seq2Seq: two models side by side, walked through word by word."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtTest import QTest

from app.attention.mechanisms.drawing.decoder import Decoder, GoldGrid, Heading, Paragraph
from app.attention.mechanisms.learned import translators
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from core.attention.learned.dates.generator import drawn_writing, typed
from core.attention.learned.translation.grammar.drawn import drawn_sentence
from core.language import set_language
from tests.app.attention.conftest import shown_with
from tests.app.attention.mechanisms.learned.hand import Hand


@pytest.fixture
def hand(views):
    """The page with "abcd" on it, all of it said: d, c, b, a."""
    return Hand(views["seq2seq"], text="abcd", mechanism=MechanismOptions(drawn=0))


def said(hand, picture):
    return hand.lane(picture, Paragraph, "Said").words


def test_step_by_step_the_map_grows_and_both_say_a_word_more(hand):
    left, right = hand.pictures
    assert said(hand, left) == said(hand, right) == "d c b a"
    hand.steps.choose_first()
    assert said(hand, left) == said(hand, right) == "d"
    assert hand.lane(right, GoldGrid).weights.tolist() == [[0.25, 0, 0, 0.75]]
    hand.steps.step(+1)
    assert said(hand, right) == "d c"
    assert hand.lane(right, GoldGrid).chosen == 1
    assert len(hand.lane(right, GoldGrid).weights) == 2
    assert hand.lane(left, Decoder).lines_to == (0, 1), "one context for all"
    assert hand.lane(right, Decoder).lines_to == (1,)


def test_arrow_keys_and_clicked_words_walk_too(hand):
    right = hand.pictures[1]
    QTest.keyClick(right, Qt.Key.Key_Left)
    assert hand.options.mechanism.step == 2
    place = hand.lane(right, Decoder).places[0]
    QTest.mouseClick(right, Qt.MouseButton.LeftButton, pos=place.center().toPoint())
    assert hand.options.mechanism.step == 0
    for _time in range(9):
        QTest.keyClick(right, Qt.Key.Key_Right)
    assert hand.options.mechanism.step == 3
    assert hand.view.position(hand.view.shown)[0] == "step 4 of 4"


def test_the_state_that_asks_is_the_one_before_or_that_of_the_step(hand):
    right = hand.pictures[1]
    assert hand.lane(right, Decoder).asking == 2
    hand.choose("translator", "general-after")
    assert hand.lane(right, Decoder).asking == 3


def test_shifted_rows_are_those_of_the_next_step_and_gold_stays(hand):
    right = hand.pictures[1]
    before = hand.lane(right, GoldGrid)
    assert set(before.sure) < set(before.possible)
    hand.view.own.fields["shifted"].click()
    after = hand.lane(right, GoldGrid)
    assert np.array_equal(after.weights[:-1], before.weights[1:])
    assert not after.weights[-1].any()
    assert after.sure == before.sure
    assert "AER 0.25, shifted by one 0.75" in hand.view.page.numbers.text


def test_a_sentence_is_drawn_from_the_grammar_and_each_time_another(hand):
    hand.view.take_remedy()
    hand.view.take_remedy()
    assert hand.options.mechanism.drawn == 2
    assert hand.options.text == "".join(drawn_sentence(2).zh)
    assert not hand.options.paired


def test_dates_take_a_date_to_read_and_the_grammar_a_sentence(hand):
    hand.choose("translator", "dates")
    assert hand.options.text == typed(drawn_writing(0))
    assert hand.view.small_models(hand.options) == ("dates-none", "dates-general")
    hand.choose("translator", "dot")
    assert hand.options.text == "".join(drawn_sentence(0).zh)


def test_a_model_that_was_trained_here_stands_in_the_menu_and_any_other_comes_from_a_file(hand, tmp_path, monkeypatch):
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path)
    own = tmp_path / "seq2seq-dot-diary-seed4.safetensors"
    own.write_bytes(b"")
    own.with_suffix(".json").write_text('{"config": {"examples": ["早上好", "晚安"]}}', encoding="utf-8")
    hand.view.own.showEvent(QShowEvent())
    hand.choose("translator", own)
    assert hand.options.mechanism.opened == str(own)
    assert hand.options.text == "早上好"
    hand.view.take_remedy()
    assert hand.options.text == "晚安"
    kept = ViewOptions.from_dict(hand.options.to_dict())
    assert kept.mechanism.opened == str(own), "a scene remembers it"
    asked = []
    monkeypatch.setattr(translators, "ask_for_file", lambda _parent, _title, then, **_more: asked.append(then))
    box = hand.view.own.translators
    box.setCurrentIndex(box.count() - 1)
    box.activated.emit(box.currentIndex())
    assert box.value == own, "nothing is chosen before a file is"
    asked[0](tmp_path / "elsewhere.safetensors")
    assert hand.options.mechanism.opened == str(tmp_path / "elsewhere.safetensors")
    assert "elsewhere" in box.currentText()
    hand.choose("translator", "additive")
    assert hand.options.mechanism.opened == ""


def test_without_a_twin_the_left_side_says_what_would_bring_one(hand):
    found = replace(hand.view.shown[hand.view.slot], without=None)
    hand.view.show(shown_with(hand.options, (hand.view.slot, found)))
    left, right = hand.pictures
    assert "attention-train --model seq2seq-none" in hand.lane(left, Paragraph).words
    assert said(hand, right) == "d c b a"
    assert hand.view.caption(hand.view.shown)[1] == "d c b a"


def test_a_key_under_the_mouse_has_its_weight_said_and_its_symbols_named(hand):
    hand.steps.choose_first()
    hand.rest_on(3)
    assert 'α = 0.7500 when "' in hand.view.page.numbers.text
    values = hand.view.explain().values
    assert (values["alpha"], values["k"].strip("\u2068\u2069")) == ("0.7500", "d")
    assert values["q"].strip("\u2068\u2069") == "d"


def test_its_caption_says_which_models_these_are(hand):
    assert hand.view.caption(hand.view.shown) == [
        "abcd", "d c b a / d c b a", "seq2seq-none (seed 0) · seq2seq-additive (seed 0)"
    ]  # fmt: skip


def test_another_language_is_spoken_at_once(hand):
    left = hand.pictures[0]
    assert hand.lane(left, Heading).words == "One context for all steps"
    set_language("zh_CN")
    hand.view.show(hand.view.shown)
    assert hand.lane(left, Heading).words == "所有步共用一个上下文"
