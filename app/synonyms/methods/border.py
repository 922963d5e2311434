"""The pairs just above and just below the threshold: what is about to pass, or to be lost."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.ask.painter import two_places
from app.synonyms.methods.kinds import in_order, kind_look, kind_name
from app.synonyms.verdict_style import draw_sign, text_colour_of
from app.theme import Theme
from core.language import _
from core.synonyms.evaluation.results.ranking import Ranking
from core.synonyms.methods.registry import METHODS

_ROW = 1.375
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Border(Panel):
    """Counts of all kinds above the line, then as many pairs on either side of it as have room.

    Signals:
        asked: a pair was clicked; its words.
    """

    asked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._method = ""
        self._ranking: Ranking | None = None
        self._place = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._retranslate()

    def show_place(self, method: str, ranking: Ranking | None, place: int) -> None:
        """Show the pairs around a place of ``ranking``; None for nothing."""
        self._method, self._ranking, self._place = method, ranking, place
        self._retranslate()

    @property
    def rows(self) -> list[tuple[int, bool]]:
        """The rows of the test that are shown, and whether each is above the line."""
        if self._ranking is None:
            return []
        above, below = self._ranking.around(self._place, self._room)
        return [*((int(row), True) for row in above), *((int(row), False) for row in below)]

    @property
    def _room(self) -> int:
        """How many pairs have room on either side."""
        return max(1, int((self.height() - self._top) / self.look.scale.em(_ROW)) // 2)

    @property
    def _top(self) -> float:
        """Height of the counts."""
        return self.look.scale.em(1.5) * len(self._count_lines()) + self.look.scale.em(0.5)

    def sizeHint(self) -> QSize:
        """Some pairs on either side."""
        return QSize(self.look.scale.em(18), self.look.scale.em(12))

    def minimumSizeHint(self) -> QSize:
        """Two pairs on either side."""
        return QSize(self.look.scale.em(13), self.look.scale.em(8))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Pairs above and below the threshold"))
        self.setAccessibleDescription("; ".join(self._spoken(row, above=above) for row, above in self.rows))
        self.update()

    def _spoken(self, row: int, *, above: bool) -> str:
        assert self._ranking is not None
        test = self._ranking.test
        side = _("above") if above else _("below")
        return f"{side}: {test.pairs[row].word1} / {test.pairs[row].word2}, {kind_name(test.kinds[row])}"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint counts, pairs, and the line between them."""
        if self._ranking is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        self._paint_counts(painter)
        for number, (row, above) in enumerate(self.rows):
            self._paint_pair(painter, number, row, above=above)
        height = self.row_rect(sum(above for _row, above in self.rows)).top()
        painter.setPen(QPen(QColor(colours.marker), max(2.0, em(0.125))))
        painter.drawLine(QPointF(0, height), QPointF(self.width(), height))
        painter.end()

    def _count_lines(self) -> list[list[tuple[str, int]]]:
        """Return kinds with how many pairs of each are above the line, as they have room side by side."""
        if self._ranking is None:
            return []
        counts = self._ranking.kinds_above(self._place)
        metrics, em = QFontMetricsF(self.look.scale.font("caption")), self.look.scale.em
        lines: list[list[tuple[str, int]]] = []
        left = 0.0
        for kind in in_order(set(self._ranking.test.kinds)):
            wide = em(2.25) + metrics.horizontalAdvance(f"{counts[kind]:,} {kind_name(kind)}")
            if not lines or wide > left:
                lines.append([])
                left = self.width()
            lines[-1].append((kind, counts[kind]))
            left -= wide
        return lines

    def _paint_counts(self, painter: QPainter) -> None:
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        font = tabular(self.look.scale.font("caption"))
        metrics, side = QFontMetricsF(font), self.look.scale.em(0.875)
        for number, line in enumerate(self._count_lines()):
            x, middle = 0.0, em(1.5) * number + em(0.75)
            for kind, count in line:
                look = kind_look(kind, is_synonym=False)
                draw_sign(painter, QRectF(x, middle - side / 2, side, side), look, colours, font)
                words = f"{count:,} {kind_name(kind)}"
                painter.setFont(font)
                painter.setPen(QColor(colours.text))
                painter.drawText(QRectF(x + side + em(0.375), middle - em(0.75), self.width(), em(1.5)), _LEFT, words)
                x += em(2.25) + metrics.horizontalAdvance(words)

    def _paint_pair(self, painter: QPainter, number: int, row: int, *, above: bool) -> None:
        assert self._ranking is not None
        em, colours, test = self.look.scale.em, self.look.theme.theme.colours, self._ranking.test
        place, side = self.row_rect(number), em(1)
        is_synonym = bool(test.synonym[row])
        look = kind_look(test.kinds[row], is_synonym=is_synonym)
        painter.setOpacity(1.0 if above else 0.55)
        sign = QRectF(place.left(), place.center().y() - side / 2, side, side)
        draw_sign(painter, sign, look, colours, self.look.scale.font())
        painter.setOpacity(1.0)
        font = self.look.scale.font(bold=is_synonym and above)
        painter.setFont(font)
        painter.setPen(QColor(text_colour_of(look, colours) if above else colours.muted))
        one, other = test.pairs[row]
        caption = tabular(self.look.scale.font("caption"))
        number_room = QFontMetricsF(caption).horizontalAdvance("−00.00") + em(0.5)
        room = place.adjusted(em(1.5), 0, -number_room, 0)
        words = QFontMetricsF(font).elidedText(f"{one} / {other}", Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, words)
        painter.setFont(caption)
        painter.setPen(QColor(colours.muted))
        score = float(self._ranking.scores[self._rank_of(number)])
        painter.drawText(place, _RIGHT, two_places(METHODS[self._method].shown(score)))

    def _rank_of(self, number: int) -> int:
        assert self._ranking is not None
        end = int(self._ranking.places[self._place])
        return end - sum(above for _row, above in self.rows) + number

    def row_rect(self, number: int) -> QRectF:
        """Return where a pair stands, the first shown being 0."""
        height = self.look.scale.em(_ROW)
        return QRectF(0, self._top + number * height, self.width(), height)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a pair can be clicked."""
        shape = Qt.CursorShape
        self.setCursor(shape.ArrowCursor if self._row_at(event.position()) is None else shape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the pair that is clicked."""
        row = self._row_at(event.position())
        if row is not None and self._ranking is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(*self._ranking.test.pairs[row])

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is pointed at."""
        self.unsetCursor()

    def _row_at(self, place: QPointF) -> int | None:
        rows = self.rows
        number = int((place.y() - self._top) // self.look.scale.em(_ROW))
        return rows[number][0] if place.y() >= self._top and number < len(rows) else None
