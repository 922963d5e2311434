"""Movement where it means something: short, never in the way, and none at all for those who want none.

Everything that moves in the window is a :class:`Glide`. Whatever is pressed while something moves lets it arrive at
once, before the key does what it does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QVariantAnimation, Signal, Slot
from PySide6.QtWidgets import QApplication, QStyle, QWidget
from shiboken6 import isValid

from app.overrides import called_by_qt

SHORT: Final = 120
USUAL: Final = 160
LONG: Final = 200
"""Milliseconds that a movement takes."""

_PRESSED: Final = frozenset(
    {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}
)
"""A key of the table of actions is never heard as a press: Qt asks first whose it is, and then triggers the action."""


@called_by_qt
class Motion(QObject):
    """Says whether things move, and lets all arrive that do when something is pressed.

    Signals:
        changed: things move from now on, or no longer.
    """

    changed = Signal()

    def __init__(self, *, is_seen: bool = False, parent: QObject | None = None) -> None:
        """Let things move.

        Args:
            is_seen: whether somebody can see it; where nobody can, everything is at once where it goes.
            parent: who owns it.
        """
        super().__init__(parent)
        self._is_seen = is_seen
        self._is_reduced = False
        self._gliding: list[Glide] = []

    @property
    def moves(self) -> bool:
        """Whether things move now: not where the person wants none, or has told the system so."""
        return self._is_seen and not self._is_reduced and not system_reduces_motion()

    @Slot(bool)
    def reduce(self, on: bool) -> None:
        """Let nothing move from now on; or everything again."""
        if on != self._is_reduced:
            self._is_reduced = on
            self.arrive()
            self.changed.emit()

    def arrive(self) -> None:
        """Let everything that moves be where it goes."""
        for glide in tuple(self._gliding):
            if isValid(glide):
                glide.arrive()
            else:  # it went with its widget
                self.forget(glide)

    def note(self, glide: Glide) -> None:
        """Something begins to move."""
        application = QApplication.instance()
        assert application is not None  # what moves is seen
        if not self._gliding:
            application.installEventFilter(self)
        if glide not in self._gliding:
            self._gliding.append(glide)

    def forget(self, glide: Glide) -> None:
        """Something moves no longer."""
        if glide in self._gliding:
            self._gliding.remove(glide)
            application = QApplication.instance()
            if not self._gliding and application is not None:
                application.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Be never in the way of what is pressed."""
        if event.type() in _PRESSED:
            self.arrive()
        return False


def system_reduces_motion() -> bool:
    """Return whether the system asks programs not to move things, as Qt tells it."""
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


class Glide(QObject):
    """One movement of a widget, from 0 to 1; it can be begun again and again.

    Attributes:
        progress: how far it is; 1 while nothing moves.
    """

    def __init__(self, motion: Motion, owner: QWidget, step: Callable[[float], object], *, lasts: int = USUAL) -> None:
        """Move nothing yet.

        Args:
            motion: whether anything moves.
            owner: what moves; nothing does while it is not on the screen.
            step: called with the progress at every step, at last with 1.
            lasts: milliseconds.
        """
        super().__init__(owner)
        self.progress = 1.0
        self._motion, self._owner, self._step = motion, owner, step
        self._animation: QVariantAnimation | None = None
        self._lasts = lasts

    @property
    def is_moving(self) -> bool:
        """Whether it is on its way."""
        return self.progress < 1.0

    def begin(self) -> bool:
        """Move from the start on; return whether it does. Where nothing moves, ``step`` is not called."""
        self.arrive()
        if not self._motion.moves or not self._owner.isVisible():
            return False
        self.progress = 0.0
        self._motion.note(self)
        animation = QVariantAnimation(self)
        animation.setDuration(self._lasts)
        animation.setStartValue(0.0)
        animation.setEndValue(1.0)
        animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        animation.valueChanged.connect(self._on_value)
        animation.finished.connect(self.arrive)
        self._animation = animation
        animation.start()
        return True

    @Slot()
    def arrive(self) -> None:
        """Be at the end, at once."""
        if self._animation is None:
            return
        animation, self._animation = self._animation, None
        animation.stop()
        animation.deleteLater()
        self._motion.forget(self)
        self.progress = 1.0
        self._step(1.0)

    @Slot(object)
    def _on_value(self, value: object) -> None:
        assert isinstance(value, float)
        if self._animation is not None and value < 1.0:
            self.progress = value
            self._step(value)
