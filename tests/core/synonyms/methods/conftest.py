"""A small world in which synonyms can be learnt: words of one meaning share a character, siblings a direction."""

from __future__ import annotations

import numpy as np
import pytest

from core.synonyms.labelled import NEIGHBOUR, RELATED, SYNONYM, LabelledPairs
from core.synonyms.methods.method import MethodData
from core.synonyms.pairs import word_pair
from core.synonyms.sentences import Corpus, load_sentences
from core.synonyms.vectors import with_vectors

MEANINGS, WORDS, DIM = 40, 3, 12
OTHERS = ("这里", "常常", "也叫", "不是", "吗")
"""Words of the corpus that are of no pair."""


def word(meaning, n):
    """Return word ``n`` of a meaning: the character of the meaning and one of its own."""
    return chr(0x4E00 + meaning) + chr(0x5E00 + WORDS * meaning + n)


@pytest.fixture
def world(tmp_path):
    """Vectors in which a meaning's words lie together in six dimensions and apart in six others."""
    rng = np.random.default_rng(5)
    sense = rng.normal(size=(MEANINGS, 1, DIM // 2))
    rows = np.concatenate(
        [
            np.broadcast_to(sense, (MEANINGS, WORDS, DIM // 2)) + 0.1 * rng.normal(size=(MEANINGS, WORDS, DIM // 2)),
            2.5 * rng.normal(size=(MEANINGS, WORDS, DIM // 2)),
        ],
        axis=2,
    )
    words = [word(meaning, n) for meaning in range(MEANINGS) for n in range(WORDS)]
    others = rng.normal(size=(len(OTHERS), DIM))
    return with_vectors([*words, *OTHERS], np.concatenate([rows.reshape(-1, DIM), others]), tmp_path / "world")


def pairs_of(meanings):
    """Return the pairs of these meanings: synonyms, and as many others of two kinds."""
    rows = []
    for meaning in meanings:
        sibling = meaning + 1 if meaning + 1 in meanings else meanings[0]
        for n in range(WORDS):
            rows.append((word_pair(word(meaning, n), word(meaning, (n + 1) % WORDS)), True, SYNONYM))
            kind = RELATED if n else NEIGHBOUR
            rows.append((word_pair(word(meaning, n), word(sibling, n)), False, kind))
    return LabelledPairs.of(rows)


@pytest.fixture
def sentences(tmp_path):
    """A corpus that says of synonyms "A 也叫 B" and of others "A 不是 B"."""
    lines = []
    rows = pairs_of(range(MEANINGS))
    for (one, other), label in zip(rows.pairs, rows.synonym, strict=True):
        said = "也叫/v" if label else "不是/v"
        lines += [f"这里/r {one}/n {said} {other}/n 。/w", f"{other}/n 常常/d {said} {one}/n 吗/y ？/w"]
    path = tmp_path / "corpus.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_sentences([Corpus("corpus", path)])


@pytest.fixture
def data(world, sentences):
    """What may be learnt: the first thirty meanings."""
    return MethodData(pairs_of(range(30)), world, sentences=sentences)


@pytest.fixture
def unseen():
    """What is asked: the last ten."""
    return pairs_of(range(30, MEANINGS))
