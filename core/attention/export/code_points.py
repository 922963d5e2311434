"""What is written in place of letters that no font has, and what is said of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Final

from core.language import _

MOST_NAMED: Final = 12
"""Letters that are named where fonts lack more."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Kinds of characters that leave no ink."""
Has = Callable[[str], bool]
"""Whether some font has a letter."""


def drawable(words: str, has: Has) -> str:
    """Return ``words`` with a code point in place of each letter that ``has`` denies.

    A box would be the same for every rare character; ``U+20BB7`` is one of them and no other.
    """
    return "".join(letter if is_known(letter, has) else code_point(letter) for letter in words)


def unknown_letters(texts: Iterable[str], has: Has) -> list[str]:
    """Return the letters in ``texts`` that ``has`` denies, each once, in order of appearance."""
    seen = dict.fromkeys("".join(texts))
    return [letter for letter in seen if not is_known(letter, has)]


def say_unknown(unknown: Iterable[str]) -> str:
    """Return the line of a caption that tells of letters no font has; an empty one where there are none."""
    named = [code_point(letter) for letter in unknown]
    if not named:
        return ""
    shown = [*named[:MOST_NAMED], *(["…"] if len(named) > MOST_NAMED else [])]
    return _("No font here has {letters}: a PNG shows their code points.").format(letters=" ".join(shown))


def code_point(letter: str) -> str:
    """Return what Unicode calls ``letter``: ``U+20BB7``."""
    return f"U+{ord(letter):04X}"


def is_known(letter: str, has: Has) -> bool:
    """Return whether ``letter`` can be drawn; what can't be seen needs no font."""
    return unicodedata.category(letter) in _UNSEEN or has(letter)
