"""What sources of candidates and scores are called on screen."""

from __future__ import annotations

from typing import Final

from core.language import N_, _
from core.synonyms.exchange.rules import JOINED, REPLACED
from core.synonyms.pairs import CHARACTERS, COSINE, GLOSS, LEXICON, REFERENCE

SOURCE_NAMES: Final[dict[str, str]] = {
    COSINE: N_("Cosine of the vectors"),
    CHARACTERS: N_("Shared characters"),
    GLOSS: N_("Identical glosses"),
    REFERENCE: N_("Dictionary references"),
    LEXICON: N_("Listed in a thesaurus"),
    REPLACED[0]: N_("Rule, word 1 → word 2"),
    REPLACED[1]: N_("Rule, word 2 → word 1"),
    JOINED[0]: N_("Rule, word 1 → both"),
    JOINED[1]: N_("Rule, word 2 → both"),
}
"""What the sources of candidates are called; other names are shown as they are."""
SHORT_NAMES: Final[dict[str, str]] = {
    COSINE: N_("Cosine"),
    CHARACTERS: N_("Characters"),
    GLOSS: N_("Glosses"),
    REFERENCE: N_("Refers"),
    LEXICON: N_("Thesaurus"),
    REPLACED[0]: N_("Rule 1→2"),
    REPLACED[1]: N_("Rule 2→1"),
    JOINED[0]: N_("Rule 1→both"),
    JOINED[1]: N_("Rule 2→both"),
}
"""The same for the head of a column."""


def source_name(source: str) -> str:
    """Return what a source is called, in the language in use."""
    return _(SOURCE_NAMES[source]) if source in SOURCE_NAMES else source


def short_source_name(source: str) -> str:
    """Return what a source is called at the head of a column."""
    return _(SHORT_NAMES[source]) if source in SHORT_NAMES else source
