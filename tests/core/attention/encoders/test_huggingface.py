"""Every family of transformers, on tiny random models: our weights are transformers' own."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import torch
import transformers as hf
from safetensors.torch import load_file, save_file

from core.attention.encoders.hub import find_folder
from core.attention.encoders.huggingface import HuggingFaceEncoder
from core.attention.encoders.opener import open_encoder
from core.attention.errors import ModelError, NotAvailableError, TextError
from tests.core.attention.tiny import FAMILIES, build

ONE_STACK = ("bert", "roberta", "gpt2", "llama")
TEXT = "我去 银行 the Cat 𠮷"


@pytest.fixture(scope="module")
def opened(folder_of):
    made = {}

    def encoder(family):
        if family not in made:
            made[family] = HuggingFaceEncoder(str(folder_of(family)))
        return made[family]

    return encoder


@pytest.mark.parametrize("family", ONE_STACK)
def test_weights_equal_transformers_own(family, opened, folder_of):
    encoder = opened(family)
    pieces = encoder.tokenize(TEXT)
    ours = encoder.forward(pieces, (TEXT,)).stack()
    model = hf.AutoModel.from_pretrained(folder_of(family), attn_implementation="eager").eval()
    with torch.no_grad():
        out = model(torch.tensor(pieces.ids)[None], output_attentions=True, output_hidden_states=True)
    assert np.abs(ours.weights - torch.cat(out.attentions).numpy()).max() < 1e-5
    assert np.abs(ours.hidden - torch.cat(out.hidden_states).numpy()).max() < 1e-5
    assert ours.weights.std() > 0.01  # not merely even


@pytest.mark.parametrize("family", ["t5", "marian"])
def test_all_three_attentions_of_an_encoder_decoder_equal_transformers_own(family, opened, folder_of):
    encoder = opened(family)
    pieces = encoder.tokenize("the cat sat", "ignored here")
    ours = encoder.forward(pieces, ("the cat sat", "你好 世界"))
    model = hf.AutoModelForSeq2SeqLM.from_pretrained(folder_of(family), attn_implementation="eager").eval()
    target = encoder._target("你好 世界")
    assert target.ids[0] == model.config.decoder_start_token_id
    with torch.no_grad():
        out = model(
            torch.tensor(pieces.ids)[None], decoder_input_ids=torch.tensor(target.ids)[None], output_attentions=True
        )
    for name, theirs in (
        ("encoder", out.encoder_attentions),
        ("decoder", out.decoder_attentions),
        ("cross", out.cross_attentions),
    ):
        assert np.abs(ours.stacks[name].weights - torch.cat(theirs).numpy()).max() < 1e-5, name
    cross = ours.stack()
    assert cross is ours.stacks["cross"]
    assert [t.sentence for t in cross.rows] == [1] * len(cross.rows)
    assert "".join(t.text for t in cross.rows if not t.special) == "你好世界"
    assert "".join(t.text for t in cross.columns if not t.special) == "thecatsat"


@pytest.mark.parametrize("family", FAMILIES)
def test_scores_from_q_and_k_give_the_weights_and_outputs_have_their_shape(family, opened):
    encoder = opened(family)
    encoded = encoder.forward(encoder.tokenize(TEXT), (TEXT, "the mat"))
    for stack in encoded.stacks.values():
        layers, heads, _n, m = stack.weights.shape
        d = stack.queries.shape[-1]
        assert stack.values.shape == (layers, heads, m, d)
        assert stack.output is not None
        assert stack.output.shape == (layers, heads, d, encoder.card.width)
        for layer in range(layers):
            scores = stack.queries[layer] @ stack.keys[layer].transpose(0, 2, 1) * stack.scales[layer]
            if stack.biases[layer] is not None:
                scores = scores + stack.biases[layer]
            powers = np.exp(scores - scores.max(-1, keepdims=True))
            assert np.abs(powers / powers.sum(-1, keepdims=True) - stack.weights[layer]).max() < 1e-5


@pytest.mark.parametrize("family", ["bert", "gpt2"])
def test_values_through_the_output_projection_are_what_the_layer_adds(family, opened):
    # Σ_h α f_h(x) + b must be what comes out of the attention layer: this pins W_O, its split and its side.
    encoder = opened(family)
    pieces = encoder.tokenize("the cat")
    caught = {}
    name = "encoder.layer.1.attention.output.dense" if family == "bert" else "transformer.h.1.attn.c_proj"
    module = encoder._model.get_submodule(name)
    handle = module.register_forward_hook(lambda _m, _i, out: caught.update(out=out[0].detach().numpy()))
    stack = encoder.forward(pieces, ("the cat",)).stack()
    handle.remove()
    moved = stack.values[1] @ stack.output[1]  # (H, m, D)
    ours = np.einsum("hij,hjd->id", stack.weights[1], moved) + module.bias.detach().numpy()
    assert np.abs(ours - caught["out"]).max() < 1e-4


def test_families_are_told_apart_by_what_they_do(opened):
    families = {family: opened(family).card.family for family in FAMILIES}
    assert families == {
        "bert": "encoder",
        "roberta": "encoder",
        "gpt2": "decoder",
        "llama": "decoder",
        "t5": "encoder-decoder",
        "marian": "encoder-decoder",
    }
    assert opened("gpt2").forward(opened("gpt2").tokenize("abc"), ("abc",)).stack().causal


def test_limits_leave_no_room_for_positions_that_do_not_exist(opened):
    # RoBERTa's first two positions are never used: 66 in the table, 64 to read.
    encoder = opened("roberta")
    assert encoder.card.limit == 64
    pieces = encoder.tokenize("a" * 62)
    assert len(pieces) == 64
    encoder.forward(pieces, ("",))


@pytest.mark.parametrize("family", FAMILIES)
def test_labels_are_what_was_typed(family, opened):
    text = "  Cat 我𠮷  👍🏽 银行"
    for token in opened(family).tokenize(text).tokens:
        assert token.special or token.text == text[token.start : token.end]
        assert token.text == token.text.strip()
    covered = {i for t in opened(family).tokenize(text).tokens for i in range(t.start, t.end)}
    assert covered >= {i for i, letter in enumerate(text) if not letter.isspace()}


def test_a_model_without_a_target_writes_its_own(opened):
    encoder = opened("marian")
    encoded = encoder.forward(encoder.tokenize("the cat"), ("the cat",))
    assert len(encoded.texts) == 2
    rows = encoded.stack().rows
    assert "".join(t.text for t in rows if not t.special) == encoded.texts[1].replace(" ", "")


def test_a_target_beyond_the_limit_is_refused(opened):
    encoder = opened("marian")
    with pytest.raises(TextError, match="at most 64"):
        encoder.forward(encoder.tokenize("the cat"), ("the cat", "the cat sat " * 30))


def test_an_attention_that_is_not_there_is_refused(opened):
    encoder = opened("bert")
    with pytest.raises(NotAvailableError, match="no cross attention"):
        encoder.forward(encoder.tokenize("a"), ("a",)).stack("cross")


def copied(folder_of, tmp_path, family="bert"):
    return shutil.copytree(folder_of(family), tmp_path / "model")


def test_a_folder_without_config_is_no_model(tmp_path):
    with pytest.raises(ModelError, match=r"config\.json is missing"):
        open_encoder(str(tmp_path))


def test_a_broken_config_is_told(tmp_path):
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match="can't be read"):
        open_encoder(str(tmp_path))
    for config in ("[]", '{"model_type": ["a"]}', '{"model_type": null}'):
        (tmp_path / "config.json").write_text(config)
        with pytest.raises(ModelError, match="no model_type"):
            open_encoder(str(tmp_path))


def test_pickled_weights_are_never_opened(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="can run code"):
        open_encoder(str(folder))


def test_no_weights_no_tokenizer_no_model(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    (folder / "model.safetensors").rename(tmp_path / "elsewhere")
    with pytest.raises(ModelError, match="no weights"):
        open_encoder(str(folder))
    (tmp_path / "elsewhere").rename(folder / "model.safetensors")
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match="no tokenizer"):
        open_encoder(str(folder))


def test_code_of_a_model_is_never_run(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    config = json.loads((folder / "config.json").read_text())
    config |= {"model_type": "homemade", "auto_map": {"AutoModel": "evil.Evil", "AutoConfig": "evil.Config"}}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    with pytest.raises(ModelError, match="never run"):
        open_encoder(str(folder))
    config["model_type"] = "bert"
    (folder / "config.json").write_text(json.dumps(config))
    open_encoder(str(folder))
    assert not (tmp_path / "ran").exists()


def test_damaged_weights_are_told_in_one_line(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    (folder / "model.safetensors").write_bytes(b"\xff" * 64)
    with pytest.raises(ModelError, match="can't be opened as a model") as caught:
        open_encoder(str(folder))
    assert "\n" not in str(caught.value)


def keep_weights(folder, wanted):
    """Write back only the weights whose names are ``wanted``."""
    file = folder / "model.safetensors"
    weights = {name: weight for name, weight in load_file(file).items() if wanted(name)}
    save_file(weights, file, metadata={"format": "pt"})


def test_a_model_with_weights_missing_is_refused_for_random_numbers_would_stand_in_for_them(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    keep_weights(folder, lambda name: "layer.1." not in name)
    with pytest.raises(ModelError, match=r"16 weights are missing.*encoder\.layer\.1\.attention"):
        open_encoder(str(folder))
    keep_weights(folder, lambda name: "layer" not in name)
    with pytest.raises(ModelError, match="48 weights are missing"):
        open_encoder(str(folder))


def test_a_translator_that_lacks_what_writes_is_refused(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path, "marian")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"tie_word_embeddings": False}))
    with pytest.raises(ModelError, match=r"weights are missing \(lm_head"):
        open_encoder(str(folder))


def test_what_no_map_is_made_of_may_be_missing(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    keep_weights(folder, lambda name: "pooler" not in name)
    whole, without = (open_encoder(str(where)) for where in (folder_of("bert"), folder))
    pieces = whole.tokenize(TEXT)
    ours, theirs = (encoder.forward(pieces, (TEXT,)).stack().weights for encoder in (whole, without))
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("depths", [(2, 3), (3, 1)])
def test_a_translator_with_stacks_of_different_depth_writes_and_says_how_deep_each_is(tmp_path, depths):
    folder = build("t5", tmp_path, num_layers=depths[0], num_decoder_layers=depths[1])
    encoder = open_encoder(str(folder))
    encoded = encoder.forward(encoder.tokenize("the cat"), ("the cat",))
    for name, stack in encoded.stacks.items():
        assert encoder.card.layers_of(name) == len(stack.weights) == depths[name != "encoder"]
    assert encoder.card.layers_of(None) == depths[1]


def test_a_tokenizer_with_more_pieces_than_the_model_is_told_in_one_sentence(folder_of, tmp_path):
    folder = copied(folder_of, tmp_path)
    spelled = json.loads((folder / "tokenizer.json").read_text())
    spelled["model"]["vocab"]["dog"] = 4000
    (folder / "tokenizer.json").write_text(json.dumps(spelled))
    encoder = open_encoder(str(folder))
    assert len(encoder.tokenize("cat")) == 5
    with pytest.raises(ModelError, match=r"doesn't know .dog."):
        encoder.tokenize("the dog")


def test_attention_of_another_kind_is_the_models_own_and_has_no_steps(folder_of, monkeypatch):
    # Soft-capped scores, as Gemma 2 has them: our textbook function would show other weights than the model's.
    from transformers.models.bert import modeling_bert

    textbook = modeling_bert.eager_attention_forward

    def capped(module, query, *rest, **more):
        return textbook(module, torch.tanh(query), *rest, **more)

    monkeypatch.setattr(modeling_bert, "eager_attention_forward", capped)
    encoder = open_encoder(str(folder_of("bert")))
    assert encoder.card.only_maps
    pieces = encoder.tokenize(TEXT)
    ours = encoder.forward(pieces, (TEXT,)).stack()
    model = hf.AutoModel.from_pretrained(folder_of("bert"), attn_implementation="eager").eval()
    with torch.no_grad():
        out = model(torch.tensor(pieces.ids)[None], output_attentions=True)
    assert np.abs(ours.weights - torch.cat(out.attentions).numpy()).max() < 1e-6
    with pytest.raises(NotAvailableError, match="no steps and no norms"):
        ours.vectors()


def test_an_id_that_is_not_here_is_not_fetched_unasked():
    with pytest.raises(ModelError, match="isn't on this computer"):
        find_folder("nobody/nothing-of-the-kind", download=False)


def test_an_id_that_cannot_be_fetched_is_told():
    with pytest.raises(ModelError, match="can't be downloaded"):
        find_folder("nobody/nothing-of-the-kind", download=True)


@pytest.mark.parametrize("name", ["no/such/folder/anywhere", "spaces in it", "", "../x"])
def test_what_is_neither_folder_nor_id_is_told(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError):
        find_folder(name, download=False)
