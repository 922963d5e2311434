"""The curves of an experiment as a PNG, drawn without a display: bands, lines, axes, a key, and what was played."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from core.charts.png import GRID, INK, QUIET, SERIES, SHARPNESS, font, write_png
from core.language import _
from core.policy_gradient.experiments.report import VariantSummary, last_episode_worth_drawing
from core.policy_gradient.experiments.statistics import CONFIDENCE, Floats

WIDTH: Final = 960
HEIGHT: Final = 600
"""Size in points; a point is ``SHARPNESS`` pixels."""

DASHES: Final[tuple[tuple[int, ...], ...]] = ((), (8, 4), (2, 3))
"""Strokes in points, drawn and left out by turns: those of the variants beyond the colours differ by these."""

_BAND: Final = 0.18
_BODY: Final = 13
_SMALL: Final = 11
_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 44, 24, 64

Point = tuple[float, float]


def stroke(number: int) -> tuple[tuple[int, int, int], tuple[int, ...]]:
    """Return colour and dashes of the variant ``number``, from 0."""
    return SERIES[number % len(SERIES)], DASHES[number // len(SERIES) % len(DASHES)]


@dataclass(frozen=True, slots=True)
class _Axes:
    """From data to pixels.

    Attributes:
        right: largest episode.
        bottom, top: ends of the vertical axis.
        width: of the part with the curves, in points.
        height: likewise.
    """

    right: float
    bottom: float
    top: float
    width: float
    height: float

    def x(self, episode: float) -> float:
        """Return the pixel column of ``episode``."""
        return (_LEFT + self.width * episode / self.right) * SHARPNESS

    def y(self, value: float) -> float:
        """Return the pixel row of ``value``."""
        return (_TOP + self.height * (self.top - value) / (self.top - self.bottom)) * SHARPNESS


def write_picture(path: Path, told: Sequence[VariantSummary], threshold: float | None, caption: str) -> None:
    """Write the curves of ``told`` as PNG.

    Args:
        path: the file; an older one is replaced at once, or stays.
        told: what each variant came to.
        threshold: where the line of what counts as solved is drawn; None for no line.
        caption: a line below, also kept in the file for those who read it without seeing.

    Raises:
        OSError: it can't be written.
    """
    write_png(path, draw(told, threshold, caption), caption)


def draw(told: Sequence[VariantSummary], threshold: float | None, caption: str) -> Image.Image:
    """Return the picture that ``write_picture`` writes."""
    key = _key_height(told)
    image = Image.new("RGB", (WIDTH * SHARPNESS, (HEIGHT + key) * SHARPNESS), "white")
    axes = _axes(told, threshold)
    _draw_axes(ImageDraw.Draw(image), axes)
    for number, summary in enumerate(told):
        image = _with_band(image, axes, summary, stroke(number)[0])
    pen = ImageDraw.Draw(image)
    if threshold is not None:
        _dashed(pen, [(axes.x(0), axes.y(threshold)), (axes.x(axes.right), axes.y(threshold))], QUIET, (6, 5), 1)
        words = _("solved: {mean:g}").format(mean=threshold)
        pen.text((axes.x(axes.right), axes.y(threshold) - 3), words, QUIET, font(_SMALL), anchor="rd")
    for number, summary in enumerate(told):
        colour, dashes = stroke(number)
        _dashed(pen, _upto(axes, summary, summary.curve.iqm), colour, dashes, 2)
    _draw_key(pen, told)
    pen.text((_LEFT * SHARPNESS, (HEIGHT + key - 10) * SHARPNESS), caption, QUIET, font(_SMALL), anchor="ld")
    return image


def _axes(told: Sequence[VariantSummary], threshold: float | None) -> _Axes:
    ends = [float(end) for summary in told if summary.episodes.size for end in _extent(summary)]
    ends += [0.0] if threshold is None else [0.0, threshold]
    bottom, top = min(ends), max(ends)
    span = (top - bottom) or 1.0
    return _Axes(
        last_episode_worth_drawing(told),
        bottom if bottom == 0 else bottom - 0.05 * span,
        top + 0.06 * span,
        WIDTH - _LEFT - _RIGHT,
        HEIGHT - _TOP - _BOTTOM,
    )


def _extent(summary: VariantSummary) -> tuple[float, float]:
    return float(summary.curve.low.min()), float(summary.curve.high.max())


def _draw_axes(pen: ImageDraw.ImageDraw, axes: _Axes) -> None:
    for value in _ticks(axes.bottom, axes.top):
        pen.line([(axes.x(0), axes.y(value)), (axes.x(axes.right), axes.y(value))], GRID, 1)
        pen.text((axes.x(0) - 12, axes.y(value)), f"{value:g}", QUIET, font(_SMALL), anchor="rm")
    for episode in _ticks(0, axes.right):
        pen.line([(axes.x(episode), axes.y(axes.bottom)), (axes.x(episode), axes.y(axes.top))], GRID, 1)
        pen.text((axes.x(episode), axes.y(axes.bottom) + 10), f"{episode:g}", QUIET, font(_SMALL), anchor="ma")
    pen.text((_LEFT * SHARPNESS, 14 * SHARPNESS), _title(), INK, font(_BODY), anchor="la")
    below = axes.y(axes.bottom) + 20 * SHARPNESS
    pen.text((axes.x(axes.right), below), _("episode"), QUIET, font(_SMALL), anchor="ra")


def _title() -> str:
    return _("Return, running mean: interquartile mean over the seeds, with its {percent:g} % bootstrap band").format(
        percent=100 * CONFIDENCE
    )


def _upto(axes: _Axes, summary: VariantSummary, heights: Floats) -> list[Point]:
    """Return the points of a curve in pixels, as far as the axis goes."""
    x = summary.episodes[summary.episodes <= axes.right]
    y = heights[: x.size]
    return [(axes.x(episode), axes.y(height)) for episode, height in zip(x.tolist(), y.tolist(), strict=True)]


def _with_band(image: Image.Image, axes: _Axes, summary: VariantSummary, colour: tuple[int, int, int]) -> Image.Image:
    if (summary.episodes <= axes.right).sum() < 2:
        return image
    mask = Image.new("L", image.size, 0)
    forth, back = _upto(axes, summary, summary.curve.high), _upto(axes, summary, summary.curve.low)
    ImageDraw.Draw(mask).polygon([*forth, *reversed(back)], fill=round(255 * _BAND))
    image.paste(Image.new("RGB", image.size, colour), mask=mask)
    return image


def _dashed(
    pen: ImageDraw.ImageDraw, points: Sequence[Point], colour: tuple[int, int, int], dashes: tuple[int, ...], width: int
) -> None:
    """Draw a line through ``points``, in strokes of ``dashes`` points drawn and left out by turns."""
    if not dashes:
        pen.line(list(points), colour, width * SHARPNESS, joint="curve")
        return
    on, off = (length * SHARPNESS for length in dashes)
    if len(points) < 2:
        return
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(np.array(points), axis=0).T))])  # way along the line
    xs, ys = np.array(points).T
    for begin in np.arange(0.0, at[-1], on + off):
        inner = at[(at > begin) & (at < begin + on)]
        way = np.concatenate([[begin], inner, [min(begin + on, at[-1])]])
        pen.line(list(zip(np.interp(way, at, xs), np.interp(way, at, ys), strict=True)), colour, width * SHARPNESS)


def _rows_of_key(told: Sequence[VariantSummary]) -> list[list[tuple[int, str]]]:
    """Return the words of the key, by number of the variant, in rows that fit."""
    rows: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for number, summary in enumerate(told):
        words = _("{name} ({runs} seeds)").format(name=summary.name, runs=summary.runs)
        room = font(_BODY).getlength(words) / SHARPNESS + 52
        if rows[-1] and used + room > WIDTH - _LEFT - _RIGHT:
            rows.append([])
            used = 0.0
        rows[-1].append((number, words))
        used += room
    return rows


def _key_height(told: Sequence[VariantSummary]) -> int:
    return len(_rows_of_key(told)) * 22 + 14


def _draw_key(pen: ImageDraw.ImageDraw, told: Sequence[VariantSummary]) -> None:
    for line, row in enumerate(_rows_of_key(told)):
        x, y = float(_LEFT), HEIGHT - 14 + 22.0 * line
        for number, words in row:
            colour, dashes = stroke(number)
            ends = [(x * SHARPNESS, y * SHARPNESS), ((x + 28) * SHARPNESS, y * SHARPNESS)]
            _dashed(pen, ends, colour, dashes, 3)
            pen.text(((x + 36) * SHARPNESS, y * SHARPNESS), words, INK, font(_BODY), anchor="lm")
            x += font(_BODY).getlength(words) / SHARPNESS + 52


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers from ``low`` to ``high``, some five of them."""
    rough = (high - low) / 5
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough)
    return [step * n for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
