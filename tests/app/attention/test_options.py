"""What is wanted becomes requests; what cannot be is left at its default."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attention.options import ViewOptions
from core.attention.requests import Source
from core.attention.results import ModelCard
from tests.app.attention.conftest import CARD, OTHER_CARD


def test_the_second_sentence_counts_only_while_it_is_wanted():
    options = ViewOptions(text="a", second="b")
    assert options.source.pair is None
    assert ViewOptions(text="a", second="b", paired=True).source.pair == "b"
    assert ViewOptions(text="a", second="  ", paired=True).source.pair is None


def test_another_head_asks_for_no_new_heads_grid():
    one, other = ViewOptions(text="a", layer=1, head=2), ViewOptions(text="a", layer=4, head=None)
    assert one.attention() != other.attention()
    assert one.heads() == other.heads()


def test_layers_and_heads_that_a_model_lacks_are_not_asked_for():
    options = ViewOptions(text="a", layer=11, head=7, states=12, other_layer=11, stack="cross").within(CARD, OTHER_CARD)
    assert (options.layer, options.head, options.states, options.other_layer, options.stack) == (1, 2, 2, 5, None)


def test_an_encoder_and_a_decoder_of_different_depth_have_their_own_layers():
    card = ModelCard("t5", "T5", "encoder-decoder", 3, 4, 6, 64, "nowhere", encoder_layers=2, encoder_heads=8)
    options = ViewOptions(text="a", layer=2, head=7, other_layer=2, other_head=7)
    encoder, cross = replace(options, stack="encoder").within(card, card), options.within(card, card)
    assert (encoder.layer, encoder.head, encoder.other_layer, encoder.other_head) == (1, 7, 1, 7)
    assert (cross.layer, cross.head, cross.other_layer, cross.other_head) == (2, 3, 2, 3)
    assert options.within(CARD, card).other_head == 3


def test_nothing_is_changed_while_the_model_is_unknown():
    options = ViewOptions(text="a", layer=11)
    assert options.within(None, None) == options


def test_two_models_read_the_same_sentence_and_two_sentences_are_read_apart():
    models = ViewOptions(text="a", model="e5", other_model="minilm", other_layer=2, other_head=1, layer=0).comparison(
        {}
    )
    assert (models.first.source, models.second.source) == (Source("a", model="e5"), Source("a", model="minilm"))
    assert (models.second.layer, models.second.head) == (2, 1)
    texts = ViewOptions(text="a", second="b", paired=True).comparison({})
    assert (texts.first.source.text, texts.second.source.text) == ("a", "b")
    assert texts.first.source.pair is None


def test_the_prefix_is_only_for_the_model_that_was_trained_with_it():
    assert ViewOptions(text="a", model="e5", prefix=True).source.prefix
    assert not ViewOptions(text="a", model="minilm", prefix=True).source.prefix


def test_a_wish_survives_being_written_down():
    options = ViewOptions(
        text="银行", second="bank", paired=True, layer=None, head=3, view="steps", masked=(1, 4), temperature=2.5
    )
    assert ViewOptions.from_dict(options.to_dict()) == options


@pytest.mark.parametrize(
    "broken",
    [
        {"view": "circus"}, {"layer": -1}, {"layer": True}, {"layer": "3"}, {"temperature": 0}, {"temperature": None},
        {"masked": ["a"]}, {"text": 5}, {"unit": ["word"]}, {"unit": {"a": 1}}, {"paired": 1}, {"colormap": "jet"},
        {"unknown": 1},
    ],
)  # fmt: skip
def test_what_cannot_be_is_left_at_its_default(broken):
    assert ViewOptions.from_dict(broken) == ViewOptions()


@pytest.mark.parametrize(
    "name", ["layer", "head", "other_layer", "other_head", "states", "temperature", "masked", "paired", "text"]
)
@pytest.mark.parametrize(
    "value", [10**30, -(10**30), 10**400, float("nan"), float("inf"), -1, True, "1", 2**31, [10**30], [-1], [True]]
)
def test_no_number_is_taken_that_a_slider_could_not_show(name, value):
    found, unusable = ViewOptions(head=2).updated({name: value, "scale": "log"})
    usable = (name, value) in (("paired", True), ("text", "1"))
    assert unusable == (() if usable else (name,))
    assert found == replace(ViewOptions(head=2), scale="log", **({name: value} if usable else {}))


def test_what_earlier_versions_wrote_is_read_under_its_former_names():
    kept = {
        "text": "你好",
        "reading": "norms",
        "ramp": "viridis",
        "view": "lines",
        "scale": "log",
        "layer": 5,
        "masked": [],
    }
    options = ViewOptions.from_dict(kept)
    assert (options.aggregation, options.colormap, options.view) == ("norms", "viridis", "links")
    assert (options.text, options.scale, options.layer) == ("你好", "log", 5)
    assert ViewOptions.from_dict({"view": "compare"}).view == "comparison"
    assert ViewOptions.doubtful(kept) == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*ViewOptions.__dataclass_fields__, "reading", "ramp", "other"]), json_values))
def test_no_file_can_break_the_start(values):
    ViewOptions.from_dict(values).attention()


def test_a_translator_is_compared_with_its_target_on_either_side():
    translator = replace(CARD, name="t5", family="encoder-decoder")
    options = ViewOptions(text="a", second="b", paired=True, model="t5")
    both = options.comparison({"t5": translator})
    assert (both.first.source.pair, both.second.source.pair) == ("b", "b")
    assert both.first == both.second  # it starts as the first is
    mixed = replace(options, other_model="e5").comparison({"t5": translator})
    assert (mixed.second.source.text, mixed.second.source.pair) == ("a", None)


def test_what_a_newly_opened_model_refuses_is_not_chosen_any_more():
    norms = ViewOptions(text="a", aggregation="norms")
    assert norms.within(replace(CARD, only_maps=True), None).aggregation == "weights"
    assert norms.within(CARD, None).aggregation == "norms"
    rollout = ViewOptions(text="a", aggregation="rollout")
    assert rollout.within(replace(CARD, family="encoder-decoder"), None).aggregation == "weights"
    assert replace(rollout, stack="encoder").within(replace(CARD, family="encoder-decoder"), None).aggregation == (
        "rollout"
    )
