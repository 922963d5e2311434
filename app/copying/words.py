"""What can be read on a part of the window, as text: labels in their order, tables as spreadsheets take them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget

MOST_ROWS: Final = 5_000
"""Of a table that is copied whole; more are exported to a file."""


def words_of(part: QWidget) -> str:
    """Return everything that is written on ``part`` and seen now, from top to bottom, a label or a row a line."""
    found: list[tuple[int, int, str]] = []
    for widget in (part, *part.findChildren(QWidget)):
        text = _text_of(widget) if widget.isVisibleTo(part) else ""
        if text:
            place = widget.mapTo(part, QPoint())
            found.append((place.y(), place.x(), text))
    return "\n".join(text for _y, _x, text in sorted(found))


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel):
        return widget.text().strip()
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        return as_text(rows_of(widget))
    return ""


def table_at(widget: QWidget | None) -> QTableView | None:
    """Return the table that ``widget`` lies in; None where it lies in none."""
    while widget is not None and not isinstance(widget, QTableView):
        widget = widget.parentWidget()
    return widget


def rows_of(view: QAbstractItemView) -> list[list[str]]:
    """Return titles and rows of a table: those that are chosen, where more than one is, else all up to a limit.

    What is still on its way is left out.
    """
    model = cast("QAbstractItemModel | None", view.model())  # a view that was given none yet has none
    chosen = cast("QItemSelectionModel | None", view.selectionModel())
    if model is None:
        return []
    marked = sorted({index.row() for index in chosen.selectedIndexes()}) if chosen is not None else []
    numbers: Iterable[int] = marked if len(marked) > 1 else range(min(model.rowCount(), MOST_ROWS))
    shown = [column for column in range(model.columnCount()) if not _is_hidden(view, column)]
    rows = [[_said(model.index(number, column).data()) for column in shown] for number in numbers]
    rows = [row for row in rows if any(row)]
    titles = [_said(model.headerData(column, Qt.Orientation.Horizontal)) for column in shown]
    return [titles, *rows] if rows and isinstance(view, QTableView) else rows


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a spreadsheet takes them from the clipboard: tabs between cells, which have none themselves."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)


def _is_hidden(view: QAbstractItemView, column: int) -> bool:
    return isinstance(view, QTableView) and view.isColumnHidden(column)


def _said(value: object) -> str:
    return "" if value is None else str(value)
