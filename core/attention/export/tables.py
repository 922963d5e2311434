"""Writing the numbers of what is on screen, in the process that has all of them."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import numpy as np
import numpy.typing as npt

from core.attention.errors import AttentionError
from core.attention.export.caption import change_names
from core.attention.export.map_files import guess_arrays, places, write_arrays, write_json, write_npz
from core.attention.export.writing import replacing, write_table
from core.attention.interventions import Changes
from core.attention.long_text import Document
from core.attention.requests import AttentionRequest
from core.attention.results import Answer, AttentionMap, ModelCard, Preparing, Token
from core.attention.tasks import task_for
from core.attention.tasks.mechanisms.results import Candidate, Vectors
from core.attention.tasks.reading import model_cache
from core.language import _
from core.runtime.events import Payload


def export(request: object, path: Path) -> Generator[Preparing, None, None]:
    """Write the answer to ``request``, which has a row in ``TASKS``, as its ending says.

    CSV holds it as a table. NPZ and JSON of a map hold every head as well; of anything else, NPZ holds its arrays.

    Yields:
        What takes time.

    Raises:
        AttentionError: it can't be answered, or not be written, and why.
    """
    spec = task_for(request)
    steps: Iterable[Payload] = resolve_name(spec.task)(request=request)
    shown: Answer | None = None
    for step in steps:
        if isinstance(step, Preparing):
            yield step
        elif isinstance(step, Answer):
            shown = step
    if shown is None:
        raise AttentionError(_("Nothing to export yet."))
    ending = path.suffix.lower()
    with replacing(path) as beside:
        if ending == ".csv" and spec.table:
            write_table(beside, resolve_name(spec.table)(shown))
        elif isinstance(request, AttentionRequest) and isinstance(shown, AttentionMap):
            document = next(step for step in model_cache().document(request.source) if isinstance(step, Document))
            (write_npz if ending == ".npz" else write_json)(beside, shown, document)
        elif ending == ".npz":
            write_arrays(beside, arrays_of(shown))
        else:
            raise AttentionError(_("Export this view as CSV or NPZ; JSON is only for maps."))


def arrays_of(shown: Any, prefix: str = "") -> dict[str, npt.NDArray[Any]]:
    """Return every field of an answer as arrays: what it shows, of which model, layer and head, of which tokens.

    A field of tokens becomes their labels under its own name, and ``_start``, ``_end`` and ``_sentence`` beside it:
    two tokens of one spelling are told apart by their places. ``None`` (a mean) is −1; a set of
    layers and heads is its text, empty where none was chosen. What an answer itself is made
    of, such as the two maps of a comparison, has its name before each of its fields; its weights bear it alone. The
    vectors a mechanism begins with stand beside what it makes of them.
    """
    arrays: dict[str, npt.NDArray[Any]] = {}
    for field in fields(shown):
        name, value = prefix + field.name, getattr(shown, field.name)
        told = _how_it_was_read(shown, field.name, prefix)
        if told is not None:
            arrays |= told
        elif isinstance(value, AttentionMap):
            arrays |= arrays_of(value, f"{name}_")
            arrays[name] = value.weights
        elif isinstance(value, ModelCard):
            arrays |= {f"{prefix}model": np.array(value.name), f"{prefix}title": np.array(value.title)}
        elif isinstance(value, Token) or (isinstance(value, tuple) and value and isinstance(value[0], Token)):
            tokens = (value,) if isinstance(value, Token) else value
            arrays |= {name: np.array([token.label for token in tokens]), **places(name, tokens)}
        elif isinstance(value, Vectors):
            arrays |= arrays_of(value, prefix)
        elif isinstance(value, tuple) and value and isinstance(value[0], Candidate):
            for part in fields(Candidate):
                arrays[f"{name}_{part.name}"] = np.array([getattr(candidate, part.name) for candidate in value])
        elif is_dataclass(value) and not isinstance(value, type):
            arrays |= arrays_of(value, f"{name}_")
        elif isinstance(value, Mapping):
            arrays |= {f"{name}_{key}": np.asarray(one) for key, one in value.items()}
        else:
            arrays[name] = np.asarray(-1 if value is None else value)
    return arrays


def _how_it_was_read(shown: Any, name: str, prefix: str) -> dict[str, npt.NDArray[Any]] | None:
    """Return the words of a field that says how a map was read; None for any other field."""
    value = getattr(shown, name)
    if name in {"chosen", "across"}:
        return {prefix + name: np.array("" if value is None else str(value))}
    if name == "languages":
        return {prefix + name: np.array([language or "" for language in value])}
    if isinstance(value, Changes):
        return {prefix + name: np.array(change_names(value, shown.texts))}
    return guess_arrays(value, prefix) if name == "guesses" else None
