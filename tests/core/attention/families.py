"""Tiny random models of further families of transformers, by the name of their class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import transformers as hf
from tokenizers import processors

from tests.core.attention.tiny import byte_level, unigram, wordpiece

_BERT = {"vocab_size": 400, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4,
         "intermediate_size": 32, "max_position_embeddings": 64}  # fmt: skip
_LLAMA = _BERT | {"num_key_value_heads": 2, "head_dim": 8, "bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1}
_BART = {"vocab_size": 400, "d_model": 24, "encoder_layers": 2, "decoder_layers": 2, "encoder_attention_heads": 4,
         "decoder_attention_heads": 4, "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "max_position_embeddings": 64,
         "bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}  # fmt: skip
SIZES: dict[str, dict[str, Any]] = {
    "Deberta": _BERT | {"pos_att_type": ["c2p", "p2c"], "relative_attention": True},
    "DebertaV2": _BERT | {"pos_att_type": ["c2p", "p2c"], "relative_attention": True},
    "MPNet": _BERT,
    "RoFormer": _BERT,
    "MegatronBert": _BERT,
    "XLNet": {"vocab_size": 400, "d_model": 24, "n_layer": 2, "n_head": 4, "d_inner": 32},
    "Bloom": {"vocab_size": 400, "hidden_size": 24, "n_layer": 2, "n_head": 4},
    "Falcon": {"vocab_size": 400, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 4},
    "Gemma2": _LLAMA | {"attn_logit_softcapping": 5.0, "query_pre_attn_scalar": 8, "sliding_window": 4},
    "Mistral": _LLAMA | {"sliding_window": 4},
    "GptOss": _LLAMA
    | {
        "num_local_experts": 2,
        "num_experts_per_tok": 1,
        "sliding_window": 64,
        "rope_parameters": {"rope_type": "default", "rope_theta": 10_000.0},
    },
    "Longformer": _BERT | {"attention_window": [8, 8], "pad_token_id": 1},
    "LED": {name: size for name, size in _BART.items() if name != "max_position_embeddings"}
    | {"max_encoder_position_embeddings": 64, "max_decoder_position_embeddings": 64, "attention_window": 8},
    "Bart": _BART,
    "MBart": _BART,
    "M2M100": _BART,
}
_HEADS = dict.fromkeys(("Bart", "LED", "MBart", "M2M100"), "ForConditionalGeneration")
BYTES = ("Bloom", "Falcon", "Gemma2", "GptOss", "LED", "Longformer", "Mistral", "Bart", "MBart", "M2M100")
"""Families built with a byte-level tokenizer; the others have a WordPiece one."""


def build_family(name: str, folder: Path, *, begins: bool = True, forced: int | None = None, **changes: Any) -> Path:
    """Save a tiny model of the class ``name`` with its tokenizer into ``folder``.

    Args:
        name: as in ``SIZES``.
        folder: where to.
        begins: the tokenizer puts ``<s>`` before a text; it always ends one with ``</s>`` where it is a translator's.
        forced: the number with which a translator is made to begin what it writes.
        changes: of its config.
    """
    torch.manual_seed(0)
    config = getattr(hf, f"{name}Config")(**SIZES[name] | changes)
    model = getattr(hf, name + _HEADS.get(name, "Model"))(config)
    tokenizer = byte_level(roberta=False) if name in BYTES else wordpiece()
    if name in _HEADS:
        single = "<s> $A </s>" if begins else "$A </s>"
        tokenizer.backend_tokenizer.post_processor = processors.TemplateProcessing(
            single=single, special_tokens=[("<s>", 0), ("</s>", 2)]
        )
    with torch.no_grad():
        for where, weight in model.named_parameters():
            if weight.ndim == 2 and "embed" not in where and "shared" not in where:
                weight.mul_(8)
    if forced is not None:
        model.generation_config.forced_bos_token_id = forced
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def build_t5_encoder(folder: Path) -> Path:
    """Save the encoder of a tiny T5 by itself."""
    torch.manual_seed(0)
    config = hf.T5Config(vocab_size=400, d_model=24, d_kv=6, d_ff=32, num_heads=4, num_layers=2)
    hf.T5EncoderModel(config).save_pretrained(folder)
    unigram().save_pretrained(folder)
    return folder


def build_byt5(folder: Path) -> Path:
    """Save a tiny T5 that reads bytes; its tokenizer keeps no vocabulary in a file."""
    torch.manual_seed(0)
    config = hf.T5Config(vocab_size=384, d_model=24, d_kv=6, d_ff=32, num_heads=4, num_layers=2, eos_token_id=1,
                         pad_token_id=0, decoder_start_token_id=0)  # fmt: skip
    hf.T5ForConditionalGeneration(config).save_pretrained(folder)
    hf.ByT5Tokenizer().save_pretrained(folder)
    return folder
