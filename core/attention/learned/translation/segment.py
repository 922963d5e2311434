"""A typed sentence as words that a model knows, and what is said where it knows one not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final

from core.attention.learned.vocabulary import SPECIALS, Vocabulary

_ALSO: Final = str.maketrans({",": "，", ".": "。", "?": "？"})
"""Marks that are typed without a Chinese keyboard."""
_ENDS: Final = ("。", "？", ".", "?")


def known_words(text: str, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Cut a text into words of ``vocabulary``: as much of it as possible, in as few words as possible.

    Where it has blanks, a word never crosses one.

    Returns:
        The words, and the stretches that are none.
    """
    found: list[str] = []
    strange: list[str] = []
    for stretch in text.split():
        words, rest = _cut(_as_known(stretch, vocabulary), vocabulary)
        found += words
        strange += rest
    return found, strange


def with_end(words: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return ``words`` with the full stop that every sentence of the model has, if they have no end."""
    if "。" in vocabulary and words and words[-1] not in _ENDS:
        return [*words, "。"]
    return words


def nearest_word(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the known word that shares most characters with ``word``; None where none shares any."""
    best = max(vocabulary.words[len(SPECIALS) :], key=lambda known: _likeness(word, known))
    return best if _likeness(word, best) > 0 else None


def nearest_text(words: Sequence[str], offered: Mapping[str, Sequence[str]]) -> str:
    """Return the text that has most words in common with ``words``.

    Args:
        words: of what was typed.
        offered: the words of each text.
    """
    wanted = set(words)

    def likeness(text: str) -> float:
        theirs = set(offered[text])
        return len(wanted & theirs) / len(wanted | theirs)

    return max(offered, key=likeness)


def _as_known(stretch: str, vocabulary: Vocabulary) -> str:
    return stretch if all(letter in vocabulary for letter in stretch if letter in ",.?") else stretch.translate(_ALSO)


def _cut(stretch: str, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Find the cheapest way through: a strange character costs more than any number of words."""
    if stretch in vocabulary:
        return [stretch], []
    longest = max(map(len, vocabulary.words))
    best: list[tuple[int, int, int]] = [(0, 0, -1)]  # strange characters, words, where the last piece began
    for end in range(1, len(stretch) + 1):
        ways = [(best[end - 1][0] + 1, best[end - 1][1] + 1, end - 1)]
        starts = (start for start in range(max(0, end - longest), end) if stretch[start:end] in vocabulary)
        ways += ((best[start][0], best[start][1] + 1, start) for start in starts)
        best.append(min(ways))
    pieces: list[str] = []
    end = len(stretch)
    while end:
        start = best[end][2]
        pieces.append(stretch[start:end])
        end = start
    pieces.reverse()
    return [piece for piece in pieces if piece in vocabulary], _runs(pieces, vocabulary)


def _runs(pieces: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Return neighbouring strange characters together."""
    runs: list[str] = []
    before_is_strange = False
    for piece in pieces:
        is_strange = piece not in vocabulary
        if is_strange and before_is_strange:
            runs[-1] += piece
        elif is_strange:
            runs.append(piece)
        before_is_strange = is_strange
    return runs


def _likeness(word: str, known: str) -> float:
    return SequenceMatcher(None, word.casefold(), known.casefold()).ratio()
