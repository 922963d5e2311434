"""The cap of a key, the one way a key stands beside words: a letter in a frame, never a word among words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.actions import key_name
from app.panel import Look, Panel
from app.theme import Theme


def cap_widths(look: Look, keys: Sequence[str]) -> list[float]:
    """Return how wide the cap of each of ``keys``, as ``QKeySequence`` writes them, is."""
    metrics = QFontMetricsF(look.scale.font("caption"))
    least = metrics.height() + look.scale.em(0.0625)
    return [max(least, metrics.horizontalAdvance(key_name(key)) + look.scale.em(0.375)) for key in keys]


def caps_width(look: Look, keys: Sequence[str]) -> float:
    """Return how wide the caps of ``keys`` are beside each other; 0 without any."""
    return sum(cap_widths(look, keys)) + look.scale.em(0.25) * (len(keys) - 1) if keys else 0.0


def cap_height(look: Look) -> float:
    """Return how high a cap is."""
    return QFontMetricsF(look.scale.font("caption")).height() + look.scale.em(0.0625)


def draw_caps(
    painter: QPainter, look: Look, keys: Sequence[str], x: float, middle: float, *, enabled: bool = True,
    on_accent: bool = False,
) -> None:  # fmt: skip
    """Draw the caps of ``keys`` side by side.

    Args:
        painter: of the widget they stand on.
        look: colours and sizes.
        keys: as ``QKeySequence`` writes them.
        x: the left edge of the first.
        middle: the height of their middle.
        enabled: whether the keys do something now.
        on_accent: whether they stand on the accent's colour.
    """
    em, colours = look.scale.em, look.theme.theme.colours
    tall = cap_height(look)
    edge, letter = (colours.on_accent, colours.on_accent) if on_accent else (colours.outline, colours.muted)
    painter.setFont(look.scale.font("caption"))
    for key, wide in zip(keys, cap_widths(look, keys), strict=True):
        cap = QRectF(x, middle - tall / 2, wide, tall)
        painter.setPen(QPen(QColor(edge if enabled else colours.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), em(0.1875), em(0.1875))
        painter.setPen(QColor(letter if enabled else colours.disabled))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key_name(key))
        x += wide + em(0.25)


class KeyCaps(Panel):
    """The caps of one action's keys, beside a label.

    Attributes:
        keys: as ``QKeySequence`` writes them.
    """

    def __init__(self, look: Look, keys: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.keys = tuple(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._retranslate()

    def sizeHint(self) -> QSize:
        """Just room for the caps."""
        return QSize(round(caps_width(self.look, self.keys) + 0.5), round(cap_height(self.look) + 0.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_caps(painter, self.look, self.keys, 0.0, self.height() / 2, enabled=self.isEnabled())
        painter.end()

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(", ".join(key_name(key) for key in self.keys))
        self.updateGeometry()
        self.update()
