"""What stands in the window as a picture to keep: as it is drawn there, and below it a caption that says what it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator

from app.panel import Look
from app.plots.caption import broken

SHARPNESS: Final = 2.0
"""Pixels of a saved picture for each on the screen."""
MOST_LINES: Final = 3
"""Lines of one part of the caption; a longer sentence is cut short."""


class CaptionedPicture(ABC):
    """Draws something onto other surfaces, with its caption."""

    def __init__(self, look: Look) -> None:
        self._look = look

    @abstractmethod
    def caption(self) -> list[str]:
        """Return the lines that say what is seen; the first is the title. They are kept in the file, too."""

    @abstractmethod
    def body_size(self) -> QSize:
        """Return how large the picture is without its caption."""

    @abstractmethod
    def draw_body(self, painter: QPainter, ratio: float) -> None:
        """Draw the picture from the origin on, ``ratio`` pixels for each on the screen."""

    def notes(self) -> Mapping[str, str]:
        """Return what else is kept in the file, by name."""
        return {}

    def written(self, line: str) -> str:
        """Return a line of the caption as it is drawn."""
        return line

    def image(self) -> QImage:
        """Return the picture with its caption, two pixels for each on the screen."""
        size = self._size()
        image = QImage(size * SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.setText("Description", "\n".join(self.caption()))
        for name, words in self.notes().items():
            image.setText(name, words)
        painter = QPainter(image)
        self._draw(painter, size)
        painter.end()
        return image

    def png(self) -> QByteArray:
        """Return it as a PNG file."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(self.image())
        return content

    def svg(self) -> QByteArray:
        """Return it as an SVG file."""
        content, size, lines = QByteArray(), self._size(), self.caption()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(size)
        generator.setViewBox(QRect(0, 0, size.width(), size.height()))
        generator.setTitle(lines[0])
        generator.setDescription("\n".join([*lines, *(f"{name}: {words}" for name, words in self.notes().items())]))
        painter = QPainter(generator)
        self._draw(painter, size)
        painter.end()
        return content

    def _caption_lines(self) -> list[str]:
        """Return the caption broken into lines as wide as the picture."""
        font, width = self._look.scale.font("caption"), self.body_size().width()
        return [line for words in self.caption() for line in broken(self.written(words), font, width, MOST_LINES)]

    def _size(self) -> QSize:
        body, em = self.body_size(), self._look.scale.em
        return QSize(body.width() + em(1), body.height() + em(1.25) * len(self._caption_lines()) + em(1))

    def _draw(self, painter: QPainter, size: QSize) -> None:
        """Draw the picture and below it the caption."""
        em, colours = self._look.scale.em, self._look.theme.theme.colours
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(colours.stage))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(em(0.5), em(0.25))
        self.draw_body(painter, SHARPNESS)
        painter.setPen(QColor(colours.text))
        painter.setFont(self._look.scale.font("caption"))
        y = self.body_size().height()
        for line in self._caption_lines():
            room = QRectF(0, y, size.width() - em(1), em(1.25))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, line)
            y += em(1.25)
