"""A lecture on paper: two scenes a page, each with its picture, its sentence and what the speaker had to say."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.fonts import ui_font
from app.theme import theme_of
from core.lecture.lecture import Lecture, Scene

_DOTS_PER_INCH: Final = 150
_MARGIN: Final = 18.0
"""Millimetres of white around a page."""
_PICTURE: Final = 0.72
"""Of a page's width, a picture."""
_CAPTION, _NOTES, _SECTION = 11.0, 9.0, 8.0
"""Points of type."""
_LEAST_NOTES: Final = 5.0
_GAP: Final = 0.012
"""Of a page's height, between two parts of a scene."""
_TALLEST: Final = 0.485
"""Of a page's height, one scene."""

_WRAPPED: Final = Qt.TextFlag.TextWordWrap


def write_handout(path: Path, lecture: Lecture, pictures: list[QImage]) -> None:
    """Write ``lecture`` as a PDF.

    Args:
        path: the file, which is written over.
        lecture: its words.
        pictures: of its scenes, in their order.
    """
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(lecture.title)
    writer.setCreator("Yaya Lab")
    page = QRect(0, 0, writer.width(), writer.height())
    painter = QPainter(writer)
    for number, (scene, picture) in enumerate(zip(lecture.scenes, pictures, strict=True)):
        if number and number % 2 == 0:
            writer.newPage()
        half = round(page.height() * _TALLEST)
        top = page.height() - half if number % 2 else 0
        _draw(painter, QRect(0, top, page.width(), half), scene, picture, f"{number + 1} / {len(lecture.scenes)}")
    painter.end()


def _draw(painter: QPainter, room: QRect, scene: Scene, picture: QImage, number: str) -> None:
    """Draw one scene into ``room``: section and number, picture, caption, notes."""
    gap = round(room.height() * _GAP)
    top = room.top()
    small = ui_font(_SECTION)
    painter.setFont(small)
    painter.setPen(QColor(theme_of("light").colours.muted))
    line = QFontMetrics(small, painter.device()).height()
    head = QRect(room.left(), top, room.width(), line)
    painter.drawText(head, Qt.AlignmentFlag.AlignLeft, scene.section)
    painter.drawText(head, Qt.AlignmentFlag.AlignRight, number)
    top += line + gap
    width = room.width() * _PICTURE
    height = width * picture.height() / picture.width()
    most = room.height() * 0.62
    if height > most:
        width, height = width * most / height, most
    frame = QRectF(room.left(), top, width, height)
    painter.drawImage(frame, picture)
    painter.drawRect(frame)
    top += round(height) + gap
    painter.setPen(QColor(theme_of("light").colours.text))
    bold = ui_font(_CAPTION)
    bold.setBold(True)
    painter.setFont(bold)
    taken = painter.boundingRect(QRect(room.left(), top, room.width(), room.bottom() - top), _WRAPPED, scene.caption)
    painter.drawText(taken, _WRAPPED, scene.caption)
    top = taken.bottom() + gap
    rest = QRect(room.left(), top, room.width(), room.bottom() - top)
    painter.setFont(_fitting(painter, rest, scene.notes))
    painter.drawText(rest, _WRAPPED, scene.notes)


def _fitting(painter: QPainter, room: QRect, text: str) -> QFont:
    """Return the largest type, up to that of notes, in which ``text`` has room."""
    size = _NOTES
    while size > _LEAST_NOTES:
        metrics = QFontMetrics(ui_font(size), painter.device())
        if (
            metrics.boundingRect(QRect(0, 0, room.width(), 10 * room.height()), _WRAPPED, text).height()
            <= room.height()
        ):
            break
        size -= 0.5
    return ui_font(size)
