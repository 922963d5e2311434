"""What kinds of pairs a test has, as they are shown: the sign of what the two words are, and the kind's name."""

from __future__ import annotations

from typing import Final

from app.synonyms.relation_style import RELATION_LOOKS
from app.synonyms.verdict_style import VerdictLook
from core.language import N_, _
from core.synonyms.asking.relations import Relation
from core.synonyms.labelled import ANTONYM, GROUP, NEIGHBOUR, RANDOM, RELATED, SYNONYM

_KINDS: Final = {
    SYNONYM: (Relation.SYNONYM, N_("synonym")),
    RELATED: (Relation.SIBLING, N_("sibling")),
    ANTONYM: (Relation.ANTONYM, N_("antonym")),
    NEIGHBOUR: (Relation.NOT, N_("neighbour")),
    GROUP: (Relation.NOT, N_("same group")),
    RANDOM: (Relation.NOT, N_("random")),
}


def kind_look(kind: str, *, is_synonym: bool) -> VerdictLook:
    """Return the sign of a kind; one that a person has named themselves is a synonym or is not."""
    usual = Relation.SYNONYM if is_synonym else Relation.NOT
    return RELATION_LOOKS[_KINDS[kind][0] if kind in _KINDS else usual]


def kind_name(kind: str) -> str:
    """Return what a kind is called."""
    return _(_KINDS[kind][1]) if kind in _KINDS else kind


def in_order(kinds: set[str]) -> list[str]:
    """Return ``kinds``, synonyms first, those that a person has named last."""
    return sorted(kinds, key=lambda kind: (list(_KINDS).index(kind) if kind in _KINDS else len(_KINDS), kind))
