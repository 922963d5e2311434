"""The text written twice with a line for each weight: what asks on one side, what is asked on the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.heatmap import MapContent
from app.attention.drawing.labels import written
from app.attention.pictures.kept_picture import KeptPicture
from app.attention.pictures.links_layout import LinksLayout, lay_out
from app.attention.selection import Cell, Selection, Sweep
from app.explain.links import SymbolLinks
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.weight_colours import colour
from core.language import N_, _

MOST_LINES: Final = 400
"""The strongest so many are drawn: more could not be told apart, and each takes a tenth of a millisecond."""
_FAINTEST: Final = 10
"""Intensities (of 255) below it are not drawn."""
_ASIDE: Final = 0.12
"""How much is left of the other lines while a token is picked."""


class LinksPicture(Panel):
    """Draws queries on one side and keys on the other: side by side, or one above the other where that fits better."""

    def __init__(
        self, look: Look, selection: Selection, parent: QWidget | None = None, *, most: int = MOST_LINES
    ) -> None:
        """Make an empty view.

        Args:
            look: colours and sizes.
            selection: what is pinned and under the mouse.
            parent: the widget it lies in.
            most: lines that are drawn.
        """
        super().__init__(look, parent)
        self._selection = selection
        self._most = most
        self._content: MapContent | None = None
        self._words: tuple[list[str], list[str]] = ([], [])
        self._names = (N_("query"), N_("key"))
        self._layout: LinksLayout | None = None
        self._lines = KeptPicture(self)
        self._swept = Sweep()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.bind_text(self.setAccessibleName, N_("The sentence twice, with a line for each weight"))
        selection.changed.connect(self._on_selection)
        selection.hovered.connect(self.update)

    def name_sides(self, first: str, second: str) -> None:
        """Call the two sides ``first`` and ``second``, marked with ``N_``."""
        self._names = (first, second)
        self._redraw()

    def link_symbols(self, links: SymbolLinks, sides: tuple[Sequence[str], Sequence[str]], lines: str) -> None:
        """Let the words of each side stand for symbols, the picked one or all; the mouse on them is on the first.

        Args:
            links: of the page.
            sides: the symbols of the one side and of the other.
            lines: the symbol of the lines between.
        """
        for side, symbols in enumerate(sides):
            for symbol in symbols:
                links.add(symbol, self, partial(self._words_of, side), points=False)
        links.add(lines, self, self._lines_between, points=False)

        def symbol_at(place: QPointF) -> str:
            here = self._cell_at(place)
            if here.row is not None:
                return sides[0][0]
            if here.column is not None:
                return sides[1][0]
            return lines if any(rect.contains(place) for rect in self._lines_between()) else ""

        links.watch(self, symbol_at)

    def _words_of(self, side: int) -> tuple[QRectF, ...]:
        count, shown = len(self._words[side]), self._selection.shown
        picked = shown.column if side else shown.row
        if not count:
            return ()
        layout, out = self._laid_out(), self.look.scale.em(0.25) * (1 if side else -1)
        words = layout.word(side, picked) if picked is not None and picked < count else layout.words(side, count)
        return (words.translated(0, out / 2) if layout.level else words.translated(out, 0),)  # air is on their inside

    def _lines_between(self) -> tuple[QRectF, ...]:
        return (self._laid_out().between(),) if all(self._words) else ()

    def show_map(self, content: MapContent | None) -> None:
        """Show ``content``; None shows nothing."""
        self._content = content
        tokens = (content.rows, content.columns) if content is not None else ((), ())
        self._words = ([written(token) for token in tokens[0]], [written(token) for token in tokens[1]])
        self._redraw()

    def sizeHint(self) -> QSize:
        """Room for a short sentence."""
        return QSize(self.look.scale.em(16), self.look.scale.em(12))

    def _restyle(self, _theme: Theme) -> None:
        self.setMinimumSize(self.look.scale.em(8), self.look.scale.em(5))
        self._redraw()

    def _retranslate(self) -> None:
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw for the new room."""
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the kept picture of all lines, then those of the picked token, then the words."""
        content = self._content
        if content is None or not content.intensities.size:
            return
        layout = self._laid_out()
        lines = self._lines.drawn(
            QColor(Qt.GlobalColor.transparent),
            lambda painter: self._draw_lines(painter, layout, content, self._chosen(content)),
        )
        painter = QPainter(self)
        painter.setOpacity(_ASIDE if self._selection.along is not None else 1.0)
        painter.drawPixmap(0, 0, lines)
        painter.setOpacity(1.0)
        self._draw_above(painter, layout, content)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw what is on screen onto any surface."""
        content = self._content
        if content is not None and content.intensities.size:
            layout = self._laid_out()
            painter.setOpacity(_ASIDE if self._selection.along is not None else 1.0)
            self._draw_lines(painter, layout, content, self._chosen(content))
            painter.setOpacity(1.0)
            self._draw_above(painter, layout, content)

    def _laid_out(self) -> LinksLayout:
        if self._layout is None:
            self._layout = lay_out(self._words, QSizeF(self.size()), self.look.scale, [_(name) for name in self._names])
        return self._layout

    def _draw_above(self, painter: QPainter, layout: LinksLayout, content: MapContent) -> None:
        """Draw the lines of the picked token, the words and the names of the sides."""
        along = self._selection.along
        if along is not None:
            mask = np.zeros(content.intensities.shape, bool)
            way, index = along
            if index < mask.shape[0 if way == "from" else 1]:
                mask[(index, slice(None)) if way == "from" else (slice(None), index)] = True
            self._draw_lines(painter, layout, content, mask, fading=0.7)
        for side, words in enumerate(self._words):
            self._write(painter, layout, side, words)
        self._write_names(painter, layout)

    def _chosen(self, content: MapContent) -> np.typing.NDArray[np.bool_]:
        """Return which lines are wanted: all, or those swept over."""
        sweep = self._selection.sweep
        mask = np.zeros(content.intensities.shape, bool)
        rows = slice(*sweep.rows) if sweep.rows else slice(None)
        mask[rows, slice(*sweep.columns) if sweep.columns else slice(None)] = True
        return mask

    def _draw_lines(
        self,
        painter: QPainter,
        layout: LinksLayout,
        content: MapContent,
        wanted: np.typing.NDArray[np.bool_],
        *,
        fading: float = 1.3,
    ) -> None:
        """Draw the strongest of the ``wanted`` lines, the weakest first; one colour, fainter and thinner with less.

        Args:
            painter: the surface.
            layout: where lines end.
            content: the map.
            wanted: (rows, columns) which lines.
            fading: how fast lines fade with their weight: above 1 where many cross, below 1 for the few picked.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, columns = np.nonzero(wanted & (content.intensities >= _FAINTEST))
        intensities = content.intensities[rows, columns]
        ink = QColor.fromRgb(colour(content.table, 0.55 if self.look.theme.theme.dark else 0.85))
        # Where many words share the side, lines are no thicker than the room of one.
        thick = min(float(self.look.scale.em(0.125)), max(0.5, 0.3 * min(side.slot for side in layout.sides)))
        for place in np.argsort(intensities, kind="stable")[-self._most :]:
            strength = float(intensities[place]) / 255
            ink.setAlphaF(0.05 + 0.95 * strength**fading)
            painter.setPen(QPen(ink, thick * (0.5 + strength)))
            painter.drawLine(QLineF(layout.end(0, int(rows[place])), layout.end(1, int(columns[place]))))

    def _write_names(self, painter: QPainter, layout: LinksLayout) -> None:
        """Name the two sides: over their words, or before them and on one foot with them."""
        words = QFontMetricsF(layout.font)
        painter.setFont(self.look.scale.font("caption"))
        painter.setPen(QColor(self.look.theme.theme.colours.muted))
        for side, name in enumerate(self._names):
            room = layout.name(side)
            if layout.level:
                foot = room.top() + words.ascent() if side == 0 else room.bottom() - words.descent()
                painter.drawText(QPointF(room.left(), foot), _(name))
            else:
                flag = Qt.AlignmentFlag.AlignLeft if side == 0 else Qt.AlignmentFlag.AlignRight
                painter.drawText(room, flag, _(name))

    def _write(self, painter: QPainter, layout: LinksLayout, side: int, words: list[str]) -> None:
        colours, one = self.look.theme.theme.colours, layout.sides[side]
        metrics, bold = QFontMetricsF(layout.font), QFont(layout.font)
        bold.setBold(True)
        pinned = self._selection.pinned.row if side == 0 else self._selection.pinned.column
        shown = self._selection.shown.row if side == 0 else self._selection.shown.column
        if layout.level:
            flag = Qt.AlignmentFlag.AlignHCenter
            flag |= Qt.AlignmentFlag.AlignTop if side == 0 else Qt.AlignmentFlag.AlignBottom
        else:
            flag = Qt.AlignmentFlag.AlignVCenter
            flag |= Qt.AlignmentFlag.AlignLeft if side == 0 else Qt.AlignmentFlag.AlignRight
        most = one.slot * one.every if layout.level else self.width() * 0.35
        for index, word in enumerate(words):
            marked = index in (pinned, shown)
            if index % one.every and not marked:
                continue
            painter.setFont(bold if marked else layout.font)
            painter.setPen(QColor(colours.focus if index == pinned else colours.text))
            text = metrics.elidedText(word, Qt.TextElideMode.ElideMiddle, max(most, metrics.height()) + 1)
            painter.drawText(
                layout.word(side, index), flag | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine, text
            )

    def _cell_at(self, point: QPointF) -> Cell:
        layout = self._laid_out()
        row, column = (layout.at(point, side, len(words)) for side, words in enumerate(self._words))
        return Cell(row=row) if row is not None else Cell(column=column)

    def _on_selection(self) -> None:
        """Draw all lines anew only where others are wanted: a pin is drawn above them."""
        if self._selection.sweep != self._swept:
            self._swept = self._selection.sweep
            self._lines.forget()
        self.update()

    def _redraw(self) -> None:
        self._lines.forget()
        self._layout = None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the lines of the word under the mouse."""
        self._selection.hover_over(self._cell_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pin the word that is clicked."""
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            if cell:
                self._selection.pin(cell)
            else:
                self._selection.clear()

    def leaveEvent(self, event: QEvent) -> None:
        """Show what is pinned again."""
        self._selection.hover_over(Cell())
        super().leaveEvent(event)
