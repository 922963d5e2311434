"""What is picked, drawn over a map: crosshair, marked labels, and what a sweep leaves in sight."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.attention.drawing.frames import draw_frames
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
    whole = drawing.cells_rect()
    frames: list[QRectF] = []
    if cell.row is not None and cell.row < drawing.rows.count:
        y, height = drawing.rows.span(cell.row, cell.row + 1)
        if height > 0:
            frames.append(QRectF(whole.left(), y, whole.width(), height))
            _mark_row(painter, drawing, cell.row, ground)
    if cell.column is not None and cell.column < drawing.columns.count:
        x, width = drawing.columns.span(cell.column, cell.column + 1)
        if width > 0:
            frames.append(QRectF(x, whole.top(), width, whole.height()))
            _mark_column(painter, drawing, cell.column, ground)
    draw_frames(painter, frames, line=line, casing=drawing.look.theme.theme.colours.stage, thick=thick)


def marked_row_rect(drawing: MatrixDrawing, row: int) -> QRectF:
    """Return where the label of a row that is picked stands."""
    _text, width, height = _fitted(drawing, drawing.row_labels.text(row))
    right = drawing.cells_rect().left() - drawing.look.scale.em(0.25)
    pad = drawing.look.scale.em(0.1875)
    return QRectF(max(0.0, right + pad - width), drawing.rows.middle(row) - height / 2, width, height)


def marked_column_rect(drawing: MatrixDrawing, column: int) -> QRectF:
    """Return where the label of a column that is picked stands."""
    _text, width, height = _fitted(drawing, drawing.column_labels.text(column))
    bottom = drawing.cells_rect().top() - drawing.look.scale.em(0.25)
    left = drawing.columns.middle(column) - width / 2
    most = max(0.0, drawing.room.width() - width)
    return QRectF(max(0.0, min(most, left)), max(0.0, bottom + drawing.look.scale.em(0.125) - height), width, height)


def _mark_row(painter: QPainter, drawing: MatrixDrawing, row: int, ground: str) -> None:
    text, _width, _height = _fitted(drawing, drawing.row_labels.text(row))
    _write(painter, drawing, marked_row_rect(drawing, row), text, ground)


def _mark_column(painter: QPainter, drawing: MatrixDrawing, column: int, ground: str) -> None:
    text, _width, _height = _fitted(drawing, drawing.column_labels.text(column))
    _write(painter, drawing, marked_column_rect(drawing, column), text, ground)


def _fitted(drawing: MatrixDrawing, text: str) -> tuple[str, float, float]:
    metrics, em = QFontMetrics(drawing.font(bold=True)), drawing.look.scale.em
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, em(9))
    return text, metrics.horizontalAdvance(text) + 2 * em(0.1875), metrics.height()


def _write(painter: QPainter, drawing: MatrixDrawing, room: QRectF, text: str, ground: str) -> None:
    """Write a label in full and level, whether the axis had room for it or not."""
    corner = drawing.look.scale.em(0.1875)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(room, corner, corner)
    painter.setPen(QColor(drawing.look.theme.theme.ink_on(ground)))
    painter.setFont(drawing.font(bold=True))
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
