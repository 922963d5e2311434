"""The words beside a map: as typed, level where they fit, slanted where they don't, fewer where they'd overlap."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.attention.drawing.cell_axis import Axis
from app.attention.drawing.shaped_text import ShapedText
from app.fonts import has_letter
from app.scale import TYPE_SIZES
from core.attention.bidi import isolated
from core.attention.export.code_points import code_point, is_known
from core.attention.results import Token

SLANT: Final = 55.0
"""Degrees from the level at which long words stand over narrow columns."""
SMALLEST: Final = 0.65
"""Type shrinks with its row down to so much of the body's size; then only every second, third … is written."""
_STEPS: Final = (2, 5, 10, 20, 50, 100)
_MEASURED: Final = 64
"""Labels measured to find the widest: those with the most letters."""
_WIDEST: Final = 8
"""Of these the widest, measured again in every other size: which one wins may differ by a hair."""
_OWN: Final = ("Co", "Cn")
"""Kinds of code points that Unicode gives no letter, or none yet; a font may."""
_BLANKS: Final = {"\n": "⏎", "\r": "⏎", "\t": "⇥"}


def written(token: Token) -> str:
    """Return the label of ``token`` on one line; what cannot be seen is spelled, but joiners keep what they join.

    So is what no font has, which would be a box like any other.
    """
    return _on_one_line(token.label)


@lru_cache(maxsize=4096)
def _on_one_line(label: str) -> str:
    return label if label.isascii() and label.isprintable() else "".join(map(_shown, label))


def _shown(letter: str) -> str:
    kind = unicodedata.category(letter)
    if letter.isprintable() or kind in _OWN:
        return letter if is_known(letter, has_letter) else code_point(letter)
    return letter if kind == "Cf" else _BLANKS.get(letter, code_point(letter))


def named(token: Token) -> str:
    """Return the label of ``token`` as part of a line of words."""
    return isolated(written(token))


@dataclass(frozen=True, slots=True)
class Plan:
    """How the labels of one axis are written.

    Attributes:
        font: their type.
        every: only every so many-th is written, 1 for all.
        slanted: they stand at an angle.
        reach: pixels they need across their axis.
    """

    font: QFont
    every: int
    slanted: bool
    reach: float

    def labelled(self, axis: Axis) -> range:
        """Return the cells in sight whose labels are written."""
        first, last = axis.visible()
        return range(-(-first // self.every) * self.every, last, self.every)


class Labels:
    """The labels of one axis."""

    def __init__(self, tokens: Sequence[Token], shaped: ShapedText) -> None:
        """Take the labels.

        Args:
            tokens: whose labels they are.
            shaped: what writes them; it knows those that were written before.
        """
        self._texts = [written(token) for token in tokens]
        different = set(self._texts)
        self._is_wide = all(map(_is_wide, different))
        self._longest = sorted(different, key=len, reverse=True)[:_MEASURED]
        self._widths: dict[float, float] = {}
        self._shaped = shaped

    def text(self, index: int) -> str:
        """Return one label."""
        return self._texts[index]

    def widest(self, font: QFont) -> float:
        """Return the width of the widest label in ``font``."""
        key = font.pointSizeF()
        if key not in self._widths:
            metrics = QFontMetricsF(font)
            widths = {text: metrics.horizontalAdvance(text) for text in self._longest}
            self._longest = sorted(widths, key=widths.__getitem__, reverse=True)[:_WIDEST]
            self._widths[key] = max(widths.values(), default=0.0)
        return self._widths[key]

    def plan_rows(self, cell: float, font_of: Callable[[float], QFont], most: float) -> Plan:
        """Plan labels that stand left of rows of ``cell`` pixels and may take ``most`` pixels."""
        font, every = _fitted(cell, font_of)
        return Plan(font, every, slanted=False, reach=min(most, self.widest(font)))

    def plan_columns(self, cell: float, font_of: Callable[[float], QFont], most: float) -> Plan:
        """Plan labels that stand over columns of ``cell`` pixels and may take ``most`` pixels upwards."""
        full = font_of(1.0)
        is_short = self.widest(full) <= QFontMetricsF(full).height() * 1.4
        for size in (1.0, 0.9, 0.8, 0.7) if is_short or self._is_wide else (1.0, TYPE_SIZES["caption"]):
            font = font_of(size)  # words that would have to be smaller are better slanted and large
            if self.widest(font) * 1.08 <= cell:
                return Plan(font, 1, slanted=False, reach=QFontMetricsF(font).height())
        if is_short or self._is_wide:  # single characters stay level, and so does Chinese
            font = font_of(max(SMALLEST, min(1.0, cell / max(1.0, self.widest(full) * 1.08))))
            needed = self.widest(font) * 1.08 / cell
            every = sparse(needed) if is_short else next((step for step in _STEPS if step >= needed), _STEPS[-1])
            return Plan(font, every, slanted=False, reach=QFontMetricsF(font).height())
        font, every = _fitted(cell * math.sin(math.radians(SLANT)), font_of)
        height = QFontMetricsF(font).height()
        lean = self.widest(font) * math.sin(math.radians(SLANT)) + height * math.cos(math.radians(SLANT))
        return Plan(font, every, slanted=True, reach=min(most, lean))

    def draw_rows(self, painter: QPainter, plan: Plan, axis: Axis, right: float) -> None:
        """Write the labels of the rows in sight so that they end at ``right``."""
        metrics, shaped = QFontMetricsF(plan.font), self._shaped
        shaped.begin(painter, plan.font)
        for row in plan.labelled(axis):
            text = _cut(self._texts[row], plan.reach + 1, metrics)
            place = QPointF(right - shaped.width(text), axis.middle(row) - metrics.height() / 2)
            shaped.write(painter, place, text)

    def draw_columns(self, painter: QPainter, plan: Plan, axis: Axis, bottom: float) -> None:
        """Write the labels of the columns in sight so that they end at ``bottom``."""
        metrics, shaped = QFontMetricsF(plan.font), self._shaped
        shaped.begin(painter, plan.font)
        height, slant = metrics.height(), math.radians(SLANT)
        along = (plan.reach - height * math.cos(slant)) / math.sin(slant) + 1
        for column in plan.labelled(axis):
            text, middle = self._texts[column], axis.middle(column)
            width = metrics.horizontalAdvance(text) + 2
            if not plan.slanted or (width <= axis.cell * plan.every and _stands(text)):
                shaped.write_around(painter, middle, bottom - height / 2, text)
                continue
            painter.save()
            painter.translate(middle + height * 0.3, bottom)
            painter.rotate(-SLANT)
            painter.drawText(QPointF(0, 0), _cut(text, along, metrics))
            painter.restore()


def _cut(text: str, most: float, metrics: QFontMetricsF) -> str:
    """Return ``text``, cut in its middle where it is wider than ``most``."""
    if metrics.horizontalAdvance(text) <= most:  # asking Qt to cut takes ten times as long
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, most)


def _stands(text: str) -> bool:
    """Return whether ``text`` stands upright even between slanted words: Chinese, or one letter of any script."""
    return _is_wide(text) or sum(not unicodedata.combining(letter) for letter in text) == 1


def _is_wide(text: str) -> bool:
    """Return whether ``text`` is Chinese, Japanese, Korean or a mark of punctuation."""
    return all(
        unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter).startswith("P") for letter in text
    )


def _fitted(room: float, font_of: Callable[[float], QFont]) -> tuple[QFont, int]:
    """Return type that fits rows of ``room`` pixels, and how many rows one label needs at its smallest."""
    height = QFontMetricsF(font_of(1.0)).height() * 0.92
    size = max(SMALLEST, min(1.0, room / height))
    return font_of(size), sparse(SMALLEST * height / room - 0.01)


def sparse(needed: float) -> int:
    """Return how many cells one label takes; where they can't all stand, so few that nobody reads them as text."""
    if needed <= 1:
        return 1
    return next(every for every in _STEPS if every >= 2 * needed or every == _STEPS[-1])
