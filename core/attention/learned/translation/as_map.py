"""A translation as one of the attention tab's maps, so that whatever shows or writes those takes it too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from core.attention.errors import NotAvailableError
from core.attention.head_patterns import entropy
from core.attention.learned.store import Record
from core.attention.learned.translation.translator import Translation
from core.attention.results import AttentionMap, ModelCard, Token
from core.language import _

_ORIGIN: Final = "Yaya Lab (MIT)"


def attention_map(translated: Translation, record: Record) -> AttentionMap:
    """Return where each word said looked in the source.

    Raises:
        NotAvailableError: the model has no attention.
    """
    if translated.weights is None:
        raise NotAvailableError(_("This model has no attention: there is no map. Choose one that has."))
    weights = translated.weights
    apart = 0 if record.config.get("unit") == "character" else 1
    rows, columns = tokens_of(translated.target, 1, apart=apart), tokens_of(translated.source, 0)
    return AttentionMap(
        card=card_of(record),
        stack="cross",
        unit="word",
        aggregation="weights",
        layer=0,
        head=0,
        rows=rows,
        columns=columns,
        weights=weights,
        hidden=np.zeros(len(weights), np.float32),
        entropy=entropy(weights),
        reach=np.tile(np.array([0, len(columns)]), (len(rows), 1)),
        texts=("".join(translated.source), (" " * apart).join(translated.target)),
        tokens=len(columns),
        windows=1,
        note=translated.note,
        milliseconds={},
        prefixed=False,
    )


def card_of(record: Record) -> ModelCard:
    """Return what is known of a translation model of ours."""
    model = record.config["model"]
    return ModelCard(
        name=record.name,
        title=f"{record.name} (seed {record.seed})",
        family="encoder-decoder",
        layers=1,
        heads=1,
        width=model["hidden"],
        limit=model["longest"],
        origin=_ORIGIN,
        only_maps=True,
    )


def tokens_of(words: Sequence[str], sentence: int, *, apart: int = 0) -> tuple[Token, ...]:
    """Return words as the units of a sentence: 0 for the source, 1 for the target, with ``apart`` blanks between."""
    tokens = []
    start = 0
    for word in words:
        tokens.append(Token(word, start, start + len(word), special=False, piece=word, sentence=sentence))
        start += len(word) + apart
    return tuple(tokens)
