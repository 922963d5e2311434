"""On the welcome's card: real pairs, each with the cosine of its vectors, and then what it turns out to be."""

from __future__ import annotations

import math
from typing import ClassVar, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.motion.glide import LONG
from app.panel import Look
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign, text_colour_of
from app.welcome.live_picture import LivePicture, recorded
from core.language import _
from core.synonyms.verdicts import Verdict

_STAYS: Final = 2.6
"""Seconds from one pair to the next."""
_ASKS: Final = 1.2
"""Seconds of these in which the verdict is open."""


class PairsPicture(LivePicture):
    """Shows a pair, turns it over, and shows the next."""

    STILL: ClassVar[float] = 1.9 * _STAYS

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._pairs = recorded("synonyms")

    def moment(self, seconds: float) -> tuple[int, bool, float]:
        """Return which pair is shown after ``seconds``, whether judged, and how wide it is while it turns, 0 to 1."""
        at, within = divmod(seconds, _STAYS)
        turning = LONG / 1000
        wide = abs(math.cos(math.pi * min(1.0, max(0.0, (within - _ASKS) / turning + 0.5))))
        is_judged = within >= _ASKS
        return int(at) % len(self._pairs), is_judged, wide if self.is_moving else 1.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pair."""
        index, is_judged, wide = self.moment(self.seconds)
        pair = self._pairs[index]
        em, scale, colours = self.look.scale.em, self.look.scale, self.look.theme.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.stage))
        middle = QPointF(self.rect().center())
        painter.translate(middle)
        painter.scale(max(wide, 0.001), 1.0)
        words = "   ".join(pair["words"])
        font = scale.font("display", bold=True)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        tall, across = QFontMetricsF(font).height(), float(self.width())
        painter.drawText(QRectF(-across / 2, -1.2 * tall, across, tall), Qt.AlignmentFlag.AlignCenter, words)
        if is_judged:
            look = VERDICT_LOOKS[Verdict(pair["verdict"])]
            name, body = _(look.word), scale.font("title", bold=True)
            wide_name, sign = QFontMetricsF(body).horizontalAdvance(name), float(em(1.25))
            left = -(sign + em(0.375) + wide_name) / 2
            draw_sign(painter, QRectF(left, 0.3 * tall, sign, sign), look, colours, body)
            painter.setFont(body)
            painter.setPen(QColor(text_colour_of(look, colours)))
            place = QRectF(left + sign + em(0.375), 0.3 * tall, wide_name + 1, sign)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        else:
            self._draw_cosine(painter, float(pair["cosine"]), 0.3 * tall)
        painter.end()

    def _draw_cosine(self, painter: QPainter, cosine: float, top: float) -> None:
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        painter.setFont(self.look.scale.font())
        painter.setPen(QColor(colours.muted))
        line = QFontMetricsF(painter.font()).height()
        across = float(em(9))
        words = _("Cosine {value}").format(value=f"{cosine:.2f}")
        painter.drawText(QRectF(-across / 2, top, across, line), Qt.AlignmentFlag.AlignCenter, words)
        groove = QRectF(-across / 2, top + line + em(0.25), across, em(0.375))
        painter.fillRect(groove, QColor(colours.groove))
        groove.setWidth(across * max(0.0, cosine))
        painter.fillRect(groove, QColor(colours.text))
