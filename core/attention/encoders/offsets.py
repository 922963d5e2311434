"""Where in the typed text a piece came from, for tokenizers that say it and for those that don't."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from core.attention.results import Token

BLANKS = "▁Ġ"
"""How tokenizers spell a blank: SentencePiece and byte-level BPE."""
DECORATION = BLANKS + "#</w>"
"""Letters of the signs that tokenizers put around pieces: the above, WordPiece's ``##``, BPE's ``</w>``."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch without the blanks at its ends; an empty one where there was nothing else."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, max(start, start + len(stretch.strip()))


def typed_token(typed: Sequence[str], sentence: int | None, place: tuple[int, int], piece: str) -> Token:
    """Return the token of ``piece``.

    Args:
        typed: the sentences as typed.
        sentence: which of them it comes from; None when the model added it.
        place: the stretch of that sentence, in code points.
        piece: the model's spelling.
    """
    if sentence is None:
        return Token(piece, 0, 0, True, piece)
    start, end = trim(typed[sentence], *place)
    if not piece.strip(BLANKS):
        end = start  # a blank that the tokenizer put in; some claim the letter after it
    return Token(typed[sentence][start:end], start, end, False, piece, sentence)


def numbered(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return ``tokens``, neighbours that stand for one stretch of the text counted: bytes of a character."""
    counted: list[Token] = []
    for (_sentence, start, end), group in groupby(tokens, key=lambda token: (token.sentence, token.start, token.end)):
        same = list(group)
        if start < end and len(same) > 1:
            same = [replace(token, part=part, parts=len(same)) for part, token in enumerate(same, 1)]
        counted += same
    return tuple(counted)


def _fold(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without blanks, case and compatibility forms, and where each letter came from."""
    letters: list[str] = []
    origins: list[int] = []
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if not letter.isspace():
                letters.append(letter)
                origins.append(place)
    return "".join(letters), origins


def find_pieces(text: str, pieces: Sequence[str], unknown: str | None) -> list[tuple[int, int]]:
    """Return the stretch of ``text`` each piece stands for, when the tokenizer itself doesn't say.

    Pieces are looked for one after the other in the folded text; one that isn't found there (the unknown piece,
    or letters the tokenizer changed beyond recognition) gets what lies between its neighbours.

    Args:
        text: as typed.
        pieces: in order, specials excluded.
        unknown: spelling of the unknown piece.

    Returns:
        (start, end) for each, start ≤ end, never running backwards.
    """
    if all(len(piece) == 1 and piece < "\u0100" for piece in pieces) and _bytes(pieces) == text.encode():
        return [(at, at + 1) for at, letter in enumerate(text) for _byte in letter.encode()]
    letters, origins = _fold(text)
    found: list[tuple[int, int] | None] = []
    cursor = 0
    for piece in pieces:
        wanted = "" if piece == unknown else _fold(piece.strip(DECORATION))[0]
        at = letters.find(wanted, cursor) if wanted else -1
        lost = bool(found) and found[-1] is None
        # Without an unknown piece before it a piece can only follow at once: a later one of the same letters
        # isn't the same piece.
        if at == cursor or (at > cursor and lost):
            found.append((at, at + len(wanted)))
            cursor = at + len(wanted)
        else:
            found.append((cursor, cursor) if piece != unknown and not wanted else None)
    return [_stretch(origins, len(text), place) for place in _fill(found, len(letters))]


def _bytes(pieces: Sequence[str]) -> bytes:
    """Return the bytes that pieces are for a model that reads bytes (ByT5)."""
    return bytes(map(ord, pieces))


def _fill(found: Sequence[tuple[int, int] | None], end: int) -> list[tuple[int, int]]:
    """Give each piece that wasn't found an even share of the letters between its neighbours."""
    filled: list[tuple[int, int]] = []
    index = 0
    while index < len(found):
        place = found[index]
        if place is not None:
            filled.append(place)
            index += 1
            continue
        after = index
        while after < len(found) and found[after] is None:
            after += 1
        first = filled[-1][1] if filled else 0
        next_place = found[after] if after < len(found) else None
        last = next_place[0] if next_place is not None else end
        count = after - index
        edges = [first + (last - first) * part // count for part in range(count + 1)]
        filled.extend(pairwise(edges))
        index = after
    return filled


def _stretch(origins: Sequence[int], length: int, place: tuple[int, int]) -> tuple[int, int]:
    first, last = place
    if first == last:
        at = origins[first] if first < len(origins) else length
        return at, at
    return origins[first], origins[last - 1] + 1
