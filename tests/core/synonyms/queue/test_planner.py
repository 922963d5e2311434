from __future__ import annotations

import pickle
import sqlite3

import numpy as np
import pytest

from core.synonyms.exchange.config import ImportConfig
from core.synonyms.exchange.importing import apply_import
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, Order, QueueConfig
from core.synonyms.queue.planner import Planner, plan_queue
from core.synonyms.store import Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N, K = Verdict.SYNONYM, Verdict.NOT, Verdict.SKIP


@pytest.fixture
def path(tmp_path):
    """200 pairs, ids 1 to 200, whose cosine grows with the id."""
    with Store(tmp_path / "a.db") as store:
        store.add([candidate(f"词{i}", f"語{i}", cosine=i / 200, known=i % 10 == 0) for i in range(1, 201)])
    return str(tmp_path / "a.db")


def plan(path, annotator="ann", **choices):
    return Planner().plan(QueueConfig(path, annotator, **choices))


def judge(path, truth, pairs, annotator="ann"):
    with Store(path) as store:
        for pair in pairs:
            store.decide(int(pair), truth(int(pair)), annotator)


def by_cosine(pair):
    return S if pair > 150 else N


def test_before_anything_is_judged_the_sources_decide(path):
    found = plan(path)
    assert found.ids.tolist() == list(range(200, 0, -1))
    assert found.waiting == 200
    assert found.model is None
    assert np.isnan(found.probability).all()


def test_most_likely_first_once_there_is_a_model(path):
    judge(path, by_cosine, range(1, 201, 4))
    found = plan(path)
    assert found.model.learnt == 50
    assert found.waiting == 150
    assert (np.diff(found.probability) <= 0).all()
    assert set(found.ids[:30].tolist()) <= set(range(140, 201))
    assert (found.low < found.probability).all()
    assert (found.probability < found.high).all()
    assert not set(found.ids.tolist()) & set(range(1, 201, 4))
    weights = dict(found.model.weights)
    assert weights["cosine"] > 0.1
    strengths = [abs(weight) for weight in weights.values()]
    assert strengths == sorted(strengths, reverse=True)


def test_most_uncertain_first(path):
    judge(path, by_cosine, range(1, 201, 4))
    distance = np.abs(plan(path, order=Order.UNCERTAIN).probability - 0.5)
    assert (np.diff(distance) >= 0).all()
    assert distance[0] < 0.1


def test_random_is_the_same_for_a_seed_and_judging_does_not_shuffle_the_rest(path):
    first = plan(path, order=Order.RANDOM, seed=4).ids.tolist()
    assert first == plan(path, order=Order.RANDOM, seed=4).ids.tolist()
    assert first != plan(path, order=Order.RANDOM, seed=5).ids.tolist()
    judge(path, by_cosine, first[:7])
    assert plan(path, order=Order.RANDOM, seed=4).ids.tolist() == first[7:]


def test_by_a_score_and_an_unknown_score(path):
    with Store(path) as store:
        store.add([candidate("词3", "語3", gloss=0.9), candidate("词9", "語9", gloss=1.0)])
    assert plan(path, order=Order.SCORE, score="gloss").ids[:3].tolist() == [9, 3, 1]
    with pytest.raises(SynonymsError, match="'beauty'"):
        plan(path, order=Order.SCORE, score="beauty")
    with pytest.raises(SynonymsError, match="Choose a score"):
        QueueConfig(path, "ann", order=Order.SCORE)


def test_known_pairs_may_be_left_out(path):
    assert plan(path, known=False).waiting == 180
    assert not set(plan(path, known=False).ids.tolist()) & set(range(10, 201, 10))


def test_a_plan_has_a_depth_and_knows_how_many_wait(path):
    found = plan(path, depth=5)
    assert found.ids.tolist() == [200, 199, 198, 197, 196]
    assert found.waiting == 200


def test_skipped_and_undone_pairs(path):
    with Store(path) as store:
        store.decide(200, K, "ann")
        store.decide(199, S, "ann")
        store.undo("ann")
        store.mark(198, "ann", flagged=True)
    assert plan(path).ids[:2].tolist() == [199, 198]


def test_only_disputed_and_only_flagged(path):
    with Store(path) as store:
        store.decide([5, 6], S, "ann")
        store.decide([6, 7], N, "bob", flagged=True)
        store.mark(9, "cy", flagged=True)
    assert plan(path, only=Only.DISPUTED).ids.tolist() == [6]
    assert sorted(plan(path, "bob", only=Only.FLAGGED).ids.tolist()) == [6, 7]


def test_only_what_the_annotator_skipped_or_was_unsure_of(path):
    with Store(path) as store:
        store.decide([5, 6, 7], K, "ann")
        store.decide(7, S, "ann")
        store.decide([8, 9], Verdict.UNSURE, "ann")
        store.decide([10, 11], K, "bob")
        store.decide(12, Verdict.UNSURE, "bob")
    assert plan(path, only=Only.SKIPPED).ids.tolist() == [6, 5]
    assert plan(path, only=Only.SKIPPED).waiting == 2
    assert plan(path, only=Only.UNSURE).ids.tolist() == [9, 8]
    assert plan(path, "bob", only=Only.SKIPPED).ids.tolist() == [11, 10]
    assert plan(path, "cy", only=Only.SKIPPED).ids.tolist() == []


def test_a_name_is_no_annotator_before_the_first_decision(path):
    assert plan(path, "An").waiting == 200
    with Store(path) as store:
        assert store.annotators() == []
        store.decide(1, S, "ann")
    share = set(plan(path, "An").ids.tolist())
    with Store(path) as store:
        assert [each.name for each in store.annotators()] == ["ann"]
        store.decide(max(share), S, "An")
    assert set(plan(path, "An").ids.tolist()) == share - {max(share)}  # the share is theirs from the start


def test_planning_waits_for_nobody(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert plan(path, "new").waiting == 200
    finally:
        other.close()


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 81])
def test_a_queue_of_nobody_who_could_be_an_annotator_is_refused(path, name):
    with pytest.raises(SynonymsError, match="can't be used as the name of an annotator"):
        QueueConfig(path, name)


def test_two_annotators_share_the_overlap_and_split_the_rest(path):
    with Store(path) as store:
        store.sharing = Sharing(overlap=0.2, seed=1)
        for name in ("ann", "bob"):
            store.decide(6, S, name)  # with this seed everybody's
    ann, bob = set(plan(path, "ann").ids.tolist()), set(plan(path, "bob").ids.tolist())
    assert ann | bob == set(range(1, 201)) - {6}
    assert len(ann & bob) == pytest.approx(40, abs=15)
    assert len(ann) == pytest.approx(120, abs=25)
    # Judging a pair of one's own takes it from nobody; judging a shared one leaves it to the other.
    own, shared = min(ann - bob), min(ann & bob)
    judge(path, by_cosine, [own, shared], "ann")
    assert set(plan(path, "bob").ids.tolist()) == bob
    # Who leaves gives their pairs to the other, except those judged already.
    with Store(path) as store:
        store.set_active("ann", active=False)
    assert set(plan(path, "bob").ids.tolist()) == set(range(1, 201)) - {6, own}


def test_who_never_judged_here_takes_no_share(path, tmp_path):
    with Store(path) as store:
        store.add_annotator("the machine's user")
    file = tmp_path / "others.csv"
    file.write_text("word1,word2,label,annotator\n词1,語1,not,li\n词2,語2,not,wang\n词3,語3,not,\n", encoding="utf-8")
    for _progress in apply_import(ImportConfig(path, file, "csv")):
        pass
    assert plan(path).waiting >= 197  # the three pairs of the file are judged, unless everybody judges them
    # From the first decision on, the pairs are shared.
    judge(path, by_cosine, [50], "li")
    assert plan(path).waiting < 150


def test_one_annotator_has_everything_whatever_the_overlap(path):
    with Store(path) as store:
        store.sharing = Sharing(overlap=0.0)
    assert plan(path).waiting == 200


def test_the_planner_sees_new_candidates_and_remembers_features_between(path):
    planner = Planner()
    config = QueueConfig(path, "ann")
    planner.plan(config)
    remembered = planner._seen
    judge(path, by_cosine, [1])
    assert planner.plan(config).waiting == 199
    assert planner._seen is remembered
    with Store(path) as store:
        store.add([candidate("新", "旧", cosine=0.99)])
    assert planner.plan(config).waiting == 200
    assert planner._seen is not remembered


def test_the_report_compares_earlier_guesses_with_answers(path):
    with Store(path) as store:
        for pair in range(1, 201, 4):
            store.decide(pair, by_cosine(pair), "ann", model_score=0.9 if pair > 150 else 0.1)
    report = plan(path).model
    assert report.judged == 50
    assert report.brier == pytest.approx(0.01)
    assert report.average_precision == 1
    assert report.baseline == pytest.approx(0.25 * 0.75, abs=0.02)


def test_as_a_task_it_yields_one_plan_that_can_be_sent(path):
    (found,) = plan_queue(QueueConfig(path, "ann", depth=3))
    assert pickle.loads(pickle.dumps(found)).ids.tolist() == [200, 199, 198]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({"depth": 0}, "depth must be greater than 0 and at most 10,000,000, not 0."),
        ({"pairs": 0}, "pairs must be greater than 0 and at most 10,000,000, not 0."),
        ({"pairs": 10**7 + 1}, "pairs must be greater than 0 and at most 10,000,000, not 10000001."),
        ({"minutes": -1}, "minutes must be greater than 0 and at most 10,080, not -1."),
        ({"minutes": 10_081.0}, "minutes must be greater than 0 and at most 10,080, not 10081.0."),
        ({"minutes": float("inf")}, "minutes must be greater than 0 and at most 10,080, not inf."),
        ({"minutes": float("nan")}, "minutes must be greater than 0 and at most 10,080, not nan."),
        ({"seed": -1}, "seed must be from 0 to 4,294,967,295, not -1."),
        ({"seed": 2**32}, "seed must be from 0 to 4,294,967,295, not 4294967296."),
    ],
)
def test_a_choice_that_makes_no_sense_is_said(choice, said):
    with pytest.raises(SynonymsError) as refused:
        QueueConfig("x", "ann", **choice)
    assert str(refused.value) == said


def test_a_week_and_ten_million_pairs_are_allowed():
    QueueConfig("x", "ann", pairs=10_000_000, minutes=7 * 24 * 60)


def test_no_guess_comes_from_what_others_have_said(path):
    """Whoever answers learns from their own answers alone; whoever settles disputes, from everybody's."""
    with Store(path) as store:
        store.sharing = Sharing(overlap=1.0)
    judge(path, by_cosine, range(1, 201, 4), "ann")
    judge(path, lambda pair: N if pair % 8 == 1 else by_cosine(pair), range(1, 201, 4), "bob")
    newcomer = plan(path, "carla")
    assert newcomer.model is None
    assert newcomer.ids.tolist() == list(range(200, 0, -1))
    judge(path, lambda pair: N if pair > 150 else S, range(1, 201, 4), "carla")
    own = plan(path, "carla")
    assert own.model.learnt == 50
    assert dict(own.model.weights)["cosine"] < -0.1  # as carla has it, and nobody else
    assert plan(path, "carla", only=Only.DISPUTED).model.learnt == 150


def test_the_precision_told_is_of_ones_own_answers(path):
    judge(path, by_cosine, range(1, 201, 4), "ann")
    with Store(path) as store:
        store.decide([2, 198], S, "bob", model_score={2: 0.1, 198: 0.9})
        store.decide([3, 197], N, "bob", model_score={3: 0.8, 197: 0.2})
    assert plan(path, "ann").model.judged == 0
    assert plan(path, "ann", only=Only.DISPUTED).model.judged == 4


def test_flagged_pairs_are_those_one_has_flagged_oneself(path):
    with Store(path) as store:
        store.mark(3, "ann", flagged=True)
        store.mark(4, "bob", flagged=True)
    assert plan(path, only=Only.FLAGGED).ids.tolist() == [3]
    assert plan(path, "carla", only=Only.FLAGGED).waiting == 0


def test_who_has_settled_a_dispute_is_not_asked_for_an_opinion_of_it(path):
    with Store(path) as store:
        store.sharing = Sharing(overlap=1.0)
        store.decide(5, S, "ann")
        store.decide(5, N, "bob")
        store.decide(5, S, "carla", adjudicates=True)
    assert 5 not in plan(path, "carla").ids
    assert 5 in plan(path, "dora").ids


def shares(path, overlap, seed):
    """What each of two annotators is asked of the first 198 pairs; they have judged one each of the others."""
    with Store(path) as store:
        for who, pair in (("ann", 199), ("bob", 200)):
            store.decide(pair, S, who)
        store.sharing = Sharing(overlap, seed)
    return [set(plan(path, who).ids.tolist()) - {199, 200} for who in ("ann", "bob")]


def test_another_seed_of_the_store_gives_each_annotator_another_share(path):
    (ann, bob), (other_ann, other_bob) = shares(path, 0.0, 3), shares(path, 0.0, 4)
    for one, two in ((ann, bob), (other_ann, other_bob)):
        assert not one & two
        assert one | two == set(range(1, 199))
    kept = len(ann & other_ann) / len(ann)
    assert 0.3 < kept < 0.7  # about a half, as by chance
    assert shares(path, 0.0, 3) == [ann, bob]


def test_another_seed_of_the_store_has_everybody_judge_other_pairs(path):
    (ann, bob), (other_ann, other_bob) = shares(path, 0.5, 3), shares(path, 0.5, 4)
    common, other = ann & bob, other_ann & other_bob
    assert all(70 < len(part) < 130 for part in (common, other))
    assert 0.3 < len(common & other) / len(common) < 0.7
    assert ann | bob == other_ann | other_bob == set(range(1, 199))
