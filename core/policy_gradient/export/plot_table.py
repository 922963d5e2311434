"""The numbers of a plot as CSV: first what they come from, one comment a line, then a table that everybody reads."""

from __future__ import annotations

import csv
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.files import replacing_text
from core.json_text import to_json
from core.language import _
from core.one_line import system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ExportError
from core.policy_gradient.runs.history import RunHistory
from core.runtime.events import Payload
from core.spreadsheet import guarded

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class PlotTable:
    """The numbers of one plot.

    Attributes:
        comments: what they come from, by name: the seed, the parameters.
        columns: what the columns are called.
        rows: a row a line; None where a column has nothing to say of it.
    """

    comments: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def provenance(config: TrainConfig, **more: Any) -> dict[str, Any]:
    """Return what the numbers of a run come from: seed and environment, all parameters, and what else is named."""
    return {"seed": config.seed, "environment": config.env_id, "config": config.to_dict()} | more


def provenance_of(run: RunHistory, **more: Any) -> dict[str, Any]:
    """Return the same of a run on the screen, with the learning rates that were chosen by hand on the way."""
    changed = [list(change) for change in run.learning_rates]
    return provenance(run.config, **({"learning_rates": changed} if changed else {}), **more)


def as_texts(comments: Mapping[str, Any]) -> dict[str, str]:
    """Return what a file says of its origin, each in one line: a text as it is, all else as JSON."""
    return {name: value if isinstance(value, str) else to_json(value, indent=None) for name, value in comments.items()}


def write_plot_table(path: Path, table: PlotTable) -> None:
    """Write the numbers of a plot; lines that begin with ``#`` say what they come from.

    Raises:
        OSError: it can't be written.
    """
    with replacing_text(path) as file:
        for name, words in as_texts(table.comments).items():
            file.write(f"# {name}: {' '.join(words.splitlines())}\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)


def as_lines(table: PlotTable) -> str:
    """Return the numbers of a plot as spreadsheets take them from the clipboard: tabs between cells, no comments."""
    rows = [table.columns, *([_plain(cell) for cell in row] for row in table.rows)]
    return "\n".join("\t".join(map(str, row)) for row in rows)


def writing(path: Path, table: PlotTable) -> Generator[Payload, None, None]:
    """Write the numbers of a plot, as a task of a worker.

    Raises:
        ExportError: the file can't be written, and why.
    """
    yield from ()
    try:
        write_plot_table(path, table)
    except OSError as error:
        message = _("{path} was not saved: {reason}. Choose another place.")
        raise ExportError(message.format(path=path, reason=system_reason(error))) from error


def _plain(cell: Cell) -> str | int | float:
    """Return a cell as every program reads it: nothing for what is not there, 1 and 0 for yes and no."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return int(cell)
    return guarded(cell) if isinstance(cell, str) else cell
