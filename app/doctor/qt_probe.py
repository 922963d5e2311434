"""Tries Qt as the window would, in a process of its own, and prints what came of it as JSON.

``python -m app.doctor.qt_probe``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from core.language import set_language, system_language

DUCK: Final = "鸭"


def probe() -> dict[str, Any]:
    """Start Qt and return what it runs on and draws with."""
    from PySide6.QtCore import QLibraryInfo, qVersion
    from PySide6.QtGui import QGuiApplication

    from app.application import display_problem, has_display, new_application
    from app.fonts import FAMILY, load_fonts, ui_font

    application = new_application()
    fonts_problem = load_fonts()
    screen = application.primaryScreen()
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "display": has_display(),
        "display_problem": display_problem(application),
        "screen": screen.size().toTuple(),
        "ratio": screen.devicePixelRatio(),
        "shipped_family": FAMILY if fonts_problem is None else None,
        "fonts_problem": str(fonts_problem) if fonts_problem is not None else None,
        "family_of_duck": family_that_draws(DUCK, ui_font(12)),
        "input_methods": sorted(path.stem for path in plugins.glob("*")),
    }


def family_that_draws(text: str, font: Any) -> str | None:
    """Return the family from which Qt takes the glyphs of ``text``; None when no family has them.

    Args:
        text: characters of one script.
        font: the ``QFont`` asked for.
    """
    from PySide6.QtGui import QTextLayout

    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    for run in layout.glyphRuns():
        # Glyph 0 is the box for what a font lacks.
        if 0 not in run.glyphIndexes():
            return str(run.rawFont().familyName())
    return None


if __name__ == "__main__":
    set_language(system_language())
    sys.stdout.write(json.dumps(probe()) + "\n")
