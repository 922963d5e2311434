"""How columns of neighbours are painted."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app.fonts import tabular
from app.panel import Look
from app.synonyms.ask.column import Column, NearRow
from app.synonyms.ask.places import Places
from app.synonyms.relation_style import RELATION_LOOKS
from app.synonyms.verdict_style import draw_sign, text_colour_of
from core.language import _
from core.synonyms.asking.relations import Relation

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def two_places(score: float) -> str:
    """Return two places, with a minus as wide as a digit."""
    return f"{score:.2f}".replace("-", "−")


def share_words(share: float | None) -> str:
    """Return a share in per cent; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


class ColumnPainter:
    """Paints columns with one painter.

    Args:
        painter: already begun.
        look: colours and sizes.
        places: where everything stands.
    """

    def __init__(self, painter: QPainter, look: Look, places: Places) -> None:
        self._painter, self._look, self._places = painter, look, places
        self._colours = look.theme.theme.colours
        self._em = look.scale.em
        self._caption: QFont = tabular(look.scale.font("caption"))
        self._body: QFont = look.scale.font()
        self._number_room = QFontMetricsF(self._caption).horizontalAdvance("−0.00") + self._em(0.375)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint_row(self, column: int, number: int, row: NearRow, *, above: bool, hovered: bool, current: bool) -> None:
        """Paint a neighbour: its sign, the word, its score, and a rule as long as the score."""
        painter, em, colours = self._painter, self._em, self._colours
        place = self._places.row(column, number)
        if hovered or current:
            painter.fillRect(place, QColor(colours.selection if current else colours.hover))
        look = RELATION_LOOKS[row.relation]
        if row.relation is not Relation.UNKNOWN:
            painter.setOpacity(1.0 if above else 0.55)
            draw_sign(painter, self._places.sign(column, number), look, colours, self._body)
            painter.setOpacity(1.0)
        words = place.adjusted(em(1.625), 0, -self._number_room - em(0.25), 0)
        font = self._look.scale.font(bold=above and row.relation is Relation.SYNONYM)
        painter.setFont(font)
        ink = text_colour_of(look, colours) if row.relation is not Relation.UNKNOWN else colours.text
        painter.setPen(QColor(ink if above else colours.muted))
        text = QFontMetricsF(font).elidedText(row.near.word, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _LEFT, text)
        if row.by_store:
            self._underline(words, QFontMetricsF(font).horizontalAdvance(text), ink)
        if hovered or current:
            self._paint_why(self._places.why(column, number))
        painter.setFont(self._caption)
        painter.setPen(QColor(colours.muted))
        painter.drawText(place.adjusted(0, 0, -em(0.25), 0), _RIGHT, two_places(row.shown))
        length = (place.width() - em(1.625)) * max(0.0, min(1.0, row.shown))
        painter.fillRect(QRectF(place.left() + em(1.625), place.bottom() - 1, length, 1), QColor(colours.outline))

    def _paint_why(self, square: QRectF) -> None:
        """Paint the question mark that says why the word stands here."""
        painter, colours = self._painter, self._colours
        painter.setPen(QPen(QColor(colours.link), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawEllipse(square.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(self._caption)
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, "?")

    def _underline(self, words: QRectF, width: float, ink: str) -> None:
        """Mark what a person has said with dots below the word."""
        pen = QPen(QColor(ink), max(1.0, self._em(0.125)), Qt.PenStyle.DotLine)
        self._painter.setPen(pen)
        height = words.center().y() + self._em(0.5625)
        self._painter.drawLine(QPointF(words.left(), height), QPointF(words.left() + width, height))

    def paint_line(self, column: int, above: int, threshold: float | None) -> None:
        """Paint the line, with its score on a tag beside the scores."""
        painter, em, colours = self._painter, self._em, self._colours
        place = self._places.row(column, above)
        height = place.top()
        painter.setPen(QPen(QColor(colours.marker), max(2.0, em(0.125))))
        painter.drawLine(QPointF(place.left(), height), QPointF(place.right(), height))
        words = "" if threshold is None else two_places(threshold)
        font = tabular(self._look.scale.font("caption", bold=True))
        wide = max(em(1.5), QFontMetricsF(font).horizontalAdvance(words) + em(0.75))
        right = place.right() - self._number_room
        tag = QRectF(right - wide, height - em(0.5), wide, em(1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        painter.drawRoundedRect(tag, em(0.25), em(0.25))
        painter.setPen(QColor(colours.on_accent))
        if words:
            painter.setFont(font)
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
        else:
            for step in (-1, 0, 1):
                y = tag.center().y() + step * em(0.1875)
                painter.drawLine(QPointF(tag.left() + em(0.5), y), QPointF(tag.right() - em(0.5), y))

    def paint_head(self, number: int, column: Column) -> None:
        """Paint a column's title, what it has learnt from, and how many of each kind are above the line."""
        painter, em, colours = self._painter, self._em, self._colours
        place = self._places.head(number)
        painter.fillRect(place.adjusted(-em(0.5), 0, em(0.5), 0), QColor(colours.stage))
        line = QRectF(place.left(), place.top() + em(0.25), place.width(), em(1.375))
        self._write(line, column.title, self._look.scale.font(bold=True), colours.text)
        line.translate(0, em(1.25))
        self._write(line, origin_words(column.is_seen) if column.rows else "", self._caption, colours.muted)
        if column.rows:
            line.translate(0, em(1.25))
            self._counts(line, column)
            line.translate(0, em(1.25))
            self._figures(line, column)
        painter.fillRect(QRectF(place.left(), place.bottom() - 1, place.width(), 1), QColor(colours.border))

    def _counts(self, line: QRectF, column: Column) -> None:
        em, x = self._em, line.left()
        metrics = QFontMetricsF(self._caption)
        for relation, look in RELATION_LOOKS.items():
            count = column.counts[relation]
            if not count and relation is not Relation.SYNONYM:
                continue
            side = em(0.875)
            draw_sign(
                self._painter, QRectF(x, line.center().y() - side / 2, side, side), look, self._colours, self._body
            )
            x += side + em(0.25)
            words = str(count)
            self._write(QRectF(x, line.top(), em(4), line.height()), words, self._caption, self._colours.text)
            x += metrics.horizontalAdvance(words) + em(0.5)

    def _figures(self, line: QRectF, column: Column) -> None:
        """Write both figures with their names, or with their letters where a name has no room beside 100%.

        So all columns have names, or all have letters.
        """
        halves = figure_rects(line)
        names = _("precision {share}"), _("recall {share}")
        metrics = QFontMetricsF(self._caption)
        if any(
            metrics.horizontalAdvance(f"{name.format(share=share_words(1.0))} ") > halves[0].width() for name in names
        ):
            names = "P {share}", "R {share}"
        shares = share_words(column.precision), share_words(column.recall)
        words = [name.format(share=share) for name, share in zip(names, shares, strict=True)]
        for half, text in zip(halves, words, strict=True):
            self._write(half, text, self._caption, self._colours.text)

    def paint_waiting(self, number: int, column: Column) -> None:
        """Paint why a method has not answered yet, with a bar while it learns."""
        painter, em, colours = self._painter, self._em, self._colours
        place = self._places.row(number, 0)
        words = place.adjusted(0, em(0.25), 0, em(4))
        painter.setFont(self._caption)
        painter.setPen(QColor(colours.muted))
        wrapped = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, wrapped, column.waiting)
        if column.share is not None:
            bar = QRectF(place.left(), place.top() - em(0.5), place.width(), em(0.25))
            painter.fillRect(bar, QColor(colours.groove))
            bar.setWidth(bar.width() * max(0.0, min(1.0, column.share)))
            painter.fillRect(bar, QColor(colours.accent))

    def _write(self, line: QRectF, words: str, font: QFont, ink: str) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(ink))
        text = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        self._painter.drawText(line, _LEFT, text)


def figure_rects(line: QRectF) -> tuple[QRectF, QRectF]:
    """Return where precision and recall stand in a line of a head."""
    half = line.width() / 2
    return line.adjusted(0, 0, -half, 0), line.adjusted(half, 0, 0, 0)


def origin_words(is_seen: bool | None) -> str:
    """Say what a method knows of the word that is asked."""
    if is_seen is None:
        return _("learns from no pairs")
    return _("has learnt this word's pairs") if is_seen else _("has never met this word")
