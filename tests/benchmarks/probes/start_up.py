"""From the start of a process to its first painted window: the program, and an empty window beside it.

Everything is imported inside the functions: what this module imported would count as the program's own time.
"""

from __future__ import annotations

from typing import Any

HEAVY = ("torch", "gymnasium", "pygame", "transformers", "sklearn", "scipy", "pandas", "matplotlib")
"""What the window's process must not have loaded when it is painted."""

SETTLE = 1000
"""Milliseconds from the first paint to the look at the memory."""


def program(spawned_at: float) -> dict[str, Any]:
    """Start the program as ``python main.py`` does, up to its first paint, and close it again.

    Three things are added to it: the platform without a display counts as one, else the tour would start, and
    somebody listens for the first paint, and for the curves, which are put in their place after it.
    """
    import main

    main.load_before_qt()  # as the program does before it imports Qt
    from app import application

    seen: dict[str, Any] = {}
    show = application.Laboratory.show

    def show_and_listen(self: application.Laboratory) -> None:
        self.window.painted.connect(lambda: _note(seen, spawned_at, self.window))
        curves = self.window.open_tab.page.curves  # type: ignore[union-attr]  # the first start opens this page
        self.window.painted.connect(lambda: _note_curves(seen, spawned_at, curves))
        show(self)

    application.has_display = lambda: True
    application.Laboratory.show = show_and_listen  # type: ignore[method-assign]
    main.main([])
    return seen


def empty_window(spawned_at: float) -> dict[str, Any]:
    """Start the least there can be of PySide6 with pyqtgraph: one window with one empty plot."""
    import sys

    import pyqtgraph as pg
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    seen: dict[str, Any] = {}

    class Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
        """It covers its window entirely, so the window itself is never asked to paint."""

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            if not seen:
                seen["seconds"] = None
                QTimer.singleShot(0, lambda: _note(seen, spawned_at, window))

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(Plot())
    window.resize(1280, 800)
    window.show()
    application.exec()
    return seen


def _note_curves(seen: dict[str, Any], spawned_at: float, curves: Any) -> None:
    """Take the time when the curves are there; Qt paints them before it looks at its timers again."""
    import time

    from PySide6.QtCore import QTimer

    if curves.is_built:
        seen["curves_seconds"] = time.time() - spawned_at
    else:
        QTimer.singleShot(0, lambda: _note_curves(seen, spawned_at, curves))


def _note(seen: dict[str, Any], spawned_at: float, window: Any) -> None:
    """Take the time first; what this needs itself is imported after it."""
    import time

    seen["seconds"] = time.time() - spawned_at
    seen["cpu_seconds"] = time.process_time()
    import sys

    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication

    seen["heavy"] = [name for name in HEAVY if name in sys.modules]
    seen["modules"] = len(sys.modules)
    seen["platform"] = QGuiApplication.platformName()

    def look_and_close() -> None:
        from tests.benchmarks.probes.memory import memory_of

        seen["memory"] = memory_of()
        window.close()

    QTimer.singleShot(SETTLE, look_and_close)
