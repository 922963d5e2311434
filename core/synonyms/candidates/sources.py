"""The sources of candidates, a row each: a new one costs its own file in this folder and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.language import N_
from core.synonyms.candidates.characters import SharedCharacters
from core.synonyms.candidates.cosine import NearestWords
from core.synonyms.candidates.generator import CandidateGenerator, SourceInputs
from core.synonyms.candidates.glosses import shared_glosses
from core.synonyms.candidates.lexicon import lexicon_pairs
from core.synonyms.candidates.references import references
from core.synonyms.candidates.translated import translated_synonyms
from core.synonyms.pairs import CHARACTERS, COSINE, GLOSS, LEXICON, REFERENCE, TRANSLATED


@dataclass(frozen=True, slots=True)
class SourceSpec:
    """One source of candidates.

    Attributes:
        name: in stores, files and on the command line; also the name of the score it gives.
        title: what it is called, marked with ``N_``.
        short_title: the same for the head of a column.
        share: of the limit, in proportion to the shares of the others; what it leaves goes to those after it.
        is_usual: it is mined unless other sources are chosen.
        build: makes its generator of what was read.
        needs_dictionary: it works on CC-CEDICT, which is read only where something does.
        needs_english: likewise on English lexicons.
    """

    name: str
    title: str
    short_title: str
    share: int
    is_usual: bool
    build: Callable[[SourceInputs], CandidateGenerator]
    needs_dictionary: bool = False
    needs_english: bool = False


SOURCES: Final[dict[str, SourceSpec]] = {
    spec.name: spec
    for spec in (
        SourceSpec(
            REFERENCE, N_("Dictionary cross-references"), N_("Cross-ref."), 3, True,
            lambda inputs: references(inputs.dictionary, inputs.vocabulary), needs_dictionary=True,
        ),
        SourceSpec(
            LEXICON, N_("Listed in a thesaurus"), N_("Thesaurus"), 4, False,
            lambda inputs: lexicon_pairs(inputs.lexicons, inputs.vocabulary),
        ),
        SourceSpec(
            GLOSS, N_("Identical glosses"), N_("Glosses"), 10, True,
            lambda inputs: shared_glosses(inputs.dictionary, inputs.vocabulary), needs_dictionary=True,
        ),
        SourceSpec(
            TRANSLATED, N_("English synonyms, translated"), N_("Translated"), 6, False,
            lambda inputs: translated_synonyms(inputs.english, inputs.dictionary, inputs.vocabulary),
            needs_dictionary=True, needs_english=True,
        ),
        SourceSpec(
            CHARACTERS, N_("Shared characters"), N_("Characters"), 6, True,
            lambda inputs: SharedCharacters(inputs.vocabulary, inputs.min_cosine),
        ),
        SourceSpec(
            COSINE, N_("Cosine of the vectors"), N_("Cosine"), 4, True,
            lambda inputs: NearestWords(inputs.vocabulary, inputs.nearest, inputs.min_cosine, inputs.spreading),
        ),
    )
}  # fmt: skip
"""By name, in the order they are mined: the cheapest and surest first."""


def usual_sources() -> tuple[str, ...]:
    """Return the names of the sources that are mined unless others are chosen."""
    return tuple(spec.name for spec in SOURCES.values() if spec.is_usual)
