"""What is taken away from a model before it reads, to see what depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.attention.head_set import HeadSet

Span = tuple[int, int, int]
"""A stretch of what was typed: which sentence, its first character, one past its last."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Heads that give nothing, and tokens that nobody sees.

    Attributes:
        off: the heads of these layers pass nothing on: their context is zero. None for no head.
        masked: the tokens in these stretches are hidden, as keys, from every query of every head.
    """

    off: HeadSet | None = None
    masked: tuple[Span, ...] = ()

    def __bool__(self) -> bool:
        return self.off is not None or bool(self.masked)


UNCHANGED: Final = Changes()
