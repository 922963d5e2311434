"""The numbers of the moment: those of the state, and those of the run."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.overrides import called_by_qt
from app.panel import Look, Panel
from app.policy_gradient.live.symbols import reading_of
from app.style import set_style
from app.theme import Theme
from app.widgets.live_label import LiveLabel
from app.widgets.plain import PlainLabel
from core.language import _
from core.policy_gradient.environments.description import (
    CARTPOLE,
    EnvironmentDescription,
    ObservationDescription,
    describe,
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

    def _restyle(self, _theme: Theme) -> None:
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
            painter.setBrush(QColor(SYMBOLS["s"].colour(theme.colours)))
            painter.drawEllipse(QPointF(x, middle), em(0.25), em(0.25))
        painter.end()


@called_by_qt
class _Rows(QGridLayout):
    """A grid whose height follows from the width that is offered, however its cells stand at the moment.

    A scroll area asks how high its content is with and without room for a scroll bar. If the answer followed from the
    present width, the bar could come and go without end.
    """

    def __init__(self, grid: NumberGrid) -> None:
        super().__init__(grid)
        self._numbers = grid

    def hasHeightForWidth(self) -> bool:
        """It has."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many rows as ``width`` asks for."""
        return self._numbers.height_within(width)

    def minimumHeightForWidth(self, width: int) -> int:
        """Return the same: nothing is clipped."""
        return self._numbers.height_within(width)


class NumberGrid(Panel):
    """Named readings side by side; in two rows, three, … where one row is too narrow for them.

    Nothing is clipped: how many stand in a row follows from their names and the room they need.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = _Rows(self)
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

    def cell(self, index: int) -> QWidget:
        """Return the cell of that number, from 0."""
        return self._cells[index]

    def clear_cells(self) -> None:
        """Take all cells away."""
        for cell in self._cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self._cells.clear()
        self._columns = 0

    def columns_for(self, width: int) -> int:
        """Return how many cells stand in a row where there are ``width`` pixels: all, a half, a third and so on."""
        count = len(self._cells)
        for rows in range(1, count):
            columns = math.ceil(count / rows)
            if self._width_of(columns) <= width:
                return columns
        return 1

    def height_within(self, width: int) -> int:
        """Return the height of all rows where there are ``width`` pixels."""
        heights, columns = [cell.minimumSizeHint().height() for cell in self._cells], self.columns_for(width)
        rows = [max(heights[first : first + columns]) for first in range(0, len(heights), columns)]
        return sum(rows) + self._grid.verticalSpacing() * max(0, len(rows) - 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two columns, as high as one row."""
        return QSize(self._width_of(min(2, len(self._cells))), self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """One row."""
        width = self._width_of(len(self._cells))
        return QSize(width, self.height_within(width))

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

    def _restyle(self, _theme: Theme) -> None:
        self._grid.setHorizontalSpacing(self.look.scale.em(1))
        self._grid.setVerticalSpacing(self.look.scale.em(0.25))
        self.arrange()
        self.updateGeometry()

    def _retranslate(self) -> None:
        self.arrange()
        self.updateGeometry()

    def _width_of(self, columns: int) -> int:
        widths = [cell.minimumSizeHint().width() for cell in self._cells]
        widest = [max(widths[column::columns], default=0) for column in range(columns)]
        return sum(widest) + self.look.scale.em(1) * (columns - 1)


_SPREAD: Final = "000.0 ± 000.0"
"""A mean with its deviation, as wide as any."""
MOST_SHOWN: Final = 24
"""Numbers of an observation that are shown: more can't be read while they move."""


class StateNumbers(NumberGrid):
    """The numbers of an observation, with names, units and gauges where they are known."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._shown: tuple[ObservationDescription, ...] = ()
        self._titles: list[QLabel] = []
        self._values: list[LiveLabel] = []
        self._gauges: list[Gauge | None] = []
        self.show_environment(describe(CARTPOLE))

    def show_environment(self, described: EnvironmentDescription) -> None:
        """Show observations of this environment from now on."""
        self._name_numbers(described.observations)

    def _name_numbers(self, numbers: tuple[ObservationDescription, ...]) -> None:
        if numbers == self._shown:
            return
        self._shown = numbers
        self.clear_cells()
        self._titles, self._values, self._gauges = [], [], []
        for number in numbers[:MOST_SHOWN]:
            title, value = PlainLabel(), LiveLabel("−000.00°/s")
            gauge = None if number.reach is None else Gauge(self.look, number.reach, number.limit)
            set_style(title, kind="caption")
            self.add_cell(title, value, *(() if gauge is None else (gauge,)))
            self._titles.append(title)
            self._values.append(value)
            self._gauges.append(gauge)
        self._retranslate()
        self._restyle(self.look.theme.theme)
        self.show_state(())

    def show_state(self, obs: tuple[float, ...]) -> None:
        """Show an observation; an empty one clears the numbers. Numbers that nothing is known of are counted."""
        if obs and len(obs) != sum(number.size for number in self._shown):
            self._name_numbers(tuple(ObservationDescription(f"s{place}") for place in range(1, len(obs) + 1)))
        place = 0
        for number, value, gauge in zip(self._shown, self._values, self._gauges, strict=False):
            value.show_text(reading_of(number, obs[place : place + number.size]))
            if gauge is not None:
                gauge.show_value(obs[place] * number.factor if obs else None)
                gauge.setAccessibleName(value.accessibleName())
            place += number.size

    def _retranslate(self) -> None:
        for number, title, value, gauge in zip(self._shown, self._titles, self._values, self._gauges, strict=False):
            title.setText(_(number.name))
            value.call(_(number.name))
            if gauge is not None:
                gauge.setAccessibleName(value.accessibleName())
        super()._retranslate()

    def _restyle(self, theme: Theme) -> None:
        for value in self._values:
            value.use_font(tabular(self.look.scale.font()))
        super()._restyle(theme)


class RunNumbers(NumberGrid):
    """A row of named figures."""

    def __init__(
        self,
        look: Look,
        names: tuple[tuple[str, str], ...],
        parent: QWidget | None = None,
        *,
        spread: int | None = None,
    ) -> None:
        """Lay out the figures.

        Args:
            look: colours and sizes.
            names: for each figure its short name, and a sentence that says what it is; both marked with ``N_``.
            parent: the widget it lies in.
            spread: which of them is a mean with its deviation, from 0; None where none is.
        """
        super().__init__(look, parent)
        self._values: list[LiveLabel] = []
        for number, (name, meaning) in enumerate(names):
            title, value = PlainLabel(), LiveLabel(_SPREAD if number == spread else "00000")
            set_style(title, kind="caption")
            self.bind_text(title.setText, name)
            self.bind_text(value.call, name)
            self.bind_text(title.setToolTip, meaning)
            self.bind_text(value.setToolTip, meaning)
            self.add_cell(title, value)
            self._values.append(value)
        self._restyle(look.theme.theme)

    def show_numbers(self, *figures: str) -> None:
        """Show one text for each name, in their order."""
        for reading, figure in zip(self._values, figures, strict=True):
            reading.show_text(figure)

    def texts(self) -> list[str]:
        """Return what is shown, in the order of the names."""
        return [reading.text for reading in self._values]

    def _restyle(self, theme: Theme) -> None:
        for value in self._values:
            value.use_font(tabular(self.look.scale.font("title", bold=True)))
        super()._restyle(theme)
