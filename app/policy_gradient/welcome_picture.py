"""On the welcome's card: an episode of a run that has just begun, and one of the same run when it has learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.drawing.cart_pole import CartPoleScene, Ending, paint_cart_pole, style_of
from app.welcome.live_picture import LivePicture, recorded
from core.language import ngettext
from core.policy_gradient.environments.description import describe

_REST: Final = 1.2
"""Seconds that the last state of an episode stays."""
_ENV: Final = "CartPole-v1"


@dataclass(frozen=True, slots=True)
class _Episode:
    number: int
    duration: int
    states: list[list[float]]
    actions: list[int]


class EpisodePicture(LivePicture):
    """Plays both, one after the other, as fast as they were."""

    STILL: ClassVar[float] = 0.0

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._episodes = [
            _Episode(each["episode"], each["duration"], each["states"], each["actions"])
            for each in recorded("cart_pole")
        ]
        self._known = describe(_ENV)
        assert self._known.cart is not None  # it is the cart's environment
        self._second = self._known.cart.step_seconds

    def moment(self, seconds: float) -> tuple[int, int]:
        """Return which episode is shown after ``seconds``, from 0, and how many of its steps were taken.

        Where nothing moves it is the middle of the last.
        """
        if not self.is_moving:
            return len(self._episodes) - 1, len(self._episodes[-1].actions) // 2
        lasts = [len(each.actions) * self._second + _REST for each in self._episodes]
        left = seconds % sum(lasts)
        for index, length in enumerate(lasts):
            if left < length:
                return index, min(int(left / self._second), len(self._episodes[index].actions))
            left -= length
        return 0, 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cart, and say which episode it is."""
        index, step = self.moment(self.seconds)
        episode = self._episodes[index]
        ending: Ending = "fell" if step == episode.duration else ""  # the later one is not shown to its end
        action = episode.actions[step - 1] if step else None
        painter = QPainter(self)
        scene = CartPoleScene(episode.states[step], action, ending=ending)
        paint_cart_pole(painter, QRectF(self.rect()), self._known, scene, style_of(self.look))
        told = ngettext("Episode {number}: {steps} step", "Episode {number}: {steps} steps", episode.duration)
        self._write(painter, told.format(number=episode.number, steps=episode.duration))
        painter.end()

    def _write(self, painter: QPainter, words: str) -> None:
        em = self.look.scale.em
        painter.setFont(self.look.scale.font("caption"))
        painter.setPen(QColor(self.look.theme.theme.colours.muted))
        where = QRectF(self.rect()).adjusted(em(0.5), em(0.375), -em(0.5), -em(0.375))
        painter.drawText(where, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, words)
