"""What the strips look like: one row above the other over the steps of an episode, and one cursor through all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.anatomy.numbers import plain, signed
from app.policy_gradient.anatomy.rows import ROWS, Row, RowId
from app.policy_gradient.anatomy.strip_painter import Canvas, Span, action_colours, draw_row, y_of
from core.language import N_, _
from core.policy_gradient.anatomy.findings import Anatomy

FINE: Final = 1000
"""Places of the scroll bar a step."""


class StripsPicture(Panel):
    """Draws the rows; :class:`app.policy_gradient.anatomy.strips.Strips` moves the cursor and what is seen.

    Attributes:
        step: the step of the cursor, from 0.
        row: the row of the cursor.
        zoom: how many times nearer than where the whole episode is seen.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self._anatomy: Anatomy | None = None
        self._rows: tuple[Row, ...] = ()
        self._n_actions = 2
        self._drawn: QPixmap | None = None
        self.step = 0
        self.row: RowId = "product"
        self.zoom = 1.0
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bind_text(self._bar.setAccessibleName, N_("Which steps are seen"))
        self.bind_text(self.setAccessibleName, N_("Steps of the episode"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def span(self) -> Span:
        """Which steps are seen, and where."""
        plot, count = self.plot_rect, max(1, self._count)
        return Span(self._bar.value() / FINE, count / self.zoom, plot.left(), plot.width())

    @property
    def plot_rect(self) -> QRectF:
        """Where steps are drawn, of all rows."""
        left, right = self._gutters
        bar = self._bar.sizeHint().height() if self.zoom > 1 else 0
        foot = QFontMetrics(self.look.scale.font("caption")).height()
        width = max(1, self.width() - left - right)
        return QRectF(left, 0, width, max(1, self.height() - bar - foot))

    def row_rect(self, row: RowId) -> QRectF:
        """Return where a row's scale is drawn."""
        plot, total, air = self.plot_rect, sum(spec.height for spec in ROWS), self.look.scale.em(0.25)
        top = plot.top()
        for spec in ROWS:
            height = plot.height() * spec.height / total
            if spec.id == row:
                return QRectF(plot.left(), top + air / 2, plot.width(), max(1.0, height - air))
            top += height
        raise KeyError(row)

    def symbol_rects(self, symbol: str) -> list[QRectF]:
        """Return where the rows of a symbol are, with their names."""
        if not self._rows:
            return []
        rows = [spec.id for spec in ROWS if spec.symbol == symbol or (symbol == "pi" and spec.id == "probability")]
        air = self.look.scale.em(0.125)
        return [self.row_rect(row).adjusted(-self._gutters[0], -air, self._gutters[1], air) for row in rows]

    def symbol_at(self, place: QPointF) -> str:
        """Return which symbol is at a place."""
        row = self.row_at(place) if self._rows else None
        return "" if row is None else next(spec.symbol for spec in ROWS if spec.id == row)

    def row_at(self, place: QPointF) -> RowId | None:
        """Return which row is at a place."""
        for spec in ROWS:
            room, air = self.row_rect(spec.id), self.look.scale.em(0.125)
            if room.top() - air <= place.y() < room.bottom() + air:
                return spec.id
        return None

    def sizeHint(self) -> QSize:
        """Room for every row."""
        return QSize(self.look.scale.em(28), self.look.scale.em(20))

    def minimumSizeHint(self) -> QSize:
        """As little as can be read."""
        return QSize(self.look.scale.em(16), self.look.scale.em(16))

    @property
    def _count(self) -> int:
        return 0 if self._anatomy is None else self._anatomy.duration

    @property
    def _gutters(self) -> tuple[int, int]:
        """Room for the names at the left and the numbers at the right."""
        caption = QFontMetrics(tabular(self.look.scale.font("caption")))
        letters = QFontMetrics(self.look.scale.font(bold=True))
        names = max(
            max(caption.horizontalAdvance(_(spec.name)), letters.horizontalAdvance(spec.letters)) for spec in ROWS
        )
        scale = caption.horizontalAdvance("−88.8")
        right = QFontMetrics(tabular(self.look.scale.font(bold=True))).horizontalAdvance("0.88 → 0.88")
        return names + scale + self.look.scale.em(1), right + self.look.scale.em(0.75)

    def _retranslate(self) -> None:
        self._draw_anew()  # names of another width

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows, which are kept until they change, and over them words and cursor."""
        theme = self.look.theme.theme
        hair = max(1.0, self.look.scale.line / 16 * theme.pen_scale)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(theme.colours.stage))
        if self._anatomy is not None:
            if isinstance(painter.device(), QWidget):
                painter.drawPixmap(0, 0, self._kept_rows(self._anatomy, hair))
            else:  # drawn to be saved, as finely as that can be
                self._draw_rows(painter, self._anatomy, hair)
            for row in self._rows:
                self._draw_ground(painter, row)
                self._draw_words(painter, row)
            self._draw_cursor(painter, hair)
            self._draw_foot(painter)
        painter.end()

    def _kept_rows(self, anatomy: Anatomy, hair: float) -> QPixmap:
        """Return the rows as a picture: hundreds of steps take longer than a cursor that follows the mouse may."""
        ratio = self.devicePixelRatioF()
        if self._drawn is None or self._drawn.size() != self.size() * ratio:
            self._drawn = QPixmap(self.size() * ratio)
            self._drawn.setDevicePixelRatio(ratio)
            self._drawn.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._drawn)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_rows(painter, anatomy, hair)
            painter.end()
        return self._drawn

    def _draw_rows(self, painter: QPainter, anatomy: Anatomy, hair: float) -> None:
        colours = self.look.theme.theme.colours
        painter.save()
        painter.setClipRect(self.plot_rect)
        painter.setFont(self.look.scale.font("caption"))
        hues = action_colours(colours, self._n_actions)
        canvas = Canvas(painter, self.span, anatomy.record.actions, hues, colours, hair)
        for row in self._rows:
            draw_row(canvas, row, self.row_rect(row.spec.id))
        painter.restore()

    def _draw_anew(self) -> None:
        """Draw the rows anew, too."""
        self._drawn = None
        self.update()

    def _draw_ground(self, painter: QPainter, row: Row) -> None:
        """Draw what parts the row from the next, and a bar at the left of the cursor's own."""
        room, air, colours = self.row_rect(row.spec.id), self.look.scale.em(0.125), self.look.theme.theme.colours
        if row.spec.id != ROWS[-1].id:
            painter.setPen(QPen(QColor(colours.border), 1))
            y = room.bottom() + air
            painter.drawLine(QLineF(0, y, self.width(), y))
        if row.spec.id == self.row:
            hue = SYMBOLS[row.spec.symbol].colour(colours)
            width = max(2, self.look.scale.em(0.1875))
            painter.fillRect(QRectF(0, room.top(), width, room.height()), QColor(hue))

    def _draw_words(self, painter: QPainter, row: Row) -> None:
        """Write the row's symbol and name, the ends of its scale, and its number under the cursor."""
        colours, scale, room = self.look.theme.theme.colours, self.look.scale, self.row_rect(row.spec.id)
        left, right = self._gutters
        indent = scale.em(0.375)
        names = QRectF(indent, room.top(), left - indent, room.height())
        letters, caption = scale.font(bold=True), tabular(scale.font("caption"))
        high, low = QFontMetrics(letters).height(), QFontMetrics(caption).height()
        has_two_lines = room.height() >= (high + low) * 0.95
        top = room.center().y() - (high + low if has_two_lines else high) / 2
        hue = QColor(SYMBOLS["pi" if row.spec.id == "probability" else row.spec.symbol].colour(colours))
        painter.setFont(letters)
        painter.setPen(hue)
        painter.drawText(QRectF(names.left(), top, names.width(), high), Qt.AlignmentFlag.AlignLeft, row.spec.letters)
        painter.setFont(caption)
        painter.setPen(QColor(colours.muted))
        if has_two_lines:
            below = QRectF(names.left(), top + high, names.width(), low)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, _(row.spec.name))
        if row.spec.kind != "actions":
            ends = QRectF(0, 0, left - scale.em(0.25), low)
            for value, y in ((row.high, room.top()), (row.low, room.bottom() - low)):
                if value == row.high or room.height() >= 2 * low:
                    ends.moveTop(y)
                    painter.drawText(ends, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _brief(value))
        painter.setFont(tabular(scale.font(bold=row.spec.id == self.row)))
        painter.setPen(QColor(colours.text))
        number = QRectF(self.width() - right + scale.em(0.5), room.top(), right - scale.em(0.5), room.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._number(row))

    def _number(self, row: Row) -> str:
        """Return what a row says at the cursor."""
        assert self._anatomy is not None  # it has rows
        value = float(row.values[self.step])
        if row.spec.kind == "actions":
            return ("←", "→")[int(value)] if self._n_actions <= 2 else str(int(value))
        if row.before is not None:
            return f"{row.before[self.step]:.2f} → {value:.2f}"
        if row.paid is not None and self.step == self._count - 1:
            return _("{value} (paid {paid})").format(value=plain(value), paid=plain(row.paid))
        return plain(value) if row.spec.id in ("reward", "returns", "log_prob") else signed(value)

    def _draw_cursor(self, painter: QPainter, hair: float) -> None:
        """Draw the line through all rows, and a dot where it meets each."""
        colours, plot, span = self.look.theme.theme.colours, self.plot_rect, self.span
        x = span.x(self.step + 0.5)
        if not plot.left() <= x <= plot.right():
            return
        painter.setPen(
            QPen(QColor(colours.text), hair, Qt.PenStyle.DashLine if not self.hasFocus() else Qt.PenStyle.SolidLine)
        )
        painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        for row in self._rows:
            if row.spec.kind != "actions":
                y = y_of(row, self.row_rect(row.spec.id), float(row.values[self.step]))
                painter.setPen(QPen(QColor(colours.stage), hair))
                painter.setBrush(QColor(colours.text))
                radius = self.look.scale.em(0.1875)
                painter.drawEllipse(QPointF(x, y), radius, radius)

    def _draw_foot(self, painter: QPainter) -> None:
        """Number the first and the last step that are seen, and the cursor's."""
        scale, colours, plot, span = self.look.scale, self.look.theme.theme.colours, self.plot_rect, self.span
        font = tabular(scale.font("caption"))
        metrics = QFontMetrics(font)
        painter.setFont(font)
        steps = span.steps(self._count)
        words = _("step {n}").format(n=self.step + 1)
        width = metrics.horizontalAdvance(words)
        x = max(plot.left(), min(plot.right() - width, span.x(self.step + 0.5) - width / 2))
        painter.setPen(QColor(colours.muted))
        first, last = str(steps.start + 1), str(steps.stop)
        air = scale.em(0.5)
        baseline = plot.bottom() + metrics.ascent()
        if x > plot.left() + metrics.horizontalAdvance(first) + air:
            painter.drawText(QPointF(plot.left(), baseline), first)
        if x + width < plot.right() - metrics.horizontalAdvance(last) - air:
            painter.drawText(QPointF(plot.right() - metrics.horizontalAdvance(last), baseline), last)
        painter.setPen(QColor(colours.text))
        painter.drawText(QPointF(x, baseline), words)


def _brief(value: float) -> str:
    """Return the end of a scale in few digits."""
    return plain(float(f"{value:.2g}"))
