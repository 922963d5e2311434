"""Paints rows of the table as a whole, to the pixel as Qt paints them cell by cell.

Qt asks the model seven questions for each cell and reads the style sheet as often: three quarters of a picture's time
while the table is dragged. Here the model is asked once for a row, and the style once for where a column's words and
sign stand. Whatever is more than plain words on plain ground is left to Qt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

_PLAIN: Final = re.compile(
    r"[ -~\u00a1-\u02af\u2010-\u2027\u2212\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60]*"
)
"""Letters that stand one after the other from left to right, as they come."""
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WIDTHS_KEPT: Final = 4096
_WIDEST: Final = 1.5
"""Widths of a hanzi that no plain letter exceeds ("Ǆ" has 1.42): what is short enough by it need not be measured."""


class Cell(NamedTuple):
    """What a cell shows.

    Attributes:
        text: its words; empty for none.
        icon: the sign before them.
        colour: of the words; None for the usual one.
        is_right: the words end at the right edge.
    """

    text: str
    icon: QIcon | None
    colour: QColor | None
    is_right: bool


NOTHING: Final = Cell("", None, None, False)


class _Place(NamedTuple):
    """Where a column's words begin and how wide they may be, and where its sign stands, the row's top being 0."""

    left: int
    width: int
    sign: QRect


@dataclass(slots=True)
class Measures:
    """What is measured once for many pictures.

    Attributes:
        of: the font, the height of rows, and where each column begins and how wide it is: for others, all is forgotten.
        widths: how wide texts are.
        places: where words and sign of a column stand, with a sign and without.
    """

    of: tuple[QFont, int, list[tuple[int, int]]] | None = None
    widths: dict[str, float] = field(default_factory=dict)
    places: dict[tuple[int, bool], _Place] = field(default_factory=dict)


class RowPainter:
    """Paints the plain rows of one picture of one view."""

    def __init__(self, view: QTableView, painter: QPainter, measures: Measures) -> None:
        """Begin a picture.

        Args:
            view: whose rows are painted.
            painter: on its viewport.
            measures: of the picture before.
        """
        self._view = view
        self._painter = painter
        self._measures = measures
        font, header = QFont(view.font()), view.horizontalHeader()
        self._height = view.verticalHeader().defaultSectionSize()
        of = font, self._height, [(view.columnViewportPosition(n), view.columnWidth(n)) for n in range(header.count())]
        if measures.of != of:
            measures.of = of
            measures.widths.clear()
            measures.places.clear()
        painter.setFont(font)
        self._metrics = QFontMetricsF(font)
        self._widest = _WIDEST * self._metrics.horizontalAdvance("永")
        self._baseline = int((self._height - int(self._metrics.height())) / 2 + self._metrics.ascent())
        self._hidden = frozenset(n for n in range(header.count()) if view.isColumnHidden(n))
        self._left, self._wide = -header.offset(), header.length()
        group = QPalette.ColorGroup.Active if view.isActiveWindow() else QPalette.ColorGroup.Inactive
        self._ink = view.palette().color(group, QPalette.ColorRole.Text)
        self._stripe = view.palette().color(group, QPalette.ColorRole.AlternateBase)

    def paint(self, row: int, top: int, cells: Sequence[Cell]) -> bool:
        """Paint one row, if it is plain, and return whether it was.

        Args:
            row: its number.
            top: where it begins on the viewport.
            cells: what its columns show.
        """
        seen = ((at, cell) for at, cell in enumerate(cells) if cell is not NOTHING and at not in self._hidden)
        drawn = [(cell, self._place(row, at, cell)) for at, cell in seen]
        if not all(self._fits(cell.text, place) for cell, place in drawn):
            return False
        if row & 1:
            self._painter.fillRect(self._left, top, self._wide, self._height, self._stripe)
        for cell, place in drawn:
            if cell.icon is not None:
                cell.icon.paint(self._painter, place.sign.translated(0, top))
            if cell.text:
                self._painter.setPen(cell.colour or self._ink)
                self._write(cell, place, top)
        return True

    def _write(self, cell: Cell, place: _Place, top: int) -> None:
        left = place.left
        if cell.is_right:
            left += place.width - int(self._width_of(cell.text))
        if cell.text.isascii():  # of the first family, which alone decides how high such a line is
            self._painter.drawText(left, top + self._baseline, cell.text)
        else:
            # Qt aligns rows in whole pixels: of an odd room, the larger half lies below.
            where = QRectF(left, top - 0.25, place.left + place.width - left, self._height)
            self._painter.drawText(where, _LEFT, cell.text)

    def _fits(self, text: str, place: _Place) -> bool:
        if not text:
            return True
        has_room = len(text) * self._widest <= place.width or self._width_of(text) <= place.width
        return has_room and _PLAIN.fullmatch(text) is not None

    def _width_of(self, text: str) -> float:
        widths = self._measures.widths
        width = widths.get(text)
        if width is None:
            if len(widths) >= _WIDTHS_KEPT:
                widths.clear()
            width = widths[text] = self._metrics.horizontalAdvance(text)
        return width

    def _place(self, row: int, column: int, cell: Cell) -> _Place:
        """Return where the style puts the words and the sign of a column, until the columns are others."""
        places, known = self._measures.places, (column, cell.icon is not None)
        if known not in places:
            view, option = self._view, QStyleOptionViewItem()
            view.initViewItemOption(option)
            delegate = view.itemDelegate()
            assert isinstance(delegate, QStyledItemDelegate)  # as every view has it
            delegate.initStyleOption(option, view.model().index(row, column))
            option.rect = QRect(view.columnViewportPosition(column), 0, view.columnWidth(column), self._height)
            style, parts = view.style(), QStyle.SubElement
            margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, view) + 1
            words = style.subElementRect(parts.SE_ItemViewItemText, option, view)
            places[known] = _Place(
                words.left() + margin,
                words.width() - 2 * margin,
                style.subElementRect(parts.SE_ItemViewItemDecoration, option, view),
            )
        return places[known]
