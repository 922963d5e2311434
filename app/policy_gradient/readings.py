"""The numbers of the moment: π(right|s) as a bar, the last action, the four numbers of the state, the figures."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.reading import Reading
from app.style import mark
from app.theme import Theme
from core.language import N_, _
from core.policy_gradient.events import Transition

RIGHT: Final = 1


class ProbabilityBar(Panel):
    """π(left|s) in blue from the left, π(right|s) in orange from the right, of the state in the picture."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._right: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_probability(self, right: float | None) -> None:
        """Show π(right|s); None where it is not known yet."""
        if right != self._right:
            self._right = right
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

    def words(self, width: int) -> tuple[str, str]:
        """Return what stands over the left and the right end of a bar ``width`` pixels wide.

        Where there is no room for both in full, only arrows and numbers are left.
        """
        left, right = ("–", "–") if self._right is None else (f"{1 - self._right:.1%}", f"{self._right:.1%}")
        full = (_("← π(left|s) {value}").format(value=left), _("π(right|s) {value} →").format(value=right))
        metrics = QFontMetrics(tabular(self.look.scale.font()))
        if sum(metrics.horizontalAdvance(text) for text in full) + self.look.scale.em(1) <= width:
            return full
        return f"← {left}", f"{right} →"

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the two words and the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        bar = QRectF(0, self.height() - scale.em(1), self.width(), scale.em(1))
        where = QRectF(0, 0, self.width(), bar.top() - scale.em(0.125))
        left_ink, right_ink = QColor(colours.left), QColor(colours.right)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._right is None:
            painter.setBrush(QColor(colours.border))
            painter.drawRect(bar)
        else:
            split = bar.width() * (1 - self._right)
            painter.setBrush(left_ink)
            painter.drawRect(QRectF(bar.left(), bar.top(), split, bar.height()))
            painter.setBrush(right_ink)
            painter.drawRect(QRectF(bar.left() + split, bar.top(), bar.width() - split, bar.height()))
        middle = bar.center().x()
        painter.setPen(QPen(QColor(colours.window), max(1, scale.em(0.125))))
        painter.drawLine(QPointF(middle, bar.top()), QPointF(middle, bar.bottom()))
        painter.setFont(tabular(scale.font()))
        left_words, right_words = self.words(self.width())
        painter.setPen(left_ink)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, left_words)
        painter.setPen(right_ink)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, right_words)
        painter.end()


class LastAction(Panel):
    """The action that led to the state in the picture, and the probability it had in the state before.

    It stands apart from π, which is that of the state in the picture: the two belong to different states.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._step: Transition | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def show_step(self, step: Transition | None) -> None:
        """Show the action of ``step``; None before the first."""
        if step is not self._step:
            self._step = step
            self.retranslate()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.look.scale.em(12), self.look.scale.em(1.125))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, str, str]:
        """Return the name of the reading, the action with its arrow, and how likely it was."""
        step = self._step
        if step is None:
            return _("Last action:"), "–", ""
        action = _("right →") if step.action == RIGHT else _("← left")
        probability = step.probability_right if step.action == RIGHT else 1 - step.probability_right
        return _("Last action:"), action, _("it had π {value:.1%}").format(value=probability)

    def retranslate(self) -> None:
        """Renew words."""
        self.setAccessibleName(" ".join(part for part in self.words() if part))
        self.setToolTip(
            _("The action that led to this picture, and the probability it had then. The bar above is about the next.")
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the line, the action in its colour."""
        painter = QPainter(self)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        right = self._step is not None and self._step.action == RIGHT
        ink = colours.muted if self._step is None else colours.right if right else colours.left
        x = 0
        for text, colour, bold in zip(self.words(), (colours.muted, ink, colours.muted), (0, 1, 0), strict=True):
            font = tabular(scale.font(bold=bool(bold)))
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, self.width() - x))
            painter.setFont(font)
            painter.setPen(QColor(colour))
            painter.drawText(
                QRectF(x, 0, self.width() - x, self.height()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                shown,
            )
            x += metrics.horizontalAdvance(shown) + scale.em(0.375)
        painter.end()


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


class Cells(Panel):
    """Named readings side by side; in two rows, three, … where one row is too narrow for them.

    Nothing is clipped: how many stand in a row follows from their names and the room they need.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._cells: list[QWidget] = []
        self._columns = 0

    def add_cell(self, *parts: QWidget) -> None:
        """Put ``parts`` one above the other, beside the cells there are."""
        cell = QWidget()
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part)
        self._cells.append(cell)

    def columns_for(self, width: int) -> int:
        """Return how many cells stand in a row where there are ``width`` pixels: all, a half, a third and so on."""
        count = len(self._cells)
        for rows in range(1, count):
            columns = math.ceil(count / rows)
            if self._width_of(columns) <= width:
                return columns
        return 1

    def minimumSizeHint(self) -> QSize:
        """As narrow as two columns, as high as the cells stand now."""
        return QSize(self._width_of(min(2, len(self._cells))), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as one row, as high as the cells stand now."""
        return QSize(self._width_of(len(self._cells)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cells into as few rows as they fit into."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Put the cells where they belong at the present width."""
        columns = self.columns_for(self.width())
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for index, cell in enumerate(self._cells):
            self._grid.addWidget(cell, *divmod(index, columns))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._grid.setHorizontalSpacing(self.look.scale.em(1))
        self._grid.setVerticalSpacing(self.look.scale.em(0.25))
        self.arrange()
        self.updateGeometry()

    def retranslate(self) -> None:
        """Follow the names' lengths."""
        self.arrange()
        self.updateGeometry()

    def _width_of(self, columns: int) -> int:
        widths = [cell.minimumSizeHint().width() for cell in self._cells]
        widest = [max(widths[column::columns]) for column in range(columns)]
        return sum(widest) + self.look.scale.em(1) * (columns - 1)


_STATE: Final = (
    # name, unit, factor from the environment's unit, reach of the gauge, limit that ends the episode
    (N_("Position"), "m", 1.0, 2.6, 2.4),
    (N_("Velocity"), "m/s", 1.0, 3.0, None),
    (N_("Angle"), "°", 180 / math.pi, 13.0, 12.0),
    (N_("Angular velocity"), "°/s", 180 / math.pi, 180.0, None),
)


class StateNumbers(Cells):
    """CartPole's four observations with their units: position, velocity, angle, angular velocity."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._values: list[Reading] = []
        self._gauges: list[Gauge] = []
        for name, _unit, _factor, reach, limit in _STATE:
            title, value, gauge = QLabel(), Reading("−000.00 °/s"), Gauge(look, reach, limit)
            mark(title, kind="caption")
            self.say(title.setText, name)
            self.say(value.call, name)
            self.add_cell(title, value, gauge)
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
            self._gauges[index].setAccessibleName(self._values[index].accessibleName())

    def retranslate(self) -> None:
        """Renew the gauges' names, and follow the names' lengths."""
        super().retranslate()
        for value, gauge in zip(self._values, self._gauges, strict=True):
            gauge.setAccessibleName(value.accessibleName())

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        for value in self._values:
            value.wear(tabular(self.look.scale.font()))
        super().restyle(theme)


class Figures(Cells):
    """A row of named figures."""

    def __init__(self, look: Look, names: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        """Lay out the figures.

        Args:
            look: colours and sizes.
            names: for each figure its short name, and a sentence that says what it is; both marked with ``N_``.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._values: list[Reading] = []
        for name, meaning in names:
            title, value = QLabel(), Reading("00000")
            mark(title, kind="caption")
            self.say(title.setText, name)
            self.say(value.call, name)
            self.say(title.setToolTip, meaning)
            self.say(value.setToolTip, meaning)
            self.add_cell(title, value)
            self._values.append(value)
        self.restyle(look.theme.theme)

    def show_figures(self, *figures: str) -> None:
        """Show one text for each name, in their order."""
        for reading, figure in zip(self._values, figures, strict=True):
            reading.show_text(figure)

    def texts(self) -> list[str]:
        """Return what is shown, in the order of the names."""
        return [reading.text for reading in self._values]

    def restyle(self, theme: Theme) -> None:
        """Follow theme and zoom."""
        for value in self._values:
            value.wear(tabular(self.look.scale.font("title", bold=True)))
        super().restyle(theme)
