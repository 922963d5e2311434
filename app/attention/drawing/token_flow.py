"""A typed text laid out in lines, token by token, with everything between the tokens kept as it was typed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from app.attention.drawing.labels import written
from core.attention.bidi import is_right_to_left, isolated
from core.attention.results import Token

_WIDTHS: Final = 8
"""Widths whose heights are remembered: a window is laid out for two or three."""
_AIR: Final = 0.06
"""How far a token's room reaches into blanks beside it, in heights of a line."""
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on one line.

    Attributes:
        text: what is written.
        token: index of the token, or None between tokens.
        breaks: a new line begins before it.
        apart: it isn't typed text, and keeps to itself where the text runs from right to left.
        shared: nothing more is written: the token stands for (a part of) what the one before it wrote.
    """

    text: str
    token: int | None
    breaks: bool = False
    apart: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A token, or as much of it as stands on one line, and where that lies."""

    token: int
    room: QRectF


Span = tuple[int | None, int, int]
"""A token, or None for what stands between tokens, and its first place and one past its last, as Qt counts."""


class Line:
    """One line. Where its tokens lie is found out when it is asked for: of a long text few lines are ever in sight.

    Attributes:
        room: where it lies.
        words: what draws it.
    """

    def __init__(self, layout: QTextLayout, words: QTextLine, room: QRectF, spans: Sequence[Span]) -> None:
        self.room, self.words = room, words
        self._spans = spans
        self._layout = layout  # a line of Qt's lives no longer than its layout

    @property
    def has_others(self) -> bool:
        """Whether something between tokens stands on it too."""
        return any(token is None for token, _start, _end in self._spans)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Its tokens in reading order; those that share a stretch have a slice of it each."""
        first = self.words.textStart()
        last = first + self.words.textLength()
        found = []
        for (start, end), group in groupby(self._spans, key=itemgetter(1, 2)):
            sharing = [token for token, _start, _end in group if token is not None]
            begin, length = max(first, start), min(last, end) - max(first, start)
            glyphs = self.words.glyphRuns(begin, length) if sharing else []
            if glyphs:
                left = min(one.boundingRect().left() for one in glyphs)
                wide = (max(one.boundingRect().right() for one in glyphs) - left) / len(sharing)
                ordered = sharing[::-1] if glyphs[0].isRightToLeft() else sharing
                for token in sharing:
                    x = left + ordered.index(token) * wide
                    found.append(Placed(token, QRectF(x, self.room.top(), wide, self.room.height())))
        return tuple(_aired(found, self.room.height() * _AIR))


def runs(tokens: Sequence[Token], texts: Sequence[str]) -> Iterator[Run]:
    """Yield the sentences of ``tokens`` in reading order, tokens and what stands between them.

    Args:
        tokens: units of one or two sentences.
        texts: the sentences as typed.
    """
    at = 0
    sentence = tokens[0].sentence if tokens else 0
    begin = False
    for index, token in enumerate(tokens):
        if token.sentence != sentence:
            yield from _between(texts[sentence][at:] if sentence < len(texts) else "")
            at, sentence, begin = 0, token.sentence, True
        if token.special:
            yield Run(token.label, index, breaks=begin, apart=True)
            begin = False
            continue
        text = texts[sentence] if sentence < len(texts) else ""
        for between in _between(text[at : token.start]):
            yield Run(between.text, None, between.breaks or begin)
            begin = False
        if token.start < token.end <= at:
            yield Run("", index, shared=True)
            continue
        typed = text[max(at, token.start) : token.end]
        is_seen = typed.isprintable() and bool(typed.strip())
        yield Run(typed if is_seen else written(token), index, breaks=begin, apart=not is_seen)
        begin = False
        at = max(at, token.end)
    if sentence < len(texts):
        yield from _between(texts[sentence][at:])


def _between(text: str) -> Iterator[Run]:
    for number, line in enumerate(text.replace("\r", "\n").split("\n")):
        shown = "".join(char if char.isprintable() else " " for char in line)
        if shown or number:
            yield Run(shown, None, breaks=number > 0)


class Flow:
    """Sentences shaped once and broken into lines at any width.

    Qt's own layout does what scripts need: words of right-to-left scripts run from the right, Arabic letters join,
    and lines break where a language breaks them.
    """

    def __init__(self, given: Iterable[Run], font: QFont, leading: float) -> None:
        """Shape ``given``.

        Args:
            given: what is written.
            font: its type.
            leading: height of a line, in heights of the type.
        """
        metrics = QFontMetricsF(font)
        self._line = metrics.height() * leading
        self._base = (self._line - metrics.height()) / 2 + metrics.ascent()
        self._paragraphs: list[_Paragraph] = []
        part: list[Run] = []
        for run in given:
            if run.breaks and part:
                self._paragraphs.append(_Paragraph(part, font))
                part = []
            part.append(run)
        self._paragraphs.append(_Paragraph(part, font))
        self._heights: dict[int, float] = {}
        self._width: int | None = None
        self._lines: tuple[Line, ...] | None = None

    @property
    def line_height(self) -> float:
        """Height of a line."""
        return self._line

    def height(self, width: int) -> float:
        """Return the height of all lines when none is wider than ``width`` pixels."""
        if width not in self._heights:
            if len(self._heights) >= _WIDTHS:
                self._heights.clear()
            self._break(width)
        return self._heights[width]

    def lines(self, width: int) -> tuple[Line, ...]:
        """Return the lines, none wider than ``width``; they last until another width is asked for."""
        if width != self._width:
            self._break(width)
        if self._lines is None:
            self._lines = tuple(line for paragraph in self._paragraphs for line in paragraph.lines(self._line))
        return self._lines

    def dye(self, inks: Mapping[int | None, QColor]) -> None:
        """Give each token (None: what stands between) an ink of its own; without ``inks`` the pen's colour counts.

        For surfaces that can't be clipped: all lines are broken anew.
        """
        for paragraph in self._paragraphs:
            paragraph.dye(inks)
        if self._width is not None:
            self._break(self._width)

    def _break(self, width: int) -> None:
        top = 0.0
        for paragraph in self._paragraphs:
            top = paragraph.break_lines(width, top, self._line, self._base)
        self._heights[width] = top
        self._width, self._lines = width, None


class _Paragraph:
    """What stands between two forced ends of a line."""

    def __init__(self, given: Sequence[Run], font: QFont) -> None:
        typed = "".join(run.text for run in given if not run.apart)
        turns, backwards = isolated(typed) != typed, is_right_to_left(typed)
        text = ""
        at = 0
        self._spans: list[Span] = []
        for run in given:
            if run.shared:
                self._spans.append((run.token, *self._spans[-1][1:]))
                continue
            fences = (_ISOLATE, _END) if turns and run.apart else ("", "")
            start = at + len(fences[0])
            end = start + _units(run.text)
            if run.token is not None or run.text.strip():
                self._spans.append((run.token, start, end))
            text += fences[0] + run.text + fences[1]
            at = end + len(fences[1])
        option = QTextOption(Qt.AlignmentFlag.AlignRight if backwards else Qt.AlignmentFlag.AlignLeft)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if backwards else Qt.LayoutDirection.LeftToRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout = QTextLayout(text, font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)  # another width costs a sixth of the first one
        self._above = 0.0

    def break_lines(self, width: int, top: float, height: float, base: float) -> float:
        """Break lines at ``width`` from ``top`` on, with the type's foot ``base`` below each; return where they end."""
        self._above = base
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width - 2 * height * _AIR))
            line.setPosition(QPointF(height * _AIR, top + base - line.ascent()))
            top += height
        self._layout.endLayout()
        return top

    def lines(self, height: float) -> Iterator[Line]:
        """Yield the lines as they were broken."""
        starts = [start for _token, start, _end in self._spans]
        ends = [end for _token, _start, end in self._spans]
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            first = line.textStart()
            room = QRectF(0, line.y() + line.ascent() - self._above, line.width() + 2 * height * _AIR, height)
            begin, end = bisect_right(ends, first), bisect_left(starts, first + line.textLength())
            yield Line(self._layout, line, room, self._spans[begin:end])

    def dye(self, inks: Mapping[int | None, QColor]) -> None:
        """Set each span's own ink, or take them back."""
        formats = []
        for token, start, end in self._spans if inks else ():
            one, ink = QTextLayout.FormatRange(), QTextCharFormat()
            ink.setForeground(inks[token])
            one.start, one.length, one.format = start, end - start, ink
            formats.append(one)
        self._layout.setFormats(formats)


def _aired(placed: Sequence[Placed], air: float) -> Iterator[Placed]:
    """Yield tokens with up to ``air`` pixels of the blanks to their left and right."""
    from_left = sorted(placed, key=lambda one: one.room.left())
    gaps = [2 * air, *(after.room.left() - one.room.right() for one, after in pairwise(from_left)), 2 * air]
    reach = [max(0.0, min(air, gap / 2)) for gap in gaps]
    beside = {id(one): (reach[place], reach[place + 1]) for place, one in enumerate(from_left)}
    for one in placed:
        left, right = beside[id(one)]
        yield Placed(one.token, one.room.adjusted(-left, 0, right, 0))


def _units(text: str) -> int:
    """Return how many of Qt's 16-bit units ``text`` takes."""
    return len(text) + sum(letter > "\uffff" for letter in text)
