"""An evaluation that is kept method by method: what was stopped goes on, and the next start shows what there is.

One file (``.npz``) holds the test's pairs, the scores of each method under both protocols, and the figures as JSON.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.decode import DecodeError, decode
from core.files import replacing, stamp_of
from core.json_text import to_json
from core.language import _
from core.one_line import system_reason
from core.runtime.events import Payload
from core.synonyms.evaluation.measures import Figures
from core.synonyms.evaluation.queue_measures import QueueFigures
from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured, evaluate
from core.synonyms.evaluation.split import Protocol
from core.synonyms.labelled import LabelledPairs
from core.synonyms.pairs import SynonymsError, WordPair

_FIGURES: Final = "figures"
_NOT_OURS: Final = (OSError, ValueError, KeyError, DecodeError, zipfile.BadZipFile)
"""What a file raises that is none of these, or was cut off."""


@dataclass(frozen=True, slots=True)
class _KeptMethod:
    """The figures of a method."""

    figures: dict[str, Figures]
    queue: QueueFigures
    seconds: float


@dataclass(frozen=True, slots=True)
class _KeptFigures:
    """All that is in the file and no array.

    Attributes:
        of: what was measured on, as ``_key`` writes it.
    """

    of: str
    base_rate: float
    training_pairs: dict[str, int]
    closure_ap: float
    queue_words: int
    queue_recall: float
    methods: dict[str, _KeptMethod]


@dataclass(frozen=True, slots=True, eq=False)
class Kept(Payload):
    """What is kept.

    Attributes:
        of: what was measured on, in words that only compare.
        material: the test.
        measured: the methods, in the order in which they were measured.
    """

    of: str
    material: Material
    measured: tuple[Measured, ...]


def measure(config: EvaluateConfig, path: Path, *, again: bool = False) -> Generator[Payload, None, None]:
    """Measure what ``config`` asks for and is not kept in ``path`` yet; keep each method as soon as it is measured.

    A task for the worker. It yields what is kept, then what ``evaluate`` yields.

    Args:
        config: what is measured, on what.
        path: the file; results on other data are replaced.
        again: measure every method anew.

    Raises:
        SynonymsError: a file is missing or wrong, or the results can't be kept.
    """
    kept = None if again else read_kept(path)
    if kept is not None and kept.of != key_of(config):
        kept = None
    measured = [] if kept is None else list(kept.measured)
    if kept is not None:
        yield kept
    known = {each.method for each in measured}
    missing = tuple(name for name in config.methods if name not in known)
    if not missing:
        return
    material: Material | None = None
    with closing(evaluate(replace(config, methods=missing))) as evaluating:
        for event in evaluating:
            if isinstance(event, Material):
                material = event
            elif isinstance(event, Measured):
                assert material is not None, "what is measured on comes first"
                measured.append(event)
                write_kept(path, Kept(key_of(config), material, tuple(measured)))
            yield event


def show_kept(path: Path) -> Generator[Payload, None, None]:
    """Yield what is kept, if anything is. A task for the worker."""
    kept = read_kept(path)
    if kept is not None:
        yield kept


def key_of(config: EvaluateConfig) -> str:
    """Return what is measured on, as a text that is equal where results can stand side by side."""
    values = asdict(config)
    del values["methods"], values["processes"], values["cluster"]  # the result is the same wherever it is made
    for name in ("pairs", "vectors"):
        values[name] = None if values[name] is None else _told(values[name])
    values["corpora"] = [_told(path) for path in values["corpora"]]
    return json.dumps(values, sort_keys=True, ensure_ascii=False)


def _told(path: Path) -> list[str | list[int]]:
    """Return the file and what is another when the file is another."""
    return [str(path), list(stamp_of(path) or ())]


def write_kept(path: Path, kept: Kept) -> None:
    """Write the file, at once or not at all.

    Raises:
        SynonymsError: it can't be written.
    """
    test, material = kept.material.test, kept.material
    arrays: dict[str, Any] = {
        "pairs": np.array(["\t".join(pair) for pair in test.pairs], dtype=np.str_),
        "synonym": test.synonym,
        "kinds": np.array(test.kinds, dtype=np.str_),
        _FIGURES: np.array(to_json(asdict(_figures(kept.of, material, kept.measured)), indent=None)),
    }
    for each in kept.measured:
        arrays |= {f"{each.method} {protocol}": scores for protocol, scores in each.scores.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside, beside.open("wb") as file:
            np.savez_compressed(file, **arrays)
    except OSError as error:
        message = _("The results can't be kept in {path} ({reason}).")
        raise SynonymsError(message.format(path=path, reason=system_reason(error))) from error


def read_kept(path: Path) -> Kept | None:
    """Return what a file keeps; None where there is none, or it is no such file."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            return _kept(arrays)
    except _NOT_OURS:
        return None


def _kept(arrays: Mapping[str, Any]) -> Kept:
    told = decode(_KeptFigures, json.loads(str(arrays[_FIGURES])))
    pairs = tuple(WordPair(*text.split("\t")) for text in arrays["pairs"].tolist())
    test = LabelledPairs(pairs, arrays["synonym"].astype(bool), tuple(arrays["kinds"].tolist()))
    counts = {Protocol(name): count for name, count in told.training_pairs.items()}
    material = Material(
        test_pairs=len(test), base_rate=told.base_rate, training_pairs=counts, closure_ap=told.closure_ap,
        queue_words=told.queue_words, queue_recall=told.queue_recall, test=test,
    )  # fmt: skip
    return Kept(
        told.of, material, tuple(_measured(name, each, arrays, test) for name, each in told.methods.items())
    )  # fmt: skip


def _measured(name: str, told: _KeptMethod, arrays: Mapping[str, Any], test: LabelledPairs) -> Measured:
    scores = {protocol: arrays[f"{name} {protocol}"].astype(np.float32) for protocol in Protocol}
    if any(each.shape != test.synonym.shape for each in scores.values()):
        raise ValueError("one score a pair")
    figures = {Protocol(protocol): each for protocol, each in told.figures.items()}
    return Measured(name, figures, told.queue, told.seconds, test.synonym, scores)


def _figures(of: str, material: Material, measured: Sequence[Measured]) -> _KeptFigures:
    methods = {
        each.method: _KeptMethod(
            {str(protocol): figures for protocol, figures in each.figures.items()}, each.queue, each.seconds
        )
        for each in measured
    }
    counts = {str(protocol): count for protocol, count in material.training_pairs.items()}
    return _KeptFigures(
        of, material.base_rate, counts, material.closure_ap, material.queue_words, material.queue_recall, methods
    )
