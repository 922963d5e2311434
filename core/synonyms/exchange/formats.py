"""All formats by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from core.language import _
from core.synonyms.exchange.cilin import CilinText
from core.synonyms.exchange.constraints import Attract, Repel
from core.synonyms.exchange.delimited import Csv, Tsv
from core.synonyms.exchange.doccano import Doccano
from core.synonyms.exchange.jsonl import Jsonl
from core.synonyms.exchange.label_studio import LabelStudio
from core.synonyms.exchange.prodigy import Prodigy
from core.synonyms.exchange.record import ExchangeError, Format
from core.synonyms.exchange.solr import Solr, SolrOneWay, SynonymSets

_KINDS: Final[tuple[type[Format], ...]] = (
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

FORMATS: Final[Mapping[str, Callable[[], Format]]] = {kind.name: kind for kind in _KINDS}
"""Format by the name the command line knows it by."""


def format_named(name: str, *, chained: bool = False) -> Format:
    """Return the format of this name.

    Args:
        name: one of ``FORMATS``.
        chained: let formats of sets merge pairs that share a word.

    Raises:
        ExchangeError: there is none, or it has no sets to chain.
    """
    kind = next((kind for kind in _KINDS if kind.name == name), None)
    if kind is None:
        raise ExchangeError(
            _("No format is called {name!r}; there are: {names}.").format(name=name, names=", ".join(FORMATS))
        )
    if not chained:
        return kind()
    if not issubclass(kind, SynonymSets) or kind is SolrOneWay:
        raise ExchangeError(_("{name} has no sets to chain.").format(name=name))
    return kind(chained=True)
