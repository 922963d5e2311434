"""The lines below an exported picture of the stage, whatever stands on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout

from app.attention.options import ViewOptions
from app.attention.state import AttentionState
from app.attention.views.alignment import By
from app.attention.views.heads import ORDER_NAMES, Order
from core.attention.export.caption import (
    DOT,
    aggregation_name,
    caption_of,
    colours,
    head_name,
    heads_colours,
    layer_name,
    model_parts,
    provenance,
    text_line,
    unit_name,
)
from core.attention.results import Alignment, Comparison, HeadsGrid, ThreeSteps
from core.language import _


def caption(state: AttentionState, options: ViewOptions, *, order: Order = "layer", by: By = "similarity") -> list[str]:
    """Return what a reader of the picture has to know.

    Args:
        state: what is shown.
        options: the view, and what an answer doesn't say of itself.
        order: how all heads are ordered.
        by: what the map of an alignment shows.
    """
    typed = text_line((options.text, options.second if options.has_second else ""))
    if options.view == "comparison" and state.comparison is not None:
        return _of_comparison(state.comparison, options)
    if options.view == "alignment" and state.alignment is not None:
        return [typed, *_of_alignment(state.alignment, options, by)]
    if options.view == "steps" and state.steps is not None:
        return [typed, _of_steps(state.steps, options)]
    if options.view == "heads" and state.heads_grid is not None:
        unit = state.map.unit if state.map is not None else options.unit  # a long text may have had to take another
        return [typed, *_of_heads_grid(state.heads_grid, replace(options, unit=unit), order)]
    return list(caption_of(state.map, options.scale)) if state.map is not None else [typed]


def broken(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Break ``words`` into lines of ``width`` pixels; the last of at most ``most`` lines is cut short."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    encoded = words.encode("utf-16-le", "surrogatepass")  # Qt counts in halves of rare characters
    ends = [*starts[1:most], len(encoded) // 2]
    cuts = [encoded[2 * start : 2 * end] for start, end in zip(starts, ends, strict=False)]
    lines = [cut.decode("utf-16-le", "surrogatepass").strip() for cut in cuts]
    return [QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


def _of_comparison(compared: Comparison, options: ViewOptions) -> list[str]:
    sides = ((_("first map"), compared.first), (_("second map"), compared.second))
    lines = [f"{side}: {text_line(shown.texts)}{DOT}{provenance(shown)}" for side, shown in sides]
    if compared.difference.size:
        lines.append(_("third map: first minus second"))
    shared = _("colour from 0 to the largest weight of both maps")
    return [*lines, shared if options.scale == "relative" else colours(options.scale)]


def _of_alignment(found: Alignment, options: ViewOptions, by: By) -> list[str]:
    after = _("vectors after {layer} of {layers} layers").format(layer=found.layer, layers=found.card.layers)
    prefixed = options.source.is_prefixed
    lines = [
        DOT.join([*model_parts(found.card, found.card.stacks[0], prefixed=prefixed), after, unit_name(options.unit)])
    ]
    links = _("Lines and rings: pairs whose vectors are each other's most similar.")
    if by == "attention" and found.attention.size:
        where = layer_name(max(found.layer - 1, 0), found.card.layers)
        shown = _("The map: mean attention across the pair, both directions, {layer}, {head}.").format(
            layer=where, head=head_name(None, found.card.heads)
        )
    else:
        shown = _("The map: cosine of the vectors.")
    return [*lines, f"{links} {shown}"]


def _of_steps(steps: ThreeSteps, options: ViewOptions) -> str:
    parts = [
        *model_parts(steps.card, steps.stack, prefixed=options.source.is_prefixed),
        layer_name(steps.layer, steps.card.layers_of(steps.stack)),
        head_name(steps.head, steps.card.heads_of(steps.stack)),
        _("query: {token}").format(token=steps.query_token.label),
        f"T = {steps.temperature:.2f}",
    ]
    masked = [steps.key_tokens[index].label for index in options.masked if index < len(steps.key_tokens)]
    if masked:
        parts.append(_("hidden by hand: {keys}").format(keys=", ".join(masked)))
    return DOT.join(parts)


def _of_heads_grid(heads_grid: HeadsGrid, options: ViewOptions, order: Order) -> list[str]:
    layers, heads = heads_grid.tiles.shape[:2]
    if order == "layer":
        laid = _("each row a layer, 0–{layers}; each column a head, 0–{heads}")
    else:
        laid = _("layer·head, counted from 0; {order}")
    parts = [
        *model_parts(heads_grid.card, heads_grid.stack, prefixed=options.source.is_prefixed),
        aggregation_name("weights"),
        laid.format(layers=layers - 1, heads=heads - 1, order=_(ORDER_NAMES[order])),
        unit_name(options.unit),
    ]
    return [DOT.join(parts), heads_colours(options.scale)]
