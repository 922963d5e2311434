"""Trained models on the disk: weights as safetensors, which are numbers only, and beside them what is known of them.

``NAME-seedN.safetensors`` holds the weights as ``compact`` writes them, ``NAME-seedN.json`` config, seed, log and
scores. A training that was stopped is ``NAME-seedN.partial.safetensors``: weights and Adam's moments in full precision.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from core.attention.errors import ModelError, UntrainedError
from core.attention.learned import folders
from core.attention.learned.compact import packed, unpacked
from core.attention.learned.training import Lesson, Training
from core.decode import DecodeError, decode
from core.files import replacing
from core.json_text import write_json
from core.language import _
from core.one_line import damage_of

FORMAT: Final = "yaya-lab attention model 2"
_READ: Final = (FORMAT, "yaya-lab attention model 1")
"""Formats that are read: in the first, all weights were in half precision."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of trained weights.

    Attributes:
        format: ``FORMAT``, or an earlier one.
        name: of the model, as the catalogue calls it.
        seed: it was trained with.
        config: what it is built from.
        steps: of training.
        cpu_seconds: they took.
        log: what was watched while it was trained.
        scores: what it came to, measured with the weights as they are saved.
    """

    format: str
    name: str
    seed: int
    config: dict[str, Any]
    steps: int
    cpu_seconds: float
    log: list[dict[str, float]]
    scores: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """A trained model that lies on the disk; its weights are read when they are wanted."""

    record: Record
    weights: Path


def save_model(folder: Path, name: str, training: Training, scores: dict[str, Any]) -> Path:
    """Write weights and record into ``folder``, which is made where it isn't there; return where the weights are.

    Raises:
        OSError: they can't be written.
    """
    lesson = training.lesson
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / f"{folders.stem(name, lesson.seed)}.safetensors"
    with replacing(weights) as beside:
        beside.write_bytes(save(packed(lesson.model.state_dict()), metadata={"format": FORMAT}))
    content = {
        "format": FORMAT,
        "name": name,
        "seed": lesson.seed,
        "config": lesson.config(),
        "steps": training.step,
        "cpu_seconds": round(training.cpu_seconds, 1),
        "log": training.log,
        "scores": scores,
    }
    write_json(weights.with_suffix(".json"), content)
    return weights


def find_models(folder: Path) -> list[Saved]:
    """Return every trained model in ``folder``, by name and seed.

    Raises:
        ModelError: a record is damaged.
    """
    return [open_model(named.path) for named in folders.models_in(folder)]


def first_of(name: str) -> Saved:
    """Return a model's first seed: models that are compared have the same one, whatever others there are.

    Raises:
        UntrainedError: none has been trained.
        ModelError: its record is damaged.
    """
    files = folders.files_of(name)
    if not files:
        message = _("{name} has not been trained yet. Train it: {command}")
        raise UntrainedError(message.format(name=name, command=f"attention-train --model {name}"))
    return open_model(files[0])


def open_model(weights: Path) -> Saved:
    """Return what lies at ``weights`` with its record.

    Raises:
        ModelError: there is no such file, or no record beside it, or it is damaged.
    """
    beside = weights.with_suffix(".json")
    if not weights.is_file():
        raise ModelError(_("There is no file {path}.").format(path=weights))
    try:
        record = decode(Record, json.loads(beside.read_text(encoding="utf-8")))
    except OSError as error:
        message = _("{path} has no record {beside}, which says how to build it. Keep the two files together.")
        raise ModelError(message.format(path=weights, beside=beside.name)) from error
    except (DecodeError, ValueError) as error:
        raise ModelError(_("{path} is damaged: {reason}").format(path=beside, reason=damage_of(error))) from error
    if record.format not in _READ:
        message = _("{path} was not written by this program, or by another version of it.")
        raise ModelError(message.format(path=beside))
    return Saved(record, weights)


def load_into(model: nn.Module, weights: Path) -> None:
    """Give ``model`` the weights of a file, in full precision.

    Raises:
        ModelError: the file is damaged, or of another model.
    """
    tensors, _header = _read(weights)
    try:
        model.load_state_dict(unpacked(tensors))
    except (KeyError, RuntimeError) as error:
        raise ModelError(_("{path} is damaged: {reason}").format(path=weights, reason=damage_of(error))) from error
    if not all(bool(torch.isfinite(weight).all()) for weight in model.state_dict().values()):
        raise ModelError(_("{path} is damaged: some weights are not numbers.").format(path=weights))


def partial_file(folder: Path, name: str, seed: int) -> Path:
    """Return where a training that was stopped is kept."""
    return folder / f"{folders.stem(name, seed)}.partial.safetensors"


def save_partial(path: Path, training: Training) -> None:
    """Keep a training so that it can go on.

    Raises:
        OSError: it can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    weights = {f"weight {name}": value.contiguous() for name, value in training.lesson.model.state_dict().items()}
    moments = {f"moment {name}": value.contiguous() for name, value in training.moments().items()}
    state = {"step": training.step, "cpu_seconds": training.cpu_seconds, "log": training.log}
    header = {"format": FORMAT, "state": json.dumps(state), "config": _config_text(training.lesson)}
    with replacing(path) as beside:
        beside.write_bytes(save({**weights, **moments}, metadata=header))


def go_on(path: Path, training: Training) -> bool:
    """Bring ``training`` to where the one kept at ``path`` was; return whether there was one of this very lesson.

    Raises:
        ModelError: the file is damaged.
    """
    if not path.is_file():
        return False
    tensors, header = _read(path)
    if header.get("config") != _config_text(training.lesson):
        return False  # another corpus or schedule since: what was learned there is of no use here
    try:
        state = json.loads(header["state"])
        kept = {kind: _of(tensors, kind) for kind in ("weight", "moment")}
        training.lesson.model.load_state_dict(kept["weight"])
        training.go_on(state["step"], state["cpu_seconds"], state["log"], kept["moment"])
    except (KeyError, ValueError, RuntimeError) as error:
        raise ModelError(_("{path} is damaged: {reason}").format(path=path, reason=damage_of(error))) from error
    return True


def _of(tensors: dict[str, Tensor], kind: str) -> dict[str, Tensor]:
    return {name.removeprefix(f"{kind} "): held for name, held in tensors.items() if name.startswith(f"{kind} ")}


def _config_text(lesson: Lesson) -> str:
    return json.dumps(lesson.config(), sort_keys=True)


def _read(path: Path) -> tuple[dict[str, Tensor], dict[str, str]]:
    try:
        with safe_open(path, framework="pt") as file:
            header: dict[str, str] = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  it is no mapping
    except (OSError, SafetensorError) as error:
        message = _("{path} can't be read, or it is damaged: {reason}")
        raise ModelError(message.format(path=path, reason=damage_of(error))) from error
    if header.get("format") not in _READ:
        message = _("{path} was not written by this program, or by another version of it.")
        raise ModelError(message.format(path=path))
    return tensors, header
