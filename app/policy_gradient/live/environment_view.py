"""The stage: the cart and its pole painted from the numbers, or the environment's own picture, undistorted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.drawing.cart_pole import (
    CartPoleScene,
    Falling,
    ending_of,
    paint_cart_pole,
)
from app.policy_gradient.drawing.own_frame import card_rect, paint_own_frame
from app.policy_gradient.drawing.picture import Picture, image_of
from app.policy_gradient.drawing.trail import State, Trail
from core.language import _
from core.policy_gradient.environments.description import CARTPOLE, EnvironmentDescription, describe
from core.policy_gradient.events import Frame

_FALL_MS: Final = 600
"""Milliseconds in which a pole comes down after its episode."""


class EnvironmentView(Picture):
    """Draws frames as they come; where there is nothing to draw, says why, and what to do.

    A cart with a pole is painted from the numbers; whatever else there is shows the picture the environment has drawn
    of itself, and so does the cart where that is asked for (:meth:`show_own_frame`).
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._known = describe(CARTPOLE)
        self._frame: Frame | None = None
        self._image: QImage | None = None
        self._has_own_frame = False
        self._trail = Trail()
        self._fallen: State | None = None
        self._fall = QVariantAnimation(self)
        self._fall.setDuration(_FALL_MS)
        self._fall.setStartValue(0.0)
        self._fall.setEndValue(1.0)
        self._fall.valueChanged.connect(self.update)
        self._fall.finished.connect(self._on_fallen)
        self._words = ""
        self.frames_painted = 0
        self._shown: Frame | None = None
        self._restyle(self.look.theme.theme)
        self._retranslate()

    @property
    def has_picture(self) -> bool:
        """Whether a state is shown."""
        return self._image is not None or self.is_painted

    @property
    def is_painted(self) -> bool:
        """Whether the state is painted from its numbers, rather than shown as the environment has drawn it."""
        return self._frame is not None and self._known.cart is not None and self._image is None

    @property
    def words(self) -> str:
        """What is written where no frame is shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Write ``words`` as long as no frame is shown."""
        if words != self._words:
            self._words = words
            self._retranslate()

    def show_environment(self, known: EnvironmentDescription) -> None:
        """Show frames of another environment from now on; what is shown stays until the first comes."""
        if known != self._known:
            self._known = known
            if known.cart is None and self._image is None:
                self.show_frame(None)  # its numbers are no cart's

    def show_own_frame(self, on: bool) -> None:
        """Show the environment's own picture where there is one, even of what can be painted."""
        if on != self._has_own_frame:
            self._has_own_frame = on
            self._take_image()

    def show_frame(self, frame: Frame | None) -> None:
        """Show ``frame``; None, and a frame of an environment that can't draw, clear the stage."""
        if frame is not self._frame:
            self._follow(frame)
            self._frame = frame
            self._take_image()

    def _take_image(self) -> None:
        """Take the environment's own picture out of the frame, where that is to be shown."""
        frame = self._frame
        if frame is None or frame.image is None or (self._known.cart is not None and not self._has_own_frame):
            self._image = None
        else:
            self._image = image_of(frame.image)
        self.update()

    def _follow(self, frame: Frame | None) -> None:
        """Keep the trail, and let a pole that has fallen come down."""
        before = None if self._frame is None else self._frame.transition
        step = None if frame is None else frame.transition
        if self._known.cart is None or step is before:
            return
        self._trail.take(step, self._known.cart)
        if step is not None and ending_of(self._known, step) in {"fell", "off_track"}:
            self._fallen = step.next_obs
            self._fall.start()
        elif step is None or not self.is_falling:
            self._fall.stop()
            self._fallen = None

    @property
    def is_falling(self) -> bool:
        """Whether a pole is on its way down."""
        return self._fall.state() is QVariantAnimation.State.Running

    def _on_fallen(self) -> None:
        """A pole that lies is let go, unless its state is still shown."""
        if self._frame is None or self._frame.obs != self._fallen:
            self._fallen = None
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let nothing move that nobody sees."""
        self._fall.stop()
        super().hideEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Picture of the environment"))
        self.setAccessibleDescription("" if self.has_picture else self._words)
        self.update()

    def picture_rect(self) -> QRect:
        """Return where the picture is drawn: everywhere, or an environment's own on its card."""
        return self.rect() if self._image is None else card_rect(self.look, self.rect(), self._image.size())

    def scene(self) -> CartPoleScene | None:
        """Return what is painted; None where the environment's own picture, or none, is shown."""
        frame = self._frame
        if frame is None or not self.is_painted:
            return None
        step = frame.transition
        fallen = None if self._fallen is None else Falling(self._fallen, float(self._fall.currentValue()))
        return CartPoleScene(
            frame.obs,
            None if step is None else step.action,
            None if step is None else step.reward,
            self._trail.states,
            ending_of(self._known, step),
            fallen,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, or write why there is none."""
        painter = QPainter(self)
        colours = self.look.theme.theme.colours
        scene = self.scene()
        if scene is not None:
            paint_cart_pole(painter, QRectF(self.rect()), self._known, scene, self._style)
        elif self._image is not None:
            paint_own_frame(painter, self.look, self.rect(), self._image)
        else:
            painter.fillRect(self.rect(), QColor(colours.stage))
            painter.setPen(QColor(colours.muted))
            painter.setFont(self.look.scale.font("title"))
            margin = self.look.scale.em(1)
            where = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        if self.has_picture and self._frame is not self._shown:
            self._shown = self._frame
            self.frames_painted += 1
        painter.end()
