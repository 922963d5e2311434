"""Heads that give nothing, and tokens that nobody sees: by hand, and in real models."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
import transformers as hf

from core.attention.encoders.bert import Affine, BertBody, BertLayer
from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.errors import NotAvailableError, TextError
from core.attention.head_set import HeadSet
from core.attention.interventions import Changes
from core.attention.interventions.applied import heads_off, masked_tokens
from core.attention.requests import AttentionRequest, ComparisonRequest, Source, StepsRequest
from core.attention.results import AttentionMap, Comparison, ThreeSteps, Token
from core.attention.tasks import reading
from core.attention.tasks.attention_map import attend
from core.attention.tasks.comparison import compare
from core.attention.tasks.model_cache import ModelCache
from core.attention.tasks.steps import step_through

TEXT = "the cat sat"
CAT = (0, 4, 7)


def last(task, kind):
    return next(step for step in task if isinstance(step, kind))


def test_one_layer_by_hand():
    # As in the test of BERT's body: states (1, −1) and (−1, 1); without the head, the layer adds nothing to them.
    one, none = np.eye(2, dtype=np.float32), np.zeros(2, np.float32)
    norm = Affine(np.ones(2, np.float32), none)
    layer = BertLayer(Affine(np.tile(one, (3, 1)), np.zeros(6, np.float32)), Affine(one, none), norm,
                      Affine(one * 0, none), Affine(one * 0, none), norm)  # fmt: skip
    tokens = tuple(Token(letter, i, i + 1, False, letter) for i, letter in enumerate("ab"))
    body, states = BertBody([layer, layer], 1, norm, 1e-9), np.float32([[3, 1], [0, 4]])
    whole = body.forward(states, tokens)
    off = body.forward(states, tokens, Changes(off=HeadSet((0,), (0,))))
    mine = 1 / (1 + math.exp(-4 / math.sqrt(2)))
    assert np.allclose(off.weights[0, 0], [[mine, 1 - mine], [1 - mine, mine]])
    assert np.allclose(off.hidden[1], [[1, -1], [-1, 1]])
    assert not off.output[0].any()
    assert off.output[1].any()
    assert whole.output[0].any()
    masked = body.forward(states, tokens, Changes(masked=((0, 1, 2),)))
    assert masked.weights[:, 0].tolist() == [[[1, 0], [1, 0]]] * 2
    assert masked.seen(0).tolist() == [[True, False], [True, False]]


def test_which_tokens_and_heads_are_meant():
    tokens = [Token("[CLS]", 0, 0, True, "[CLS]"), Token("ab", 0, 2, False, "ab"), Token("c", 2, 3, False, "c"),
              Token("ab", 0, 2, False, "ab", 1)]  # fmt: skip
    assert masked_tokens(tokens, Changes(masked=((0, 1, 2),))).tolist() == [False, True, False, False]
    assert masked_tokens(tokens, Changes(masked=((1, 0, 9),))).tolist() == [False, False, False, True]
    assert heads_off(HeadSet((), (1,)), 2, 3).tolist() == [[False, True, False]] * 2
    assert heads_off(HeadSet((1,), ()), 2, 2).tolist() == [[False, False], [True, True]]
    with pytest.raises(NotAvailableError, match="no L2 to switch off"):
        heads_off(HeadSet((2,), ()), 2, 2)
    with pytest.raises(TextError, match="nothing left"):
        masked_tokens(tokens[1:2], Changes(masked=((0, 0, 2),)))
    with pytest.raises(TextError, match="first token of a decoder"):
        masked_tokens(tokens[1:], Changes(masked=((0, 0, 1),)), causal=True)


@pytest.fixture
def models(monkeypatch, minilm, folder_of):
    made = ModelCache(lambda name, **_rest: minilm if name == "minilm" else HuggingFaceEncoder(str(folder_of(name))))
    monkeypatch.setattr(reading, "model_cache", lambda: made)
    return made


@pytest.mark.parametrize("family", ["minilm", "bert", "gpt2", "llama", "t5"])
def test_what_comes_before_stays_and_what_comes_after_changes(models, family):
    source = Source(TEXT, "the mat" if family == "t5" else None, family)

    def compared(changes, layer):
        first = AttentionRequest(source, "word", layer=layer, specials=True)
        second = replace(first, source=replace(source, changes=changes))
        return last(compare(ComparisonRequest(first, second)), Comparison)

    off = Changes(off=HeadSet((0,), (1,)))
    assert np.abs(compared(off, 0).difference).max() < 1e-5
    later = compared(off, 1)
    assert np.abs(later.difference).max() > 1e-5
    assert np.allclose(later.second.weights.sum(axis=1), 1, atol=1e-4)
    assert later.second.changes == off
    if later.first.guesses:
        assert later.first.guesses != later.second.guesses
    masked = compared(Changes(masked=(CAT,)), 0).second
    cat = next(at for at, unit in enumerate(masked.columns) if unit.text == "cat")
    assert np.abs(masked.weights[:, cat]).max() < 1e-6
    assert np.allclose(masked.weights.sum(axis=1), 1, atol=1e-4)


def test_a_head_that_is_off_is_as_if_its_share_of_the_output_were_zero(folder_of):
    encoder = HuggingFaceEncoder(str(folder_of("bert")))
    pieces = encoder.tokenize(TEXT)
    ours = encoder.forward_changed(pieces, (TEXT,), Changes(off=HeadSet((1,), (2,)))).stack()
    model = hf.AutoModel.from_pretrained(folder_of("bert"), attn_implementation="eager").eval()
    with torch.no_grad():
        model.encoder.layer[1].attention.output.dense.weight[:, 12:18] = 0  # head 2 of 4, 6 numbers each
        out = model(torch.tensor(pieces.ids)[None], output_attentions=True, output_hidden_states=True)
    assert np.abs(ours.hidden - torch.cat(out.hidden_states).numpy()).max() < 1e-4
    assert np.abs(ours.weights - torch.cat(out.attentions).numpy()).max() < 1e-4


def test_the_three_steps_tell_of_the_mask(models):
    source = Source(TEXT, model="minilm", changes=Changes(masked=(CAT,)))
    found = last(step_through(StepsRequest(source, query=1, layer=2, head=3)), ThreeSteps)
    hidden = [token.text for token, score in zip(found.key_tokens, found.scores, strict=True) if np.isneginf(score)]
    assert hidden == ["cat"]
    assert np.abs(found.weights - found.model_weights).max() < 1e-5


def test_what_was_taken_away_is_said(models):
    from core.attention.export.caption import provenance

    source = Source(TEXT, model="minilm", changes=Changes(HeadSet((1,), (2,)), (CAT,)))
    shown = last(attend(AttentionRequest(source)), AttentionMap)
    assert "switched off: L1 H2 · masked: cat" in provenance(shown)
