"""What moves on a card of the welcome: recorded by the program itself, and played while it is looked at."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.panel import Look, Panel
from app.theme import Theme
from core.paths import RESOURCES

FRAME: Final = 33
"""Milliseconds from one picture to the next."""


def recorded(name: str) -> Any:
    """Return what ``resources/welcome/take.py`` wrote under ``name``."""
    return json.loads((RESOURCES / "welcome" / f"{name}.json").read_text(encoding="utf-8"))


class LivePicture(Panel):
    """Shows one moment of a recording; while it is on the screen, and things move, one after the other.

    Attributes:
        STILL: the second that is shown where nothing moves.
        seconds: the moment that is shown.
    """

    STILL: ClassVar[float] = 0.0

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look.of_pictures, parent)
        self.seconds = self.STILL
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=FRAME)
        self._timer.timeout.connect(self._on_frame)
        self.look.motion.changed.connect(self._begin)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def is_moving(self) -> bool:
        """Whether one moment follows the other."""
        return self._timer.isActive()

    def sizeHint(self) -> QSize:
        """Half as high again as a line of cards is, at most."""
        return QSize(self.look.scale.em(18), self.look.scale.em(12))

    def minimumSizeHint(self) -> QSize:
        """As small as it can be read."""
        return QSize(self.look.scale.em(10), self.look.scale.em(7))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin."""
        super().showEvent(event)
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stand still while nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _begin(self) -> None:
        if self.isVisible() and self.look.motion.moves:
            self._since.start()
            self._timer.start()
        else:
            self._timer.stop()
            self.seconds = self.STILL
            self.update()

    @Slot()
    def _on_frame(self) -> None:
        self.seconds = self._since.elapsed() / 1000
        self.update()

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.update()
