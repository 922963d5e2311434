"""What a narrow window leaves out: first the evidence, then the sidebar; the stage stays. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EVIDENCE: Final = 15
"""Lines of text the evidence must be wide, with the gap before it."""
BRIEF_WIDTH: Final = 30
BRIEF_HEIGHT: Final = 20
"""Lines of text below which the words around the stage are left out: what stays has its key and its hint."""


@dataclass(frozen=True, slots=True)
class Fold:
    """What there is room for around the stage."""

    sidebar: bool
    evidence: bool


MOST_LINES, LOW_LINES = 4, 2
"""Lines of a typed text that are seen at once in a window that is high, and in one that is low."""
LOW: Final = 36
"""Lines of text below which a window is low."""


def lines_of_text(height: float) -> int:
    """Return how many lines of a long text are seen in a tab that is so many lines high; the rest scrolls."""
    return LOW_LINES if height < LOW else MOST_LINES


def is_brief(width: float, height: float) -> bool:
    """Return whether a tab of so many lines of text has no room for words around the stage."""
    return width < BRIEF_WIDTH or height < BRIEF_HEIGHT


def fold(stage: float, width: float, sidebar: float, *, has_evidence: bool, wanted: bool = True) -> Fold:
    """Return what there is room for.

    Args:
        stage: lines of text the view must be wide to be read.
        width: of the tab, in lines of text.
        sidebar: width of the sidebar, likewise.
        has_evidence: other pictures stand beside the view where there is room.
        wanted: the person wants to see the sidebar; else its room is the evidence's.
    """
    fits = width >= stage + sidebar
    rest = width - sidebar if fits and wanted else width
    return Fold(fits, has_evidence and rest >= stage + EVIDENCE)
