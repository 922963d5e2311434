"""What happens without a command: the window, or the tour where there is no display to show it on."""

from __future__ import annotations

import gc
import sys

from app.application import Laboratory, display_problem, has_display, new_application
from app.interruption import Interruption
from core.command_line import FAILED, end


def run_window() -> int:
    """Run the program until its window is closed; without a display, run the tour instead.

    Returns:
        The process's exit code; where there is a display that can't be opened, one line says what to install.
    """
    application = new_application()
    if problem := display_problem(application):
        return end(sys.stderr, problem, FAILED)
    if not has_display():
        from app.tour import run_without_display  # what only machines without a display need to load

        gc.enable()
        return run_without_display(application)
    interruption = Interruption()
    try:
        laboratory = Laboratory(application)
        interruption.heard.connect(laboratory.leave)
        laboratory.window.painted.connect(gc.freeze)  # from now on only what is made from now on is looked through
        laboratory.window.painted.connect(laboratory.greet_soon)
        laboratory.show()
        code = application.exec()
        laboratory.close()
    finally:
        interruption.close()
    return code
