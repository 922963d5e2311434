from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from core.synonyms.evaluation.cilin_pairs import GROUP_LEVEL, PoolConfig, cilin_split
from core.synonyms.labelled import GROUP, NEIGHBOUR, RANDOM, RELATED, SYNONYM
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.progress import finish
from core.synonyms.vectors import with_vectors

SETS, RELATED_SETS, WORDS = 30, 10, 12


@pytest.fixture
def cilin():
    """Three groups of ten sets of synonyms, and ten of related words, of made-up words; each set of twelve."""
    sets = {
        f"A{chr(97 + n // 10)}01A{n % 10:02}=": tuple(chr(0x4E00 + n * WORDS + k) for k in range(WORDS))
        for n in range(SETS)
    }
    for n in range(RELATED_SETS):
        sets[f"B{chr(97 + n)}01A01#"] = tuple(chr(0x6E00 + n * WORDS + k) for k in range(WORDS))
    return Cilin(sets)


@pytest.fixture
def vectors(cilin, tmp_path):
    words = list(cilin.words)
    return with_vectors(words, np.random.default_rng(0).normal(size=(len(words), 8)), tmp_path / "vectors")


def test_every_kind_is_what_it_says_and_as_frequent_in_the_test_as_any_other(cilin, vectors):
    config = PoolConfig(seed=1, unseen_share=0.5, pairs_per_set=20, tested_length=1)
    split, unseen = finish(cilin_split(cilin, vectors, config))
    counts = Counter(split.test.kinds)
    assert set(counts) == {SYNONYM, NEIGHBOUR, RELATED, GROUP, RANDOM}
    assert len(set(counts.values())) == 1
    assert split.test.words() <= unseen
    for part in (split.test, split.closed):
        for pair, label, kind in zip(part.pairs, part.synonym, part.kinds, strict=True):
            relation = cilin.relation(*pair)
            assert label == (relation == "=") == (kind == SYNONYM)
            assert (relation == "#") == (kind == RELATED)
            if kind == GROUP:
                assert len(cilin.shared_prefix(*pair)) >= GROUP_LEVEL
    near = {
        frozenset((word, vectors.words[int(place)]))
        for row, word in enumerate(cilin.words)
        for place in np.argsort(-(vectors.units(np.arange(len(vectors))) @ vectors.units(np.array([row]))[0]))[1:21]
    }
    assert all(
        frozenset(pair) in near
        for pair, kind in zip(split.test.pairs, split.test.kinds, strict=True)
        if kind == NEIGHBOUR
    )


def test_a_set_gives_a_limited_number_of_pairs(cilin, vectors):
    split, _unseen = finish(cilin_split(cilin, vectors, PoolConfig(unseen_share=0.0001, pairs_per_set=7)))
    of_set = Counter(cilin.codes(pair.word1)[0] for pair in split.closed.positives())
    assert set(of_set.values()) == {7} != {len(list(combinations(range(WORDS), 2)))}


def test_fewer_pairs_of_a_set_and_no_short_words_are_asked_about(cilin, vectors):
    config = PoolConfig(unseen_share=1.0, tested_per_set=3, tested_length=1)
    split, _unseen = finish(cilin_split(cilin, vectors, config))
    assert max(Counter(cilin.codes(pair.word1)[0] for pair in split.test.positives()).values()) == 3
    split, unseen = finish(cilin_split(cilin, vectors, PoolConfig(unseen_share=1.0)))
    assert (len(split.test), unseen) == (0, frozenset())


def test_the_same_seed_draws_the_same_and_another_something_else(cilin, vectors):
    def drawn(seed):
        split, unseen = finish(cilin_split(cilin, vectors, PoolConfig(seed=seed, unseen_share=0.5, tested_length=1)))
        return split.test.pairs, split.open.pairs, split.closed.pairs, unseen

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_open_training_knows_no_word_of_the_test(cilin, vectors):
    split, unseen = finish(cilin_split(cilin, vectors, PoolConfig(unseen_share=0.5, tested_length=1)))
    assert split.open.words().isdisjoint(split.test.words() | unseen)
    assert set(split.open.pairs) < set(split.closed.pairs)
    assert not set(split.closed.pairs) & set(split.test.pairs)
    assert unseen
