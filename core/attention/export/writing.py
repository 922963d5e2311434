"""Writing what was asked for, with errors for the person at the screen."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from core import files
from core.attention.errors import AttentionError
from core.attention.results import Token
from core.outputs import UnwritableError, writing
from core.spreadsheet import guarded

Row = Sequence[str | float | int]
"""A row of a table as a task gives it."""


def place(token: Token) -> tuple[str, int, int]:
    """Return what names a token in a table: its label, its sentence (0 or 1) and its first character there."""
    return token.label, token.sentence, token.start


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Do as ``core.files.replacing`` does, and say in one line why it can't be done.

    Raises:
        AttentionError: the file can't be written, and why.
    """
    try:
        with writing(path), files.replacing(path) as beside:
            yield beside
    except UnwritableError as error:
        raise AttentionError(str(error)) from error


def write_table(path: Path, rows: Iterable[Row]) -> None:
    """Write ``rows`` as CSV to ``path``, which ``replacing`` gave, with a mark so that spreadsheets read UTF-8.

    Raises:
        OSError: the file can't be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_cell(value) for value in row] for row in rows)


def _cell(value: str | float) -> str:
    """Return words so that no spreadsheet takes them for a formula, a number with single precision's digits."""
    if isinstance(value, str):
        return guarded(value)
    return f"{value:.9g}"
