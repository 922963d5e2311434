"""MiniLM as read here equals transformers' own reading."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import AutoModel, AutoTokenizer

from core.attention.encoders import minilm as minilm_module
from core.attention.encoders.minilm import MiniLM, find_minilm
from core.attention.errors import ModelError


@pytest.fixture(scope="module")
def theirs():
    folder = str(find_minilm())
    return AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder, attn_implementation="eager").eval()


@pytest.mark.parametrize(
    "texts", [("The cat sat on the mat because it was tired.",), ("Playing with naïve 东西", "Two sentences, one map.")]
)
def test_equals_transformers(minilm, theirs, texts):
    tokenizer, model = theirs
    inputs = tokenizer(*texts, return_tensors="pt")
    with torch.no_grad():
        out = model(**inputs, output_attentions=True, output_hidden_states=True)
    pieces = minilm.tokenize(*texts)
    ours = minilm.forward(pieces, texts).stack()
    assert pieces.ids.tolist() == inputs["input_ids"][0].tolist()
    assert pieces.types.tolist() == inputs["token_type_ids"][0].tolist()
    assert np.abs(ours.weights - torch.cat(out.attentions).numpy()).max() < 1e-5
    assert np.abs(ours.hidden - torch.cat(out.hidden_states).numpy()).max() < 1e-5


def test_labels_are_what_was_typed(minilm):
    tokens = minilm.tokenize("  Playing THÉ 我").tokens
    assert [(t.text, t.piece, t.start, t.special) for t in tokens] == [
        ("[CLS]", "[CLS]", 0, True),
        ("Playing", "playing", 2, False),
        ("THÉ", "the", 10, False),
        ("我", "我", 14, False),
        ("[SEP]", "[SEP]", 0, True),
    ]


def test_weights_move_when_only_a_key_changes(minilm):
    # Same query, another key: if the query's row stayed, attention would not depend on keys.
    rows = [minilm.forward(minilm.tokenize(text), (text,)).stack().weights[0, :, 1] for text in ("a cat", "a dog")]
    assert np.abs(rows[0] - rows[1]).max() > 1e-3


def test_long_texts_are_cut_whole_and_not_truncated(minilm):
    assert len(minilm.tokenize("word " * 700)) == 702


def test_what_to_do_where_the_package_is_missing(monkeypatch):
    def nothing(name):
        raise minilm_module.PackageNotFoundError(name)

    monkeypatch.setattr(minilm_module, "files", nothing)
    with pytest.raises(ModelError, match="pip install"):
        MiniLM()
