"""The picture of the page: a column a method, its nearest words, and a line among them that can be moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.explain.links import SymbolLinks
from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.ask.column import Column
from app.synonyms.ask.painter import ColumnPainter, two_places
from app.synonyms.ask.places import Places
from app.synonyms.relation_style import RELATION_LOOKS
from app.theme import Theme
from app.widgets.plain import plain_tip
from core.language import _, listed
from core.visible import visible

Cell = tuple[int, int]
"""A column and a row."""


class NeighbourColumns(Panel):
    """Words to click, and a line in each column to drag.

    Attributes:
        current: the cell that the keyboard is on.

    Signals:
        asked: a word is to be asked.
        why_asked: it is to be said why a method puts a word beside the one that is asked; both names.
        line_moved: method, and how many words are wanted above its line.
        moved: the keyboard's cell is another.
    """

    asked = Signal(str)
    why_asked = Signal(str, str)
    line_moved = Signal(str, int)
    moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._columns: tuple[Column, ...] = ()
        self._top = 0
        self._hovered: Cell = (-1, -1)
        self._dragged = -1
        self.current: Cell = (0, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(self, stage=True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._retranslate()

    @property
    def places(self) -> Places:
        """Where everything stands now."""
        return Places(self.look.scale, self.width(), len(self._columns), self._top)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown."""
        return self._columns

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show ``columns``."""
        self._columns = tuple(columns)
        self._retranslate()
        self.updateGeometry()

    def scroll_to(self, top: int) -> None:
        """Keep the heads in sight while the rows are scrolled by ``top`` pixels."""
        self._top = top
        self.update()

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let neighbours, their cosines, lines and figures stand for their symbols."""
        links.add("v_word", self, self._rows_rects, points=False)
        links.add("cos", self, lambda: self._rows_rects("cosine"), points=False)
        links.add("tau", self, self._line_rects, points=False)
        links.add("P", self, self._figure_rects, points=False)
        links.add("recall", self, lambda: self._figure_rects(right=True), points=False)
        links.watch(self, self._symbol_at)

    def _rows_rects(self, method: str = "") -> list[QRectF]:
        """Return where the neighbours stand that can be seen, of one method or of all."""
        places, seen = self.places, QRectF(self.visibleRegion().boundingRect())
        seen.setTop(max(seen.top(), places.head(0).bottom()))
        rects = (
            places.row(n, 0).united(places.row(n, len(column.rows) - 1))
            for n, column in enumerate(self._columns)
            if column.rows and method in ("", column.method)
        )
        return [rect & seen for rect in rects]

    def _line_rects(self) -> list[QRectF]:
        em, places = self.look.scale.em, self.places
        found = []
        for n, column in enumerate(self._columns):
            rect = places.row(n, column.above)
            line = QRectF(rect.left(), rect.top() - em(0.5), rect.width(), em(1))
            if column.rows and places.has_line_in_sight(n, column.above):
                found.append(line)
        return found

    def _figure_rects(self, *, right: bool = False) -> list[QRectF]:
        em, places = self.look.scale.em, self.places
        found = []
        for n, column in enumerate(self._columns):
            if column.rows:
                head = places.head(n)
                half = QRectF(head.left(), head.bottom() - em(1.5), head.width() / 2, em(1.25))
                found.append(half.translated(head.width() / 2, 0) if right else half)
        return found

    def _symbol_at(self, place: QPointF) -> str:
        for symbol, rects in (
            ("tau", self._line_rects()), ("P", self._figure_rects()), ("recall", self._figure_rects(right=True)),
            ("v_word", self._rows_rects()),
        ):  # fmt: skip
            if any(rect.contains(place) for rect in rects):
                return symbol
        return ""

    def sizeHint(self) -> QSize:
        """Room for the longest column."""
        places = self.places
        rows = max((len(column.rows) for column in self._columns), default=0)
        return QSize(places.least_width, places.height(max(rows, 4)))

    def minimumSizeHint(self) -> QSize:
        """The same: what has no room is scrolled."""
        return self.sizeHint()

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Neighbours by method"))
        told = []
        for column in self._columns:
            words = listed(f"{row.near.word} {two_places(row.shown)}" for row in column.rows[: column.above])
            told.append(f"{column.title}: {words or column.waiting or '–'}")
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint rows, the heads over what is scrolled under them, and the lines that are not."""
        painter = QPainter(self)
        brush = ColumnPainter(painter, self.look, self.places)
        seen = self.visibleRegion().boundingRect()
        for number, column in enumerate(self._columns):
            if not column.rows:
                brush.paint_waiting(number, column)
            for at, row in enumerate(column.rows):
                if self.places.row(number, at).intersects(seen):
                    brush.paint_row(
                        number, at, row, above=at < column.above, hovered=self._hovered == (number, at),
                        current=self.hasFocus() and self.current == (number, at),
                    )  # fmt: skip
        for number, column in enumerate(self._columns):
            brush.paint_head(number, column)
            if column.rows and self.places.has_line_in_sight(number, column.above):
                brush.paint_line(number, column.above, column.threshold)
        painter.end()

    # The mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a line, or light the word under the mouse."""
        if self._dragged >= 0:
            self._drag_to(event.position())
            return
        self._hover(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a line, or ask a word."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = event.position()
        column = self.places.column_at(place)
        if column >= 0 and self._has_line_at(column, place):
            self._dragged = column
            return
        cell = self._cell_at(place)
        if cell is None:
            return
        self._enter(cell)
        if self.places.why(*cell).contains(place):
            self.ask_why()
        else:
            self.asked.emit(self._columns[cell[0]].rows[cell[1]].near.word)

    def ask_why(self) -> None:
        """Let it be said why the method puts the current word where it does."""
        column, row = self.current
        if column < len(self._columns) and row < len(self._columns[column].rows):
            self.why_asked.emit(self._columns[column].method, self._columns[column].rows[row].near.word)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the line go."""
        self._dragged = -1

    def leaveEvent(self, _event: QEvent) -> None:
        """Light nothing."""
        self._hovered = (-1, -1)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what a word is, where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(QPointF(self.mapFromGlobal(self.cursor().pos())))
            text = "" if cell is None else plain_tip(self._tip(cell))
            QToolTip.showText(self.cursor().pos(), text, self)
            return True
        return super().event(event)

    def _tip(self, cell: Cell) -> str:
        column, row = self._columns[cell[0]], self._columns[cell[0]].rows[cell[1]]
        said = _(RELATION_LOOKS[row.relation].word)
        by = _("said in the store") if row.by_store else _("by the dictionaries")
        rank = "–" if row.near.rank is None else f"{row.near.rank:,}"
        lines = (
            f"{visible(row.near.word)}   {column.title} {row.shown:.3f}",
            f"{said}, {by}",
            _("frequency rank {rank}").format(rank=rank),
            _("Click to ask this word; the question mark says why it stands here."),
        )
        return "\n".join(lines)

    def _hover(self, place: QPointF) -> None:
        column = self.places.column_at(place)
        on_line = column >= 0 and self._has_line_at(column, place)
        cell = None if on_line else self._cell_at(place)
        shape = Qt.CursorShape
        self.setCursor(
            shape.SizeVerCursor if on_line else shape.PointingHandCursor if cell is not None else shape.ArrowCursor
        )
        hovered = (-1, -1) if cell is None else cell
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def _has_line_at(self, column: int, place: QPointF) -> bool:
        shown = self._columns[column]
        seen = bool(shown.rows) and self.places.has_line_in_sight(column, shown.above)
        return seen and self.places.is_on_line(place, column, shown.above)

    def _drag_to(self, place: QPointF) -> None:
        column = self._columns[self._dragged]
        self.line_moved.emit(column.method, min(self.places.rows_above(place.y()), len(column.rows)))

    def _cell_at(self, place: QPointF) -> Cell | None:
        column, row = self.places.column_at(place), self.places.row_at(place)
        if column < 0 or not 0 <= row < len(self._columns[column].rows):
            return None
        return column, row

    # The keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over the words; Enter asks one, Ctrl with an arrow moves the column's line."""
        key, steps = event.key(), {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Left: (-1, 0),
                                   Qt.Key.Key_Right: (1, 0)}  # fmt: skip
        column, row = self.current
        shown = self._columns[column] if column < len(self._columns) else None
        if key in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier and shown is not None:
            self.line_moved.emit(shown.method, max(0, shown.above + steps[Qt.Key(key)][1]))
        elif key in steps:
            across, down = steps[Qt.Key(key)]
            self._enter((column + across, row + down))
        elif shown is not None and row < len(shown.rows) and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit(shown.rows[row].near.word)
        else:
            super().keyPressEvent(event)

    def _enter(self, cell: Cell) -> None:
        column = max(0, min(cell[0], len(self._columns) - 1))
        rows = len(self._columns[column].rows) if self._columns else 0
        self.current = column, max(0, min(cell[1], rows - 1))
        self.moved.emit()
        self.update()

    def rect_of_current(self) -> QRectF:
        """Return where the keyboard's cell stands, with the room of the head above it."""
        rect = self.places.row(*self.current)
        return rect.adjusted(0, -self.places.head_height, 0, self.look.scale.em(0.5))
