import numpy as np
import pytest

from core.synonyms.evaluation.measures import average_precision
from core.synonyms.labelled import RANDOM, RELATED, SYNONYM, LabelledPairs
from core.synonyms.methods.attract_repel import (
    AttractRepelConfig,
    attract_repel,
    choose_negatives,
    loss_and_gradient,
    repelled,
)
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.space import Space, normalised
from core.synonyms.pairs import word_pair
from core.synonyms.progress import finish
from core.synonyms.vectors import with_vectors

SQUARE = np.array([[1, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)  # l, r, and the negative example t of both
PAIR, NEGATIVE = np.array([[0, 1]]), np.array([[2, 2]])


def worth(rows, *, attract, margin, regularisation=0.0, initial=None):
    return loss_and_gradient(
        rows,
        rows if initial is None else initial,
        PAIR,
        NEGATIVE,
        margin=margin,
        regularisation=regularisation,
        attract=attract,
    )


def test_the_loss_of_a_toy_pair_is_that_worked_out_by_hand():
    # l·r = 0, l·t = .6, r·t = .8. Attract: (.6 + .6 − 0) + (.6 + .8 − 0) = 2.6.
    assert worth(SQUARE, attract=True, margin=0.6)[0] == pytest.approx(2.6)
    # Repel, δ = 0: τ(0 − .6) + τ(0 − .8) = 0; with δ = .7: .1.
    assert worth(SQUARE, attract=False, margin=0.0)[0] == 0
    assert worth(SQUARE, attract=False, margin=0.7)[0] == pytest.approx(0.1)


def test_the_gradient_of_a_toy_pair_is_that_worked_out_by_hand():
    _loss, gradient = worth(SQUARE, attract=True, margin=0.6)
    # By the unit vectors: l: t − 2r = (.6, −1.2); r: t − 2l = (−1.4, .8); t: l + r = (1, 1).
    # What points along the vector itself changes only its length, and falls away.
    along = 1 * 0.6 + 1 * 0.8
    expected = [[0, -1.2], [-1.4, 0], [1 - along * 0.6, 1 - along * 0.8]]
    assert gradient == pytest.approx(np.array(expected), abs=1e-6)
    # Repel with δ = .7: only l's part is active: + r − t by l, + l by r, − l by t.
    _loss, gradient = worth(SQUARE, attract=False, margin=0.7)
    expected = [[0, 1 - 0.8], [1, 0], [-1 + 0.6 * 0.6, 0.6 * 0.8]]
    assert gradient == pytest.approx(np.array(expected), abs=1e-6)


def test_the_gradient_is_the_slope_of_the_loss():
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(3, 4))
    initial = normalised(rng.normal(size=(3, 4)))
    for attract in (True, False):
        told = {"attract": attract, "margin": 1.5, "regularisation": 0.3, "initial": initial}
        _loss, gradient = worth(rows, **told)
        for place in np.ndindex(rows.shape):
            step = np.zeros_like(rows)
            step[place] = 1e-6
            slope = (worth(rows + step, **told)[0] - worth(rows - step, **told)[0]) / 2e-6
            assert gradient[place] == pytest.approx(slope, abs=1e-4)


def test_what_keeps_a_vector_compares_it_normalised_with_where_it_began():
    initial = np.array([[0, 1], [0, 1], [0.6, 0.8]], dtype=np.float32)
    rows = np.array([[10, 0], [0, 1], [0.6, 0.8]], dtype=np.float32)
    loss, _gradient = worth(rows, attract=True, margin=-10, regularisation=1.0, initial=initial)
    assert loss == pytest.approx(((1 - 0) ** 2 + (0 - 1) ** 2) / 2)


def test_half_the_negatives_are_the_hardest_and_none_is_the_word_or_its_partner():
    units = normalised(np.random.default_rng(0).normal(size=(40, 5)).astype(np.float32))
    places = np.arange(40).reshape(20, 2)
    cosines = units @ units.T
    for attract in (True, False):
        rng = np.random.default_rng(1)
        hard = total = 0
        for _time in range(30):
            chosen = choose_negatives(units, places, rng, attract=attract)
            for pair, negatives in zip(places, chosen, strict=True):
                assert not set(pair) & set(negatives)
                for word, negative in zip(pair, negatives, strict=True):
                    others = np.array([n for n in range(40) if n not in pair])
                    best = others[np.argmax(cosines[word, others] * (1 if attract else -1))]
                    hard += negative == best
                    total += 1
        assert 0.45 < hard / total < 0.60  # a half, and one random draw in 38


def test_synonyms_of_training_come_together_related_words_go_apart_and_unseen_words_stay(data, unseen):
    before = Space(data.vectors)
    after = finish(attract_repel(AttractRepelConfig(epochs=8, batch=20), data))
    known = data.training
    assert average_precision(known.synonym, after.score(known.pairs)) > 0.99
    assert average_precision(known.synonym, before.score(known.pairs)) < 0.95
    related = repelled(known, (RELATED,))
    assert after.score(related).mean() < before.score(related).mean() - 0.1
    assert after.score(unseen.pairs) == pytest.approx(before.score(unseen.pairs))


def test_the_same_seed_gives_the_same_vectors_and_another_seed_others(data):
    def scores(seed):
        scorer = finish(attract_repel(AttractRepelConfig(seed=seed, epochs=1), data))
        return scorer.score(data.training.pairs)

    assert np.array_equal(scores(3), scores(3))
    assert not np.array_equal(scores(3), scores(4))


def test_an_incomplete_last_batch_is_dropped_and_fewer_pairs_than_a_batch_are_one(tmp_path):
    words = ["甲", "乙", "丙", "丁", "戊", "己"]
    vectors = with_vectors(words, np.random.default_rng(0).normal(size=(6, 4)), tmp_path / "six")
    pairs = [word_pair("甲", "乙"), word_pair("丙", "丁"), word_pair("戊", "己")]
    data = MethodData(LabelledPairs.of((pair, True, SYNONYM) for pair in pairs), vectors)

    def moved(batch):
        after = finish(attract_repel(AttractRepelConfig(epochs=1, batch=batch), data))
        return [after.score([pair])[0] != pytest.approx(Space(vectors).score([pair])[0], abs=1e-6) for pair in pairs]

    assert all(moved(50))
    assert sum(moved(2)) >= 2


def test_progress_reaches_its_end_and_training_without_pairs_is_no_error(data):
    steps = list(attract_repel(AttractRepelConfig(epochs=2), data))
    assert [step.done for step in steps] == sorted({step.done for step in steps})
    assert steps[-1].done == steps[-1].total
    assert [step.loss is not None for step in steps].count(True) == 2
    nothing = LabelledPairs.of([(word_pair("甲", "乙"), False, RANDOM)])
    assert finish(attract_repel(AttractRepelConfig(), MethodData(nothing, data.vectors))).score([]).shape == (0,)
