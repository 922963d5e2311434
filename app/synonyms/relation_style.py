"""How it looks what two words are to each other: as the verdict that says the same."""

from __future__ import annotations

from typing import Final

from app.synonyms.verdict_style import VERDICT_LOOKS, VerdictLook
from core.language import N_
from core.synonyms.asking.relations import Relation
from core.synonyms.verdicts import Verdict

_UNKNOWN: Final = VerdictLook(N_("Unknown"), "·", "muted", False)
_SIBLING: Final = VerdictLook(N_("Sibling"), "≈", "neutral", True)

RELATION_LOOKS: Final[dict[Relation, VerdictLook]] = {
    Relation.SYNONYM: VERDICT_LOOKS[Verdict.SYNONYM],
    Relation.SIBLING: _SIBLING,
    Relation.ANTONYM: VERDICT_LOOKS[Verdict.ANTONYM],
    Relation.NOT: VERDICT_LOOKS[Verdict.NOT],
    Relation.UNKNOWN: _UNKNOWN,
}
"""In the order in which they are counted."""

RELATION_OF: Final[dict[Verdict, Relation]] = {
    Verdict.SYNONYM: Relation.SYNONYM,
    Verdict.RELATED: Relation.SIBLING,
    Verdict.ANTONYM: Relation.ANTONYM,
    Verdict.NOT: Relation.NOT,
}
"""What a verdict of the store makes of two words; who was unsure has said nothing."""
