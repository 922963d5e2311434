"""Scores of a pair as small bars, one a source, on a scale that is written beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.source_names import source_name
from app.theme import Theme
from core.language import _
from core.synonyms.pairs import CHARACTERS, COSINE, GLOSS, REFERENCE

_ALWAYS: Final = (COSINE, CHARACTERS, GLOSS, REFERENCE)
_ROW: Final = 1.25
"""Height of one bar in lines of text."""


def _two_places(score: float) -> str:
    """Return two places, with a minus as wide as a digit."""
    return f"{score:.2f}".replace("-", "−")


class ScoreBars(Panel):
    """One bar a score from 0 to 1; a dot stands before sources that proposed the pair."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._scores: Mapping[str, float] = {}
        self._proposed: tuple[str, ...] = ()
        self._names: tuple[str, ...] = _ALWAYS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the cosine's row stand for it, and all of them for the evidence."""
        look = self.look
        links.add("cos", self, lambda: (aired(self._rows_rect(1), look),), points=False)
        links.add("x", self, lambda: (aired(self._rows_rect(len(self._names)), look),), points=False)

        def symbol_at(place: QPointF) -> str:
            return next((symbol for symbol, rows in (("cos", 1), ("x", len(self._names)))
                         if self._rows_rect(rows).contains(place)), "")  # fmt: skip

        links.watch(self, symbol_at)

    def _rows_rect(self, rows: int) -> QRectF:
        """Return where the first ``rows`` scores stand; the cosine is the first of all."""
        return QRectF(0, 0, self.width(), self.look.scale.em(_ROW) * rows)

    def show_scores(self, scores: Mapping[str, float], proposed: tuple[str, ...]) -> None:
        """Show scores by name; ``proposed`` are the sources that brought the pair."""
        self._scores, self._proposed = scores, proposed
        others = sorted({*scores, *proposed}.difference(_ALWAYS))
        self._names = (*_ALWAYS, *others)
        self.updateGeometry()
        self._retranslate()

    def sizeHint(self) -> QSize:
        """One line a score, and the scale."""
        return QSize(self.look.scale.em(14), self.look.scale.em(_ROW) * len(self._names) + self.look.scale.em(1))

    def minimumSizeHint(self) -> QSize:
        """As tall as wished, and narrow."""
        return QSize(self.look.scale.em(10), self.sizeHint().height())

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        told = [
            f"{source_name(name)} {_two_places(self._scores[name])}"
            if name in self._scores
            else f"{source_name(name)} –"
            for name in self._names
        ]
        self.setAccessibleName(_("Scores by source"))
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip(_("A dot marks each source that proposed this pair."))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names, bars, numbers and the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        font = tabular(self.look.scale.font("caption"))
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        names = [source_name(name) for name in self._names]
        dot = em(0.75)
        left = dot + min(max(metrics.horizontalAdvance(name) for name in names), self.width() * 0.5) + em(0.5)
        number = metrics.horizontalAdvance("−0.00") + em(0.375)
        groove = QRectF(left, 0, max(1.0, self.width() - left - number), em(0.5))
        row = em(_ROW)
        for index, (name, words) in enumerate(zip(self._names, names, strict=True)):
            middle = index * row + row / 2
            line = QRectF(0, index * row, self.width(), row)
            if name in self._proposed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.text))
                painter.drawEllipse(QPointF(em(0.25), middle), em(0.1875), em(0.1875))
            score = self._scores.get(name)
            painter.setPen(QColor(colours.text if score is not None else colours.muted))
            fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, left - dot - em(0.375))
            flags = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(line.adjusted(dot, 0, 0, 0), flags | Qt.AlignmentFlag.AlignLeft, fitting)
            painter.drawText(line, flags | Qt.AlignmentFlag.AlignRight, "–" if score is None else _two_places(score))
            bar = groove.translated(0, middle - groove.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.groove))
            painter.drawRect(bar)
            if score is not None:
                painter.setBrush(QColor(colours.muted))
                painter.drawRect(QRectF(bar.left(), bar.top(), bar.width() * max(0.0, min(1.0, score)), bar.height()))
        self._draw_scale(painter, groove, row * len(self._names), metrics)
        painter.end()

    def _draw_scale(self, painter: QPainter, groove: QRectF, top: float, metrics: QFontMetricsF) -> None:
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        for mark in (0.0, 0.5, 1.0):
            x = groove.left() + groove.width() * mark
            painter.setPen(QPen(QColor(colours.outline), 1))
            painter.drawLine(QPointF(x, top - em(0.125)), QPointF(x, top + em(0.125)))
            painter.setPen(QColor(colours.muted))
            words = f"{mark:g}"
            wide = metrics.horizontalAdvance(words) + 2
            painter.drawText(
                QRectF(x - wide / 2, top + em(0.125), wide, metrics.height()), Qt.AlignmentFlag.AlignCenter, words
            )
