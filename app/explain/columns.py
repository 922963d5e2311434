"""The columns of a table, each with its head, as parts that stand for symbols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtWidgets import QTableView

from app.explain.links import SymbolLinks

ColumnOf = Callable[[str], int]
"""Says which column of a table stands for a symbol now; −1 where none does."""


def link_columns(links: SymbolLinks, table: QTableView, symbols: Sequence[str], column_of: ColumnOf) -> None:
    """Let columns of ``table`` stand for ``symbols``."""
    for symbol in symbols:
        links.add(symbol, table, partial(_column_rects, table, column_of, symbol), points=False)

    def symbol_at(place: QPointF) -> str:
        column = table.columnAt(round(place.x()))
        return next((symbol for symbol in symbols if column >= 0 and column_of(symbol) == column), "")

    links.watch(table.viewport(), symbol_at)
    links.watch(table.horizontalHeader().viewport(), symbol_at)


def _column_rects(table: QTableView, column_of: ColumnOf, symbol: str) -> tuple[QRectF, ...]:
    """Return where a column and its head are seen, down to the last row."""
    column, model = column_of(symbol), table.model()
    if column < 0 or table.isColumnHidden(column):
        return ()
    room = table.viewport().geometry() | table.horizontalHeader().geometry()
    left = table.viewport().x() + table.columnViewportPosition(column)
    end = table.rowViewportPosition(model.rowCount() - 1) + table.rowHeight(model.rowCount() - 1)
    bottom = table.viewport().y() + max(0, end) if model.rowCount() else table.viewport().y()
    seen = QRect(left, room.top(), table.columnWidth(column), bottom - room.top()) & room
    return () if seen.isEmpty() else (QRectF(seen),)
