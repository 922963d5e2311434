import numpy as np
import pytest

from core.synonyms.evaluation.closure import closure_scores
from core.synonyms.evaluation.split import LeakError, Protocol, Split, check_masked, check_unseen
from core.synonyms.labelled import GROUP, RANDOM, SYNONYM, LabelledPairs
from core.synonyms.pairs import word_pair

A, B, C, D, E, F = "甲", "乙", "丙", "丁", "戊", "己"


def pairs(*rows):
    return LabelledPairs.of((word_pair(one, other), label, SYNONYM if label else RANDOM) for one, other, label in rows)


@pytest.fixture
def split():
    pool = pairs((A, B, True), (A, C, True), (C, B, True), (D, E, True), (D, F, False), (A, F, False))
    return Split.masked(pool, pairs((A, B, True), (B, A, False)))


def test_closed_training_is_all_but_the_test_pairs_and_open_training_has_no_word_of_them(split):
    assert set(split.closed.pairs) == {word_pair(*pair) for pair in [(A, C), (C, B), (D, E), (D, F), (A, F)]}
    assert set(split.open.pairs) == {word_pair(D, E), word_pair(D, F)}
    assert split.training(Protocol.OPEN) is split.open
    assert split.training(Protocol.CLOSED) is split.closed


@pytest.mark.parametrize("protocol", Protocol)
def test_a_test_pair_planted_in_training_is_caught(split, protocol):
    planted = LabelledPairs.of([(word_pair(D, E), True, SYNONYM), (word_pair(B, A), True, SYNONYM)])
    leaky = Split(split.test, planted, planted)
    with pytest.raises(LeakError) as caught:
        leaky.training(protocol)
    assert caught.value.leaked == word_pair(A, B)


def test_a_word_of_the_test_planted_in_open_training_is_caught_and_allowed_in_closed(split):
    planted = pairs((D, E, True), (B, F, True))
    with pytest.raises(LeakError, match="open training holds"):
        check_masked(planted, split.test, Protocol.OPEN)
    check_masked(planted, split.test, Protocol.CLOSED)


def test_closure_knows_shared_synonyms_and_only_from_training(split):
    asked = [word_pair(A, B), word_pair(D, F), word_pair(A, D)]
    assert closure_scores(split.closed.positives(), asked).tolist() == [1, 0, 0]
    assert closure_scores(split.open.positives(), asked).tolist() == [0, 0, 0]
    assert closure_scores([], asked).tolist() == [0, 0, 0]


def test_columns_are_chosen_together():
    rows = pairs((A, B, True), (C, D, False), (E, F, False))
    some = rows.where(np.array([False, True, True]))
    assert (some.pairs, some.synonym.tolist()) == (rows.pairs[1:], [False, False])
    assert rows.positives() == (word_pair(A, B),)
    assert rows.negative_kinds() == (RANDOM,)
    with pytest.raises(ValueError, match="one label"):
        LabelledPairs(rows.pairs, rows.synonym[:1], (GROUP,))


def test_a_word_of_the_queue_planted_in_training_is_caught(split):
    check_unseen(split.open, {A, B, C})
    with pytest.raises(LeakError, match="丁"):
        check_unseen(split.open, {A, D})
