from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from core.synonyms.ranker.features import describe, first_guess
from core.synonyms.ranker.table import PairTable, read_table
from core.synonyms.store import Store
from tests.core.synonyms.store.conftest import candidate

NAN = float("nan")


def table(pairs, scores=None, ranks=None):
    texts = sorted({word for pair in pairs for word in pair})
    place = {text: n for n, text in enumerate(texts)}
    values = np.array(scores if scores is not None else [[NAN]] * len(pairs), dtype=np.float32)
    values = values.reshape(len(pairs), -1) if pairs else np.empty((0, 1), dtype=np.float32)
    return PairTable(
        ids=np.arange(1, len(pairs) + 1),
        one=np.array([place[one] for one, _ in pairs], dtype=np.int64),
        two=np.array([place[two] for _, two in pairs], dtype=np.int64),
        texts=tuple(texts),
        ranks=np.array([(ranks or {}).get(text, NAN) for text in texts], dtype=np.float32),
        names=("cosine", "gloss")[: values.shape[1]],
        scores=values,
        proposed=~np.isnan(values),
    )


def raw(pair_table, name):
    """One feature as it is before it is brought to mean 0 and deviation 1, up to those two."""
    features = describe(pair_table)
    return features.values[:, features.names.index(name)]


def same_up_to_scale(found, expected):
    expected = np.array(expected, dtype=float)
    expected = (expected - expected.mean()) / expected.std()
    assert found == pytest.approx(expected, abs=1e-4)


def test_spelling_by_hand():
    pairs = table([("医师", "医生"), ("爸爸", "父亲"), ("土豆", "马铃薯"), ("高兴", "高高兴兴"), ("生医", "医生")])
    # |{医}| / |{医,师,生}|, nothing, nothing, {高,兴} / {高,兴}, {医,生} / {医,生}.
    same_up_to_scale(raw(pairs, "characters jaccard"), [1 / 3, 0, 0, 1, 1])
    same_up_to_scale(raw(pairs, "characters covered"), [1 / 2, 0, 0, 1, 1])
    # 高兴 against 高高: one place alike.
    same_up_to_scale(raw(pairs, "characters aligned"), [1, 0, 0, 1, 0])
    same_up_to_scale(raw(pairs, "same first character"), [1, 0, 0, 1, 0])
    same_up_to_scale(raw(pairs, "same last character"), [0, 0, 0, 1, 0])
    same_up_to_scale(raw(pairs, "difference of length"), [0, 0, 1, 2, 0])


def test_frequency_by_hand():
    pairs = table([("甲", "乙"), ("甲", "丙"), ("乙", "丙")], ranks={"甲": 10, "乙": 1000})
    # 丙 has no rank: twice as rare as the rarest.
    a, b, c = math.log(10), math.log(1000), math.log(2000)
    same_up_to_scale(raw(pairs, "rank of the rarer word"), [b, c, c])
    same_up_to_scale(raw(pairs, "rank of the commoner word"), [a, a, b])
    same_up_to_scale(raw(pairs, "distance of the ranks"), [b - a, c - a, c - b])


def test_standing_among_the_words_other_pairs_by_hand():
    pairs = table([("甲", "乙"), ("甲", "丙"), ("甲", "丁")], scores=[[0.9], [0.6], [0.3]])
    # 甲 has all three, the others one each.
    same_up_to_scale(raw(pairs, "place among the other word's pairs"), [1, 1 / 2, 1 / 3])
    same_up_to_scale(raw(pairs, "below the best pair"), [0.0, -0.3, -0.6])
    same_up_to_scale(raw(pairs, "above the mean pair"), [0.0, 0.0, -0.3])
    assert (raw(pairs, "place among the word's pairs") == 0).all()  # 1, 1, 1: says nothing


def test_every_feature_has_mean_zero_and_deviation_one_or_says_nothing():
    rng = np.random.default_rng(0)
    texts = ["".join(map(chr, row)) for row in rng.integers(0x4E00, 0x4E20, size=(60, 3))]
    pairs = [(one, two) for one, two in pairwise(texts) if one != two]
    ranks = {text: n + 1 for n, text in enumerate(texts)}
    values = describe(table(pairs, rng.random((len(pairs), 2)), ranks)).values
    assert np.isfinite(values).all()
    assert values.mean(axis=0) == pytest.approx(0, abs=1e-5)
    spread = values.std(axis=0)
    assert ((np.abs(spread - 1) < 1e-3) | (spread == 0)).all()
    assert (spread > 0).sum() > 10


def test_the_order_of_the_two_words_changes_nothing():
    scores = [[0.9, NAN], [0.6, 0.2], [0.3, NAN]]
    ranks = {"医生": 5, "大夫": 50, "医师": 7, "看病": 9}
    there = describe(table([("医生", "大夫"), ("医师", "医生"), ("大夫", "看病")], scores, ranks))
    back = describe(table([("大夫", "医生"), ("医生", "医师"), ("看病", "大夫")], scores, ranks))
    assert there.values == pytest.approx(back.values, abs=1e-5)


def test_an_empty_store_has_no_features_and_no_trouble():
    empty = table([])
    assert describe(empty).values.shape[0] == 0
    assert len(first_guess(empty)) == 0


def test_the_first_guess_counts_sources_and_then_looks_at_the_fullest_score():
    pairs = table([("甲", "乙"), ("甲", "丙"), ("甲", "丁")], scores=[[0.4, NAN], [0.3, 0.9], [0.5, NAN]])
    assert np.argsort(-first_guess(pairs)).tolist() == [1, 2, 0]


def test_a_table_is_what_the_store_holds(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate("医生", "医师", cosine=0.83, ranks=(40, 3)), candidate("土豆", "马铃薯", gloss=1.0)])
        with store.database.reading() as connection:
            found = read_table(connection)
    assert found.ids.tolist() == [1, 2]
    assert [(found.texts[a], found.texts[b]) for a, b in zip(found.one, found.two, strict=True)] == [
        ("医师", "医生"),
        ("土豆", "马铃薯"),
    ]
    assert found.names == ("cosine", "gloss")
    assert np.array_equal(found.scores, np.array([[0.83, NAN], [NAN, 1.0]], dtype=np.float32), equal_nan=True)
    assert found.proposed.tolist() == [[True, False], [False, True]]
    assert found.ranks[found.texts.index("医师")] == 40
    assert found.places(np.array([2, 7, 1, 0])).tolist() == [1, -1, 0, -1]
