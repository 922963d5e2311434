"""A decoder writes on, and says what it expects next: as transformers does it."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import transformers as hf

from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.encoders.output.guesses import likeliest
from core.attention.errors import NotAvailableError, TextError
from core.attention.export.tables import export
from core.attention.requests import AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks import reading
from core.attention.tasks.attention_map import attend
from core.attention.tasks.model_cache import ModelCache

TEXT = "the cat sat"


@pytest.fixture(scope="module")
def opened(folder_of):
    made = {}

    def encoder(name, **_rest):
        if name not in made:
            made[name] = HuggingFaceEncoder(str(folder_of(name)))
        return made[name]

    return encoder


@pytest.fixture
def tiny(monkeypatch, opened):
    made = ModelCache(opened)
    monkeypatch.setattr(reading, "model_cache", lambda: made)
    monkeypatch.setattr("core.attention.export.tables.model_cache", lambda: made)
    return made


def show(source, **choices):
    return next(step for step in attend(AttentionRequest(source, **choices)) if isinstance(step, AttentionMap))


def test_the_likeliest_by_hand():
    # softmax of (0, ln 2, ln 5): 1/8, 2/8, 5/8
    logits = torch.log(torch.tensor([[1.0, 2.0, 5.0]]))
    (found,) = likeliest(logits, lambda ids: ["a", " b", "\ufffd"][ids[0]], lambda number: f"<{number}>")
    assert [guess.text for guess in found] == ["<2>", "b", "a"]
    assert np.allclose([guess.probability for guess in found], [0.625, 0.25, 0.125])


@pytest.mark.parametrize("family", ["gpt2", "llama"])
def test_it_writes_what_transformers_writes(tiny, folder_of, family):
    source = Source(TEXT, model=family, writes=6)
    shown = show(source, unit="piece", specials=True)
    model = hf.AutoModelForCausalLM.from_pretrained(folder_of(family)).eval()
    tokenizer = hf.AutoTokenizer.from_pretrained(folder_of(family))
    ids = tokenizer(TEXT, return_tensors="pt")["input_ids"]
    with torch.no_grad():
        for _step in range(6):
            ids = torch.cat([ids, model(ids).logits[:, -1:].argmax(-1)], dim=1)
    typed = [unit for unit in shown.rows if unit.sentence == 0]
    written = [unit for unit in shown.rows if unit.sentence == 1]
    assert len(typed) == len(TEXT.replace(" ", "Ġ"))
    assert 1 <= len(written) <= 6
    numbers = ids[0, len(typed) : len(typed) + len(written)].tolist()
    assert [unit.piece for unit in written] == [encoder_spelling(tokenizer, number) for number in numbers]
    assert shown.is_continued
    assert shown.texts[1] in shown.note
    assert not np.triu(shown.weights, 1).any()
    # what it expects after the last typed token is what it wrote first
    with torch.no_grad():
        probabilities = torch.softmax(model(ids[:, : len(shown.rows)]).logits[0], dim=-1)
    for row, best in enumerate(shown.guesses):
        assert np.allclose([guess.probability for guess in best], probabilities[row].topk(5).values, atol=1e-5)


def encoder_spelling(tokenizer, number):
    return tokenizer.convert_ids_to_tokens(number) or f"<{number}>"  # the model has more numbers than its tokenizer


def test_every_row_says_what_is_expected_after_its_last_token(tiny, tmp_path):
    pieces, words = (show(Source(TEXT, model="gpt2"), unit=unit) for unit in ("piece", "word"))
    assert not pieces.is_continued
    ends = [max(at for at, piece in enumerate(pieces.rows) if piece.end <= word.end) for word in words.rows]
    assert words.guesses == tuple(pieces.guesses[at] for at in ends)
    request = AttentionRequest(Source(TEXT, model="gpt2"), "word")
    list(export(request, tmp_path / "map.npz"))
    with np.load(tmp_path / "map.npz", allow_pickle=False) as file:
        assert file["next_tokens"].shape == file["next_probabilities"].shape == (3, 5)


def test_a_translator_expects_too_and_an_encoder_does_not(tiny):
    source = Source("the cat", "the mat", "marian")
    assert len(show(source, stack="cross", unit="word").guesses) == 2
    assert show(source, stack="encoder", unit="word").guesses == ()
    assert show(Source(TEXT, model="bert")).guesses == ()


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        (Source(TEXT, model="bert", writes=3), NotAvailableError, "doesn't write on"),
        (Source(TEXT, "and", "gpt2", writes=3), TextError, "one sentence"),
        (Source("the cat sat on the mat " * 2, model="gpt2", writes=30), TextError, "longer than gpt2.* reads"),
    ],
)
def test_what_cannot_be_written_is_told(tiny, source, kind, words):
    with pytest.raises(kind, match=words):
        show(source)
