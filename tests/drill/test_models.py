"""Tiny random models of every family that transformers can make from a config: shown as they are, or refused.

A model is shown right if its map is transformers' own: that of a plain eager pass over the same pieces.
"""

from __future__ import annotations

import logging
import shutil
import warnings

import numpy as np
import pytest
import torch
import transformers as hf

from core.attention.encoders.opener import open_encoder
from core.attention.errors import AttentionError
from tests.core.attention.tiny import byte_level, wordpiece
from tests.drill.plan import cases, marks

pytestmark = marks("models")

FAMILIES = sorted({*hf.models.auto.modeling_auto.MODEL_MAPPING_NAMES} & {*hf.CONFIG_MAPPING})
TEXTS = ("the cat sat on the mat", "银行 行长 走 了", "attention is all you need")
LARGEST = 3_000_000
"""Weights of a model that is made: some configs have no small form."""
NEAR = 1e-4

SMALL = {
    "vocab_size": 400, "hidden_size": 24, "d_model": 24, "n_embd": 24, "dim": 24, "embedding_size": 24, "d_kv": 6,
    "emb_dim": 24, "embed_dim": 24, "num_hidden_layers": 2, "num_layers": 2, "n_layer": 2, "n_layers": 2,
    "encoder_layers": 2, "decoder_layers": 2, "num_decoder_layers": 2, "num_encoder_layers": 2,
    "num_attention_heads": 4, "n_head": 4, "n_heads": 4, "num_heads": 4, "encoder_attention_heads": 4,
    "decoder_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 6, "intermediate_size": 32, "d_ff": 32,
    "ffn_dim": 32, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "n_inner": 32, "hidden_dim": 32, "d_inner": 32,
    "max_position_embeddings": 64, "n_positions": 64, "n_ctx": 64, "max_seq_len": 64, "num_experts": 4,
    "num_local_experts": 4, "n_routed_experts": 4, "num_experts_per_tok": 2, "moe_intermediate_size": 16,
    "bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2, "image_size": 32,
    "patch_size": 16, "projection_dim": 16, "q_lora_rank": 8, "kv_lora_rank": 8, "qk_nope_head_dim": 4,
    "qk_rope_head_dim": 2, "v_head_dim": 6, "shared_expert_intermediate_size": 16, "type_vocab_size": 2,
}  # fmt: skip
"""What sizes are called here and there; a config takes those that it knows."""


class NotMadeError(Exception):
    """transformers itself makes nothing of such a config."""


def config_of(family, random):
    """Return a small config of ``family``, its sizes and ways changed a little.

    Raises:
        NotMadeError: transformers has none.
    """
    kind = hf.CONFIG_MAPPING[family]
    try:
        known = kind().to_dict()
        changes = {name: value for name, value in SMALL.items() if isinstance(known.get(name), int)}
        layers = random.choice([1, 2, 3])
        changes |= {name: layers for name in changes if "layer" in name}
        if random.random() < 0.3:
            changes |= {name: value for name, value in {"sliding_window": 4, "attn_logit_softcapping": 5.0}.items()
                        if name in known}  # fmt: skip
        if random.random() < 0.3:
            changes |= {name: random.choice([True, False]) for name, value in known.items()
                        if isinstance(value, bool) and ("bias" in name or "norm" in name)}  # fmt: skip
        if isinstance(known.get("layer_types"), list):
            changes["layer_types"] = [random.choice(known["layer_types"]) for _layer in range(layers)]
        return kind(**changes)
    except Exception as error:
        raise NotMadeError(str(error)) from error


def make(family, random, folder):
    """Save a tiny model of ``family`` into ``folder``.

    Raises:
        NotMadeError: transformers can't make, or can't save it.
    """
    config = config_of(family, random)
    try:
        with torch.device("meta"):
            size = sum(weight.numel() for weight in hf.AutoModel.from_config(config).parameters())
    except Exception as error:
        raise NotMadeError(str(error)) from error
    if size > LARGEST:
        raise NotMadeError(f"{size:,} weights")
    torch.manual_seed(random.getrandbits(31))
    try:
        translates = bool(getattr(config, "is_encoder_decoder", False))
        writes = translates and family in hf.models.auto.modeling_auto.MODEL_FOR_SEQ_TO_SEQ_CAUSAL_LM_MAPPING_NAMES
        kind = hf.AutoModelForSeq2SeqLM if writes else hf.AutoModel
        model = kind.from_config(config)
        with torch.no_grad():  # transformers' own random weights are so small that every softmax comes out even
            for name, weight in model.named_parameters():
                if weight.ndim == 2 and "embed" not in name and "shared" not in name:
                    weight.mul_(random.choice([1, 4, 8]))
        model.save_pretrained(folder)
        random.choice([wordpiece, lambda: byte_level(roberta=False)])().save_pretrained(folder)
    except Exception as error:
        raise NotMadeError(str(error)) from error


def own_maps(folder, ids, types):
    """Return the attentions (L, H, n, n) of transformers' own eager pass, of the encoder where there are two."""
    model = hf.AutoModel.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    given = {"input_ids": torch.tensor(ids)[None], "attention_mask": torch.ones(1, len(ids), dtype=torch.long)}
    if model.config.is_encoder_decoder:
        given["decoder_input_ids"] = given["input_ids"][:, :1]
    elif getattr(model.config, "type_vocab_size", 1) > 1:
        given["token_type_ids"] = torch.tensor(types)[None]
    with torch.no_grad():
        out = model(**given, output_attentions=True, use_cache=False, return_dict=True)
    own = torch.cat(out.encoder_attentions if model.config.is_encoder_decoder else out.attentions).numpy()
    return of_all_keys(own) if own.shape[-1] != own.shape[-2] else own


def of_all_keys(banded):
    """Return weights over all keys where a model gives them as Longformer does: of key i - w to i + w for query i."""
    n, w = banded.shape[-2], banded.shape[-1] // 2
    whole = np.zeros((*banded.shape[:-1], n), banded.dtype)
    for query in range(n):
        for key in range(max(0, query - w), min(n, query + w + 1)):
            whole[..., query, key] = banded[..., query, key - query + w]
    return whole


@pytest.fixture
def quiet():
    """What transformers says of odd configs is not for us."""
    logging.disable(logging.WARNING)
    hf.utils.logging.disable_progress_bar()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
    logging.disable(logging.NOTSET)


def test_a_model_is_shown_as_it_is_or_refused_in_one_sentence(tmp_path, figures, quiet):
    figures.update(tried=0, not_made=0, shown=0, refused=0, families_shown=0, worst=0.0)
    shown, wrong = set(), []
    for case, random in cases("models", least=20):
        family = random.choice(FAMILIES)
        folder = tmp_path / f"{case}"
        folder.mkdir()
        figures["tried"] += 1
        try:
            make(family, random, folder)
        except NotMadeError:
            figures["not_made"] += 1
            continue
        finally:
            if not (folder / "config.json").exists():
                shutil.rmtree(folder)
        text = random.choice(TEXTS)
        try:
            encoder = open_encoder(str(folder))
            pieces = encoder.tokenize(text)
            stack = encoder.forward(pieces, (text,)).stack(
                "encoder" if encoder.card.family == "encoder-decoder" else None
            )
        except AttentionError as error:
            figures["refused"] += 1
            if fault := fault_of(str(error)):
                wrong.append(f"case {case} ({family}): {fault}: {error}")
        except Exception as error:
            wrong.append(f"case {case} ({family}): {type(error).__name__}: {error}")
        else:
            figures["shown"] += 1
            shown.add(family)
            far = float(np.abs(stack.weights - own_maps(folder, pieces.ids, pieces.types)).max())
            figures["worst"] = max(figures["worst"], far)
            if not far < NEAR:
                wrong.append(f"case {case} ({family}): the map is {far:.1e} from the model's own")
        shutil.rmtree(folder)
    figures["families_shown"] = len(shown)
    assert not wrong, "\n".join(wrong)


_PYTHON = ("object has no attribute", "unexpected keyword", "NoneType", "positional argument", "Traceback", "<class ")


def fault_of(said):
    """Return what is wrong with a refusal as a sentence for a person; empty where nothing is."""
    if "\n" in said or len(said) > 500:
        return "more than a sentence"
    return next((f"says {sign!r}" for sign in _PYTHON if sign in said), "")
