"""The window's type: the system's own letters where it has a face of its own, and Chinese on every machine.

A bare Linux machine has no Chinese font and Qt draws boxes there, so two static cuts of Noto Sans SC travel
with the program (docs/adr/0003). Characters outside them come from whatever fuller Chinese font the system
has.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from app.sentence import Sentence
from core.language import N_, listed
from core.paths import RESOURCES

FAMILY: Final = "Noto Sans SC"
"""The family that is shipped."""

FONT_FILES: Final = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

SMALLEST_BODY: Final = 10.0
"""Points. Some systems ask for 9, at which dense characters such as 鸭 and 警 close up."""

_NO_FACE: Final = frozenset({"", "sans", "sans serif", "sans-serif", "dejavu sans", "bitstream vera sans", "helvetica"})
"""Names by which a system says that it has no interface face of its own."""

_FULLER: Final = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""Chinese families of real systems that hold more characters than the shipped cuts, best first."""


def load_fonts(folder: Path = RESOURCES / "fonts") -> Sentence | None:
    """Make the shipped family known to Qt. Needs a ``QGuiApplication``; costs about a millisecond.

    Returns:
        None when both cuts are there, else one sentence for the person at the screen. The program goes on
        either way: without the files, Chinese is drawn where the system has a Chinese font.
    """
    missing = [name for name in FONT_FILES if QFontDatabase.addApplicationFont(str(folder / name)) < 0]
    if not missing:
        return None
    return Sentence(
        N_("Fonts are missing or damaged: {names} in {folder}. Chinese may show as boxes; please reinstall."),
        {"names": listed(missing), "folder": folder},
    )


def body_size() -> float:
    """Return the size of body text in points: the system's, but never too small for Chinese."""
    return max(SMALLEST_BODY, QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF())


def ui_font(point_size: float) -> QFont:
    """Return the window's font in ``point_size`` points: system face, shipped Chinese, fuller Chinese."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font = QFont(system)
    font.setFamilies(list(_families(system.family())))
    font.setPointSizeF(point_size)
    font.setWeight(QFont.Weight.Normal)
    return font


@lru_cache(maxsize=4096)
def has_letter(letter: str) -> bool:
    """Return whether the window's font, or another of the system, has ``letter``: else Qt would draw a box."""
    return QFontMetricsF(ui_font(SMALLEST_BODY)).inFontUcs4(ord(letter))


def code_font(point_size: float) -> QFont:
    """Return a fixed-pitch font in ``point_size`` points for tracebacks and file contents."""
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font = QFont(fixed)
    font.setFamilies([fixed.family(), FAMILY])
    font.setPointSizeF(point_size)
    return font


def tabular(font: QFont) -> QFont:
    """Return a copy of ``font`` whose figures are all equally wide, for numbers that change while one looks.

    The shipped family's figures are tabular by design; many system faces need to be asked.
    """
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


def _families(system: str) -> Iterator[str]:
    """Yield families in the order in which Qt looks for a character."""
    # macOS hides its face behind a name with a leading dot; Qt resolves it.
    if system.lower() not in _NO_FACE:
        yield system
    yield FAMILY
    installed = set(QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese))
    yield from (family for family in _FULLER if family in installed)
