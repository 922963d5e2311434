"""A kept picture says how its heads were read, and from where layers and heads are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.attention.export.caption import caption_of, provenance
from core.attention.requests import AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks.attention_map import attend


@pytest.fixture
def map_of(cache):
    def read(text="我去", *, prefix=False, **rest):
        request = AttentionRequest(Source(text, prefix=prefix), **rest)
        return next(step for step in attend(request) if isinstance(step, AttentionMap))

    return read


def test_each_reading_of_the_same_head_has_a_caption_of_its_own(map_of):
    said = {
        provenance(map_of(aggregation=aggregation, layer=2, head=4)) for aggregation in ("weights", "norms", "rollout")
    }
    assert said == {
        "multilingual-e5-small · softmax weights · layer 2 of 0–11 · head 4 of 0–11 · by character",
        "multilingual-e5-small · weighted by vector norms · layer 2 of 0–11 · head 4 of 0–11 · by character",
        "multilingual-e5-small · rollout · through layers 0 to 2 of 0–11 · by character",
    }


def test_means_say_of_what(map_of):
    assert "mean of layers 0–11 · mean of heads 0–11 · by word" in provenance(map_of(unit="word"))
    assert "through layers 0 to 11 of 0–11" in provenance(map_of(aggregation="rollout"))


def test_each_attention_of_a_translator_has_a_caption_of_its_own(map_of):
    shown = map_of(layer=1)
    card = replace(shown.card, family="encoder-decoder", layers=6, encoder_layers=12)
    said = [provenance(replace(shown, card=card, stack=stack)) for stack in card.stacks]
    assert [part.split(" · ")[1] for part in said] == ["decoder looks at encoder", "encoder", "decoder"]
    assert [part.split(" · ")[3] for part in said] == ["layer 1 of 0–5", "layer 1 of 0–11", "layer 1 of 0–5"]


def test_the_prefix_that_was_read_is_told(map_of):
    assert 'prefix "query: "' in caption_of(map_of(prefix=True), "log")[1]
    assert "query" not in caption_of(map_of(), "log")[1]
