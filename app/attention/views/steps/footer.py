"""What stands below the table of the three steps: what comes out."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.vector_strip import draw_hue, draw_strip
from app.attention.views.steps.fitting import fitting
from app.attention.views.steps.layout import columns_of
from app.attention.views.steps.table import largest_part
from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.attention.results import ThreeSteps
from core.language import _

_SAME: Final = 1e-3
"""Contexts that lie no farther apart are the same in the digits shown."""


class StepsFooter(Panel):
    """What comes out: the weights' sum, the context vector, and beside it the model's own where they differ."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._steps: ThreeSteps | None = None
        self._width = 0
        self._low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the context vector stand for its symbol."""
        links.add("c", self, self._context_rects)

    def _context_rects(self) -> tuple[QRectF, ...]:
        em, value = self.look.scale.em, columns_of(self._width or self.width(), self.look.scale.em).value
        return () if self._steps is None else (aired(QRectF(value.left, em(0.25), value.width, em(1.75)), self.look),)

    def show_steps(self, steps: ThreeSteps | None) -> None:
        """Show what comes out of ``steps``."""
        self._steps = steps
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def _is_moved(self) -> bool:
        """Whether temperature or mask made another context than the model's own."""
        return self._steps is not None and _apart(self._steps) > _SAME

    def align_to(self, width: int, *, low: bool) -> None:
        """Lay columns out as the table of ``width`` pixels does; on a ``low`` stage no room is kept for more."""
        self._width, self._low = width, low
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        """Two strips, or one while there is nothing by hand and little room."""
        strips = 1 if self._low and not self._is_moved() else 2
        return QSize(self.look.scale.em(40), self.look.scale.em(0.25 + 2 * strips))

    def _restyle(self, _theme: Theme) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the results."""
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw the results onto any surface."""
        steps = self._steps
        if steps is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        columns = columns_of(self._width or self.width(), em)
        painter.setPen(QColor(colours.border))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(tabular(self.look.scale.font()))
        painter.setPen(QColor(colours.text))
        total = QRectF(columns.weight.left, em(0.25), columns.weight.width, em(1))
        painter.drawText(total, Qt.AlignmentFlag.AlignVCenter, f"Σ α = {float(steps.weights.sum()):.3f}")
        most = largest_part(steps)
        words = (_("context c, the sum of α · v  ±{most:.2f}").format(most=most), f"c  ±{most:.2f}")
        rows = [(words, steps.context)]
        if self._is_moved():
            text = _("the model's own; changed by hand by up to {apart:.3f}").format(apart=_apart(steps))
            rows.append(((text, _("the model's own")), steps.model_context))
        for row, (words, vector) in enumerate(rows):
            top = em(0.25) + row * em(2)
            painter.setFont(self.look.scale.font("caption"))
            painter.setPen(QColor(colours.text if row == 0 else colours.muted))
            room = QRectF(columns.value.left, top, columns.value.width, em(1))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting(painter, room.width(), words))
            strip = QRectF(columns.value.left, top + em(1), columns.value.width, em(0.75))
            draw_strip(painter, strip, vector, most, rim=colours.border)
            draw_hue(painter, strip, SYMBOLS["c"].colour(colours), em)


def _apart(steps: ThreeSteps) -> float:
    """Return how far the context lies from the model's own, at the number where it is farthest."""
    return float(np.abs(steps.context - steps.model_context).max(initial=0))
