"""The foot of the page: what the signs mean, and the way to the labelling queue."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.relation_style import RELATION_LOOKS
from app.synonyms.verdict_style import draw_sign
from app.theme import Theme
from core.language import _, listed, ngettext


class SignLegend(Panel):
    """The signs of what words are to each other, each with its name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def sizeHint(self) -> QSize:
        """One line of small type."""
        return QSize(self.look.scale.em(10), self.look.scale.em(1.25))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(listed(f"{look.sign} {_(look.word)}" for look in RELATION_LOOKS.values()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as many as have room."""
        painter = QPainter(self)
        em, font = self.look.scale.em, self.look.scale.font("caption")
        colours, metrics = self.look.theme.theme.colours, QFontMetricsF(self.look.scale.font("caption"))
        x, side = 0.0, em(0.875)
        for look in RELATION_LOOKS.values():
            words = _(look.word)
            wide = side + em(0.375) + metrics.horizontalAdvance(words)
            if x + wide > self.width():
                break
            middle = self.height() / 2
            draw_sign(painter, QRectF(x, middle - side / 2, side, side), look, colours, font)
            painter.setFont(font)
            painter.setPen(QColor(colours.muted))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(round(x + side + em(0.375)), round(baseline), words)
            x += wide + em(1)
        painter.end()


class AskStatusBar(Panel):
    """Legend and button.

    Signals:
        sent: what is above the line is to go to the queue.
    """

    sent = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.legend = SignLegend(look)
        self.send = QPushButton()
        self.send.setObjectName("send_to_queue")
        set_style(self.send, primary=True)
        self.send.clicked.connect(self.sent)
        self._pairs = 0
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.legend, 1)
        self._row.addWidget(self.send)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_pairs(self, pairs: int) -> None:
        """Offer ``pairs`` pairs to the queue."""
        self._pairs = pairs
        self._retranslate()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(1))

    def _retranslate(self) -> None:
        n = self._pairs
        told = ngettext("Send {n:,} pair to the queue", "Send {n:,} pairs to the queue", n).format(n=n)
        self.send.setText(told)
        self.send.setEnabled(n > 0)
