"""A cart with a pole, painted from the numbers of its state in the theme's colours, at any size.

Lengths are true to scale: the track is drawn with its ends, the pole with the angles at which it counts as fallen.
``paint_cart_pole`` paints the whole scene; ``Geometry`` and ``paint_cart`` serve pictures with many carts in one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look
from app.theme import Colours
from core.language import _
from core.policy_gradient.environments.description import CartAndPole, EnvironmentDescription
from core.policy_gradient.events import Transition

Ending = Literal["", "fell", "off_track", "cut_off"]
"""How an episode ended in the state that is shown: not at all; the pole fell; the cart left the track; it was over."""

_AIR: Final = 0.14
"""Metres beyond the ends of the track, besides half a cart."""
_RAYS: Final = 1.13
"""Length of the marks of the largest angle, as a share of the pole."""
_ARROW: Final = 0.62
"""Metres from the side of the cart to the point of the arrow."""
_POLE: Final = 0.08
"""Thickness of the pole in metres."""
_LYING: Final = math.radians(92.0)
"""Angle of a pole that has come down on the track."""
_STRIDE: Final = 5
"""States of the trail from one pole that is drawn to the next."""
_LEAST_LINES: Final = 7.0
"""Lines of text in the height of a picture from which on its marks are named."""


@dataclass(frozen=True, slots=True)
class Falling:
    """A pole that comes down after its episode has ended; no state of the environment any more.

    Attributes:
        obs: the last state of that episode.
        progress: from 0, where it was, to 1, on the track.
    """

    obs: Sequence[float]
    progress: float


@dataclass(frozen=True, slots=True)
class CartPoleScene:
    """What is shown.

    Attributes:
        obs: the state, as the environment observes it.
        action: the last action, 0 left or 1 right, whose force is drawn as an arrow; None before the first.
        reward: what it was paid; None before the first.
        trail: states of the last half second, oldest first.
        ending: how the episode ended in this state.
        falling: a pole on its way down.
    """

    obs: Sequence[float]
    action: int | None = None
    reward: float | None = None
    trail: Sequence[Sequence[float]] = ()
    ending: Ending = ""
    falling: Falling | None = None


@dataclass(frozen=True, slots=True)
class CartPoleStyle:
    """How it is shown.

    Attributes:
        colours: of the theme.
        caption: font of the marks' names.
        title: font of the reward, and of how the episode ended.
        hair: width of a thin line in pixels.
    """

    colours: Colours
    caption: QFont
    title: QFont
    hair: float


def style_of(look: Look) -> CartPoleStyle:
    """Return how a widget with ``look`` paints carts."""
    scale, theme = look.scale, look.theme.theme
    return CartPoleStyle(
        theme.colours,
        tabular(scale.font("caption")),
        tabular(scale.font("title", bold=True)),
        max(1.0, scale.em(0.0625)) * theme.pen_scale,
    )


def ending_of(known: EnvironmentDescription, step: Transition | None) -> Ending:
    """Return how the episode ended with ``step``, whose next state is shown; an empty text if it did not."""
    if step is None or known.cart is None or not (step.terminated or step.truncated):
        return ""
    if not step.terminated:
        return "cut_off"
    limit = known.limit_of(known.cart.position)
    return "off_track" if limit is not None and abs(step.next_obs[known.cart.position]) > limit else "fell"


@dataclass(frozen=True, slots=True)
class Geometry:
    """From metres and radians to the pixels of one picture.

    Attributes:
        cart: sizes.
        pixels: a metre.
        middle: where the middle of the track is, across.
        rail: where the track is, down.
    """

    cart: CartAndPole
    pixels: float
    middle: float
    rail: float

    def x(self, position: float) -> float:
        """Return where a place on the track (m) is, across."""
        return self.middle + position * self.pixels

    def body(self, obs: Sequence[float]) -> QRectF:
        """Return the cart's rectangle."""
        width, height = self.cart.cart_width * self.pixels, self.cart.cart_height * self.pixels
        wheel = 0.2 * height
        return QRectF(self.x(obs[self.cart.position]) - width / 2, self.rail - height - wheel, width, height)

    def axle(self, obs: Sequence[float]) -> QPointF:
        """Return the point about which the pole turns: the middle of the cart's upper side."""
        body = self.body(obs)
        return QPointF(body.center().x(), body.top())

    def along(self, obs: Sequence[float], angle: float, share: float = 1.0) -> QPointF:
        """Return the point ``share`` poles away from the axle at ``angle`` (rad, clockwise from upright)."""
        axle, length = self.axle(obs), share * self.cart.pole_length * self.pixels
        return QPointF(axle.x() + length * math.sin(angle), axle.y() - length * math.cos(angle))

    def tip(self, obs: Sequence[float]) -> QPointF:
        """Return where the pole ends."""
        return self.along(obs, obs[self.cart.angle])


def geometry_for(rect: QRectF, known: EnvironmentDescription, *, line: float = 0.0) -> Geometry:
    """Fit the whole track and an upright pole into ``rect``.

    Args:
        rect: the picture.
        known: an environment with a cart and a limited track.
        line: pixels that are kept free for a line of words above and another below.
    """
    cart = known.cart
    assert cart is not None  # nothing else is painted here
    half = (known.limit_of(cart.position) or 1.0) + cart.cart_width / 2 + _AIR
    height = 1.2 * cart.cart_height + _RAYS * cart.pole_length
    below = 1.6 * line
    pixels = max(1e-6, min(rect.width() / (2 * half), (rect.height() - 1.8 * line - below) / (height + 0.1)))
    free = rect.height() - height * pixels - below
    return Geometry(cart, pixels, rect.center().x(), rect.bottom() - below - 0.42 * max(0.0, free))


def stage_geometry(rect: QRectF, known: EnvironmentDescription, style: CartPoleStyle) -> tuple[Geometry, bool]:
    """Return the geometry of what ``paint_cart_pole`` paints into ``rect``, and whether there is room for names."""
    line = QFontMetricsF(style.caption).height()
    names = rect.height() >= _LEAST_LINES * line
    return geometry_for(rect, known, line=line if names else 0.0), names


def pole_width(geometry: Geometry) -> float:
    """Return how wide the stroke of a pole is, in pixels."""
    return max(1.5, _POLE * geometry.pixels)


def paint_cart_pole(
    painter: QPainter, rect: QRectF, known: EnvironmentDescription, scene: CartPoleScene, style: CartPoleStyle
) -> None:
    """Paint the scene into ``rect``, ground and all.

    Args:
        painter: where; it is given back as it was.
        rect: the picture.
        known: the environment, which has a ``cart``.
        scene: what is shown.
        style: how.
    """
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(style.colours.stage))
    geometry, names = stage_geometry(rect, known, style)
    paint_track(painter, rect, geometry, known, style, names=names)
    paint_angle_marks(painter, geometry, known, scene.obs, style, names=names)
    _paint_trail(painter, geometry, scene, style)
    if scene.falling is not None:
        _paint_falling(painter, geometry, scene.falling, style)
    ink = QColor(style.colours.no if scene.ending in {"fell", "off_track"} else style.colours.text)
    paint_cart(painter, geometry, scene.obs, body=QColor(style.colours.text), pole=ink, ground=style.colours.stage)
    if scene.action is not None:
        _paint_force(painter, geometry, scene, style)
    if scene.reward is not None and names:
        _paint_reward(painter, geometry, scene, style)
    if scene.ending and names:
        _paint_ending(painter, rect, scene.ending, style)
    painter.restore()


def paint_cart(
    painter: QPainter, geometry: Geometry, obs: Sequence[float], *, body: QColor, pole: QColor, ground: str
) -> None:
    """Paint one cart with its pole.

    Args:
        painter: where.
        geometry: of the picture.
        obs: its state.
        body: colour of the cart.
        pole: colour of the pole.
        ground: colour of what is behind, which parts the pole from the cart.
    """
    box, axle, unit = geometry.body(obs), geometry.axle(obs), geometry.pixels
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(body)
    radius = 0.09 * unit
    for side in (-0.27, 0.27):
        painter.drawEllipse(QPointF(box.center().x() + side * box.width(), geometry.rail - radius), radius, radius)
    painter.drawRoundedRect(box, 0.05 * unit, 0.05 * unit)
    thick = pole_width(geometry)
    line = QLineF(axle, geometry.tip(obs))
    for colour, width in ((QColor(ground), 1.7 * thick), (pole, thick)):
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(line)
    painter.setPen(QPen(pole, max(1.0, 0.3 * thick)))
    painter.setBrush(QColor(ground))
    painter.drawEllipse(axle, 0.8 * thick, 0.8 * thick)


def paint_track(
    painter: QPainter, rect: QRectF, geometry: Geometry, known: EnvironmentDescription, style: CartPoleStyle, *,
    names: bool,
) -> None:  # fmt: skip
    """Paint the rail, a tick for each metre, and a post at each end, all named."""
    colours, rail = style.colours, geometry.rail
    limit = known.limit_of(geometry.cart.position)
    painter.setPen(QPen(QColor(colours.outline), 1.5 * style.hair))
    painter.drawLine(QLineF(rect.left(), rail, rect.right(), rail))
    if limit is None:
        return
    tick = 0.05 * geometry.pixels
    for metre in range(-int(limit), int(limit) + 1):
        painter.drawLine(QLineF(geometry.x(metre), rail, geometry.x(metre), rail + tick))
    unit = known.observations[geometry.cart.position].unit
    for end in (-limit, limit):
        x = geometry.x(end)
        painter.setPen(QPen(QColor(colours.no), 1.5 * style.hair))
        painter.drawLine(QLineF(x, rail - 0.3 * geometry.cart.cart_height * geometry.pixels, x, rail + 2 * tick))
        if names:
            _write(painter, QPointF(x, rail + 2 * tick), f"{end:+g}{unit}", style.caption, colours.muted, below=True)
    if names:
        _write(painter, QPointF(geometry.x(0), rail + 2 * tick), f"0{unit}", style.caption, colours.muted, below=True)


def paint_angle_marks(
    painter: QPainter, geometry: Geometry, known: EnvironmentDescription, obs: Sequence[float], style: CartPoleStyle, *,
    names: bool,
) -> None:  # fmt: skip
    """Paint the angles at which the pole counts as fallen, as rays from the axle of a cart in state ``obs``."""
    limit = known.limit_of(geometry.cart.angle)
    if limit is None:
        return
    shown = known.observations[geometry.cart.angle]
    axle = geometry.axle(obs)
    pen = QPen(QColor(style.colours.outline), style.hair, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([4, 4])
    for end in (-limit, limit):
        painter.setPen(pen)
        far = geometry.along(obs, end, _RAYS)
        painter.drawLine(QLineF(axle, far))
        if names:
            away = QPointF(far.x() + math.copysign(QFontMetricsF(style.caption).height(), end), far.y())
            words = f"{end * shown.factor:+.0f}{shown.unit}"
            _write(painter, away, words, style.caption, style.colours.muted, below=False)


def _paint_trail(painter: QPainter, geometry: Geometry, scene: CartPoleScene, style: CartPoleStyle) -> None:
    """Draw where the pole was, the fainter the longer ago: its tip as a line, and the pole itself now and then."""
    states = (*scene.trail, scene.obs)
    width = pole_width(geometry)
    for first in range(0, len(scene.trail), _STRIDE):
        part = states[first : first + _STRIDE + 1]
        share = (first + len(part)) / len(states)
        colour = QColor(style.colours.text)
        colour.setAlphaF(0.4 * share)
        painter.setPen(QPen(colour, 1.5 * style.hair))
        painter.drawPolyline([geometry.tip(obs) for obs in part])
        colour.setAlphaF(0.12 * share)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QLineF(geometry.axle(part[0]), geometry.tip(part[0])))


def _paint_falling(painter: QPainter, geometry: Geometry, falling: Falling, style: CartPoleStyle) -> None:
    """Draw the pole on its way down, fading: it is no state of the environment any more."""
    angle = falling.obs[geometry.cart.angle]
    down = angle + (math.copysign(_LYING, angle) - angle) * falling.progress**2
    colour = QColor(style.colours.no)
    colour.setAlphaF(0.75 - 0.45 * falling.progress)
    width = pole_width(geometry)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QLineF(geometry.axle(falling.obs), geometry.along(falling.obs, down)))


def _paint_force(painter: QPainter, geometry: Geometry, scene: CartPoleScene, style: CartPoleStyle) -> None:
    """Draw the force on the cart as an arrow from its side."""
    right = scene.action == 1
    side, body = (1 if right else -1), geometry.body(scene.obs)
    begin = QPointF(body.right() if right else body.left(), body.center().y())
    colour = QColor(style.colours.right if right else style.colours.left)
    paint_arrow(painter, begin, QPointF(begin.x() + side * _ARROW * geometry.pixels, begin.y()),
                0.09 * geometry.pixels, colour)  # fmt: skip


def paint_arrow(painter: QPainter, begin: QPointF, end: QPointF, thick: float, colour: QColor) -> None:
    """Paint a filled arrow from ``begin`` to its point ``end``, its shaft ``thick`` pixels wide."""
    line = QLineF(begin, end)
    if line.length() == 0:
        return
    along = QPointF(line.dx(), line.dy()) / line.length()
    beside = QPointF(-along.y(), along.x())
    neck = end - along * min(2.4 * thick, line.length())
    shape = [begin + beside * thick / 2, neck + beside * thick / 2, neck + beside * 1.4 * thick, end,
             neck - beside * 1.4 * thick, neck - beside * thick / 2, begin - beside * thick / 2]  # fmt: skip
    path = QPainterPath()
    path.addPolygon(QPolygonF(shape))
    path.closeSubpath()
    painter.fillPath(path, colour)


def _paint_reward(painter: QPainter, geometry: Geometry, scene: CartPoleScene, style: CartPoleStyle) -> None:
    """Write the reward over the pole."""
    assert scene.reward is not None  # it was asked before
    words = f"{scene.reward:+g}".replace("-", "−")
    highest = geometry.along(scene.obs, 0.0, _RAYS)
    _write(painter, highest, words, style.title, SYMBOLS["r"].colour(style.colours), below=False)


def _paint_ending(painter: QPainter, rect: QRectF, ending: Ending, style: CartPoleStyle) -> None:
    """Write how the episode ended into the upper left corner."""
    bad = ending != "cut_off"
    words = {
        "fell": _("The pole has fallen"),
        "off_track": _("The cart has left the track"),
        "cut_off": _("Out of time, still upright"),
    }[ending]
    margin = QFontMetricsF(style.caption).height() / 2
    where = rect.adjusted(margin, margin, -margin, -margin)
    painter.setFont(style.title)
    painter.setPen(QColor(style.colours.no if bad else style.colours.yes))
    painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"{'✕' if bad else '✓'} {words}")


def _write(painter: QPainter, where: QPointF, words: str, font: QFont, colour: str, *, below: bool) -> None:
    """Write one line, centred above or below a place."""
    words, metrics = words.replace("-", "−"), QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words) + 2, metrics.height()
    painter.setFont(font)
    painter.setPen(QColor(colour))
    room = QRectF(where.x() - width / 2, where.y() - (0 if below else height), width, height)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
