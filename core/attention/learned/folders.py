"""Where trained models lie, and what their files are called. Free of torch: the window's process looks here, too."""

from __future__ import annotations

import glob
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.files import is_folder
from core.paths import RESOURCES, data_folder

SHIPPED: Final = RESOURCES / "attention_models"
ENDING: Final = ".safetensors"
_NAMED: Final = re.compile(r"(?P<name>.+)-seed(?P<seed>\d+)")


@dataclass(frozen=True, slots=True)
class Named:
    """The weights of a trained model, as their name tells.

    Attributes:
        path: where they are.
        name: of the model; one that learned a person's own pairs has their file's name behind it.
        seed: it was trained with.
    """

    path: Path
    name: str
    seed: int


def own_folder() -> Path:
    """Return where models lie that were trained here. It need not exist."""
    return data_folder() / "attention_models"


def stem(name: str, seed: int) -> str:
    """Return what the files of a model are called, without their endings."""
    return f"{name}-seed{seed}"


def models_in(folder: Path) -> tuple[Named, ...]:
    """Return every trained model in ``folder``, by name and seed; none where there is no such folder."""
    if not is_folder(folder):
        return ()
    found = filter(None, map(named, folder.glob(f"*{ENDING}")))
    return tuple(sorted(found, key=lambda one: (one.name, one.seed)))


def seeds_of(name: str, folder: Path) -> tuple[Named, ...]:
    """Return every seed of a model in ``folder``."""
    found = filter(None, map(named, folder.glob(f"{glob.escape(name)}-seed*{ENDING}")))
    return tuple(sorted((one for one in found if one.name == name), key=lambda one: one.seed))


def named(path: Path) -> Named | None:
    """Return what the name of a file of weights tells; None where it is called in another way."""
    found = _NAMED.fullmatch(path.name.removesuffix(ENDING))
    return None if found is None else Named(path, found["name"], int(found["seed"]))


def files_of(name: str) -> tuple[Path, ...]:
    """Return the weights of every seed of a model: those that come along, or else those that were trained here."""
    for folder in (SHIPPED, own_folder()):
        if found := seeds_of(name, folder):
            return tuple(one.path for one in found)
    return ()


def own_translators() -> tuple[Named, ...]:
    """Return what was trained here and translates, whether the grammar's sentences or a person's own pairs."""
    return tuple(one for one in models_in(own_folder()) if one.name.startswith(("seq2seq-", "dates-")))


def examples_of(weights: Path) -> tuple[str, ...]:
    """Return texts that a model can read which learned a person's own pairs; none of others, or of what is no model."""
    try:
        config = json.loads(weights.with_suffix(".json").read_text(encoding="utf-8"))["config"]
        return tuple(map(str, config.get("examples", ())))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()
