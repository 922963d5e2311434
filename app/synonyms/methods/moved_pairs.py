"""Pairs that moved when a method learnt from labels: the old place, the new one, and the score before and after."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from core.language import _
from core.synonyms.retraining.config import Moved
from core.visible import visible

_ROW: Final = 1.75
_BAR: Final = (2.5, 5)
_BAR_SHARE: Final = 0.14
"""Least and greatest width of the bars, and their share of the list's."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MovedPairs(Panel):
    """A titled list; as many pairs as have room.

    Signals:
        asked: a pair was clicked; its words.
    """

    asked = Signal(str, str)

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        """Show nothing yet.

        Args:
            look: colours and sizes.
            title: what stands above, marked with ``N_``.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._title = title
        self.pairs: tuple[Moved, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._retranslate()

    def show_pairs(self, pairs: tuple[Moved, ...]) -> None:
        """Show ``pairs``, those that moved most first."""
        self.pairs = pairs
        self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(_(self._title))
        told = [f"{visible(each.word1)} / {visible(each.word2)} {_places(each)}" for each in self.pairs[:20]]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Some pairs."""
        return QSize(self.look.scale.em(20), self.look.scale.em(12))

    def minimumSizeHint(self) -> QSize:
        """Two pairs."""
        return QSize(self.look.scale.em(14), self.look.scale.em(6))

    def row_rect(self, number: int) -> QRectF:
        """Return where a pair stands."""
        em = self.look.scale.em
        return QRectF(0, em(1.75) + number * em(_ROW), self.width(), em(_ROW))

    def _seen(self) -> tuple[Moved, ...]:
        room = int((self.height() - self.row_rect(0).top()) / self.look.scale.em(_ROW))
        return self.pairs[: max(0, room)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint title and pairs."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self.look.theme.theme.colours
        painter.setFont(self.look.scale.font(bold=True))
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, 0, self.width(), self.look.scale.em(1.5)), _LEFT, _(self._title))
        if not self.pairs:
            painter.setFont(self.look.scale.font())
            painter.setPen(QColor(colours.muted))
            painter.drawText(self.row_rect(0), _LEFT, _("none"))
        for number, each in enumerate(self._seen()):
            self._paint_pair(painter, self.row_rect(number), each)
        painter.end()

    def columns(self) -> tuple[float, float, float]:
        """Return how wide words, places and bars are: the words come first, so the bars are short where all is narrow.

        The places have the room that the widest in sight takes.
        """
        em, metrics = self.look.scale.em, QFontMetricsF(tabular(self.look.scale.font("caption")))
        places = max((metrics.horizontalAdvance(_places(each)) for each in self._seen()), default=0.0)
        bars = max(em(_BAR[0]), min(em(_BAR[1]), self.width() * _BAR_SHARE))
        return self.width() - em(1.375) - places - bars - 2 * em(0.75), places, bars

    def _paint_pair(self, painter: QPainter, line: QRectF, each: Moved) -> None:
        """Paint the words, the sign of what was said of them, both places, and two bars one over the other."""
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        font, caption = self.look.scale.font(), tabular(self.look.scale.font("caption"))
        places = _places(each)
        wide_words, wide, wide_bar = self.columns()
        bar = QRectF(line.right() - wide_bar, line.top(), wide_bar, line.height())
        number = QRectF(bar.left() - wide - em(0.75), line.top(), wide, line.height())
        if each.verdict is not None:
            side = em(1)
            sign = QRectF(0, line.center().y() - side / 2, side, side)
            draw_sign(painter, sign, VERDICT_LOOKS[each.verdict], colours, font)
        words = QRectF(em(1.375), line.top(), wide_words, line.height())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        text = f"{visible(each.word1)} / {visible(each.word2)}"
        painter.drawText(words, _LEFT, QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, words.width()))
        painter.setFont(caption)
        painter.drawText(number, _RIGHT, places)
        for score, ink, top in ((each.before, colours.muted, 0.3125), (each.after, colours.text, 0.9375)):
            groove = QRectF(bar.left(), line.top() + em(top), bar.width(), em(0.5))
            painter.fillRect(groove, QColor(colours.groove))
            groove.setWidth(groove.width() * max(0.0, min(1.0, score)))
            painter.fillRect(groove, QColor(ink))

    def _at(self, place: QPointF) -> Moved | None:
        seen = self._seen()
        number = int((place.y() - self.row_rect(0).top()) // self.look.scale.em(_ROW))
        return seen[number] if place.y() >= self.row_rect(0).top() and number < len(seen) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a pair can be clicked, and its scores."""
        each, shape = self._at(event.position()), Qt.CursorShape
        self.setCursor(shape.ArrowCursor if each is None else shape.PointingHandCursor)
        told = _("score {before:.3f} → {after:.3f}; click to see why")
        self.setToolTip("" if each is None else told.format(before=each.before, after=each.after))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask about the pair that is clicked."""
        each = self._at(event.position())
        if each is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(each.word1, each.word2)

    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is pointed at."""
        self.unsetCursor()


def _places(each: Moved) -> str:
    return f"{each.place_before:,} → {each.place_after:,}"
