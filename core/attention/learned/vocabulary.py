"""Words as numbers, and what is said of a word that has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

PAD: Final = 0
"""Fills short texts up; never read."""
START: Final = 1
END: Final = 2
UNKNOWN: Final = 3
SPECIALS: Final = ("<pad>", "<s>", "</s>", "<unk>")


class Vocabulary:
    """Words in a fixed order; the first are ``SPECIALS``."""

    def __init__(self, words: Sequence[str]) -> None:
        """Take ``words``, the specials first, as :attr:`words` gives them.

        Raises:
            ValueError: they don't begin with the specials, or one comes twice.
        """
        if tuple(words[: len(SPECIALS)]) != SPECIALS:
            raise ValueError(f"the first words must be {', '.join(SPECIALS)}")
        self.words = tuple(words)
        self._numbers = {word: number for number, word in enumerate(self.words)}
        if len(self._numbers) < len(self.words):
            raise ValueError("a word comes twice")

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]], *, at_least: int = 1, at_most: int = 50_000) -> Vocabulary:
        """Return the words of ``texts``, the frequent first, that occur often enough."""
        counts = Counter(word for text in texts for word in text if word not in SPECIALS)
        by_frequency = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return cls([*SPECIALS, *(word for word, count in by_frequency[:at_most] if count >= at_least)])

    def __len__(self) -> int:
        return len(self.words)

    def __contains__(self, word: str) -> bool:
        return word in self._numbers

    @property
    def known(self) -> int:
        """How many words there are without the specials."""
        return len(self.words) - len(SPECIALS)

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of ``words``."""
        return [self._numbers.get(word, UNKNOWN) for word in words]

    def texts(self, numbers: Iterable[int]) -> list[str]:
        """Return the words of ``numbers``, up to the end, if one is among them."""
        words = []
        for number in numbers:
            if number == END:
                break
            words.append(self.words[number])
        return words
