"""Pairs in a method's order, by hand: six pairs, three of them synonyms, two of equal score."""

import numpy as np
import pytest

from core.synonyms.evaluation.results.ranking import Ranking
from core.synonyms.labelled import LabelledPairs
from core.synonyms.pairs import WordPair


@pytest.fixture
def ranking():
    labels = [
        (True, "synonym"),
        (False, "random"),
        (True, "synonym"),
        (False, "related"),
        (True, "synonym"),
        (False, "random"),
    ]
    test = LabelledPairs.of((WordPair(f"a{n}", f"b{n}"), yes, kind) for n, (yes, kind) in enumerate(labels))
    return Ranking.of(test, np.array([0.9, 0.1, 0.5, 0.5, 0.3, 0.7], dtype=np.float32))


def test_pairs_of_equal_score_pass_together(ranking):
    assert ranking.places.tolist() == [1, 2, 4, 5, 6]
    assert ranking.found.tolist() == [1, 1, 2, 3, 3]
    assert ranking.precision.tolist() == pytest.approx([1, 1 / 2, 2 / 4, 3 / 5, 3 / 6])
    assert ranking.recall.tolist() == pytest.approx([1 / 3, 1 / 3, 2 / 3, 1, 1])


def test_the_highest_threshold_that_finds_as_many(ranking):
    assert ranking.place_of(0) == 0
    assert ranking.place_of(1 / 3) == 0
    assert ranking.place_of(0.5) == 2
    assert ranking.place_of(1) == 3
    assert ranking.threshold(2) == pytest.approx(0.5)


def test_what_is_above_and_what_is_about_to_pass(ranking):
    assert ranking.kinds_above(2) == {"synonym": 2, "random": 1, "related": 1}
    above, below = ranking.around(2, 2)
    assert set(above.tolist()) == {2, 3}
    assert below.tolist() == [4, 1]


def test_a_curve_has_no_more_points_than_are_seen():
    rng = np.random.default_rng(0)
    test = LabelledPairs.of((WordPair(f"a{n}", f"b{n}"), n % 4 == 0, "x") for n in range(4000))
    recall, precision = Ranking.of(test, rng.random(4000).astype(np.float32)).curve()
    assert len(recall) <= 500
    assert recall[-1] == 1
    assert precision[-1] == pytest.approx(0.25)
