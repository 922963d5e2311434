"""From what the user typed as a model to a folder that can be opened safely, or the reason why not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from core.attention.errors import ModelError
from core.files import folder_named
from core.language import _
from core.one_line import damage_of

_ID: Final = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)?")
WANTED: Final = ["*.json", "*.safetensors", "*.txt", "*.model", "*.spm"]
"""What is fetched of a model: weights as safetensors, tokenizers, nothing that is run."""
TOKENIZER_FILES: Final = (
    "tokenizer.json",
    "vocab.txt",
    "vocab.json",
    "spiece.model",
    "sentencepiece.bpe.model",
    "tokenizer.model",
    "source.spm",
)

FILELESS: Final = ("ByT5Tokenizer", "CanineTokenizer", "PerceiverTokenizer")
"""Tokenizers that read bytes or code points, and keep no vocabulary in a file."""


def find_folder(name: str, *, download: bool) -> Path:
    """Return the folder of the model ``name``, a folder or an id on the Hugging Face hub.

    Args:
        name: as typed.
        download: an id that isn't on this machine may be fetched.

    Raises:
        ModelError: there is no such model here, or it couldn't be fetched.
    """
    if (folder := folder_named(name)) is not None:
        return folder
    if not _ID.fullmatch(name):
        raise ModelError(_('There is no folder "{name}".').format(name=name))
    return _find_id(name, download=download)


def _find_id(name: str, *, download: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=WANTED, local_files_only=True))
    except (LocalEntryNotFoundError, ValueError) as error:
        if not download:
            raise ModelError(
                _(
                    "The model {name} isn't on this computer. Allow the download, or choose a folder with a model."
                ).format(name=name)
            ) from error
    try:
        return Path(snapshot_download(name, allow_patterns=WANTED))
    # The hub's client raises errors of several libraries; each means that the model couldn't be fetched.
    except Exception as error:
        raise ModelError(
            _("{name} can't be downloaded ({reason}). Check the network and the id.").format(
                name=name, reason=_first_line(error)
            )
        ) from error


def read_config(folder: Path) -> dict[str, Any]:
    """Return ``config.json`` of a model that can be opened without running foreign code.

    Raises:
        ModelError: the folder holds no such model; the text says why.
    """
    config_file = folder / "config.json"
    if not config_file.is_file():
        raise ModelError(_("{folder} contains no model: config.json is missing.").format(folder=folder))
    try:
        config = json.loads(config_file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(
            _("The config.json in {folder} can't be read ({reason}).").format(folder=folder, reason=damage_of(error))
        ) from error
    if not isinstance(config, dict) or not isinstance(config.get("model_type"), str):
        raise ModelError(
            _("{folder} contains no transformers model: its config.json names no model_type.").format(folder=folder)
        )
    if not any(folder.glob("*.safetensors")):
        if any(folder.glob("*.bin")) or any(folder.glob("*.pt")):
            raise ModelError(
                _(
                    "The weights in {folder} are pickled, and opening them can run code. "
                    "Save the model as safetensors and open that."
                ).format(folder=folder)
            )
        raise ModelError(_("{folder} contains no weights: there is no .safetensors file in it.").format(folder=folder))
    if not any((folder / name).is_file() for name in TOKENIZER_FILES) and not _reads_bytes(folder):
        raise ModelError(_("{folder} contains no tokenizer, so no text can be read with it.").format(folder=folder))
    from transformers import CONFIG_MAPPING

    if config["model_type"] not in CONFIG_MAPPING:
        raise ModelError(
            _('{folder} is a "{kind}" model, which needs its own program code; such code is never run.').format(
                folder=folder, kind=config["model_type"]
            )
        )
    return config


def _reads_bytes(folder: Path) -> bool:
    """Return whether the folder's tokenizer is one that needs no vocabulary."""
    try:
        told = json.loads((folder / "tokenizer_config.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("tokenizer_class") in FILELESS


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
