"""Walking through the layers by itself, one after the other has been seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.session import AttentionSession
from app.widgets.fields.index_slider import IndexSlider

PLAY_EVERY: Final = {"slow": 1500, "fast": 500}
"""Milliseconds a layer stays on the stage while playing."""


class LayerPlayer(QObject):
    """Moves a slider on, never faster than the worker answers.

    Signals:
        toggled: whether it plays.
    """

    toggled = Signal(bool)

    def __init__(self, session: AttentionSession, slider: Callable[[], IndexSlider], parent: QObject) -> None:
        """Make a player that stands still.

        Args:
            session: what it waits for.
            slider: returns what walks through the layers in the view in sight.
            parent: the tab.
        """
        super().__init__(parent)
        self._session, self._slider = session, slider
        self.speed = "slow"
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    @property
    def is_playing(self) -> bool:
        """Whether it walks."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Walk through the layers, from the first after the last, or stand still."""
        if self._timer.isActive():
            self.stop()
            return
        slider = self._slider()
        if slider.is_at_end:
            slider.choose_first()
        self._timer.start(PLAY_EVERY[self.speed])
        self.toggled.emit(True)

    def stop(self) -> None:
        """Stand still."""
        if self._timer.isActive():
            self._timer.stop()
            self.toggled.emit(False)

    @Slot(str)
    def set_speed(self, name: str) -> None:
        """Walk ``slow`` or ``fast``."""
        self.speed = name
        if self._timer.isActive():
            self._timer.start(PLAY_EVERY[name])

    @Slot()
    def _on_tick(self) -> None:
        """Go one layer on, once the last one has been seen."""
        if self._session.is_busy:
            return
        slider = self._slider()
        slider.step(+1)
        if slider.is_at_end:
            self.stop()
