"""All formats by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from core.language import _, listed
from core.synonyms.exchange.cilin import CilinText
from core.synonyms.exchange.constraints import Attract, Repel
from core.synonyms.exchange.delimited import Csv, Tsv
from core.synonyms.exchange.doccano import Doccano
from core.synonyms.exchange.jsonl import Jsonl
from core.synonyms.exchange.label_studio import LabelStudio
from core.synonyms.exchange.prodigy import Prodigy
from core.synonyms.exchange.record import ExchangeError, Format
from core.synonyms.exchange.solr import Solr, SolrOneWay

FORMATS: Final[dict[str, type[Format]]] = {
    kind.name: kind
    for kind in (
        Csv,
        Tsv,
        Jsonl,
        LabelStudio,
        Doccano,
        Prodigy,
        Solr,
        SolrOneWay,
        Attract,
        Repel,
        CilinText,
    )
}
"""The formats, a row each, by the name the command line knows them by."""


def format_named(name: str, *, chained: bool = False) -> Format:
    """Return the format of this name.

    Args:
        name: one of ``FORMATS``.
        chained: let formats of sets merge pairs that share a word.

    Raises:
        ExchangeError: there is none, or it has no sets to chain.
    """
    if name not in FORMATS:
        raise ExchangeError(_("Unknown format {name!r}; available: {names}.").format(name=name, names=listed(FORMATS)))
    kind: Callable[..., Format] = FORMATS[name]
    if not chained:
        return kind()
    if not FORMATS[name].can_chain:
        raise ExchangeError(_("{name} has no sets to merge.").format(name=name))
    return kind(chained=True)
