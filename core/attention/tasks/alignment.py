"""Two sentences laid beside each other."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np

from core.attention.aggregate import aggregate
from core.attention.align import cosines, mutual_argmax, spread
from core.attention.encoders.base import check_index
from core.attention.errors import TextError
from core.attention.export.writing import Row
from core.attention.long_text import Document
from core.attention.requests import AlignmentRequest
from core.attention.results import Alignment, Floats, Preparing
from core.attention.tasks.reading import read_apart, read_source, segments_of
from core.language import _


def align(request: AlignmentRequest) -> Generator[Preparing | Alignment, None, None]:
    """Lay two sentences beside each other.

    The sentences are read apart, so that their vectors can't copy each other; attention across needs them read
    together.

    Raises:
        AttentionError: the model or the texts can't be served; the text says what to do.
    """
    source = request.source
    if source.pair is None:
        raise TextError(_("An alignment needs two sentences: type the second."))
    refusal = _("{model} reads only the first sentence; choose its cross-attention instead.")
    sides = yield from read_apart(source, request.unit, refusal)
    card = sides[0][0].card
    layer = check_index(card.layers // 2 if request.layer is None else request.layer, card.layers + 1, _("layer"))
    first, second = (segments.mean_queries(document.stack().states(layer)) for document, segments in sides)
    cosine = cosines(first, second)
    rows, columns = (segments.units for _document, segments in sides)
    together = yield from read_source(source)
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


def _across(document: Document, request: AlignmentRequest, layer: int) -> Floats:
    """Return the mean of attention from the first sentence to the second and back, over all heads of ``layer``."""
    attention = document.stack()
    segments, _columns, _unit = segments_of(document, attention, request.unit, specials=False)
    weights = attention.read(lambda part: aggregate(part, "weights", layer, None))
    weights = segments.mean_queries(segments.sum_keys(weights))
    sentence = np.array([unit.sentence for unit in segments.units])
    there = weights[sentence == 0][:, sentence == 1]
    back = weights[sentence == 1][:, sentence == 0]
    mean: Floats = (there + back.T) / 2
    return mean


def table(shown: Alignment) -> Iterator[Row]:
    """Yield a row for each pair of units."""
    across = bool(shown.attention.size)
    yield [
        "model",
        "layer",
        "first",
        "first_start",
        "second",
        "second_start",
        "cosine",
        "linked",
        *(["attention"] if across else []),
    ]
    for row, column in np.ndindex(shown.cosine.shape):
        linked = int((row, column) in shown.links)
        cosine = float(shown.cosine[row, column])
        rest = [float(shown.attention[row, column])] if across else []
        first, second = shown.rows[row], shown.columns[column]
        where = (first.label, first.start, second.label, second.start)
        yield [shown.card.name, shown.layer, *where, cosine, linked, *rest]
