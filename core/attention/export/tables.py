"""Writing the numbers of what is on screen, in the process that has all of them."""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from core.attention.errors import AttentionError
from core.attention.export.map_files import write_csv, write_json, write_npz
from core.attention.export.writing import replacing
from core.attention.long_text import Document
from core.attention.requests import AlignmentRequest, AttentionRequest, ComparisonRequest, StepsRequest
from core.attention.results import Alignment, AttentionMap, Comparison, HeadGallery, Preparing, ThreeSteps
from core.attention.tasks.alignment import align
from core.attention.tasks.attention_map import attend
from core.attention.tasks.comparison import compare
from core.attention.tasks.reading import the_desk
from core.attention.tasks.steps import step_through
from core.language import _
from core.runtime.events import Payload
from core.spreadsheet import guarded

Request = AttentionRequest | StepsRequest | ComparisonRequest | AlignmentRequest
Shown = AttentionMap | HeadGallery | ThreeSteps | Comparison | Alignment
Row = Sequence[str | float | int]


def keep(request: Request, path: Path) -> Generator[Preparing, None, None]:
    """Write the answer to ``request`` as its ending says.

    CSV holds what is on screen as a table. NPZ and JSON of a map hold every head as well; of anything else, NPZ
    holds its arrays.

    Yields:
        What takes time.

    Raises:
        AttentionError: it can't be answered, or not be written, and why.
    """
    shown: Shown | None = None
    for step in _answer(request):
        if isinstance(step, Preparing):
            yield step
        elif isinstance(step, Shown):
            shown = step
    if shown is None:
        raise AttentionError(_("There is nothing to keep yet."))
    ending = path.suffix.lower()
    if isinstance(request, AttentionRequest) and ending != ".csv":
        whole = next(step for step in attend(replace(request, gallery=False)) if isinstance(step, AttentionMap))
        document = next(step for step in the_desk().document(request.source) if isinstance(step, Document))
        (write_npz if ending == ".npz" else write_json)(path, whole, document)
    elif ending == ".npz":
        _write_arrays(path, shown)
    elif ending == ".csv":
        if isinstance(shown, AttentionMap):
            write_csv(path, shown)
        else:
            _write_table(path, table(shown))
    else:
        raise AttentionError(_("This view is kept as CSV or NPZ; JSON keeps a map."))


def table(shown: HeadGallery | ThreeSteps | Comparison | Alignment) -> Iterator[Row]:
    """Yield the rows of what is on screen, names first."""
    match shown:
        case HeadGallery():
            yield ["layer", "head", *shown.patterns]
            for layer, head in np.ndindex(shown.tiles.shape[:2]):
                yield [layer, head, *(float(score[layer, head]) for score in shown.patterns.values())]
        case ThreeSteps():
            numbers = range(shown.query.size)
            yield ["key", "product", "score", "weight", "model_weight",
                   *(f"k{i}" for i in numbers), *(f"v{i}" for i in numbers)]  # fmt: skip
            for row, token in enumerate(shown.key_tokens):
                columns = (shown.products, shown.scores, shown.weights, shown.model_weights)
                yield [token.label, *(float(column[row]) for column in columns),
                       *shown.keys[row].tolist(), *shown.values[row].tolist()]  # fmt: skip
        case Comparison():
            yield ["map", "query", "key", "weight"]
            for name, one in (("first", shown.first), ("second", shown.second)):
                for row, column in np.ndindex(one.weights.shape):
                    yield [name, one.rows[row].label, one.columns[column].label, float(one.weights[row, column])]
        case Alignment():
            across = bool(shown.attention.size)
            yield ["first", "second", "cosine", "linked", *(["attention"] if across else [])]
            for row, column in np.ndindex(shown.cosine.shape):
                linked = int((row, column) in shown.links)
                cosine = float(shown.cosine[row, column])
                rest = [float(shown.attention[row, column])] if across else []
                yield [shown.rows[row].label, shown.columns[column].label, cosine, linked, *rest]


def _answer(request: Request) -> Iterator[Payload]:
    match request:
        case AttentionRequest():
            return attend(request)
        case StepsRequest():
            return step_through(request)
        case ComparisonRequest():
            return compare(request)
        case AlignmentRequest():
            return align(request)


def _write_table(path: Path, rows: Iterable[Row]) -> None:
    with replacing(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return guarded(value)
    return f"{value:.9g}"


def _write_arrays(path: Path, shown: Shown) -> None:
    values = {field.name: getattr(shown, field.name) for field in fields(shown)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    if isinstance(shown, Comparison):
        arrays |= {"first": shown.first.weights, "second": shown.second.weights}
    with replacing(path) as beside:
        np.savez_compressed(beside, allow_pickle=False, **arrays)
