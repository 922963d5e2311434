"""Families whose attention is not the textbook's: the map is the model's own, and what it doesn't tell is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file

from core.attention.aggregate import aggregate
from core.attention.encoders.base import Pieces
from core.attention.encoders.layers import unbanded, unlike
from core.attention.encoders.opener import open_encoder
from core.attention.errors import ModelError, NotAvailableError
from core.attention.export.caption import caption_of
from core.attention.requests import AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks.attention_map import attend
from tests.core.attention.families import build_byt5, build_family, build_t5_encoder
from tests.core.attention.tiny import build, wordpiece

TEXT = "the cat sat on the mat"
OWN_WAY = (
    "Deberta", "DebertaV2", "MPNet", "RoFormer", "MegatronBert", "XLNet", "Bloom", "Falcon", "Gemma2",
)  # fmt: skip


def stack_as_transformers_has_it(encoder, folder):
    """Return what ``encoder`` reads in TEXT; its weights are those of transformers' own pass."""
    pieces = encoder.tokenize(TEXT)
    stack = encoder.forward(pieces, (TEXT,)).stack()
    model = hf.AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
    with torch.no_grad():
        out = model(torch.tensor(pieces.ids)[None], output_attentions=True)
    assert np.abs(stack.weights - torch.cat(out.attentions).numpy()).max() < 1e-6
    return stack


@pytest.mark.parametrize("family", OWN_WAY)
def test_a_way_of_its_own_is_shown_without_steps_and_norms(family, tmp_path):
    folder = build_family(family, tmp_path)
    encoder = open_encoder(str(folder))
    assert encoder.card.only_maps
    stack = stack_as_transformers_has_it(encoder, folder)
    assert np.allclose(stack.weights.sum(-1), 1, atol=1e-4)
    with pytest.raises(NotAvailableError, match="no steps and no norms"):
        aggregate(stack, "norms", 0, 0)


def test_the_encoder_of_a_translator_by_itself_is_an_encoder(tmp_path):
    encoder = open_encoder(str(build_t5_encoder(tmp_path)))
    assert (encoder.card.family, encoder.card.only_maps) == ("encoder", False)
    assert encoder.forward(encoder.tokenize(TEXT), (TEXT,)).stack().queries is not None


def test_the_textbook_is_compared_on_the_text_that_is_read(tmp_path):
    # A cap of 5 moves nothing where the embeddings are zero, as those of the first ids are here.
    folder = build_family("Gemma2", tmp_path)
    file = folder / "model.safetensors"
    weights = load_file(file)
    name = next(name for name in weights if "embed_tokens" in name)
    weights[name][:16] = 0
    save_file(weights, file, metadata={"format": "pt"})
    encoder = open_encoder(str(folder))
    stack = stack_as_transformers_has_it(encoder, folder)
    assert stack.queries is None


@pytest.mark.parametrize(
    "keys",
    [
        {"output_attentions": True, "_attn_implementation": "sdpa", "return_dict": False},
        {"output_hidden_states": True, "attn_implementation": "flash_attention_2", "use_cache": True},
        {"torchscript": True, "torch_dtype": "float16"},
        {"experts_implementation": "grouped_mm", "gradient_checkpointing": True},
    ],
)
@pytest.mark.parametrize("family", ["Mistral", "Bart"])
def test_how_somebody_ran_a_model_before_does_not_matter(family, keys, tmp_path):
    folder = build_family(family, tmp_path)
    text = TEXT if family == "Mistral" else "the cat"
    before = open_encoder(str(folder))
    plain = before.forward(before.tokenize(text), (text,)).stack().weights
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | keys))
    after = open_encoder(str(folder))
    assert np.array_equal(after.forward(after.tokenize(text), (text,)).stack().weights, plain)


def test_in_how_many_parts_somebody_computed_a_layer_does_not_matter(tmp_path):
    folder = build("bert", tmp_path)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"chunk_size_feed_forward": 3}))
    open_encoder(str(folder))


def test_layers_that_the_config_leaves_out_are_named(tmp_path):
    folder = build_family("Mistral", tmp_path)
    config = json.loads((folder / "config.json").read_text())
    changed = config | {"num_hidden_layers": 1, "layer_types": None}
    (folder / "config.json").write_text(json.dumps(changed))
    with pytest.raises(ModelError, match=r"more layers than its config\.json says"):
        open_encoder(str(folder))


@pytest.mark.parametrize("kind", ["CLIP", "ViT", "Wav2Vec2", "Whisper"])
def test_a_model_that_reads_no_text_is_refused_in_one_sentence(kind, tmp_path):
    build_family("MPNet", tmp_path)
    small = {"hidden_size": 24, "num_hidden_layers": 1, "num_attention_heads": 4, "intermediate_size": 32}
    if kind == "CLIP":
        config = hf.CLIPConfig(text_config=small | {"vocab_size": 60}, vision_config=small | {"patch_size": 32})
    elif kind == "Whisper":
        config = hf.WhisperConfig(d_model=24, encoder_layers=1, decoder_layers=1, encoder_ffn_dim=32, vocab_size=60,
                                  decoder_ffn_dim=32, pad_token_id=0, bos_token_id=1, eos_token_id=2)  # fmt: skip
        config.update({"encoder_attention_heads": 4, "decoder_attention_heads": 4, "decoder_start_token_id": 1})
    else:
        more = {"conv_dim": (8,), "conv_stride": (2,), "conv_kernel": (4,)} if kind == "Wav2Vec2" else {}
        config = getattr(hf, f"{kind}Config")(**small, **more, num_conv_pos_embedding_groups=4)
    getattr(hf, f"{kind}Model")(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match=rf"\"{kind.lower()}\" model, which doesn't read a plain text"):
        open_encoder(str(tmp_path))


def test_a_model_without_attention_is_no_model_that_reads_nothing(tmp_path):
    build("bert", tmp_path)
    config = hf.MambaConfig(vocab_size=400, hidden_size=24, num_hidden_layers=2, state_size=4)
    hf.MambaModel(config).save_pretrained(tmp_path)
    with pytest.raises(ModelError, match="no attention to show"):
        open_encoder(str(tmp_path))


def test_what_a_trial_brings_is_not_put_down_to_the_kind_of_model(tmp_path, monkeypatch):
    folder = build("bert", tmp_path)
    monkeypatch.setattr(hf.BertModel, "forward", lambda *_given, **_options: 1 / 0)
    with pytest.raises(ModelError, match=r"reading a few words with it fails .division by zero."):
        open_encoder(str(folder))


def test_the_layers_of_a_model_are_no_reason(tmp_path):
    folder = build("bert", tmp_path)
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"add_cross_attention": True}))
    with pytest.raises(ModelError, match=r"makes no model of its config\.json") as told:
        open_encoder(str(folder))
    assert "Linear" not in str(told.value)


def test_a_translator_that_does_not_know_how_to_begin_is_refused(tmp_path):
    build("t5", tmp_path)
    for name in ("config.json", "generation_config.json"):
        config = json.loads((tmp_path / name).read_text())
        del config["decoder_start_token_id"]
        (tmp_path / name).write_text(json.dumps(config))
    with pytest.raises(ModelError, match="doesn't say with which token its decoder begins"):
        open_encoder(str(tmp_path))


def test_weights_that_are_no_numbers_are_told(tmp_path):
    folder = build_family("Mistral", tmp_path)
    file = folder / "model.safetensors"
    weights = load_file(file)
    next(iter(weights.values())).fill_(float("nan"))
    save_file(weights, file, metadata={"format": "pt"})
    with pytest.raises(ModelError, match="NaN"):
        open_encoder(str(folder))


def test_what_a_sliding_window_leaves_out_is_not_seen(tmp_path):
    folder = build_family("Mistral", tmp_path)  # its window is of four
    request = AttentionRequest(Source("abcdefgh", model=str(folder)), "piece", layer=1)
    shown = next(step for step in attend(request) if isinstance(step, AttentionMap))
    assert shown.reach.tolist() == [[max(0, row - 3), row + 1] for row in range(8)]
    rolled = replace(request, aggregation="rollout")
    shown = next(step for step in attend(rolled) if isinstance(step, AttentionMap))
    assert shown.reach.tolist() == [[max(0, row - 6), row + 1] for row in range(8)]
    for row, (first, last) in enumerate(shown.reach):
        assert shown.weights[row, first:last].sum() == pytest.approx(1, abs=1e-5)


def test_a_folder_that_is_saved_anew_is_read_anew(tmp_path):
    folder = build_family("Mistral", tmp_path)
    request = AttentionRequest(Source("abcdefgh", model=str(folder)), "piece", layer=1, head=0)
    before = next(step for step in attend(request) if isinstance(step, AttentionMap))
    again = next(step for step in attend(request) if isinstance(step, AttentionMap))
    assert np.array_equal(before.weights, again.weights)
    file = folder / "model.safetensors"
    weights = {name: weight * 2 if "q_proj" in name else weight for name, weight in load_file(file).items()}
    save_file(weights, file, metadata={"format": "pt"})
    after = next(step for step in attend(request) if isinstance(step, AttentionMap))
    assert not np.allclose(before.weights, after.weights, atol=1e-3)


def test_a_translator_of_two_berts_shows_its_attention_or_says_why_not(tmp_path):
    build_family("MPNet", tmp_path)
    small = {"vocab_size": 400, "hidden_size": 24, "num_hidden_layers": 1, "num_attention_heads": 4,
             "intermediate_size": 32}  # fmt: skip
    config = hf.EncoderDecoderConfig.from_encoder_decoder_configs(hf.BertConfig(**small), hf.BertConfig(**small))
    config.decoder_start_token_id, config.pad_token_id = 2, 0
    hf.EncoderDecoderModel(config).save_pretrained(tmp_path)
    encoder = open_encoder(str(tmp_path))
    stack = encoder.forward(encoder.tokenize("the cat"), ("the cat", "a mat")).stack("cross")
    assert "".join(token.text for token in stack.rows if not token.special) == "amat"
    assert np.allclose(stack.weights.sum(-1), 1, atol=1e-4)


def shown_of(folder, text=TEXT, **changes):
    request = AttentionRequest(Source(text, model=str(folder)), "piece", layer=1, **changes)
    return next(step for step in attend(request) if isinstance(step, AttentionMap))


def test_what_a_sink_takes_is_missing_in_the_rows_and_said(tmp_path):
    folder = build_family("GptOss", tmp_path)
    stack = stack_as_transformers_has_it(open_encoder(str(folder)), folder)
    missing = 1 - stack.weights[1].mean(axis=0).sum(axis=-1)
    assert missing.min() > 0.01
    whole = shown_of(folder, specials=True)
    assert whole.hidden == pytest.approx(missing, abs=1e-5)
    assert whole.weights.sum(axis=-1) == pytest.approx(1 - missing, abs=1e-5)
    assert "sink, which is no token: rows sum to less than 1" in whole.note
    assert not any("each row sums to 1" in line for line in caption_of(whole, "linear"))
    shared = shown_of(folder, specials=False)
    assert shared.weights.sum(axis=-1) == pytest.approx(1, abs=1e-5)
    assert "its share is hidden" in shared.note
    assert "each row sums to 1" in " ".join(caption_of(shared, "linear"))


@pytest.mark.parametrize("family", ["LED", "Longformer"])
def test_the_keys_of_a_window_stand_in_their_own_columns(family, tmp_path):
    folder = build_family(family, tmp_path)
    encoder = open_encoder(str(folder))
    assert encoder.card.only_maps
    texts = (TEXT, "a mat") if family == "LED" else (TEXT,)
    read = encoder.forward(encoder.tokenize(TEXT), texts)
    stack = read.stack("encoder")
    n = len(stack.columns)
    assert stack.weights.shape[2:] == (n, n)
    assert np.allclose(stack.weights.sum(-1), 1, atol=1e-5)
    far = np.abs(np.subtract.outer(np.arange(n), np.arange(n))) > 4
    assert not stack.weights[:, :, far].any()
    assert (stack.weights[:, :, ~far] > 0).all()
    if family == "LED":
        assert read.stack("cross").weights.shape[2:] == (len(read.stack("cross").rows), n)
        assert np.allclose(read.stack("cross").weights.sum(-1), 1, atol=1e-5)


def test_a_band_becomes_a_square():
    band = torch.tensor([[[[0, 0.5, 0.5], [0.2, 0.3, 0.5], [0.6, 0.4, 0]]]])
    assert unbanded(band)[0, 0].tolist() == torch.tensor([[0.5, 0.5, 0], [0.2, 0.3, 0.5], [0, 0.6, 0.4]]).tolist()


def test_a_model_of_bytes_needs_no_vocabulary_and_has_three_pieces_for_a_hanzi(tmp_path):
    encoder = open_encoder(str(build_byt5(tmp_path)))
    pieces = encoder.tokenize("我é a")
    assert [token.label for token in pieces.tokens[:5]] == ["我 (1/3)", "我 (2/3)", "我 (3/3)", "é (1/2)", "é (2/2)"]
    assert [(token.start, token.end) for token in pieces.tokens if token.text == "a"] == [(3, 4)]
    stack = encoder.forward(pieces, ("我é a", "é")).stack("cross")
    assert [token.label for token in stack.rows if not token.special] == ["é (1/2)", "é (2/2)"]


NEWER = {"vocab_size": 400, "hidden_size": 24, "intermediate_size": 32, "num_hidden_layers": 2,
         "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 64, "bos_token_id": 0,
         "eos_token_id": 2, "pad_token_id": 1}  # fmt: skip


def newer(kind, folder, **changes):
    """Save a tiny model of a family that only later versions of transformers have."""
    if kind not in hf.CONFIG_MAPPING:
        pytest.skip(f"transformers {hf.__version__} has no {kind}")
    torch.manual_seed(0)
    hf.AutoModel.from_config(hf.CONFIG_MAPPING[kind](**NEWER, **changes)).save_pretrained(folder)
    wordpiece().save_pretrained(folder)
    return folder


def test_layers_whose_heads_differ_in_width_are_maps_without_steps(tmp_path):
    kinds = ["sliding_attention", "full_attention"]  # whose heads are 6 and 512 numbers wide
    encoder = open_encoder(str(newer("gemma4_unified_text", tmp_path, head_dim=6, layer_types=kinds)))
    assert encoder.card.only_maps
    stack = stack_as_transformers_has_it(encoder, tmp_path)
    assert (stack.queries, stack.keys, stack.values) == (None, None, None)


def test_layers_whose_states_differ_in_width_are_refused_in_a_sentence(tmp_path):
    changes = {"head_dim": 6, "hidden_size_per_layer_input": 8, "vocab_size_per_layer_input": 400}
    newer("embedding_gemma2_text", tmp_path, layer_types=["sliding_attention", "full_attention"], **changes)
    with pytest.raises(ModelError, match=r"keep states of different shapes for a token\.$"):
        open_encoder(str(tmp_path))


def test_layers_that_differ_in_their_number_of_heads_are_refused_in_a_sentence(tmp_path):
    folder = newer(
        "inkling_text", tmp_path, head_dim=8, swa_num_attention_heads=2, swa_num_key_value_heads=2, swa_head_dim=8,
        layer_types=["hybrid_sliding", "hybrid"], mlp_layer_types=["dense", "dense"],
    )  # fmt: skip
    with pytest.raises(ModelError, match=r"differ in shape, 2 × 8 × 8 and 4 × 8 × 8 \(heads × queries × keys\)\.$"):
        open_encoder(str(folder))


def test_maps_of_one_shape_can_be_put_together():
    assert unlike([torch.zeros(1, 2, 5, 5)] * 3) is None
    assert unlike([torch.zeros(1, 2, 5, 5), torch.zeros(1, 2, 5, 3)]) == ("2 × 5 × 5", "2 × 5 × 3")


def test_a_value_that_transformers_does_not_take_is_named_without_its_own_words(tmp_path):
    folder = build_family("Mistral", tmp_path)
    told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    told["rms_norm_eps"] = [{"__float__": "Infinity"}]
    (folder / "config.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ModelError, match=r"knows no such value of rms_norm_eps in config\.json\.$"):
        open_encoder(str(folder))


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("jamba", {"attn_layer_period": 2, "attn_layer_offset": 1, "num_experts": 2, "mamba_d_state": 4}),
        ("lfm2", {"layer_types": ["conv", "full_attention"]}),
        ("recurrent_gemma", {"block_types": ["recurrent", "attention"], "head_dim": 6, "attention_window_size": 16}),
    ],
)
def test_layers_without_attention_are_not_passed_over(tmp_path, kind, changes):
    with pytest.raises(ModelError, match=rf"only 1 of its 2 layers \({kind}\) have attention"):
        open_encoder(str(newer(kind, tmp_path, **changes)))


def test_windows_that_do_not_divide_the_widest_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(ModelError, match="its widest window, 6, is no multiple of 4"):
        open_encoder(str(build_family("Longformer", tmp_path, attention_window=[4, 6])))


@pytest.mark.parametrize("window", [8, [8, 4]])
def test_a_text_up_to_the_limit_of_a_model_with_windows_is_read(tmp_path, window):
    encoder = open_encoder(str(build_family("Longformer", tmp_path, attention_window=window)))
    assert encoder.card.limit == 56  # of 64 positions two are never used, and windows of 8 divide the text
    text = "a" * 200
    pieces = encoder.tokenize(text)
    read = encoder.forward(Pieces(pieces.ids[:56], pieces.types[:56], pieces.tokens[:56]), (text,))
    assert read.stack("encoder").weights.shape[2:] == (56, 56)


def test_what_a_model_raises_while_it_reads_is_a_sentence(tmp_path):
    encoder = open_encoder(str(build_family("Longformer", tmp_path)))
    text = "a b " * 100  # more than there are positions
    with pytest.raises(ModelError, match="reading a few words with it fails"):
        encoder.forward(encoder.tokenize(text), (text,))
