"""Opening a model of transformers: whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any, Final

import torch
import transformers
from huggingface_hub.errors import StrictDataclassFieldValidationError
from torch import nn
from transformers import (
    CONFIG_MAPPING,
    AutoModel,
    AutoModelForCausalLM,
    AutoModelForMaskedLM,
    AutoModelForSeq2SeqLM,
    AutoModelForTextEncoding,
)

from core.attention.errors import ModelError
from core.language import _, ngettext
from core.one_line import one_line

WINDOW: Final = 512
"""Most tokens read at once, whatever the model allows: at 1,024 the weights of GPT-2 alone take 600 MB."""
UNSEEN: Final = frozenset({"pooler", "final_logits_bias"})
"""Parts of a model that no map is made of: the only ones whose weights may be missing."""


RUN_TIME: Final = frozenset(
    {
        "output_attentions", "output_hidden_states", "return_dict", "use_return_dict", "use_cache", "torchscript",
        "_attn_implementation", "attn_implementation", "_attn_implementation_internal", "dtype", "torch_dtype",
        "_output_attentions", "_experts_implementation", "experts_implementation", "_experts_implementation_internal",
        "chunk_size_feed_forward", "gradient_checkpointing",
    }
)  # fmt: skip
"""Keys of a config that tell a program how to run, not what the model is: this program has its own mind there."""


def read_settings(raw: dict[str, Any]) -> Any:
    """Return transformers' config of what ``config.json`` holds, without its keys of run time."""
    kept = _without_run_time(raw)
    return CONFIG_MAPPING[raw["model_type"]].from_dict(kept)


def _without_run_time(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        key: _without_run_time(value) if isinstance(value, dict) else value
        for key, value in raw.items()
        if key not in RUN_TIME
    }


def open_model(folder: Path, config: Any) -> Any:
    """Open the class that fits: one that writes for encoder-decoders and decoders that can, else the body alone.

    Raises:
        ModelError: it is of a kind that reads no text; or its weights are not those of its config: some are missing,
            for which transformers puts random numbers, or there are layers that it would leave out.
    """
    kind: Any = AutoModelForSeq2SeqLM if config.is_encoder_decoder else AutoModel
    if _stands_alone(config):
        kind = AutoModelForTextEncoding
        config.is_encoder_decoder = False
    if type(config) not in kind._model_mapping:  # noqa: SLF001  transformers says it no other way
        raise unread(folder, config.model_type)
    needed = []
    for way in (AutoModelForCausalLM, kind) if _has_output_layer(config) else (kind,):
        model, report = _load(way, folder, config)
        needed = sorted(name for name in report["missing_keys"] if not UNSEEN & set(name.split(".")))
        if not needed:
            break
    if needed:
        raise ModelError(
            ngettext(
                "{folder} can't be shown: {n} weight is missing ({name}); it would be random numbers.",
                "{folder} can't be shown: {n} weights are missing ({name}, …); they would be random numbers.",
                len(needed),
            ).format(folder=folder, n=len(needed), name=needed[0])
        )
    left_out = unused_layers(report["unexpected_keys"], set(model.state_dict()))
    if left_out:
        raise ModelError(
            _(
                "{folder} can't be shown: its weights hold more layers than its config.json says ({name}, …), and the "
                "map would leave them out."
            ).format(folder=folder, name=left_out[0])
        )
    return model


def _load(kind: Any, folder: Path, config: Any) -> tuple[Any, dict[str, Any]]:
    """Return a model of a class of transformers, and which weights were missing or left over."""
    model, report = kind.from_pretrained(
        str(folder),
        config=config,
        attn_implementation="eager",
        use_safetensors=True,
        local_files_only=True,
        trust_remote_code=False,
        dtype=torch.float32,
        output_loading_info=True,
    )
    return model, report


def _has_output_layer(config: Any) -> bool:
    """Tell whether it was saved with the layer that says which token comes next."""
    saved = any(name.endswith(("ForCausalLM", "LMHeadModel")) for name in config.architectures or ())
    known = type(config) in AutoModelForCausalLM._model_mapping  # noqa: SLF001  as above
    return saved and known and not config.is_encoder_decoder


def _stands_alone(config: Any) -> bool:
    """Tell whether it is the encoder of an encoder-decoder by itself."""
    is_encoder = any(name.endswith("EncoderModel") for name in config.architectures or ())
    return is_encoder and type(config) in AutoModelForTextEncoding._model_mapping  # noqa: SLF001  as above


def reason_not_opened(error: Exception) -> str:
    """Return in words what transformers says of files that it can't make a model of."""
    if isinstance(error, StrictDataclassFieldValidationError):
        field = re.search("'([^']+)'", str(error))  # the rest of its message speaks Python
        return _("transformers {version} knows no such value of {field} in config.json.").format(
            version=transformers.__version__, field=field[1] if field else "?"
        )
    if "\n  " in str(error):  # the layers of the model, written out
        return _("transformers {version} makes no model of its config.json").format(version=transformers.__version__)
    return one_line(str(error)) or type(error).__name__


def not_read(folder: Path, config: Any, error: Exception) -> ModelError:
    """Return what to say where a few words, tried on a model, bring an ``error``."""
    ways: tuple[Any, ...] = (AutoModelForMaskedLM, AutoModelForCausalLM, AutoModelForSeq2SeqLM)
    if not any(type(config) in way._model_mapping for way in ways):  # noqa: SLF001  as above
        return unread(folder, config.model_type)
    return ModelError(
        _("{folder} can't be shown: reading a few words with it fails ({reason}).").format(
            folder=folder, reason=reason_not_opened(error)
        )
    )


def unread(folder: Path, kind: str) -> ModelError:
    """Return what to say of a model of pictures, sounds or numbers, which is given no words."""
    return ModelError(
        _(
            '{folder} holds a "{kind}" model, which doesn\'t read a plain text; choose an encoder, a decoder or '
            "a translator."
        ).format(folder=folder, kind=kind)
    )


def unused_layers(unexpected: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the names among ``unexpected`` that differ from a ``known`` one only in the number of a layer.

    Heads of another task and buffers of older versions are unexpected as well, and change nothing in a map.
    """
    spellings = {spelling for name in known for spelling in _numberless(name)}
    return sorted(name for name in unexpected if any(spelling in spellings for spelling in _numberless(name)))


def _numberless(name: str) -> list[str]:
    """Return the endings of ``name`` that begin with the number of a layer, that number left out."""
    parts = name.split(".")
    return [".".join([parts[at - 1], *parts[at + 1 :]]) for at in range(1, len(parts)) if parts[at].isdigit()]


def read_limit(model: Any, tokenizer: Any) -> int:
    """Return the most tokens the model reads at once."""
    config = model.config.get_text_config()
    stated = [
        getattr(config, key, None)
        for key in (
            "max_position_embeddings",
            "n_positions",
            "max_encoder_position_embeddings",
            "max_decoder_position_embeddings",
        )
    ]
    stated.append(tokenizer.model_max_length)  # a huge number where the tokenizer doesn't know
    positions = getattr(getattr(model, "embeddings", None), "position_embeddings", None)
    if isinstance(positions, nn.Embedding) and positions.padding_idx is not None:
        # RoBERTa counts positions from the padding id on: the first ones are never used.
        stated.append(positions.num_embeddings - positions.padding_idx - 1)
    limit = min([WINDOW, *(int(limit) for limit in stated if limit)])
    # Longformer and LED fill a text up until windows divide it, and have no positions to spare.
    widest = max(windows_of(config), default=1)
    return limit - limit % widest if limit > widest else limit


def windows_of(config: Any) -> tuple[int, ...]:
    """Return how wide the sliding windows of Longformer's and LED's layers are; none for other models."""
    windows = getattr(config, "attention_window", None) or ()
    return (windows,) if isinstance(windows, int) else tuple(windows)
