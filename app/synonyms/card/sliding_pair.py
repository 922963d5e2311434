"""The pair that was just judged, on its way from the stage to the recent decisions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.motion.glide import USUAL, Glide
from app.panel import Look, Panel
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign
from core.synonyms.verdicts import Verdict
from core.visible import visible


class SlidingPair(Panel):
    """Lies over the card while it moves, and hears no mouse; the next pair stands there already."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(look, over)
        self._verdict = Verdict.SKIP
        self._words = ""
        self._from, self._to = QPoint(), QPoint()
        self._glide = Glide(look.motion, over, self._show_step, lasts=USUAL)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def is_moving(self) -> bool:
        """Whether it is on its way."""
        return self._glide.is_moving

    def slide(self, words: tuple[str, str], verdict: Verdict, start: QRect, end: QRect) -> None:
        """Move.

        Args:
            words: of the pair.
            verdict: the one that was given.
            start: where the pair stood, in the card's pixels.
            end: its place among the recent decisions, likewise.
        """
        if not self._glide.begin():
            return
        self._words, self._verdict = " ".join(map(visible, words)), verdict
        em = self.look.scale.em
        wide = QFontMetricsF(self.look.scale.font(bold=True)).horizontalAdvance(self._words)
        self.resize(QSize(round(wide) + em(1.75), em(1.5)))
        middle = self.rect().center()
        self._from = start.center() - middle
        self._to = QPoint(end.left(), end.center().y() - middle.y())
        self.move(self._from)
        self.show()
        self.raise_()

    def _show_step(self, progress: float) -> None:
        if progress < 1.0:
            self.move(self._from + (self._to - self._from) * progress)
        else:
            self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw sign and words as they stand among the recent decisions."""
        em, colours, font = self.look.scale.em, self.look.theme.theme.colours, self.look.scale.font(bold=True)
        painter = QPainter(self)
        side = em(0.875)
        square = QRectF(em(0.25), (self.height() - side) / 2, side, side)
        draw_sign(painter, square, VERDICT_LOOKS[self._verdict], colours, font)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = QRectF(self.rect()).adjusted(square.right() + em(0.375), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        painter.end()
