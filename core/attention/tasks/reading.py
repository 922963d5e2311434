"""What every task begins with: the model and the text at hand, and what rows and columns are."""

from __future__ import annotations

from collections.abc import Generator
from functools import cache
from typing import Final

from core.attention.encoders.built_in import DEFAULT_MODEL
from core.attention.errors import NotAvailableError, TextError
from core.attention.long_text import Assembled, Document
from core.attention.requests import MAX_TOKENS, Source, Unit
from core.attention.results import Preparing
from core.attention.segments import Segments, segment
from core.attention.tasks.model_cache import ModelCache
from core.language import _

COARSER: Final[dict[Unit, tuple[Unit, ...]]] = {"character": ("word", "piece"), "word": ("piece",), "piece": ()}
"""What rows are instead where there would be more than a map shows; of pieces there never are."""


@cache
def model_cache() -> ModelCache:
    """Return the cache of this process."""
    return ModelCache()


def warm_up(model: str = DEFAULT_MODEL) -> Generator[Preparing, None, None]:
    """Open ``model`` before somebody types."""
    for step in model_cache().encoder(Source("", model=model)):
        if isinstance(step, Preparing):
            yield step


def read_source(source: Source) -> Generator[Preparing, None, Document]:
    """Yield what takes time; return the text as its model reads it."""
    for step in model_cache().document(source):
        if isinstance(step, Document):
            return step
        yield step
    raise AssertionError("a cache ends with the document")


def read_apart(source: Source, unit: Unit, refusal: str) -> Generator[Preparing, None, list[tuple[Document, Segments]]]:
    """Read each sentence of ``source`` by itself, so that neither's vectors can copy the other's.

    Args:
        source: one sentence or two, and by which model.
        unit: what the rows of each are.
        refusal: what to say of an encoder-decoder, with ``{model}``.

    Returns:
        Each sentence with its units.

    Raises:
        AttentionError: the model or the text can't be served; the text says what to do.
    """
    sides: list[tuple[Document, Segments]] = []
    for text in (source.text, source.pair):
        if text is not None:
            alone = Source(text, model=source.model, prefix=source.prefix, download=source.download)
            document = yield from read_source(alone)
            if document.card.family == "encoder-decoder":
                raise NotAvailableError(refusal.format(model=document.card.title))
            segments, _columns, _unit = segments_of(document, document.stack(), unit, specials=False)
            sides.append((document, segments))
    return sides


def segments_of(
    document: Document, attention: Assembled, unit: Unit, *, specials: bool
) -> tuple[Segments, Segments, Unit]:
    """Return the units of rows and columns, and what they are: coarser ones where ``unit`` would make too many.

    A piece may be thousands of characters: for MiniLM any endless word is one unknown piece.

    Raises:
        TextError: there are none, since nothing typed reached the model.
    """
    same = attention.rows is attention.columns
    for tried in (unit, *COARSER[unit]):
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
        raise TextError(
            _("{model} finds nothing to read in this text. Type some letters.").format(model=document.card.title)
        )
    return rows, columns, unit
