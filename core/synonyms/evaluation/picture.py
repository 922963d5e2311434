"""The precision-recall curves of an evaluation as a PNG, drawn without a display: open and closed beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from core.charts.png import GRID, INK, QUIET, SERIES, SHARPNESS, font, write_png
from core.language import _
from core.synonyms.evaluation.measures import precision_and_recall
from core.synonyms.evaluation.run import Material, Measured
from core.synonyms.evaluation.split import Protocol
from core.synonyms.methods.registry import METHODS

_PANEL: Final = 420
_LEFT, _TOP, _GAP, _BELOW = 56, 48, 56, 44
_ROW: Final = 22
_SWATCH, _KEY_GAP = 32, 24
"""Room before the words of a key, and behind the widest of them."""


def write_picture(path: Path, material: Material, measured: Sequence[Measured]) -> None:
    """Write the picture; what it shows is also kept in the file in words, for those who read it without seeing.

    Raises:
        OSError: it can't be written.
    """
    write_png(path, draw(material, measured), "; ".join(_key(each) for each in measured))


def draw(material: Material, measured: Sequence[Measured]) -> Image.Image:
    """Return the picture that ``write_picture`` writes."""
    width = _LEFT + 2 * _PANEL + _GAP + 24
    column = _SWATCH + _KEY_GAP + max((font(12).getlength(_key(each)) / SHARPNESS for each in measured), default=0)
    columns = max(1, int((width - _LEFT + _KEY_GAP) // column))
    key = _TOP + _PANEL + _BELOW
    height = key + _ROW * (-(-len(measured) // columns)) + 16
    image = Image.new("RGB", (width * SHARPNESS, height * SHARPNESS), "white")
    pen = ImageDraw.Draw(image)
    titles = {Protocol.OPEN: _("Open: words never seen"), Protocol.CLOSED: _("Closed: pairs never seen")}
    for protocol, left in ((Protocol.OPEN, _LEFT), (Protocol.CLOSED, _LEFT + _PANEL + _GAP)):
        _axes(pen, left, titles[protocol])
        _level(pen, left, material.base_rate)
        x, y = _point(left, 1, material.base_rate)
        # Below the line, where no curve is for long.
        pen.text((x, y + 6), _("guessing: {value:.2f}").format(value=material.base_rate), QUIET, font(11), anchor="ra")
        if protocol is Protocol.CLOSED:
            _level(pen, left, material.closure_ap)
            x, y = _point(left, 0.06, material.closure_ap)
            words = _("closure baseline, AP {value:.3f}").format(value=material.closure_ap)
            pen.text((x, y - 6), words, QUIET, font(11), anchor="ld")
        for number, each in enumerate(measured):
            precision, recall = precision_and_recall(each.synonym, each.scores[protocol])
            points = [_point(left, x, y) for x, y in zip(recall[:-1], precision[:-1], strict=True)]
            if len(points) > 1:
                pen.line(points, *_stroke(number), joint="curve")
    for number, each in enumerate(measured):
        x, y = _LEFT + column * (number % columns), key + _ROW * (number // columns)
        ends = [_scaled(x, y), _scaled(x + 24, y)]
        pen.line(ends, *_stroke(number))
        pen.text(_scaled(x + _SWATCH, y), _key(each), INK, font(12), anchor="lm")
    return image


def _key(each: Measured) -> str:
    free, closed = each.figures[Protocol.OPEN].ap, each.figures[Protocol.CLOSED].ap
    words = _("{method}: AP {open:.3f}, closed {closed:.3f}")
    return words.format(method=METHODS[each.method].label, open=free, closed=closed)


def _stroke(number: int) -> tuple[tuple[int, int, int], int]:
    """Return colour and width of a method, from 0; those beyond the colours are drawn thin."""
    return SERIES[number % len(SERIES)], SHARPNESS * (2 if number < len(SERIES) else 1)


def _axes(pen: ImageDraw.ImageDraw, left: float, title: str) -> None:
    pen.text(_scaled(left, 16), title, INK, font(13), anchor="lm")
    for tenth in range(0, 11, 2):
        share = tenth / 10
        pen.line([_point(left, share, 0), _point(left, share, 1)], GRID, 1)
        pen.line([_point(left, 0, share), _point(left, 1, share)], GRID, 1)
        x, y = _point(left, share, 0)
        pen.text((x, y + 8), f"{share:g}", QUIET, font(11), anchor="ma")
        x, y = _point(left, 0, share)
        pen.text((x - 10, y), f"{share:g}", QUIET, font(11), anchor="rm")
    pen.text(_scaled(left, _TOP - 12), _("precision"), QUIET, font(11), anchor="lm")
    pen.text(_scaled(left + _PANEL, _TOP + _PANEL + 26), _("recall"), QUIET, font(11), anchor="rm")


def _level(pen: ImageDraw.ImageDraw, left: float, value: float) -> None:
    """Draw a dashed line across at ``value``."""
    for dash in range(0, 100, 2):
        pen.line([_point(left, dash / 100, value), _point(left, (dash + 1) / 100, value)], QUIET, SHARPNESS)


def _point(left: float, recall: float, precision: float) -> tuple[float, float]:
    return _scaled(left + _PANEL * recall, _TOP + _PANEL * (1 - precision))


def _scaled(x: float, y: float) -> tuple[float, float]:
    return x * SHARPNESS, y * SHARPNESS
