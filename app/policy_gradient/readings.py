"""The numbers of the moment: π(right|s) as a bar, the four numbers of the state, where the run is."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.reading import Reading
from app.style import mark
from app.theme import Theme
from core.language import N_, _

RIGHT: Final = 1


class ProbabilityBar(Panel):
    """π(left|s) in blue from the left, π(right|s) in orange from the right, and the action taken."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._right: float | None = None
        self._action: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_probability(self, right: float | None, action: int | None) -> None:
        """Show π(right|s) and the action that was taken before this state (0 left, 1 right)."""
        if (right, action) != (self._right, self._action):
            self._right, self._action = right, action
            self.retranslate()

    def sizeHint(self) -> QSize:
        """Two lines: words, and the bar."""
        return QSize(self.look.scale.em(20), self.look.scale.em(2.5))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.updateGeometry()
        self.update()

    def retranslate(self) -> None:
        """Renew words."""
        if self._right is None:
            self.setAccessibleName(_("Probability of pushing right: not known yet"))
        else:
            self.setAccessibleName(_("Probability of pushing right: {value:.1%}").format(value=self._right))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two words and the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        bar = QRectF(0, self.height() - scale.em(1), self.width(), scale.em(1))
        words = QRectF(0, 0, self.width(), bar.top() - scale.em(0.125))
        left_ink, right_ink = QColor(colours.left), QColor(colours.right)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._right is None:
            painter.setBrush(QColor(colours.border))
            painter.drawRect(bar)
            right_words = left_words = "–"
        else:
            split = bar.width() * (1 - self._right)
            painter.setBrush(left_ink)
            painter.drawRect(QRectF(bar.left(), bar.top(), split, bar.height()))
            painter.setBrush(right_ink)
            painter.drawRect(QRectF(bar.left() + split, bar.top(), bar.width() - split, bar.height()))
            left_words, right_words = f"{1 - self._right:.1%}", f"{self._right:.1%}"
        middle = bar.center().x()
        painter.setPen(QPen(QColor(colours.window), max(1, scale.em(0.125))))
        painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))
        self._write(
            painter, words, _("← π(left|s) {value}").format(value=left_words), left_ink, chosen=self._action == 0
        )
        self._write(
            painter, words, _("π(right|s) {value} →").format(value=right_words), right_ink,
            chosen=self._action == RIGHT,
        )  # fmt: skip
        if self._action is not None:
            self._point(painter, bar, right=self._action == RIGHT)
        painter.end()

    def _write(self, painter: QPainter, where: QRectF, text: str, ink: QColor, *, chosen: bool) -> None:
        side = Qt.AlignmentFlag.AlignLeft if text.startswith("←") else Qt.AlignmentFlag.AlignRight
        painter.setFont(tabular(self.look.scale.font(bold=chosen)))
        painter.setPen(ink)
        painter.drawText(where, side | Qt.AlignmentFlag.AlignBottom, text)

    def _point(self, painter: QPainter, bar: QRectF, *, right: bool) -> None:
        """Mark the end of the bar that the last action pushed towards."""
        size = bar.height() * 0.3
        x = bar.right() - 2 * size if right else bar.left() + 2 * size
        tip = size if right else -size
        y = bar.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.theme.theme.colours.window))
        painter.drawPolygon(
            QPolygonF([QPointF(x + tip, y), QPointF(x - tip / 2, y - size), QPointF(x - tip / 2, y + size)])
        )


class Gauge(Panel):
    """One number on a scale around zero, with the limits at which the episode ends where it has any."""

    def __init__(self, look: Look, reach: float, limit: float | None, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._reach = reach
        self._limit = limit
        self._value: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: float | None) -> None:
        """Show ``value``; None shows the empty scale."""
        if value != self._value:
            self._value = value
            self.update()

    def sizeHint(self) -> QSize:
        """A slim line."""
        return QSize(self.look.scale.em(5), self.look.scale.em(0.75))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale, its limits and the number's place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, em = self.look.theme.theme, self.look.scale.em
        margin = em(0.25)
        middle = self.height() / 2
        half = self.width() / 2 - margin
        centre = self.width() / 2
        painter.setPen(QPen(QColor(theme.colours.outline), max(1, em(0.0625))))
        painter.drawLine(QPointF(margin, middle), QPointF(self.width() - margin, middle))
        painter.drawLine(QPointF(centre, middle - em(0.25)), QPointF(centre, middle + em(0.25)))
        if self._limit is not None:
            painter.setPen(QPen(QColor(theme.colours.no), max(1, em(0.125))))
            for side in (-1, 1):
                x = centre + side * half * self._limit / self._reach
                painter.drawLine(QPointF(x, middle - em(0.375)), QPointF(x, middle + em(0.375)))
        if self._value is not None:
            x = centre + half * max(-1.0, min(1.0, self._value / self._reach))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colours.text))
            painter.drawEllipse(QPointF(x, middle), em(0.25), em(0.25))
        painter.end()


_STATE: Final = (
    # name, unit, factor from the environment's unit, reach of the gauge, limit that ends the episode
    (N_("Position"), "m", 1.0, 2.6, 2.4),
    (N_("Velocity"), "m/s", 1.0, 3.0, None),
    (N_("Angle"), "°", 180 / math.pi, 13.0, 12.0),
    (N_("Angular velocity"), "°/s", 180 / math.pi, 180.0, None),
)


class StateNumbers(Panel):
    """CartPole's four observations with their units: position, velocity, angle, angular velocity."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._values: list[Reading] = []
        self._gauges: list[Gauge] = []
        for column, (name, _unit, _factor, reach, limit) in enumerate(_STATE):
            title, value, gauge = QLabel(), Reading("−000.00 °/s"), Gauge(look, reach, limit)
            mark(title, kind="caption")
            self.say(title.setText, name)
            self.say(gauge.setAccessibleName, name)
            self.say(value.setAccessibleName, name)
            self._grid.addWidget(title, 0, column)
            self._grid.addWidget(value, 1, column)
            self._grid.addWidget(gauge, 2, column)
            self._grid.setColumnStretch(column, 1)
            self._values.append(value)
            self._gauges.append(gauge)
        self.restyle(look.theme.theme)
        self.show_state(())

    def show_state(self, obs: tuple[float, ...]) -> None:
        """Show an observation of four numbers; an empty one clears the numbers."""
        for index, (_name, unit, factor, _reach, _limit) in enumerate(_STATE):
            if len(obs) == len(_STATE):
                number = obs[index] * factor
                self._values[index].show_text(f"{number:+.2f} {unit}".replace("-", "−"))
                self._gauges[index].show_value(number)
            else:
                self._values[index].show_text(f"– {unit}")
                self._gauges[index].show_value(None)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._grid.setHorizontalSpacing(self.look.scale.em(1))
        self._grid.setVerticalSpacing(0)
        for value in self._values:
            value.wear(tabular(self.look.scale.font()))


class Figures(Panel):
    """A row of named figures."""

    def __init__(self, look: Look, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._values: list[Reading] = []
        for column, name in enumerate(names):
            title, value = QLabel(), Reading("00000")
            mark(title, kind="caption")
            self.say(title.setText, name)
            self.say(value.setAccessibleName, name)
            self._grid.addWidget(title, 0, column)
            self._grid.addWidget(value, 1, column)
            self._grid.setColumnStretch(column, 1)
            self._values.append(value)
        self.restyle(look.theme.theme)

    def show_figures(self, *figures: str) -> None:
        """Show one text for each name, in their order."""
        for reading, figure in zip(self._values, figures, strict=True):
            reading.show_text(figure)

    def texts(self) -> list[str]:
        """Return what is shown, in the order of the names."""
        return [reading.text for reading in self._values]

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._grid.setHorizontalSpacing(self.look.scale.em(1))
        self._grid.setVerticalSpacing(0)
        for value in self._values:
            value.wear(tabular(self.look.scale.font("title", bold=True)))
