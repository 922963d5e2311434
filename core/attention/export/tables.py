"""Writing the numbers of what is on screen, in the process that has all of them."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import fields
from pathlib import Path
from pkgutil import resolve_name

import numpy as np

from core.attention.errors import AttentionError
from core.attention.export.map_files import write_json, write_npz
from core.attention.export.writing import replacing, write_table
from core.attention.long_text import Document
from core.attention.requests import AttentionRequest
from core.attention.results import Answer, AttentionMap, Comparison, Preparing
from core.attention.tasks import task_for
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
    if ending == ".csv" and spec.table:
        write_table(path, resolve_name(spec.table)(shown))
    elif isinstance(request, AttentionRequest) and isinstance(shown, AttentionMap):
        document = next(step for step in model_cache().document(request.source) if isinstance(step, Document))
        (write_npz if ending == ".npz" else write_json)(path, shown, document)
    elif ending == ".npz":
        _write_arrays(path, shown)
    else:
        raise AttentionError(_("Export this view as CSV or NPZ; JSON is only for maps."))


def _write_arrays(path: Path, shown: Answer) -> None:
    values = {field.name: getattr(shown, field.name) for field in fields(shown)}  # type: ignore[arg-type]  # a dataclass
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    if isinstance(shown, Comparison):
        arrays |= {"first": shown.first.weights, "second": shown.second.weights}
    with replacing(path) as beside:
        np.savez_compressed(beside, allow_pickle=False, **arrays)
