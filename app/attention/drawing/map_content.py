"""From what the worker sent to what the views draw: intensities of colour, by core's own scales."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.attention.drawing.heatmap import MapContent
from app.widgets.weight_colours import Table
from core.attention.colormaps import intensity, levels, ticks
from core.attention.requests import Colormap, Scale
from core.attention.results import AttentionMap, Comparison, Floats
from core.language import _


@dataclass(frozen=True, slots=True)
class BarContent:
    """What the bar of colours says.

    Attributes:
        table: its colours.
        ticks: places in 0..1 and their words.
        has_limits: some cells are grey: a query could not see that key.
    """

    table: Table
    ticks: tuple[tuple[float, str], ...]
    has_limits: bool = False


def map_content(shown: AttentionMap, colormap: Colormap, scale: Scale) -> MapContent:
    """Return what a matrix draws of ``shown``."""
    return MapContent(
        shown.rows,
        shown.columns,
        shown.weights,
        levels(intensity(shown.weights, scale)),
        colormap,
        hidden=shown.hidden,
        reach=shown.reach,
        is_continued=shown.is_continued,
    )


def pair_contents(compared: Comparison, colormap: Colormap, scale: Scale) -> tuple[MapContent, MapContent, BarContent]:
    """Return two maps in which equal colours are equal weights, and the bar that holds for both.

    Where the scale ends at a map's largest weight, both end at the larger of the two.
    """
    first, second = compared.first, compared.second
    most = max(float(first.weights.max(initial=0)), float(second.weights.max(initial=0)))
    contents = []
    for shown in (first, second):
        content = map_content(shown, colormap, scale)
        if scale == "relative" and most > 0:
            content = replace(content, intensities=levels(intensity(shown.weights / np.float32(most), "linear")))
        contents.append(replace(content, hidden=None))  # without the bars of hidden tokens all maps are equally large
    larger = first if float(first.weights.max(initial=0)) >= most else second
    return contents[0], contents[1], bar_content(larger.weights, colormap, scale)


def bar_content(weights: Floats, colormap: Colormap, scale: Scale) -> BarContent:
    """Return the bar beside a map of ``weights``."""
    return BarContent(colormap, tuple(ticks(weights, scale)))


def heads_bar_content(colormap: Colormap, scale: Scale) -> BarContent:
    """Return the bar beside the grid of heads, where each head is coloured by itself."""
    if scale == "relative":
        return BarContent(colormap, ((0.0, "0"), (1.0, _("each head's largest"))))
    return BarContent(colormap, tuple(ticks(np.zeros((0, 0), np.float32), scale)))


def difference_content(compared: Comparison) -> tuple[MapContent, BarContent] | None:
    """Return the difference and its bar; None where the two maps have different units."""
    apart = compared.difference
    if not apart.size:
        return None
    most = float(np.abs(apart).max()) or 1.0
    first = compared.first
    content = MapContent(
        first.rows,
        first.columns,
        apart,
        levels(((apart / most + 1) / 2).astype(np.float32)),
        "difference",
        reach=first.reach,
        signed=True,
    )
    marks = ((0.0, f"−{most:.2g}"), (0.5, "0"), (1.0, f"+{most:.2g}"))
    return content, BarContent("difference", marks)


def scale_name(scale: Scale) -> str:
    """Return what a scale is called."""
    return {
        "linear": _("0 to 1"),
        "relative": _("0 to the map's largest"),
        "log": _("logarithmic"),
        "row": _("0 to each row's largest"),
    }[scale]


def colormap_name(colormap: Colormap) -> str:
    """Return what a colormap is called."""
    return {"red": _("White to deep red"), "viridis": "viridis", "cividis": "cividis"}[colormap]
