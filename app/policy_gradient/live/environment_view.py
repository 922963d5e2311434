"""The stage: the environment's own picture, large and undistorted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panel import Look, Panel
from app.theme import Theme
from core.language import _
from core.policy_gradient.events import Frame


class EnvironmentView(Panel):
    """Draws frames as they come; where there is none, says why, and what to do."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._image: QImage | None = None
        self._words = ""
        self.frames_painted = 0
        self._shown: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._restyle(look.theme.theme)
        self._retranslate()

    @property
    def has_picture(self) -> bool:
        """Whether a frame is shown."""
        return self._image is not None

    @property
    def words(self) -> str:
        """What is written where no frame is shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Write ``words`` as long as no frame is shown."""
        if words != self._words:
            self._words = words
            self._retranslate()

    def show_frame(self, frame: Frame | None) -> None:
        """Show ``frame``; None, and a frame of an environment that can't draw, clear the stage."""
        if frame is None or frame.image is None:
            self._image = None
        else:
            height, width, _channels = frame.image.shape
            # Qt scales its own 32-bit format several times faster than packed RGB.
            packed = QImage(frame.image.data, width, height, 3 * width, QImage.Format.Format_RGB888)
            self._image = packed.convertToFormat(QImage.Format.Format_RGB32)
        self.update()

    def sizeHint(self) -> QSize:
        """A CartPole picture of 600 × 400 at a usual zoom."""
        return QSize(self.look.scale.em(30), self.look.scale.em(20))

    def _restyle(self, _theme: Theme) -> None:
        self.setMinimumSize(self.look.scale.em(9), self.look.scale.em(6))
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Picture of the environment"))
        self.setAccessibleDescription("" if self.has_picture else self._words)
        self.update()

    def picture_rect(self) -> QRect:
        """Return where the picture is drawn: as large as fits, proportions kept."""
        if self._image is None:
            return self.rect()
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRect((self.width() - size.width()) // 2, (self.height() - size.height()) // 2, *size.toTuple())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, or write why there is none."""
        painter = QPainter(self)
        colours = self.look.theme.theme.colours
        if self._image is None:
            painter.fillRect(self.rect(), QColor(colours.stage))
            painter.setPen(QColor(colours.muted))
            painter.setFont(self.look.scale.font("title"))
            margin = self.look.scale.em(1)
            where = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        else:
            # What the picture leaves free takes the picture's own ground, so that nothing floats.
            painter.fillRect(self.rect(), self._image.pixelColor(0, 0))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.picture_rect(), self._image)
            if self._image is not self._shown:
                self._shown = self._image
                self.frames_painted += 1
        painter.end()
