"""A page's sentences: symbols in their hues and underlined, terms of the glossary with dots below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.stepper import Stepper, Stop
from app.explain.symbols import SYMBOLS
from app.explain.texts import Paragraph, SymbolRef, TermRef, Words
from app.panel import Look
from app.theme import Theme

_LINE_HEIGHT: Final = 128.0
"""Of a line, in hundredths of the letters' own."""

_HAIR_SPACE: Final = "\u200a"
"""After a symbol, whose slanted letter would else touch the next word."""


class Prose(Stepper):
    """Draws paragraphs as wide as it is."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._spans: list[tuple[int, int]] = []
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """What is written, as plain text."""
        return self._document.toPlainText().replace(_HAIR_SPACE, "")

    def show_prose(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Write ``paragraphs``."""
        self._paragraphs = paragraphs
        pieces = [piece for paragraph in paragraphs for piece in paragraph]
        self.set_stops(
            [
                Stop(symbol=piece.symbol) if isinstance(piece, SymbolRef) else Stop(term=piece.term)
                for piece in pieces
                if not isinstance(piece, Words)
            ]
        )
        self._write()
        self.updateGeometry()

    def stop_at(self, place: QPoint) -> int:
        """Return the number of the stop at ``place``, or −1."""
        position = self._document.documentLayout().hitTest(QPointF(place), Qt.HitTestAccuracy.ExactHit)
        return next((at for at, (start, end) in enumerate(self._spans) if start <= position < end), -1)

    def place_of(self, stop: int) -> QRect:
        """Return where the stop of that number is; of one that is broken, its first line."""
        start, end = self._spans[stop]
        block = self._document.findBlock(start)
        corner = self._document.documentLayout().blockBoundingRect(block).topLeft()
        layout, first = block.layout(), start - block.position()
        line = layout.lineForTextPosition(first)
        last = min(end - block.position(), line.textStart() + line.textLength())
        left, right = (line.cursorToX(position)[0] for position in (first, last))  # type: ignore[index]
        place = QRect(round(left), round(line.y()), round(right - left), round(line.height()))
        return place.translated(corner.toPoint())

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all words in ``width``."""
        measured = self._document.clone()
        measured.setTextWidth(width)
        height = round(measured.size().height() + 0.5)
        measured.deleteLater()
        return height

    def sizeHint(self) -> QSize:
        """As wide as it is, as high as it needs."""
        return QSize(self.look.scale.em(16), self.heightForWidth(max(self.width(), self.look.scale.em(8))))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(self.look.scale.em(4), self.look.scale.line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        self._document.setTextWidth(self.width())
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write."""
        painter = QPainter(self)
        self._document.documentLayout().draw(painter, QAbstractTextDocumentLayout.PaintContext())
        self.draw_focus(painter)
        painter.end()

    def _restyle(self, _theme: Theme) -> None:
        self._write()
        self.updateGeometry()

    def _show_lit(self) -> None:
        self._write()  # the letters keep their size, so nothing moves

    def _write(self) -> None:
        """Write all anew: some hundred words, less than a millisecond."""
        self._document.clear()
        self._document.setDefaultFont(self.look.scale.font())
        self._spans = []
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()  # laid out once, at its end
        for number, paragraph in enumerate(self._paragraphs):
            shape = QTextBlockFormat()
            shape.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if number:
                shape.setTopMargin(self.look.scale.em(0.5))
                cursor.insertBlock(shape)
            else:
                cursor.setBlockFormat(shape)
            for piece in paragraph:
                start = cursor.position()
                if isinstance(piece, SymbolRef):
                    self._write_symbol(cursor, piece)
                elif isinstance(piece, TermRef):
                    cursor.insertText(piece.text, self._term_format())
                else:
                    cursor.insertText(piece.text, self._word_format())
                if not isinstance(piece, Words):
                    self._spans.append((start, cursor.position()))
                if isinstance(piece, SymbolRef):
                    cursor.insertText(_HAIR_SPACE, self._word_format())
        cursor.endEditBlock()
        self._document.setTextWidth(self.width())
        self.update()

    def _write_symbol(self, cursor: QTextCursor, piece: SymbolRef) -> None:
        symbol, theme = SYMBOLS[piece.symbol], self.look.theme.theme
        hue = symbol.colour(theme.colours)
        letters = QTextCharFormat()
        letters.setFont(self.look.scale.font(bold=True))
        letters.setFontUnderline(True)
        letters.setFontItalic(len(symbol.glyph) == 1)
        letters.setForeground(QColor(hue))
        if piece.symbol == self.lit:
            letters.setBackground(QColor(hue))
            letters.setForeground(QColor(theme.ink_on(hue)))
        cursor.insertText(symbol.glyph, letters)
        if symbol.index:
            letters.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
            cursor.insertText(symbol.index, letters)

    def _word_format(self) -> QTextCharFormat:
        words = QTextCharFormat()
        words.setForeground(QColor(self.look.theme.theme.colours.text))
        return words

    def _term_format(self) -> QTextCharFormat:
        words = self._word_format()
        words.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        words.setUnderlineColor(QColor(self.look.theme.theme.colours.muted))
        return words
