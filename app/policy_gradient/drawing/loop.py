"""The loop of reinforcement learning as a picture whose arrows carry the numbers of the moment (article, section 2)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.explain.symbols import SYMBOLS
from app.policy_gradient.drawing.cart_pole import CartPoleStyle, paint_arrow
from core.language import _


@dataclass(frozen=True, slots=True)
class LoopScene:
    """What stands at the arrows; empty where it is not known yet.

    Attributes:
        action: what was done, and how likely it was.
        action_colour: of its arrow.
        reward: what it was paid.
        state: the numbers of the state it led to, a line each.
    """

    action: str
    action_colour: str
    reward: str
    state: tuple[str, ...]


def paint_loop(painter: QPainter, rect: QRectF, scene: LoopScene, style: CartPoleStyle) -> None:
    """Paint the agent above, the environment below, the action down the right side, state and reward up the left."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(rect, QColor(style.colours.stage))
    line = QFontMetricsF(style.title).height()
    wide, high = min(0.42 * rect.width(), 14 * line), 2.6 * line
    middle, gap = rect.center().x(), min(0.22 * rect.height(), 7 * line)
    agent = QRectF(middle - wide / 2, rect.center().y() - gap - high, wide, high)
    environment = agent.translated(0, 2 * gap + high)
    for box, words in ((agent, _("Agent")), (environment, _("Environment"))):
        _paint_box(painter, box, words, style)
    left, inner, right = (middle + share * wide for share in (-0.36, -0.12, 0.36))
    state, reward = SYMBOLS["s"].colour(style.colours), SYMBOLS["r"].colour(style.colours)
    thick, down, up = 0.3 * line, agent.bottom() + 0.2 * line, environment.top() - 0.2 * line
    paint_arrow(painter, QPointF(right, down), QPointF(right, up), thick, QColor(scene.action_colour))
    paint_arrow(painter, QPointF(left, up), QPointF(left, down), thick, QColor(state))
    paint_arrow(painter, QPointF(inner, up), QPointF(inner, down), thick, QColor(reward))
    centre = rect.center().y()
    beside = Qt.AlignmentFlag.AlignVCenter
    to_the_right, to_the_left = beside | Qt.AlignmentFlag.AlignLeft, beside | Qt.AlignmentFlag.AlignRight
    room = QRectF(right + line, centre - 2 * line, rect.right() - right - 1.5 * line, 4 * line)
    _write(painter, room, (_("Action"), scene.action), colour=scene.action_colour, style=style, how=to_the_right)
    room = QRectF(inner + 0.6 * line, centre - 2 * line, right - inner - 1.2 * line, 4 * line)
    _write(painter, room, (_("Reward"), scene.reward), colour=reward, style=style, how=to_the_right)
    room = QRectF(rect.left() + 0.5 * line, centre - 4 * line, left - rect.left() - 1.5 * line, 8 * line)
    _write(painter, room, (_("State"), *scene.state), colour=state, style=style, how=to_the_left)
    painter.restore()


def _paint_box(painter: QPainter, box: QRectF, words: str, style: CartPoleStyle) -> None:
    painter.setPen(QPen(QColor(style.colours.outline), 1.5 * style.hair))
    painter.setBrush(QColor(style.colours.surface))
    painter.drawRoundedRect(box, 0.25 * box.height(), 0.25 * box.height())
    painter.setFont(style.title)
    painter.setPen(QColor(style.colours.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _write(
    painter: QPainter, room: QRectF, words: tuple[str, ...], *, colour: str, style: CartPoleStyle, how: Qt.AlignmentFlag
) -> None:
    """Write a name and, below it in smaller type, its numbers."""
    title, caption = QFontMetricsF(style.title), QFontMetricsF(style.caption)
    height = title.height() + caption.height() * (len(words) - 1)
    top, across = room.center().y() - height / 2, how & Qt.AlignmentFlag.AlignHorizontal_Mask
    for number, text in enumerate(words):
        metrics, font = (title, style.title) if number == 0 else (caption, style.caption)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), top, room.width(), metrics.height()), across, shown)
        top += metrics.height()
