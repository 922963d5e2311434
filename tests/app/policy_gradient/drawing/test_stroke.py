"""A line through points: along all of them, whole at its corners, and as wide as asked."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from app.policy_gradient.drawing.stroke import stroke


def drawn(points, width):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    stroke(painter, points, QColor("black"), width)
    painter.end()
    return image


def is_inked(image, x, y):
    return image.pixelColor(x, y).value() < 128


def test_it_runs_along_all_points_and_closes_its_corners():
    image = drawn([QPointF(10, 10), QPointF(40, 10), QPointF(40, 40)], 4)
    assert all(is_inked(image, x, 10) for x in range(10, 41))
    assert all(is_inked(image, 40, y) for y in range(10, 41))
    assert is_inked(image, 41, 8)  # the outer corner
    assert not is_inked(image, 20, 20)
    assert sum(is_inked(image, 25, y) for y in range(60)) == 4


def test_fewer_than_two_points_are_no_line():
    assert drawn([], 4) == drawn([QPointF(30, 30)], 4) == drawn([], 1)
