"""One map of one text: how much each row attends to each column."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from time import perf_counter
from typing import Final

import numpy as np

from core.attention.aggregate import aggregate, seen
from core.attention.export.writing import Row
from core.attention.head_patterns import entropy
from core.attention.long_text import Document
from core.attention.requests import Across, AttentionRequest, Stack, Unit
from core.attention.results import AttentionMap, Guesses, Ints, Preparing
from core.attention.segments import Segments, crossing, hide
from core.attention.tasks.reading import read_source, segments_of
from core.language import _

MILLI: Final = 1e3


def attend(request: AttentionRequest) -> Generator[Preparing | AttentionMap, None, None]:
    """Show who looks at whom.

    Yields:
        What takes time, then the map.

    Raises:
        AttentionError: the model, or the text can't be served; the text says what to do.
    """
    began = perf_counter()
    document = yield from read_source(request.source)
    read_at = perf_counter()
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    rows, columns, unit = segments_of(document, attention, request.unit, specials=request.specials)
    chosen = request.chosen if request.aggregation != "rollout" else None
    weights = attention.read(lambda part: aggregate(part, request.aggregation, request.layer, request.head, chosen))
    weights = rows.mean_queries(columns.sum_keys(weights))
    hidden = np.zeros(len(weights), np.float32)
    if not request.specials:
        weights, hidden = hide(weights)
    elif document.card.sink:
        hidden = np.clip(1 - weights.sum(axis=-1), 0, 1)
    layers, heads = attention.parts[0].weights.shape[:2]
    shown = AttentionMap(
        card=document.card,
        stack=name,
        unit=unit,
        aggregation=request.aggregation,
        layer=None if request.layer is None or chosen is not None else request.layer % layers,
        head=None
        if request.head is None or request.aggregation == "rollout" or chosen is not None
        else request.head % heads,
        chosen=chosen,
        rows=rows.units,
        columns=columns.units,
        weights=weights,
        hidden=hidden,
        entropy=entropy(weights),
        reach=_reach(
            attention.reach(lambda part: seen(part, request.aggregation, request.layer, chosen)), rows, columns
        ),
        texts=document.texts,
        tokens=len(attention.columns),
        windows=len(document.windows),
        note=_note(document, request, unit),
        milliseconds={"read": (read_at - began) * MILLI, "show": (perf_counter() - read_at) * MILLI},
        prefixed=request.source.is_prefixed,
        guesses=_guesses(document, name, rows),
        changes=request.source.changes,
        languages=(request.source.from_language, request.source.to_language),
        is_continued=bool(request.source.writes) and len(document.texts) > 1,
    )
    yield shown if request.across is None else only_across(shown, request.across)


def only_across(shown: AttentionMap, across: Across) -> AttentionMap:
    """Return of a map of two sentences what the one gives the other, with the weights it has there.

    Raises:
        NotAvailableError: there are no two sentences that could look at each other.
    """
    asking, asked = crossing(shown.rows, shown.columns, across)
    return replace(
        shown,
        rows=tuple(shown.rows[row] for row in asking),
        columns=tuple(shown.columns[column] for column in asked),
        weights=shown.weights[np.ix_(asking, asked)],
        hidden=shown.hidden[asking],
        entropy=shown.entropy[asking],
        reach=np.searchsorted(asked, shown.reach[asking]),
        across=across,
        guesses=tuple(shown.guesses[row] for row in asking) if shown.guesses else (),
    )


def _guesses(document: Document, stack: Stack, rows: Segments) -> Guesses:
    """Return what the model expects after each row, that is after the last token in it."""
    guesses = document.windows[0].encoded.guesses
    if stack == "encoder" or not guesses or len(document.windows) > 1:
        return ()
    return tuple(guesses[piece] for piece in rows.last_pieces)


def _reach(reached: Ints, rows: Segments, columns: Segments) -> Ints:
    """Turn the tokens each token could see into the units each unit could see."""
    first_piece = columns.pieces[columns.starts]
    last_piece = columns.pieces[np.array([*columns.starts[1:], len(columns.pieces)]) - 1]
    low = np.minimum.reduceat(reached[rows.pieces, 0], rows.starts)
    high = np.maximum.reduceat(reached[rows.pieces, 1], rows.starts)
    return np.stack([np.searchsorted(last_piece, low), np.searchsorted(first_piece, high)], axis=1)


def _note(document: Document, request: AttentionRequest, unit: Unit) -> str:
    lines = []
    if len(document.windows) > 1:
        lines.append(
            _(
                "{model} reads {limit} tokens at a time; this text has {n}, so it was read in {parts} "
                "overlapping parts, and each query sees only its own part."
            ).format(
                model=document.card.title,
                limit=document.card.limit,
                n=len(document.pieces),
                parts=len(document.windows),
            )
        )
    elif len(document.texts) > 1 and request.source.pair is None:
        lines.append(_("The model wrote: {text}").format(text=document.texts[1]))
    if document.card.sink:
        lines.append(
            _("This model's softmax has a sink, which is no token: rows sum to less than 1, the rest is its share.")
            if request.specials
            else _("This model's softmax has a sink, which is no token: its share is hidden with the special tokens.")
        )
    if unit != request.unit:
        lines.append(
            _("One row per character would be too many, so rows are words.")
            if unit == "word"
            else _("One row per word would be too many, so rows are the model's pieces.")
        )
    return " ".join(lines)


def table(shown: AttentionMap) -> Iterator[Row]:
    """Yield the map: keys across, queries down."""
    yield ["", *(unit.label for unit in shown.columns)]
    for unit, row in zip(shown.rows, shown.weights, strict=True):
        yield [unit.label, *row.tolist()]
