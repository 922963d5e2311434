"""What is picked, drawn over a map: crosshair, marked labels, and what a sweep leaves in sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.attention.drawing.heatmap import MatrixDrawing
from app.attention.selection import Cell, Selection, Sweep


def draw_selection(painter: QPainter, drawing: MatrixDrawing, selection: Selection) -> None:
    """Draw what is swept, pinned and under the mouse over ``drawing``."""
    if drawing.content is None:
        return
    theme = drawing.look.theme.theme
    thick = max(1.0, drawing.look.scale.em(0.125) * 0.75) * theme.pen_scale
    if selection.sweep:
        _draw_sweep(painter, drawing, selection.sweep)
    if selection.pinned:
        _draw_cross(
            painter, drawing, selection.pinned, line=theme.colours.focus, ground=theme.colours.accent, thick=thick
        )
    if selection.hover and selection.hover != selection.pinned:
        _draw_cross(
            painter, drawing, selection.hover, line=theme.colours.text, ground=theme.colours.hover, thick=0.75 * thick
        )


def _draw_cross(painter: QPainter, drawing: MatrixDrawing, cell: Cell, *, line: str, ground: str, thick: float) -> None:
    whole, gap = drawing.cells_rect(), drawing.look.scale.em(0.25)
    frames: list[QRectF] = []
    if cell.row is not None and cell.row < drawing.rows.count:
        y, height = drawing.rows.span(cell.row, cell.row + 1)
        if height > 0:
            frames.append(QRectF(whole.left(), y, whole.width(), height))
            _mark_row(painter, drawing, cell.row, ground, whole.left() - gap)
    if cell.column is not None and cell.column < drawing.columns.count:
        x, width = drawing.columns.span(cell.column, cell.column + 1)
        if width > 0:
            frames.append(QRectF(x, whole.top(), width, whole.height()))
            _mark_column(painter, drawing, cell.column, ground, whole.top() - gap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(line), thick))
    for frame in frames:
        painter.drawRect(frame)


def _mark_row(painter: QPainter, drawing: MatrixDrawing, row: int, ground: str, right: float) -> None:
    text, width, height = _fitted(painter, drawing, drawing.row_labels.text(row))
    pad = drawing.look.scale.em(0.1875)
    room = QRectF(max(0.0, right + pad - width), drawing.rows.middle(row) - height / 2, width, height)
    _write(painter, drawing, room, text, ground)


def _mark_column(painter: QPainter, drawing: MatrixDrawing, column: int, ground: str, bottom: float) -> None:
    text, width, height = _fitted(painter, drawing, drawing.column_labels.text(column))
    left = drawing.columns.middle(column) - width / 2
    most = max(0.0, drawing.room.width() - width)
    room = QRectF(max(0.0, min(most, left)), max(0.0, bottom + drawing.look.scale.em(0.125) - height), width, height)
    _write(painter, drawing, room, text, ground)


def _fitted(painter: QPainter, drawing: MatrixDrawing, text: str) -> tuple[str, float, float]:
    painter.setFont(drawing.font(bold=True))
    metrics, em = painter.fontMetrics(), drawing.look.scale.em
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, em(9))
    return text, metrics.horizontalAdvance(text) + 2 * em(0.1875), metrics.height()


def _write(painter: QPainter, drawing: MatrixDrawing, room: QRectF, text: str, ground: str) -> None:
    """Write a label in full and level, whether the axis had room for it or not."""
    corner = drawing.look.scale.em(0.1875)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(room, corner, corner)
    painter.setPen(QColor(drawing.look.theme.theme.ink_on(ground)))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, text)


def _draw_sweep(painter: QPainter, drawing: MatrixDrawing, sweep: Sweep) -> None:
    """Veil what was not swept over."""
    colours = drawing.look.theme.theme.colours
    veil = QColor(colours.stage)
    veil.setAlphaF(0.72)
    whole = drawing.cells_rect()
    y, height = drawing.rows.span(*sweep.rows) if sweep.rows else (whole.top(), whole.height())
    x, width = drawing.columns.span(*sweep.columns) if sweep.columns else (whole.left(), whole.width())
    kept = QRectF(x, y, width, height)
    for room in (
        QRectF(whole.left(), whole.top(), whole.width(), y - whole.top()),
        QRectF(whole.left(), kept.bottom(), whole.width(), whole.bottom() - kept.bottom()),
        QRectF(whole.left(), y, x - whole.left(), height),
        QRectF(kept.right(), y, whole.right() - kept.right(), height),
    ):
        painter.fillRect(room, veil)
    painter.setPen(QPen(QColor(colours.text), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(kept)
