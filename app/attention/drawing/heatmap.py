"""The picture of a map: where its cells and labels lie, and how they are drawn on a screen or into a file."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.attention.drawing.cell_axis import Axis
from app.attention.drawing.indexed_image import Intensities, enlarged, image, ruled
from app.attention.drawing.labels import SLANT, Labels, Plan
from app.attention.drawing.shaped_text import ShapedText
from app.attention.selection import Cell
from app.fonts import tabular
from app.panel import Look
from app.scale import TYPE_SIZES
from app.widgets.weight_colours import Table, inks
from core.attention.results import Floats, Ints, Token, borders
from core.language import _

_LARGEST_CELL: Final = 6.0
"""Lines of text a cell may be large: three words need no more."""
CLOSEST: Final = 3.0
"""Lines of text a cell is large at the closest zoom."""
_WHOLE_GRID: Final = 1.25
"""Lines of text a cell is large where lines between cells have their full ink; between small ones they would be a net
over the map."""
_MOST_NUMBERS: Final = 900
"""Cells on screen beyond which no numbers are written into them."""
_NOTHING: Final = 0.005
"""Shares of hidden tokens below it draw no bars."""


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """What a map shows.

    Attributes:
        rows: labels of the queries.
        columns: labels of the keys.
        weights: (rows, columns), for the numbers in large cells.
        intensities: (rows, columns) intensities of colour, 0 to 255.
        table: the colours.
        hidden: (rows,) share of each row on hidden specials; None draws no bars.
        reach: (rows, 2) first and one past the last column a query could see; None for all.
        signed: the numbers are differences, written with their sign.
        is_continued: the second sentence was written by the model: its rows and columns bear a stripe.
        rings: (row, column) of cells that are marked with a ring.
    """

    rows: tuple[Token, ...]
    columns: tuple[Token, ...]
    weights: Floats
    intensities: Intensities
    table: Table
    hidden: Floats | None = None
    reach: Ints | None = None
    signed: bool = False
    is_continued: bool = False
    rings: tuple[tuple[int, int], ...] = ()

    @property
    def has_limits(self) -> bool:
        """Whether some query could not see every key."""
        return self.reach is not None and bool(np.any(self.reach[:, 0]) or np.any(self.reach[:, 1] < len(self.columns)))

    @property
    def digits(self) -> int:
        """How many decimals weights are written with: two, more where all of them are small."""
        largest = float(np.abs(self.weights).max(initial=0))
        return next((digits for digits, least in ((2, 0.095), (3, 0.0095)) if largest >= least), 4)

    @property
    def has_hidden(self) -> bool:
        """Whether hidden specials had a share worth drawing."""
        return self.hidden is not None and self.hidden.size > 0 and bool(self.hidden.max() > _NOTHING)


class MatrixDrawing:
    """Lays out and draws one map in a room of any size. Knows nothing of mouse and keys."""

    def __init__(self, look: Look, *, compact: bool = False) -> None:
        """Make an empty picture.

        Args:
            look: colours and sizes.
            compact: a small copy beside another view: smaller type, no numbers in cells.
        """
        self.look = look
        self.compact = compact
        self.rows, self.columns = Axis(), Axis()
        self._shaped = ShapedText()
        self.row_labels = self.column_labels = Labels((), self._shaped)
        self._row_plan = self._column_plan = Plan(QFont(), 1, slanted=False, reach=0)
        self.room = QSizeF(1, 1)
        self.content: MapContent | None = None
        self.zoom = 1.0

    def set_content(self, content: MapContent | None) -> None:
        """Take another map.

        While a text is being typed, cells stay as large as they were and where they were, as far as they can;
        another text is shown as a whole.
        """
        before, cell = self.content, self.rows.cell
        self.content = content
        rows, columns = (content.rows, content.columns) if content is not None else ((), ())
        if before is None or (before.rows, before.columns) != (rows, columns):
            self.row_labels = Labels(rows, self._shaped)
            self.column_labels = self.row_labels if columns == rows else Labels(columns, self._shaped)  # measured once
            self.rows.count, self.columns.count = len(rows), len(columns)
            typed_on = before is not None and _is_edited(before.rows, rows)
            self.zoom = max(1.0, cell / self.fit()) if self.zoom > 1 and typed_on else 1.0
        self.lay_out(self.room)

    def lay_out(self, room: QSizeF) -> None:
        """Share ``room`` out between labels and cells, three times: labels depend on cells and cells on labels."""
        self.room = room
        em = self.look.scale.em
        margin, gap = em(0.5), em(0.25)
        bars = em(1.75) if self._has_bars else 0
        width, height = room.width() - 2 * margin - bars, room.height() - 2 * margin
        left = top = float(em(2))
        for _turn in range(3):
            self.columns.length = max(1, round(width - left - gap))
            self.rows.length = max(1, round(height - top - gap))
            cell = self.fit() * min(self.zoom, self.closest())
            self._row_plan = self.row_labels.plan_rows(cell, self.font, width * 0.3)
            self._column_plan = self.column_labels.plan_columns(cell, self.font, height * 0.3)
            left, top = math.ceil(self._row_plan.reach), math.ceil(self._column_plan.reach)
            if bars:
                top = max(top, self._slanted_reach(_("hidden")))
        self.zoom = min(self.zoom, self.closest())
        cell = self.fit() * self.zoom
        for axis in (self.rows, self.columns):
            axis.cell = cell
            axis.scroll(axis.offset)
        slack = max(0, self.columns.length - self.columns.extent), max(0, self.rows.length - self.rows.extent)
        self.columns.start = margin + math.ceil(left) + gap + slack[0] // 2
        self.rows.start = margin + math.ceil(top) + gap + slack[1] // 3

    def _slanted_reach(self, words: str) -> int:
        """Return how high slanted words of the smallest type stand."""
        metrics = QFontMetricsF(self.look.scale.font("caption"))
        return math.ceil(metrics.horizontalAdvance(words) * math.sin(math.radians(SLANT)) + metrics.height() * 0.6)

    def fit(self) -> float:
        """Return the side of a cell at which the whole map fits."""
        if not self.rows.count or not self.columns.count:
            return 1.0
        fits = min(self.columns.length / self.columns.count, self.rows.length / self.rows.count)
        return min(fits, float(self.look.scale.em(_LARGEST_CELL)))

    def closest(self) -> float:
        """Return the zoom at which a cell is as large as it may be, 1 where the whole map has such cells."""
        return max(1.0, self.look.scale.em(CLOSEST) / self.fit())

    def font(self, size: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the labels' type, ``size`` times as large as usual."""
        font = self.look.scale.font(bold=bold)
        base = TYPE_SIZES["caption"] if self.compact else 1.0
        font.setPointSizeF(max(1.0, self.look.scale.point_size() * base * size))
        return font

    def cells_rect(self) -> QRectF:
        """Return where the cells lie."""
        return QRectF(self.columns.start, self.rows.start, self.columns.seen, self.rows.seen)

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where one cell lies; empty when it is scrolled away."""
        y, height = self.rows.span(row, row + 1)
        x, width = self.columns.span(column, column + 1)
        return QRectF(x, y, width, height)

    def row_labels_rect(self) -> QRectF:
        """Return where the labels of the rows in sight stand."""
        right, reach = self.columns.start - self.look.scale.em(0.125), self._row_plan.reach + self.look.scale.em(0.375)
        return QRectF(right - reach, self.rows.start, reach, self.rows.seen)

    def column_labels_rect(self) -> QRectF:
        """Return where the labels of the columns in sight stand."""
        bottom, reach = self.rows.start - self.look.scale.em(0.25), self._column_plan.reach
        return QRectF(self.columns.start, bottom - reach, self.columns.seen, reach)

    def weights_rect(self, cell: Cell) -> QRectF:
        """Return where a cell lies, or the row or the column of which only the one is known, or all cells."""
        row, column = cell.row, cell.column
        y, height = self.rows.span(*((row, row + 1) if row is not None else (0, self.rows.count)))
        x, width = self.columns.span(*((column, column + 1) if column is not None else (0, self.columns.count)))
        return QRectF(x, y, width, height)

    def cell_at(self, point: QPointF) -> Cell:
        """Return the cell, or the row or column whose label, lies under ``point``."""
        row, column = self.rows.at(point.y()), self.columns.at(point.x())
        if row is not None and column is None and point.x() >= self.columns.start:
            return Cell()
        if column is not None and row is None and point.y() >= self.rows.start:
            return Cell()
        return Cell(row, column)

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw cells and labels onto a surface with ``ratio`` device pixels to a pixel."""
        content = self.content
        if content is None or not content.intensities.size:
            return
        colours, cell = self.look.theme.theme.colours, self.rows.cell
        (row, last_row), (column, last_column) = self.rows.visible(), self.columns.visible()
        intensities = content.intensities[row:last_row, column:last_column]
        edges = self.rows.edges(ratio), self.columns.edges(ratio)
        picture = image(enlarged(intensities, *edges), content.table)
        picture.setDevicePixelRatio(ratio)
        painter.drawImage(QPointF(self.columns.start, self.rows.start), picture)
        if content.has_limits:
            self._draw_limits(painter, content)
        if cell >= self.look.scale.em(0.375):
            ink = QColor(colours.grid)
            ink.setAlphaF(min(1.0, (cell / self.look.scale.em(_WHOLE_GRID)) ** 1.5))
            grid = ruled(*edges, ink)
            grid.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(self.columns.start, self.rows.start), grid)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.cells_rect().adjusted(-0.5, -0.5, 0.5, 0.5))
        self._draw_numbers(painter, content, intensities, row, column)
        self._draw_rings(painter, content)
        self._draw_borders(painter, content)
        if content.is_continued:
            self._draw_written(painter, content)
        painter.setPen(QColor(colours.text))
        self._draw_labels(painter)
        if self._has_bars:
            self._draw_hidden(painter, content)

    @property
    def _has_bars(self) -> bool:
        return not self.compact and self.content is not None and self.content.has_hidden

    def _draw_borders(self, painter: QPainter, content: MapContent) -> None:
        """Rule a line between the sentences of a pair, out to the labels."""
        cells, out = self.cells_rect(), self.look.scale.em(0.25)
        thick = max(1.0, self.look.scale.em(0.125))
        ink = QColor(self.look.theme.theme.colours.muted)
        for row in borders(content.rows):
            if self.rows.visible()[0] < row < self.rows.visible()[1]:
                y = self.rows.span(row, row + 1)[0]
                painter.fillRect(QRectF(cells.left() - out, y - thick / 2, cells.width() + out, thick), ink)
        for column in borders(content.columns):
            if self.columns.visible()[0] < column < self.columns.visible()[1]:
                x = self.columns.span(column, column + 1)[0]
                painter.fillRect(QRectF(x - thick / 2, cells.top() - out, thick, cells.height() + out), ink)

    def _draw_written(self, painter: QPainter, content: MapContent) -> None:
        """Mark what the model wrote by itself: a stripe beside its rows, and one above its columns."""
        cells, thick = self.cells_rect(), max(2.0, self.look.scale.em(0.1875))
        ink = QColor(self.look.theme.theme.colours.focus)
        for side, tokens in ((self.rows, content.rows), (self.columns, content.columns)):
            first = next((at for at, token in enumerate(tokens) if token.sentence), len(tokens))
            start, length = side.span(first, len(tokens))
            if length > 0 and side is self.rows:
                painter.fillRect(QRectF(cells.left() - thick, start, thick, length), ink)
            elif length > 0:
                painter.fillRect(QRectF(start, cells.top() - thick, length, thick), ink)

    def _draw_limits(self, painter: QPainter, content: MapContent) -> None:
        """Grey what a query could not see, which is not the same as what it saw and gave no weight."""
        assert content.reach is not None
        ground = QColor(self.look.theme.theme.colours.border)
        begin, end = self.rows.visible()
        others = np.flatnonzero(np.any(np.diff(content.reach[begin:end], axis=0), axis=1)) + begin + 1
        for row, after in pairwise([begin, *others.tolist(), end]):  # windows make whole bands
            y, height = self.rows.span(row, after)
            for first, last in ((0, int(content.reach[row, 0])), (int(content.reach[row, 1]), self.columns.count)):
                x, width = self.columns.span(first, last)
                if width > 0:
                    painter.fillRect(QRectF(x, y, width, height), ground)

    def _draw_numbers(
        self, painter: QPainter, content: MapContent, intensities: Intensities, row: int, column: int
    ) -> None:
        large = self.rows.cell >= self.look.scale.em(3)
        font = tabular(self.look.scale.font("body" if large else "caption"))
        self._shaped.begin(painter, font)
        if self.compact or intensities.size > _MOST_NUMBERS:
            return
        digits = content.digits
        room = painter.fontMetrics().horizontalAdvance(f"{'−' if content.signed else ''}{0:.{digits}f}")
        if self.rows.cell < room * 1.15:
            return
        sign = ("−", "+") if content.signed else ("", "")
        spans = [self.rows.span(row + i, row + i + 1) for i in range(intensities.shape[0])]
        rows = [start + length / 2 for start, length in spans]
        spans = [self.columns.span(column + j, column + j + 1) for j in range(intensities.shape[1])]
        columns = [start + length / 2 for start, length in spans]
        weights = content.weights[row : row + len(rows), column : column + len(columns)]
        values, is_written = weights.tolist(), np.abs(weights) >= 0.5 * 10.0**-digits
        ink, deep, pen = inks(content.table), intensities.tolist(), ""
        for i, j in np.argwhere(is_written).tolist():
            name, value = ink[deep[i][j]], values[i][j]
            if name != pen:  # another pen for each number would take as long as to write it
                painter.setPen(QColor(name))
                pen = name
            self._shaped.write_around(painter, columns[j], rows[i], f"{sign[value > 0]}{abs(value):.{digits}f}")

    def _draw_rings(self, painter: QPainter, content: MapContent) -> None:
        ink = inks(content.table)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row, column in content.rings:
            room = self.cell_rect(row, column)
            side = min(room.width(), room.height()) * 0.86
            painter.setPen(QPen(QColor(ink[int(content.intensities[row, column])]), max(1.0, side * 0.05)))
            painter.drawEllipse(room.center(), side / 2, side / 2)

    def _draw_labels(self, painter: QPainter) -> None:
        gap = self.look.scale.em(0.25)
        rows, columns, left, top = self._row_plan, self._column_plan, self.columns.start, self.rows.start
        for y in map(self.rows.middle, rows.labelled(self.rows) if rows.every > 1 else ()):
            painter.drawLine(QPointF(left - gap, y), QPointF(left, y))
        for x in map(self.columns.middle, columns.labelled(self.columns) if columns.every > 1 else ()):
            painter.drawLine(QPointF(x, top - gap), QPointF(x, top))
        self.row_labels.draw_rows(painter, rows, self.rows, left - gap)
        self.column_labels.draw_columns(painter, columns, self.columns, top - gap)

    def _draw_hidden(self, painter: QPainter, content: MapContent) -> None:
        """Draw, right of each row, how much of its attention the hidden special tokens had."""
        assert content.hidden is not None
        colours, em = self.look.theme.theme.colours, self.look.scale.em
        left = self.columns.start + self.columns.seen + em(0.375)
        room = em(1.25)
        painter.setFont(self.look.scale.font("caption"))
        painter.setPen(QColor(colours.muted))
        painter.save()
        painter.translate(left + em(0.5), self.rows.start - em(0.25))
        painter.rotate(-SLANT)
        painter.drawText(QPointF(0, 0), _("hidden"))
        painter.restore()
        ground, ink, most = QColor(colours.grid), QColor(colours.faint), em(0.25)
        for row in range(*self.rows.visible()):
            y, height = self.rows.span(row, row + 1)
            inset = min(height * 0.2, most)
            bar = QRectF(left, y + inset, room, height - 2 * inset)
            painter.fillRect(bar, ground)
            bar.setWidth(room * float(content.hidden[row]))
            painter.fillRect(bar, ink)


def _is_edited(before: Sequence[Token], now: Sequence[Token]) -> bool:
    """Whether ``now`` is the text of ``before``, typed on: both begin, or both end, with the same words."""
    first, last = (before[:2], now[:2]), (before[-2:], now[-2:])
    return any(old and [one.text for one in old] == [one.text for one in new] for old, new in (first, last))
