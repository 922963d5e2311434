"""What nobody in a hall needs goes away while nothing is touched: the mouse's arrow, and the bar at the tab's foot."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPropertyAnimation, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

from app.overrides import called_by_qt

STILL: Final = 2000
"""Milliseconds without a move of the mouse, after which both go."""
FADE: Final = 160
"""Milliseconds that going takes."""

_TOUCHED: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


@called_by_qt
class Quiet(QObject):
    """Lets a bar and the mouse's arrow fade while it is on; any move of the mouse brings them back at once."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._foot: QWidget | None = None
        self._effect: QGraphicsOpacityEffect | None = None
        self._fading: QPropertyAnimation | None = None
        self._has_no_arrow = False
        self._still = QTimer(self, singleShot=True, interval=STILL)
        self._still.timeout.connect(self._go)

    def begin(self, foot: QWidget | None) -> None:
        """Let ``foot`` and the arrow go, until :meth:`end`."""
        application = QApplication.instance()
        assert application is not None  # there is a window, so there is one
        application.installEventFilter(self)
        self.watch(foot)
        self._go()

    def watch(self, foot: QWidget | None) -> None:
        """Let another bar go, that of the tab now in front."""
        if foot is not self._foot:
            self._bring_back_foot()
            self._foot = foot
            if self._has_no_arrow:
                self._fade()

    def end(self) -> None:
        """Bring everything back and leave it."""
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        self._still.stop()
        self._bring_back()
        self._foot = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Come back when the mouse is moved."""
        if event.type() in _TOUCHED:
            self._bring_back()
            self._still.start()
        return False

    @Slot()
    def _go(self) -> None:
        if not self._has_no_arrow:
            self._has_no_arrow = True
            QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        self._fade()

    def _fade(self) -> None:
        if self._foot is None or self._effect is not None:
            return
        self._effect = QGraphicsOpacityEffect(self._foot)
        self._foot.setGraphicsEffect(self._effect)
        self._fading = QPropertyAnimation(self._effect, b"opacity", self)
        self._fading.setDuration(FADE)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fading.start()

    def _bring_back(self) -> None:
        if self._has_no_arrow:
            self._has_no_arrow = False
            QApplication.restoreOverrideCursor()
        self._bring_back_foot()

    def _bring_back_foot(self) -> None:
        if self._fading is not None:
            self._fading.stop()
            self._fading.deleteLater()
            self._fading = None
        if self._effect is not None and self._foot is not None:
            self._foot.setGraphicsEffect(None)  # type: ignore[arg-type]  # which is how Qt takes one away
            self._effect = None
