"""A few lines of text with words marked in it: example sentences, glosses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.scale import TypeSize
from app.theme import Theme

MarkKind = Literal["one", "two", "bold"]
"""First word of the pair (solid underline), second word (dashed underline), or only bold."""


_MIXED: Final = "g国"
_WIDE: Final = 10_000
"""Pixels: wider than any text on the card."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``end`` (excluded) of a text, and how they are marked."""

    start: int
    end: int
    kind: MarkKind


class MarkedText(Panel):
    """Text that wraps, with marks. With ``lines`` it always has room for so many and leaves out what is beyond."""

    def __init__(
        self, look: Look, *, lines: int | None = None, size: TypeSize = "body", parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._lines, self._size = lines, size
        self._text = ""
        self._marks: tuple[Mark, ...] = ()
        self._muted = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(lines is None)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def show_text(self, text: str, marks: tuple[Mark, ...] = (), *, muted: bool = False) -> None:
        """Show ``text`` with ``marks``; ``muted`` for words that only say that there is nothing."""
        self._text, self._marks, self._muted = text, marks, muted
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Only where the number of lines is free."""
        return self._lines is None

    def heightForWidth(self, width: int) -> int:
        """Return the height that the text needs at ``width``."""
        return round(sum(height for _from, _length, height in self._broken(self._layout(), width)))

    def sizeHint(self) -> QSize:
        """As tall as the lines it has room for."""
        wide = max(self.width(), self.look.scale.em(8))
        tall = self.heightForWidth(wide) if self._lines is None else ceil(self._lines * self._line_height())
        return QSize(self.look.scale.em(8), tall)

    def minimumSizeHint(self) -> QSize:
        """As tall as the hint, and narrow: the text wraps."""
        return QSize(self.look.scale.em(4), self.sizeHint().height())

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another number of lines."""
        super().resizeEvent(event)
        if self._lines is None and event.oldSize().width() != self.width():
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines there is room for."""
        painter = QPainter(self)
        painter.setFont(self._font())
        colours = self.look.theme.theme.colours
        painter.setPen(QColor(colours.muted if self._muted else colours.text))
        layout = self._layout()
        lines = list(self._broken(layout, self.width()))
        shown = lines if self._lines is None else lines[: self._lines]
        if len(shown) < len(lines):  # the last line that fits ends in an ellipsis
            kept = sum(height for _from, _length, height in shown[:-1])
            self._draw(painter, layout, shown[:-1])
            first = shown[-1][0]
            rest = self._text.encode("utf-16-le")[2 * first :].decode("utf-16-le")
            rest = QFontMetricsF(self._font()).elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, kept, self.width(), self._line_height()), Qt.AlignmentFlag.AlignLeft, rest)
        else:
            self._draw(painter, layout, shown)
        painter.end()

    def _draw(self, painter: QPainter, layout: QTextLayout, lines: list[tuple[int, int, float]]) -> None:
        for index in range(len(lines)):
            layout.lineAt(index).draw(painter, QPointF(0, 0))

    def _font(self) -> QFont:
        return tabular(self.look.scale.font(self._size))

    def _line_height(self) -> float:
        """Return the height of a line of Latin and hanzi: where two faces mix, it is more than either says."""
        layout = QTextLayout(_MIXED, self._font())
        ((_start, _length, height),) = self._broken(layout, _WIDE)
        return height

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self._text, self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        ranges = []
        for mark in self._marks:
            one = QTextLayout.FormatRange()
            one.start, one.format = _units(self._text[: mark.start]), self._format(mark.kind)
            one.length = _units(self._text[mark.start : mark.end])
            ranges.append(one)
        layout.setFormats(ranges)
        return layout

    def _format(self, kind: MarkKind) -> QTextCharFormat:
        colours = self.look.theme.theme.colours
        made = QTextCharFormat()
        made.setFontWeight(QFont.Weight.Bold)
        if kind != "bold":
            made.setBackground(QColor(colours.selection))
            underline = QTextCharFormat.UnderlineStyle
            made.setUnderlineStyle(underline.SingleUnderline if kind == "one" else underline.DashUnderline)
            made.setUnderlineColor(QColor(colours.text))
        return made

    def _broken(self, layout: QTextLayout, width: int) -> Iterator[tuple[int, int, float]]:
        """Break ``layout`` into lines of ``width`` and yield first character, length and height of each."""
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, top))
            top += line.height()
            yield line.textStart(), line.textLength(), line.height()
        layout.endLayout()


def _units(text: str) -> int:
    """Return the length of ``text`` as Qt counts it: the rarest hanzi count twice."""
    return len(text.encode("utf-16-le")) // 2
