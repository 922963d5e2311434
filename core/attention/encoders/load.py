"""Opening a model of transformers: whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import torch
from torch import nn
from transformers import AutoModel, AutoModelForSeq2SeqLM

from core.attention.encoders.recorder import RECORDED
from core.attention.errors import ModelError
from core.language import ngettext

WINDOW: Final = 512
"""Most tokens read at once, whatever the model allows: at 1,024 the weights of GPT-2 alone take 600 MB."""
UNSEEN: Final = frozenset({"pooler", "final_logits_bias"})
"""Parts of a model that no map is made of: the only ones whose weights may be missing."""


def open_model(folder: Path, raw: dict[str, Any]) -> Any:
    """Open the class that fits: one that writes for encoder-decoders, else the body alone.

    Raises:
        ModelError: its files lack weights that a map is made of; transformers puts random numbers there.
    """
    kind = AutoModelForSeq2SeqLM if raw.get("is_encoder_decoder") else AutoModel
    model, report = kind.from_pretrained(
        str(folder),
        attn_implementation=RECORDED,
        use_safetensors=True,
        local_files_only=True,
        trust_remote_code=False,
        dtype=torch.float32,
        output_loading_info=True,
    )
    needed = sorted(name for name in report["missing_keys"] if not UNSEEN & set(name.split(".")))
    if needed:
        raise ModelError(
            ngettext(
                "{folder} can't be shown: {n} weight is missing ({name}); it would be random numbers.",
                "{folder} can't be shown: {n} weights are missing ({name}, …); they would be random numbers.",
                len(needed),
            ).format(folder=folder, n=len(needed), name=needed[0])
        )
    return model


def read_limit(model: Any, tokenizer: Any) -> int:
    """Return the most tokens the model reads at once."""
    config = model.config.get_text_config()
    stated = [getattr(config, key, None) for key in ("max_position_embeddings", "n_positions")]
    stated.append(tokenizer.model_max_length)  # a huge number where the tokenizer doesn't know
    positions = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
    if isinstance(positions, nn.Embedding) and positions.padding_idx is not None:
        # RoBERTa counts positions from the padding id on: the first ones are never used.
        stated.append(positions.num_embeddings - positions.padding_idx - 1)
    return min([WINDOW, *(int(limit) for limit in stated if limit)])
