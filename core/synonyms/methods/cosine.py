"""Cosine: words of like vectors stand in like contexts (Harris 1954; Mikolov et al. 2013).

score(u, v) = u·v / (‖u‖ ‖v‖). It finds what stands in the same places of sentences: synonyms, but also siblings
(五月 / 四月) and opposites (左 / 右). That is the article's complaint.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.synonyms.methods.method import Learning, MethodData, MethodProgress
from core.synonyms.methods.space import Space


@dataclass(frozen=True, slots=True)
class CosineConfig:
    """Nothing is chosen."""


def cosine(_config: CosineConfig, data: MethodData) -> Learning:
    """Return the scorer at once: nothing is learnt."""
    yield MethodProgress(1, 1)
    return Space(data.vectors)
