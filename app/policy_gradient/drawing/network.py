"""The policy's network as a picture: units by how active they are, connections by their weights, π as a bar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.policy_gradient.drawing.cart_pole import CartPoleStyle
from core.language import _
from core.policy_gradient.networks.layers import Layers
from core.policy_gradient.runs.recording import Floats32

MOST_UNITS: Final = 36
"""Units of a layer that are drawn; of a wider one, so many evenly spread."""
MOST_LINES: Final = 300
"""Connections that are drawn: the heaviest."""
_GRADES: Final = 4
"""Shades of connections."""


@dataclass(frozen=True, slots=True)
class NetworkScene:
    """What is shown.

    Attributes:
        layers: the network's weights.
        obs: what goes in, (n_obs,).
        activations: what each layer gives, as ``core.policy_gradient.networks.layers.activations`` returns it.
        names: what the numbers that go in are called, with their values; empty where they have no names.
        shares: π of each action.
        actions: what the actions are called.
    """

    layers: Layers
    obs: Floats32
    activations: Sequence[Floats32]
    names: tuple[str, ...]
    shares: Sequence[float]
    actions: tuple[str, ...]


def shown_units(width: int) -> npt.NDArray[np.intp]:
    """Return which units of a layer of ``width`` are drawn."""
    return np.unique(np.linspace(0, width - 1, min(width, MOST_UNITS)).round().astype(np.intp))


def caption(layers: Layers) -> str:
    """Return the sentence that says what is left out; the widths alone where nothing is."""
    widths = [layers[0][0].shape[1], *(len(bias) for _weight, bias in layers)]
    words = "–".join(map(str, widths))
    count = sum(weight.size for weight, _bias in layers)
    if count > MOST_LINES:
        words = _("{widths}: the {shown} heaviest of {count} weights").format(
            widths=words, shown=MOST_LINES, count=count
        )
    if max(widths) > MOST_UNITS:
        words += " · " + _("of wide layers, {n} units").format(n=MOST_UNITS)
    return words


def paint_weights(painter: QPainter, rect: QRectF, scene: NetworkScene, style: CartPoleStyle) -> None:
    """Paint ground and connections into ``rect``: what stays as it is from update to update."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(style.colours.stage))
    line = QFontMetricsF(style.caption).height()
    _paint_connections(painter, unit_places(rect, scene, line), scene, style)
    painter.setFont(style.caption)
    painter.setPen(QColor(style.colours.muted))
    foot = QRectF(rect.left(), rect.bottom() - 1.4 * line, rect.width(), line)
    painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, caption(scene.layers))
    painter.restore()


def paint_activity(painter: QPainter, rect: QRectF, scene: NetworkScene, style: CartPoleStyle) -> None:
    """Paint over them what goes in, how active each unit is, and π: what changes with every step."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QFontMetricsF(style.caption).height()
    places = unit_places(rect, scene, line)
    _paint_units(painter, places, scene, style, min(0.42 * line, 0.4 * rect.height() / MOST_UNITS))
    _paint_inputs(painter, places[0], scene, style, rect)
    _paint_policy(painter, places[-1], scene, style, rect)
    painter.restore()


def unit_places(rect: QRectF, scene: NetworkScene, line: float) -> list[list[QPointF]]:
    """Return where the units that are drawn stand, layer by layer from the left, the numbers that go in first."""
    widths = [len(scene.obs), *(len(bias) for _weight, bias in scene.layers)]
    left, right = rect.left() + 7.5 * line, rect.right() - 8.5 * line
    top, high = rect.top() + line, rect.height() - 3.4 * line
    places: list[list[QPointF]] = []
    for number, width in enumerate(widths):
        count = len(shown_units(width))
        apart = min(high / max(1, count), 2.6 * line)
        first = top + high / 2 - apart * (count - 1) / 2
        x = left + (right - left) * number / (len(widths) - 1)
        places.append([QPointF(x, first + unit * apart) for unit in range(count)])
    return places


def _paint_connections(
    painter: QPainter, places: Sequence[Sequence[QPointF]], scene: NetworkScene, style: CartPoleStyle
) -> None:
    """Draw the heaviest weights, the heavier the stronger; those above 0 in one hue, those below in another."""
    found: list[tuple[float, QLineF]] = []
    before = shown_units(len(scene.obs))
    for number, (weight, _bias) in enumerate(scene.layers):
        after = shown_units(len(weight))
        drawn = weight[np.ix_(after, before)] / (np.abs(weight).max() or 1.0)
        found += [
            (float(drawn[row, column]), QLineF(places[number][column], places[number + 1][row]))
            for row in range(len(after))
            for column in range(len(before))
        ]
        before = after
    found.sort(key=lambda connection: abs(connection[0]))
    found = found[-MOST_LINES:]
    for grade in range(_GRADES):
        for sign, hue in ((1, style.colours.series[1]), (-1, style.colours.series[2])):
            colour = QColor(hue)
            colour.setAlphaF(0.15 + 0.6 * grade / (_GRADES - 1))
            painter.setPen(QPen(colour, style.hair))
            lines = [
                way
                for weight, way in found
                if weight * sign > 0 and min(_GRADES - 1, int(abs(weight) * _GRADES)) == grade
            ]
            if lines:
                painter.drawLines(lines)


def _paint_units(
    painter: QPainter, places: Sequence[Sequence[QPointF]], scene: NetworkScene, style: CartPoleStyle, radius: float
) -> None:
    """Draw the units, the more filled the more active within their layer."""
    values = [np.abs(scene.obs), *scene.activations[:-1], np.asarray(scene.shares, np.float32)[-len(places[-1]) :]]
    painter.setPen(QPen(QColor(style.colours.outline), style.hair))
    for layer, active in zip(places, values, strict=True):
        most = float(np.abs(active).max()) or 1.0
        for place, unit in zip(layer, shown_units(len(active)).tolist(), strict=True):
            painter.setBrush(QColor(style.colours.stage))
            painter.drawEllipse(place, radius, radius)
            ink = QColor(style.colours.text)
            ink.setAlphaF(float(max(0.0, min(1.0, active[unit] / most))))
            painter.setBrush(ink)
            painter.drawEllipse(place, radius, radius)


def _paint_inputs(
    painter: QPainter, places: Sequence[QPointF], scene: NetworkScene, style: CartPoleStyle, rect: QRectF
) -> None:
    """Write what goes in beside its unit, where there is room for each."""
    if len(scene.names) != len(places) or len(places) > MOST_UNITS // 2:
        return
    metrics = QFontMetricsF(style.caption)
    painter.setFont(style.caption)
    painter.setPen(QColor(style.colours.text))
    for place, name in zip(places, scene.names, strict=True):
        room = QRectF(rect.left() + 2, place.y() - metrics.height(), place.x() - rect.left() - metrics.height(), 0)
        room.setHeight(2 * metrics.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)


def _paint_policy(
    painter: QPainter, places: Sequence[QPointF], scene: NetworkScene, style: CartPoleStyle, rect: QRectF
) -> None:
    """Draw what the sigmoid or softmax makes of the last layer: the second action's bar is the orange one."""
    line = QFontMetricsF(style.caption).height()
    painter.setFont(style.caption)
    actions = range(len(scene.shares))[-len(places) :] if len(places) > 1 else [1]
    for place, action in zip(places, actions, strict=False):
        share = float(scene.shares[action])
        left, wide = place.x() + line, rect.right() - place.x() - 1.5 * line
        bar = QRectF(left, place.y() - 0.3 * line, wide, 0.6 * line)
        painter.fillRect(bar, QColor(style.colours.border))
        colour = style.colours.right if len(scene.shares) == 2 else style.colours.series[0]
        painter.fillRect(QRectF(bar.left(), bar.top(), share * bar.width(), bar.height()), QColor(colour))
        ink = style.colours.right_ink if len(scene.shares) == 2 else style.colours.text
        painter.setPen(QColor(ink))
        words = f"π({scene.actions[action] if action < len(scene.actions) else action}|s) = {share:.1%}"
        painter.drawText(QRectF(left, bar.top() - 1.2 * line, wide, line), Qt.AlignmentFlag.AlignLeft, words)
