"""Many carts in one picture: those that stand, see-through, and those that have fallen, fading.

They share a track; where the picture is high enough, they are parted among several, one above the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.policy_gradient.drawing.cart_pole import (
    CartPoleStyle,
    Geometry,
    geometry_for,
    paint_track,
    pole_width,
)
from core.policy_gradient.environments.description import EnvironmentDescription
from core.policy_gradient.runs.recording import Floats32

FADE_SECONDS: Final = 0.8
"""How long a cart that has fallen is still seen."""
_GRADES: Final = 8
"""Shades from a cart that has just fallen to one that is gone."""
_LEAST_LINES: Final = 7.0
_MOST_TRACKS: Final = 8
_HEIGHTS: Final = 1.15
"""Room that a track needs, in heights of an upright pole on its cart."""


@dataclass(frozen=True, slots=True)
class SwarmScene:
    """What is shown.

    Attributes:
        obs: the state of each cart, or its last, (count, n_obs).
        since: seconds since each has fallen; below 0 for one that stands, (count,).
    """

    obs: Floats32
    since: npt.NDArray[np.float64]


def paint_swarm(
    painter: QPainter, rect: QRectF, known: EnvironmentDescription, scene: SwarmScene, style: CartPoleStyle
) -> None:
    """Paint the swarm into ``rect``, ground and all; the arguments are those of ``paint_cart_pole``."""
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(style.colours.stage))
    tracks = tracks_in(rect, known, len(scene.obs), style)
    opacity = see_through(int((scene.since < 0).sum()) // len(tracks))
    for number, geometry in enumerate(tracks):
        paint_track(painter, rect, geometry, known, style, names=geometry is tracks[-1])
        mine = slice(number, None, len(tracks))
        _paint_track_s_carts(painter, geometry, SwarmScene(scene.obs[mine], scene.since[mine]), style, opacity)
    painter.restore()


def tracks_in(rect: QRectF, known: EnvironmentDescription, count: int, style: CartPoleStyle) -> list[Geometry]:
    """Return the tracks for ``count`` carts, from the top: as many as have room in ``rect``.

    Cart i belongs on the track whose number is the rest of i divided by their count.
    """
    line = QFontMetricsF(style.caption).height()
    names = rect.height() >= _LEAST_LINES * line
    room = rect.adjusted(0, 0.5 * line, 0, -1.6 * line) if names else rect
    whole = geometry_for(QRectF(0, 0, rect.width(), 1e6), known)
    needed = _HEIGHTS * (whole.cart.cart_height + whole.cart.pole_length) * whole.pixels
    rows = max(1, min(_MOST_TRACKS, count, int(room.height() / needed)))
    high = room.height() / rows
    return [
        replace(geometry, rail=room.top() + (number + 1) * high - 0.1 * max(0.0, high - needed))
        for number in range(rows)
        for geometry in [geometry_for(QRectF(room.left(), room.top(), room.width(), high), known)]
    ]


def _paint_track_s_carts(
    painter: QPainter, geometry: Geometry, scene: SwarmScene, style: CartPoleStyle, opacity: float
) -> None:
    grades = np.floor(scene.since / FADE_SECONDS * _GRADES).astype(int)
    for grade in reversed(range(_GRADES)):
        fallen = scene.obs[(grades == grade) & (scene.since >= 0)]
        _paint_carts(painter, geometry, fallen, QColor(style.colours.no), 0.6 * (1 - grade / _GRADES))
    standing = scene.obs[scene.since < 0]
    _paint_carts(painter, geometry, standing, QColor(style.colours.text), opacity)


def see_through(count: int) -> float:
    """Return how opaque each of ``count`` carts is: where there are many, one lets the others be seen."""
    return max(0.22, min(0.9, 3.0 / max(1, count)))


def _paint_carts(painter: QPainter, geometry: Geometry, obs: Floats32, ink: QColor, opacity: float) -> None:
    """Draw carts in one colour, all bodies in one stroke and all poles in another."""
    if not len(obs):
        return
    cart, unit = geometry.cart, geometry.pixels
    ink.setAlphaF(opacity)
    body = geometry.body([0.0] * obs.shape[1])
    angles = obs[:, cart.angle].tolist()
    across = (obs[:, cart.position] * unit).tolist()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # see-through, smooth edges take forty times as long
    painter.drawRects([body.translated(x, 0) for x in across])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(ink, 0.7 * pole_width(geometry), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    )  # round is 7 × dearer
    top, middle, length = body.top(), body.center().x(), cart.pole_length * unit
    painter.drawLines(
        [
            QLineF(middle + x, top, middle + x + length * math.sin(angle), top - length * math.cos(angle))
            for x, angle in zip(across, angles, strict=True)
        ]
    )
