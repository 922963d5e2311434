"""A person's own labelled pairs: a file of lines with tabs between word1, word2, label, part and, if known, kind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.language import _
from core.synonyms.evaluation.split import Split
from core.synonyms.labelled import RANDOM, SYNONYM, LabelledPairs
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.text_file import read_text

_COLUMNS: Final = ("word1", "word2", "label", "part", "kind")
_LABELS: Final = {"0": False, "1": True}
_PARTS: Final = ("train", "test")


def read_pair_file(path: Path) -> Split:
    """Return the pairs of a file, its training masked for either protocol.

    A first line that names the columns is passed over. Without a kind, a pair that is no synonym counts as random.

    Raises:
        SynonymsError: it can't be read, a line is wrong, two lines contradict each other, or a part lacks synonyms or
            other pairs; the message says where.
    """
    text = read_text(path)
    seen: dict[WordPair, tuple[bool, int]] = {}
    parts: dict[str, dict[WordPair, tuple[bool, str]]] = {part: {} for part in _PARTS}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or (number == 1 and tuple(cells[:2]) == _COLUMNS[:2]):
            continue
        pair, label, part, kind = _parsed(cells, path.name, number)
        _check_same(path.name, pair, (label, number), seen.setdefault(pair, (label, number)))
        parts[part][pair] = label, kind
    train, test = (LabelledPairs.of((pair, *told) for pair, told in parts[part].items()) for part in _PARTS)
    split = Split.masked(train, test)
    _check_both_labels(path.name, "test", test)
    _check_both_labels(path.name, "train", split.closed)
    return split


def _parsed(cells: Sequence[str], name: str, number: int) -> tuple[WordPair, bool, str, str]:
    if len(cells) not in {4, 5} or cells[2] not in _LABELS or cells[3] not in _PARTS:
        message = _(
            "{name}, line {number}: expected word1, word2, label 0 or 1, part train or test, and perhaps a kind, "
            "with tabs between them."
        )
        raise SynonymsError(message.format(name=name, number=number))
    try:
        pair = word_pair(cells[0], cells[1])
    except SynonymsError as error:
        message = _("{name}, line {number}: {reason}")
        raise SynonymsError(message.format(name=name, number=number, reason=error)) from error
    label = _LABELS[cells[2]]
    kind = cells[4] if len(cells) == 5 and cells[4] else SYNONYM if label else RANDOM
    return pair, label, cells[3], kind


def _check_same(name: str, pair: WordPair, now: tuple[bool, int], before: tuple[bool, int]) -> None:
    if now[0] != before[0]:
        raise SynonymsError(contradiction(name, pair, before[1], now[1]))


def contradiction(name: str, pair: WordPair, one: int, other: int) -> str:
    """Say that two lines of a file contradict each other about ``pair``."""
    message = _("{name}: lines {one} and {other} contradict each other about {word1} / {word2}. Correct one.")
    return message.format(name=name, one=one, other=other, word1=pair.word1, word2=pair.word2)


def _check_both_labels(name: str, part: str, pairs: LabelledPairs) -> None:
    if not pairs.has_both:
        message = _('{name}: the part "{part}" needs pairs with label 1 and pairs with label 0.')
        raise SynonymsError(message.format(name=name, part=part))
