"""What the model expects: the probability of a synonym, and how sure it is."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.language import _

_WORDS: Final = 0.45
_MOST_WORDS: Final = 0.7
"""Share of the width for words, usually and at most; the rest is the scale."""


class ModelProbability(Panel):
    """A scale from 0 to 1 with the model's probability (a stroke) and one deviation around it (a band)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._guess: tuple[float, float, float] | None = None
        self._lacking = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def show_guess(self, probability: float, low: float, high: float) -> None:
        """Show a probability with the range of one deviation."""
        self._guess = (probability, low, high)
        self._retranslate()

    def show_lacking(self, reason: str) -> None:
        """Show no guess but why there is none (marked with ``N_``); empty where nothing is to be guessed."""
        self._guess, self._lacking = None, reason
        self._retranslate()

    @property
    def words(self) -> str:
        """What is said about the guess."""
        if self._guess is None:
            return _(self._lacking) if self._lacking else ""
        probability, low, high = self._guess
        return _("P(synonym) {p:.0%} (± 1 standard deviation: {low:.0%} to {high:.0%})").format(
            p=probability, low=low, high=high
        )

    @property
    def said(self) -> str:
        """What of that is painted: where there is little room, what the range means stands in the tip alone."""
        metrics = QFontMetricsF(tabular(self.look.scale.font("caption")))
        room = self.width() * _MOST_WORDS - self.look.scale.em(0.5)
        if self._guess is None:
            return self.words
        probability, low, high = self._guess
        shorter = _("P(synonym) {p:.0%} ({low:.0%} to {high:.0%})").format(p=probability, low=low, high=high)
        forms = self.words, shorter, _("P(synonym) {p:.0%}").format(p=probability)
        return next((each for each in forms if metrics.horizontalAdvance(each) <= room), forms[-1])

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.look.scale.em(24), self.look.scale.em(1.25))

    def minimumSizeHint(self) -> QSize:
        """One line, narrow."""
        return QSize(self.look.scale.em(8), self.look.scale.em(1.25))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(self.words)
        self.setToolTip(
            _("Logistic regression on the features of the pairs judged so far; the band is ± 1 standard deviation.")
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and scale."""
        if not self.words:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        font = tabular(self.look.scale.font("caption"))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self._guess is not None else colours.muted))
        most, said = self.width() * _MOST_WORDS, self.said
        room = max(self.width() * _WORDS, min(metrics.horizontalAdvance(said) + em(0.5), most))
        words = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room - em(0.5))
        painter.drawText(QRectF(0, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        middle = self.height() / 2
        scale = QRectF(room, middle - em(0.125), max(1.0, self.width() - room - em(0.25)), em(0.25))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.groove))
        painter.drawRoundedRect(scale, scale.height() / 2, scale.height() / 2)
        if self._guess is not None:
            probability, low, high = self._guess
            painter.setBrush(QColor(colours.outline))
            band = QRectF(scale.left() + scale.width() * low, scale.top(), scale.width() * (high - low), scale.height())
            painter.drawRect(band)
            x = scale.left() + scale.width() * probability
            painter.setPen(QPen(QColor(colours.text), max(2, em(0.1875))))
            painter.drawLine(QPointF(x, middle - em(0.4375)), QPointF(x, middle + em(0.4375)))
        painter.end()
