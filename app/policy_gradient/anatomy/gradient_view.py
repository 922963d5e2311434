"""Two arrows: the direction in which the run moved its weights, and the one in which it would have moved them."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.explain.symbols import SYMBOLS
from app.panel import Look, Panel
from app.policy_gradient.anatomy.numbers import angle_of, angle_words
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_
from core.policy_gradient.anatomy.findings import Anatomy, Lesson


class GradientView(Panel):
    """The arrows, and the angle in words beside them."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._anatomy: Anatomy | None = None
        self._lesson: Lesson | None = None
        self.arrows = _Arrows(look)
        self.words = PlainLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        set_style(self.words, kind="muted")
        self.bind_text(self.words.setAccessibleName, N_("Direction of the gradient"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.arrows)
        self._row.addWidget(self.words, 1)
        self._restyle(look.theme.theme)

    def show_lesson(self, anatomy: Anatomy, lesson: Lesson) -> None:
        """Show where the gradient of ``lesson`` points."""
        self._anatomy, self._lesson = anatomy, lesson
        self.arrows.show_angle(angle_of(lesson))
        self._retranslate()

    def hasHeightForWidth(self) -> bool:
        """It has the height of its arrows: a page that asked how high its words are would be laid out by them."""
        return False

    def _retranslate(self) -> None:
        if self._anatomy is not None and self._lesson is not None:
            self.words.setText(angle_words(self._anatomy.own, self._lesson))

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.5))


class _Arrows(Panel):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.angle: float | None = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_angle(self, angle: float | None) -> None:
        """Show an angle in degrees; None shows the run's own arrow alone."""
        self.angle = angle
        self.update()

    def sizeHint(self) -> QSize:
        """Twice as wide as high: the arrows point into the upper half."""
        return QSize(self.look.scale.em(4.5), self.look.scale.em(2.5))

    @property
    def _thick(self) -> float:
        return max(2.0, self.look.scale.em(0.125) * self.look.theme.theme.pen_scale)

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both arrows from one point."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, em = self.look.theme.theme.colours, self.look.scale.em
        foot, reach = QPointF(self.width() / 2, self.height() - em(0.375)), self.width() / 2 - em(0.375)
        self._draw(painter, foot, reach, 0.0, colours.muted)
        if self.angle is not None:
            hue = SYMBOLS["theta"].colour(colours)
            painter.setPen(QPen(QColor(hue), self._thick / 2))
            arc = QRectF(foot.x() - reach / 3, foot.y() - reach / 3, 2 * reach / 3, 2 * reach / 3)
            painter.drawArc(arc, 0, round(self.angle * 16))
            self._draw(painter, foot, reach * 0.95, self.angle, hue)
        painter.end()

    def _draw(self, painter: QPainter, foot: QPointF, reach: float, angle: float, hue: str) -> None:
        thick = self._thick
        way = QPointF(math.cos(math.radians(angle)), -math.sin(math.radians(angle)))
        across, tip = QPointF(-way.y(), way.x()), foot + way * reach
        neck = tip - way * 3 * thick
        painter.setPen(QPen(QColor(hue), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(foot, neck))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(hue))
        painter.drawPolygon(QPolygonF([tip, neck + across * 1.5 * thick, neck - across * 1.5 * thick]))
