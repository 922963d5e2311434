"""The stage as a picture to export: the view as on screen, its scale of colours, and a caption that says it all."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.attention.export.caption import broken
from app.attention.presenter import Presenter
from app.attention.views.stack import Stage
from app.fonts import has_letter
from app.panel import Look
from core.attention.export.code_points import drawable, say_unknown, unknown_letters

SHARPNESS: Final = 2.0
"""Pixels of a saved picture for each on the screen."""
MOST_LINES: Final = 3
"""Lines of one part of the caption; a longer sentence is cut short."""


class StagePicture:
    """Draws the stage onto other surfaces."""

    def __init__(self, look: Look, presenter: Presenter, stage: Stage) -> None:
        self._look = look
        self._presenter = presenter
        self._stage = stage

    def image(self) -> QImage:
        """Return the stage with its scale and caption, two pixels for each on the screen."""
        size = self._size()
        image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.setText("Description", "\n".join(self._caption()))
        painter = QPainter(image)
        self._draw(painter, size, SHARPNESS)
        painter.end()
        return image

    def png(self) -> QByteArray:
        """Return the stage as a PNG file."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        return content

    def svg(self) -> QByteArray:
        """Return the stage as an SVG file."""
        content, size, lines = QByteArray(), self._size(), self._caption()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle(lines[0])
        generator.setDescription("\n".join(lines))
        painter = QPainter(generator)
        self._draw(painter, size, SHARPNESS)
        painter.end()
        return content

    def _caption(self) -> list[str]:
        lines = self._presenter.view.caption(self._presenter.shown)
        unknown = say_unknown(unknown_letters(lines, has_letter))
        return [*lines, unknown] if unknown else lines

    def _caption_lines(self) -> list[str]:
        """Return the caption broken into lines as wide as the page."""
        font = self._look.scale.font("caption")
        width = self._stage.page.width()
        drawn = [drawable(words, has_letter) for words in self._caption()]
        return [line for words in drawn for line in broken(words, font, width, MOST_LINES)]

    def _size(self) -> QSize:
        page, em = self._stage.page.size(), self._look.scale.em
        height = page.height() + em(2.25) * self._has_bar() + em(1.25) * len(self._caption_lines()) + em(1)
        return QSize(page.width() + em(1), height)

    def _has_bar(self) -> bool:
        return self._stage.bar is not None

    def _draw(self, painter: QPainter, size: QSize, ratio: float) -> None:
        """Draw the view, below it the scale of colours, below that the caption."""
        em, colours = self._look.scale.em, self._look.theme.theme.colours
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(colours.stage))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(em(0.5), em(0.25))
        self._stage.draw(painter, ratio)
        y = self._stage.page.height()
        if self._has_bar():
            self._stage.draw_bar(painter, QRectF(0, y + em(0.25), em(14), em(1.75)))
            y += em(2.25)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._look.scale.font("caption"))
        for line in self._caption_lines():
            room = QRectF(0, y, size.width() - em(1), em(1.25))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
            y += em(1.25)
