"""The tasks of the attention tab: each takes one frozen request and yields payloads.

They run in the worker process, where the desk keeps models and texts between requests; called inline, in tests or
a notebook, they do the same.
"""

from __future__ import annotations

from collections.abc import Generator
from functools import cache, partial
from time import perf_counter
from typing import Final

import numpy as np

from core.attention.desk import Desk
from core.attention.encoders.base import Stacked, check_index
from core.attention.errors import NotAvailableError, TextError
from core.attention.measures import cosines, entropy, mutual_argmax, patterns, read, spread
from core.attention.requests import (
    MAX_TOKENS,
    TILE,
    AlignmentRequest,
    AttentionRequest,
    ComparisonRequest,
    Source,
    Stack,
    StepsRequest,
    Unit,
)
from core.attention.results import (
    Alignment,
    AttentionMap,
    Comparison,
    Floats,
    HeadGallery,
    Ints,
    Preparing,
    ThreeSteps,
)
from core.attention.segments import Segments, hide, segment
from core.attention.steps import three_steps
from core.attention.windows import Assembled, Document
from core.language import _

MILLI: Final = 1e3
_COARSER: Final[dict[Unit, tuple[Unit, ...]]] = {"character": ("word", "piece"), "word": ("piece",), "piece": ()}
"""What rows are instead where there would be more than a map shows; of pieces there never are."""


@cache
def the_desk() -> Desk:
    """Return the desk of this process."""
    return Desk()


def warm_up(model: str = "e5") -> Generator[Preparing, None, None]:
    """Open ``model`` before somebody types."""
    for step in the_desk().encoder(Source("", model=model)):
        if isinstance(step, Preparing):
            yield step


def attend(request: AttentionRequest) -> Generator[Preparing | AttentionMap | HeadGallery, None, None]:
    """Show who looks at whom.

    Yields:
        What takes time, then the map, or the gallery of all heads where that was asked for.

    Raises:
        AttentionError: the model, the text or the wish can't be served; the text says what to do.
    """
    began = perf_counter()
    document = yield from _read(request.source)
    read_at = perf_counter()
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    rows, columns, unit = _segments(document, attention, request.unit, specials=request.specials)
    if request.gallery:
        yield _gallery(document, name, attention, rows, columns, specials=request.specials)
        return
    weights = attention.read(lambda part: read(part, request.reading, request.layer, request.head))
    weights = rows.mean_queries(columns.sum_keys(weights))
    hidden = np.zeros(len(weights), np.float32)
    if not request.specials:
        weights, hidden = hide(weights)
    layers, heads = attention.parts[0].weights.shape[:2]
    yield AttentionMap(
        card=document.card,
        stack=name,
        unit=unit,
        reading=request.reading,
        layer=None if request.layer is None else request.layer % layers,
        head=None if request.head is None or request.reading == "rollout" else request.head % heads,
        rows=rows.units,
        columns=columns.units,
        weights=weights,
        hidden=hidden,
        entropy=entropy(weights),
        reach=_reach(attention.reach(), rows, columns),
        texts=document.texts,
        tokens=len(attention.columns),
        windows=len(document.windows),
        note=_note(document, request, unit),
        milliseconds={"read": (read_at - began) * MILLI, "show": (perf_counter() - read_at) * MILLI},
    )


def step_through(request: StepsRequest) -> Generator[Preparing | ThreeSteps, None, None]:
    """Do the three steps for one query and one head.

    Raises:
        AttentionError: the model, the text or the wish can't be served; the text says what to do.
    """
    document = yield from _read(request.source)
    name = request.stack or document.card.stacks[0]
    attention = document.stack(name)
    query = check_index(request.query, len(attention.rows), _("query"))
    part, place = attention.part_of(query)
    masked = request.masked
    if attention.indices:
        index = attention.indices[int(attention.owner[query])]
        masked = tuple(int(i) for i in np.flatnonzero(np.isin(index, masked)))
    yield three_steps(
        document.card,
        name,
        part,
        query=place,
        layer=request.layer,
        head=request.head,
        temperature=request.temperature,
        masked=masked,
    )


def align(request: AlignmentRequest) -> Generator[Preparing | Alignment, None, None]:
    """Lay two sentences beside each other.

    The sentences are read apart, so that their vectors can't copy each other; attention across needs them read
    together.

    Raises:
        AttentionError: the model, the texts or the wish can't be served; the text says what to do.
    """
    source = request.source
    if source.pair is None:
        raise TextError(_("An alignment needs two sentences: type the second."))
    sides: list[tuple[Document, Segments]] = []
    for text in (source.text, source.pair):
        alone = Source(text, model=source.model, prefix=source.prefix, download=source.download)
        document = yield from _read(alone)
        if document.card.family == "encoder-decoder":
            raise NotAvailableError(
                _("{model} reads only the first sentence; look at its cross-attention instead.").format(
                    model=document.card.title
                )
            )
        segments, _columns, _unit = _segments(document, document.stack(), request.unit, specials=False)
        sides.append((document, segments))
    card = sides[0][0].card
    layer = check_index(card.layers // 2 if request.layer is None else request.layer, card.layers + 1, _("layer"))
    first, second = (segments.mean_queries(document.stack().states(layer)) for document, segments in sides)
    cosine = cosines(first, second)
    rows, columns = (segments.units for _document, segments in sides)
    together = yield from _read(source)
    yield Alignment(
        card=card,
        layer=layer,
        rows=rows,
        columns=tuple(unit.in_sentence(1) for unit in columns),
        cosine=cosine,
        contrast=spread(cosine),
        links=mutual_argmax(cosine),
        attention=_across(together, request, max(layer - 1, 0)),
    )


def compare(request: ComparisonRequest) -> Generator[Preparing | Comparison, None, None]:
    """Show two maps side by side, and their difference where it means something.

    Raises:
        AttentionError: a model, a text or a wish can't be served; the text says what to do.
    """
    maps = []
    for which in (request.first, request.second):
        for step in attend(which):
            if isinstance(step, Preparing):
                yield step
            elif isinstance(step, AttentionMap):
                maps.append(step)
    first, second = maps
    yield Comparison(first, second, difference(first, second))


def difference(first: AttentionMap, second: AttentionMap) -> Floats:
    """Return ``first`` minus ``second``; empty, (0, 0), where their rows or columns are different units."""
    here, there = (
        [(unit.sentence, unit.start, unit.text) for unit in (*which.rows, *which.columns)] for which in (first, second)
    )
    same = here == there and first.weights.shape == second.weights.shape
    apart: Floats = first.weights - second.weights if same else np.zeros((0, 0), np.float32)
    return apart


def _read(source: Source) -> Generator[Preparing, None, Document]:
    for step in the_desk().document(source):
        if isinstance(step, Document):
            return step
        yield step
    raise AssertionError("a desk ends with the document")


def _segments(
    document: Document, attention: Assembled, unit: Unit, *, specials: bool
) -> tuple[Segments, Segments, Unit]:
    """Return the units of rows and columns, and what they are: coarser ones where ``unit`` would make too many.

    A piece may be thousands of characters: for MiniLM any endless word is one unknown piece.

    Raises:
        TextError: there are none, since nothing typed reached the model.
    """
    same = attention.rows is attention.columns
    for tried in (unit, *_COARSER[unit]):
        rows = segment(attention.rows, document.texts, tried, specials=specials)
        columns = rows if same else segment(attention.columns, document.texts, tried, specials=specials)
        unit = tried
        if max(len(rows.units), len(columns.units)) <= MAX_TOKENS:
            break
    if not rows.units or not columns.units:
        if document.card.family == "encoder-decoder" and not rows.units:
            raise TextError(
                _("{model} wrote nothing for this text. Type the target text yourself.").format(
                    model=document.card.title
                )
            )
        raise TextError(_("{model} reads nothing in this text. Type some letters.").format(model=document.card.title))
    return rows, columns, unit


def _reach(seen: Ints, rows: Segments, columns: Segments) -> Ints:
    """Turn the tokens each token could see into the units each unit could see."""
    first_piece = columns.pieces[columns.starts]
    last_piece = columns.pieces[np.array([*columns.starts[1:], len(columns.pieces)]) - 1]
    low = np.minimum.reduceat(seen[rows.pieces, 0], rows.starts)
    high = np.maximum.reduceat(seen[rows.pieces, 1], rows.starts)
    return np.stack([np.searchsorted(last_piece, low), np.searchsorted(first_piece, high)], axis=1)


def _one_layer(stack: Stacked, layer: int) -> Floats:
    every_head: Floats = stack.weights[layer].astype(np.float32)
    return every_head


def _gallery(
    document: Document,
    name: Stack,
    attention: Assembled,
    rows: Segments,
    columns: Segments,
    *,
    specials: bool,
) -> HeadGallery:
    block = -(-max(len(rows.units), len(columns.units)) // TILE)
    to_blocks = columns.matrix(len(attention.columns), block)
    row_pieces, column_pieces = (
        segment(tokens, document.texts, "piece", specials=specials) for tokens in (attention.rows, attention.columns)
    )
    tiles, scores = [], []
    # Layer by layer: all heads of a long text at full size would not fit in memory.
    for layer in range(attention.parts[0].weights.shape[0]):
        weights = attention.read(partial(_one_layer, layer=layer))
        small = rows.mean_queries(weights @ to_blocks)
        pieces = row_pieces.mean_queries(column_pieces.sum_keys(weights))
        if not specials:
            small, pieces = hide(small)[0], hide(pieces)[0]
        tiles.append(rows.mean_blocks(small, block))
        scores.append(patterns(pieces))
    return HeadGallery(
        card=document.card,
        stack=name,
        tiles=np.stack(tiles),
        block=block,
        patterns={key: np.stack([score[key] for score in scores]) for key in scores[0]},
    )


def _across(document: Document, request: AlignmentRequest, layer: int) -> Floats:
    """Return the mean of attention from the first sentence to the second and back, over all heads of ``layer``."""
    attention = document.stack()
    segments, _columns, _unit = _segments(document, attention, request.unit, specials=False)
    weights = attention.read(lambda part: read(part, "weights", layer, None))
    weights = segments.mean_queries(segments.sum_keys(weights))
    sentence = np.array([unit.sentence for unit in segments.units])
    there = weights[sentence == 0][:, sentence == 1]
    back = weights[sentence == 1][:, sentence == 0]
    mean: Floats = (there + back.T) / 2
    return mean


def _note(document: Document, request: AttentionRequest, unit: Unit) -> str:
    lines = []
    if len(document.windows) > 1:
        lines.append(
            _(
                "{model} reads {limit} tokens at once; this text has {n}, so it was read in {parts} overlapping parts, "
                "and a query sees only its own part."
            ).format(
                model=document.card.title,
                limit=document.card.limit,
                n=len(document.pieces),
                parts=len(document.windows),
            )
        )
    elif document.card.family == "encoder-decoder" and request.source.pair is None:
        lines.append(_("The model wrote: {text}").format(text=document.texts[1]))
    if unit != request.unit:
        lines.append(
            _("A row for each character would be too many: rows are words.")
            if unit == "word"
            else _("A row for each word would be too many: rows are the model's pieces.")
        )
    return " ".join(lines)
