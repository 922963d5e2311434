import numpy as np
import pytest

from core.synonyms.evaluation.measures import (
    ap_by_kind,
    ap_interval,
    average_precision,
    best_f1,
    figures,
    precision_at_recall,
)
from core.synonyms.evaluation.queue_measures import Queue, queue_figures
from core.synonyms.labelled import NEIGHBOUR, RANDOM, SYNONYM, LabelledPairs
from core.synonyms.pairs import WordPair, word_pair

# From the highest score down: 1 0 1 1 0, so that precision is 1, 1/2, 2/3, 3/4, 3/5 and recall 1/3, 1/3, 2/3, 1, 1.
LABELS = np.array([True, False, True, True, False])
SCORES = np.array([5, 4, 3, 2, 1], dtype=np.float32)


def test_average_precision_precision_at_recall_and_f1_as_worked_out_by_hand():
    assert average_precision(LABELS, SCORES) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    assert precision_at_recall(LABELS, SCORES, 0.2) == pytest.approx(1)
    assert precision_at_recall(LABELS, SCORES, 0.5) == pytest.approx(2 / 3)
    assert precision_at_recall(LABELS, SCORES, 1.0) == pytest.approx(3 / 4)
    assert best_f1(LABELS, SCORES) == pytest.approx(2 * 3 / 4 / (3 / 4 + 1))


def test_equal_scores_pass_a_threshold_together_whatever_their_order():
    scores = np.zeros(5, dtype=np.float32)
    assert average_precision(LABELS, scores) == pytest.approx(3 / 5)
    assert average_precision(LABELS[::-1], scores) == pytest.approx(3 / 5)


def test_each_kind_of_other_pair_stands_alone_at_a_base_rate_of_one_half():
    rows = [("甲", "乙", True, SYNONYM), ("甲", "丙", False, NEIGHBOUR), ("甲", "丁", False, RANDOM)]
    rows += [("乙", "丙", True, SYNONYM), ("乙", "丁", False, RANDOM)]
    test = LabelledPairs.of((word_pair(one, other), label, kind) for one, other, label, kind in rows)
    # A neighbour (weight 2) lies between the synonyms: (1 + 2/4) / 2. The random pairs lie below both.
    values = ap_by_kind(test, np.array([5, 4, 1, 3, 2], dtype=np.float32))
    assert values == pytest.approx({NEIGHBOUR: 0.75, RANDOM: 1.0})
    guessing = ap_by_kind(test, np.zeros(5, dtype=np.float32))
    assert guessing == pytest.approx({NEIGHBOUR: 0.5, RANDOM: 0.5})


def test_the_interval_holds_the_figure_repeats_and_narrows_with_more_pairs():
    rng = np.random.default_rng(1)
    labels = rng.random(2000) < 0.2
    scores = (rng.normal(size=2000) + labels).astype(np.float32)
    wide, narrow = ap_interval(labels[:300], scores[:300], seed=3), ap_interval(labels, scores, seed=3)
    assert narrow == ap_interval(labels, scores, seed=3)
    assert narrow[0] < average_precision(labels, scores) < narrow[1]
    assert narrow[1] - narrow[0] < wide[1] - wide[0]


def test_scores_that_are_no_numbers_and_tests_of_one_label_are_refused():
    test = LabelledPairs.of((WordPair("甲", word), word != "己", SYNONYM) for word in "乙丙丁戊己")
    assert figures(test, SCORES).ap == pytest.approx(1.0)
    with pytest.raises(ValueError, match="finite"):
        figures(test, np.array([1, np.nan, 1, 1, 1], dtype=np.float32))
    with pytest.raises(ValueError, match="needs synonyms"):
        figures(test.where(test.synonym), SCORES[:4])


def test_a_queue_as_worked_out_by_hand():
    queue = Queue(
        words=("甲", "乙"),
        pairs=tuple(word_pair(*pair) for pair in ["甲丙", "甲丁", "甲乙", "乙丙", "乙甲"]),
        starts=np.array([0, 3, 5]),
        synonym=np.array([True, False, True, False, True]),
        synonyms=np.array([3, 1]),
    )
    found = queue_figures(queue, np.array([3, 2, 1, 5, 4], dtype=np.float32))
    # 甲: 1 0 1 of three synonyms: (1 + 2/3) / 3. 乙: 0 1: (1/2) / 1. 甲乙 is proposed twice and counts once.
    assert found.map == pytest.approx(((1 + 2 / 3) / 3 + 1 / 2) / 2)
    assert found.p_at_1 == pytest.approx(1 / 2)
    assert found.p_at_500 == pytest.approx(2 / 4)
    assert queue.recall == pytest.approx(3 / 4)
