"""Words and sentences that a small model read, as tokens."""

from __future__ import annotations

from collections.abc import Iterable

from core.attention.results import Token


def in_a_text(words: Iterable[str], sentence: int = 0) -> tuple[Token, ...]:
    """Return tokens that stand one behind the other, without gaps, in a text (0) or its pair (1)."""
    tokens, start = list[Token](), 0
    for word in words:
        tokens.append(Token(word, start, start + len(word), special=False, piece=word, sentence=sentence))
        start += len(word)
    return tuple(tokens)
