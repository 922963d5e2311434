"""A line through many points."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def stroke(painter: QPainter, points: Sequence[QPointF], colour: QColor, width: float) -> None:
    """Draw a line through ``points``, ``width`` pixels wide.

    It is drawn piece by piece: Qt first works out the outline of a whole smooth line, which for the 500 steps of an
    episode takes 30 ms where its pieces take one. Of a colour that lets the ground through, their ends would show.
    """
    # Square ends close the corners between two pieces.
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawLines([QLineF(one, other) for one, other in itertools.pairwise(points)])
