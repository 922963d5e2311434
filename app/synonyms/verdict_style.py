"""How a verdict looks everywhere: its colour, and the sign that says the same without colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap

from app.panel import Look
from app.theme import Colours
from core.language import N_
from core.synonyms.verdicts import VERDICTS, Verdict


@dataclass(frozen=True, slots=True)
class VerdictLook:
    """How one verdict is shown.

    Attributes:
        word: its name on a button, marked with ``N_``.
        sign: one character, the same in both languages.
        ink: which colour of the theme.
        filled: a sign on a ground, or a sign in a ring.
    """

    word: str
    sign: str
    ink: str
    filled: bool


_STYLES: Final[dict[Verdict, tuple[str, str, bool]]] = {
    Verdict.SYNONYM: ("=", "yes", True),
    Verdict.RELATED: ("≈", "neutral", True),
    Verdict.ANTONYM: ("↔", "no", True),
    Verdict.NOT: ("≠", "no", False),
    Verdict.UNSURE: ("?", "neutral", False),
    Verdict.SKIP: ("–", "muted", False),
}
"""Sign, colour of the theme, and whether the sign stands on a ground of it."""

VERDICT_LOOKS: Final[dict[Verdict, VerdictLook]] = {
    spec.verdict: VerdictLook(spec.word, *_STYLES[spec.verdict]) for spec in VERDICTS
}
"""In the order of the keys 1 to 6."""

DISPUTED: Final = VerdictLook(N_("Disputed"), "!", "warning", False)
"""Where judges disagree and nobody has settled it."""


def colour_of(look: VerdictLook, colours: Colours) -> str:
    """Return the verdict's colour in a theme."""
    colour: str = getattr(colours, look.ink)
    return colour


def text_colour_of(look: VerdictLook, colours: Colours) -> str:
    """Return the colour of the verdict's name in running text, where the grey of the sign would be too pale."""
    return colours.muted if look.ink == "neutral" else colour_of(look, colours)


def draw_sign(painter: QPainter, square: QRectF, verdict: VerdictLook, colours: Colours, font: QFont) -> None:
    """Draw the verdict's sign into ``square``: on a disc of its colour, or in a ring of it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(colour_of(verdict, colours))
    stroke = max(1.0, square.width() / 12)
    if verdict.filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(square)
        painter.setPen(QColor(colours.on_verdict))
    else:
        painter.setPen(QPen(colour, stroke))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = stroke / 2
        painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset))
    bold = QFont(font)
    bold.setPixelSize(max(6, round(square.height() * 0.72)))
    bold.setBold(True)
    painter.setFont(bold)
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, verdict.sign)
    painter.restore()


def sign_icon(verdict: VerdictLook, look: Look, size: QSize, ratio: float, room: int = 0) -> QIcon:
    """Return the verdict's sign as an icon; make it anew when the theme changes.

    Args:
        verdict: whose sign.
        look: colours and type.
        size: of the sign.
        ratio: pixels of the screen in a pixel.
        room: pixels left free behind the sign, for buttons that put their words right beside the icon.
    """
    picture = QPixmap((size + QSize(room, 0)) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_sign(painter, QRectF(0, 0, size.width(), size.height()), verdict, look.theme.theme.colours, look.scale.font())
    painter.end()
    made = QIcon(picture)
    made.addPixmap(picture, QIcon.Mode.Selected)  # the style would tint it: the colour is the verdict's
    return made
