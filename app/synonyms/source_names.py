"""What sources of candidates, scores and stages of a mining are called on screen."""

from __future__ import annotations

from typing import Final

from core.language import N_, _
from core.synonyms.candidates.sources import SOURCES
from core.synonyms.exchange.rules import EQUAL, JOINED, REPLACED, SECOND_FIRST
from core.synonyms.methods.registry import METHODS
from core.synonyms.mining.config import SENTENCES

_OTHERS: Final[dict[str, tuple[str, str]]] = {
    REPLACED[0]: (N_("Rule, word 1 → word 2"), N_("Rule 1→2")),
    REPLACED[1]: (N_("Rule, word 2 → word 1"), N_("Rule 2→1")),
    JOINED[0]: (N_("Rule, word 1 → both"), N_("Rule 1→both")),
    JOINED[1]: (N_("Rule, word 2 → both"), N_("Rule 2→both")),
    EQUAL: (N_("Solr, equivalent"), N_("Equivalents")),
    SECOND_FIRST: (N_("Word 2 stood first"), N_("2 first")),
}
"""What came from a file of rules: a name, and one for the head of a column."""


def source_name(source: str) -> str:
    """Return what a source is called, in the language in use; one that nobody knows is shown as it is."""
    if source in SOURCES:
        return _(SOURCES[source].title)
    if source in METHODS:
        return METHODS[source].label
    return _(_OTHERS[source][0]) if source in _OTHERS else source


def short_source_name(source: str) -> str:
    """Return what a source is called at the head of a column."""
    if source in SOURCES:
        return _(SOURCES[source].short_title)
    if source in METHODS:
        return METHODS[source].label
    return _(_OTHERS[source][1]) if source in _OTHERS else source


def stage_name(stage: str) -> str:
    """Return what a stage of a mining is called: as the source it is, or the sentences."""
    return _("Example sentences") if stage == SENTENCES else source_name(stage)
