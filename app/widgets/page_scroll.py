"""An area without a frame in which a page is scrolled where it has no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def page_scroll(
    page: QWidget, *, is_column: bool = False, focus: Qt.FocusPolicy = Qt.FocusPolicy.NoFocus
) -> QScrollArea:
    """Return an area that shows ``page``, as wide and as high as there is room, and scrolls what is larger.

    Args:
        page: what is shown; the area takes it.
        is_column: it is never scrolled sideways.
        focus: how the area itself takes the keyboard; usually what is in it has it, and comes into view with it.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(focus)
    if is_column:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area
