"""What every method promises, and what each of the simple ones says of pairs worked out by hand."""

import numpy as np
import pytest
import torch

from core.synonyms.candidates.labelled import labelled_candidates
from core.synonyms.candidates.union import UnionConfig
from core.synonyms.evaluation.measures import average_precision
from core.synonyms.evaluation.split import LeakError
from core.synonyms.labelled import LabelledPairs
from core.synonyms.methods.attract_repel_transfer import (
    AttractRepelTransferConfig,
    SpecialisingMap,
    attract_repel_transfer,
)
from core.synonyms.methods.characters import SPELLING, CharactersConfig, characters, spelling, unshared
from core.synonyms.methods.classifier import ClassifierConfig, classifier
from core.synonyms.methods.cosine import CosineConfig, cosine
from core.synonyms.methods.cosine_centred import CosineCentredConfig, cosine_centred
from core.synonyms.methods.csls import CslsConfig, csls
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.network import NetworkConfig, network
from core.synonyms.methods.registry import METHODS
from core.synonyms.methods.reranker import RerankerConfig, candidates_held_out, held_out, unseen_words
from core.synonyms.pairs import word_pair
from core.synonyms.progress import finish
from core.synonyms.vectors import with_vectors

QUICK = {"attract_repel", "classifier", "cosine", "cosine_centred", "csls", "characters"}


@pytest.mark.parametrize("name", METHODS)
def test_a_method_scores_pairs_words_without_vectors_and_no_pairs_and_repeats_itself(name, data, unseen):
    method = METHODS[name]
    asked = [*unseen.pairs, word_pair("无", "空"), word_pair("无", unseen.pairs[0].word1)]
    steps = []

    def learnt():
        learning = method.learn(method.config(7), data)
        steps.clear()
        while True:
            try:
                steps.append(next(learning))
            except StopIteration as ended:
                return ended.value

    scorer = learnt()
    scores = scorer.score(asked)
    assert scores.shape == (len(asked),)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
    assert scorer.score([]).shape == (0,)
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    if name in QUICK:
        assert np.array_equal(learnt().score(asked), scores)


def test_cosine_is_that_of_the_vectors(small_vectors):
    data = MethodData.__new__(MethodData)
    object.__setattr__(data, "vectors", small_vectors)
    scorer = finish(cosine(CosineConfig(), data))
    pairs = [word_pair("增加", "减少"), word_pair("增加", "增添"), word_pair("医生", "医师"), word_pair("增加", "无")]
    assert scorer.score(pairs) == pytest.approx([0.8, 0.96, 0.8, 0.0])


def test_what_all_vectors_share_is_removed(tmp_path, data):
    # All words share (5, 0, 0); along the second axis they vary most; what is left is the third.
    rows = np.array([[5, 3, 0.5], [5, 3, -0.5], [5, -3, 0.5], [5, -3, -0.5]], dtype=np.float32)
    vectors = with_vectors(["甲", "乙", "丙", "丁"], rows, tmp_path / "four")
    scorer = finish(cosine_centred(CosineCentredConfig(components=1), MethodData(data.training, vectors)))
    pairs = [word_pair("甲", "丙"), word_pair("甲", "乙"), word_pair("甲", "无")]
    assert scorer.score(pairs) == pytest.approx([1, -1, 0], abs=1e-5)
    most = finish(cosine_centred(CosineCentredConfig(components=3), MethodData(data.training, vectors)))
    assert most.score(pairs) == pytest.approx(scorer.score(pairs), abs=1e-5), "half of the directions stay"


def test_a_word_in_a_crowd_is_less_near(tmp_path, data):
    # 甲 and 乙 have cosine .8, each other as the nearest: 2·.8 − .8 − .8 = 0. 丙 is at .6 to 乙 and 0 to 甲.
    rows = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    vectors = with_vectors(["甲", "乙", "丙"], rows, tmp_path / "three")
    scorer = finish(csls(CslsConfig(nearest=1), MethodData(data.training, vectors)))
    pairs = [word_pair("甲", "乙"), word_pair("乙", "丙"), word_pair("甲", "丙"), word_pair("甲", "无")]
    assert scorer.score(pairs) == pytest.approx([0, 1.2 - 0.8 - 0.6, -0.8 - 0.6, 0], abs=1e-6)


def test_characters_and_spelling_are_those_worked_out_by_hand(data):
    scorer = finish(characters(CharactersConfig(), data))
    pairs = [word_pair("医生", "医师"), word_pair("土豆", "马铃薯"), word_pair("互相", "相互")]
    assert scorer.score(pairs) == pytest.approx([1 / 3, 0, 1])
    rows = [dict(zip(SPELLING, row, strict=True)) for row in spelling(pairs).tolist()]
    assert rows[0] == {
        "jaccard": pytest.approx(1 / 3),
        "covered": 0.5,
        "aligned": 0.5,
        "same first character": 1,
        "same last character": 0,
        "same length": 1,
        "reversed": 0,
        "one in the other": 0,
        "shorter length": 2,
        "longer length": 2,
    }
    assert (rows[1]["same length"], rows[1]["longer length"], rows[2]["reversed"]) == (0, 3, 1)
    assert unshared("医生", "医师") == ("生", "师")


def test_the_order_of_a_pair_changes_nothing(data, unseen):
    """A pair has one spelling everywhere; methods that were given the other would say the same."""
    for name in ("classifier", "attract_repel_transfer", "network", "attract_repel"):
        method = METHODS[name]
        scorer = finish(method.learn(method.config(0), data))
        turned = [type(pair)(pair.word2, pair.word1) for pair in unseen.pairs]
        assert scorer.score(turned) == pytest.approx(scorer.score(unseen.pairs), abs=1e-4)


def test_methods_that_learn_pass_the_cosine_on_words_never_seen(data, unseen):
    def ap(scorer):
        return average_precision(unseen.synonym, scorer.score(unseen.pairs))

    floor = ap(finish(cosine(CosineConfig(), data)))
    assert floor < 0.9
    assert ap(finish(network(NetworkConfig(epochs=20, batch=32, learning_rate=0.01), data))) > floor
    assert ap(finish(classifier(ClassifierConfig(), data))) > floor
    transfer = AttractRepelTransferConfig(epochs=20, batch=32, learning_rate=0.03)
    assert ap(finish(attract_repel_transfer(transfer, data))) > floor


def test_a_map_begins_where_the_words_are_and_its_loss_is_that_worked_out_by_hand():
    learnt = SpecialisingMap(2, 8, torch.Generator().manual_seed(0))
    couples = torch.tensor([[[1.0, 0.0], [0.6, 0.8]], [[0.0, 1.0], [-1.0, 0.0]]])
    assert torch.allclose(learnt(couples), couples)
    with torch.no_grad():
        learnt.steepness.fill_(5.0)
        learnt.bias.fill_(-2.0)
    # Cosines .6 and 0, so s = 1 and −2. The first attracts: log(1 + e⁻¹); the second repels: log(1 + e⁻²).
    loss = learnt.loss(couples, torch.tensor([1.0, 0.0]))
    expected = (np.log1p(np.exp(-1)) + np.log1p(np.exp(-2))) / 2
    assert loss.item() == pytest.approx(expected)
    # ∂loss/∂s of the first is −σ(−1) / 2, of the second σ(−2) / 2; s grows with a by the cosine, with b by one.
    loss.backward()
    pull, push = -1 / (1 + np.exp(1)) / 2, 1 / (1 + np.exp(2)) / 2
    assert learnt.steepness.grad.item() == pytest.approx(pull * 0.6 + push * 0)
    assert learnt.bias.grad.item() == pytest.approx(pull + push)
    with torch.no_grad():
        learnt.weight2.add_(0.3)
    assert torch.allclose(learnt(couples).norm(dim=-1), torch.ones(2, 2))
    assert torch.equal(learnt(torch.zeros(1, 2)) == 0, torch.ones(1, 2, dtype=bool))


def test_a_method_is_cancelled_by_closing_it_and_leaves_torch_as_it_was(data):
    torch.manual_seed(11)
    expected = torch.rand(3)
    torch.manual_seed(11)
    for name in ("network", "attract_repel_transfer", "attract_repel", "pcnn", "dpe"):
        method = METHODS[name]
        learning = method.learn(method.config(0), data)
        next(learning)
        learning.close()
    assert torch.equal(torch.rand(3), expected)


def test_the_part_held_out_for_the_trees_is_unseen_in_the_way_the_test_is(data):
    config = RerankerConfig(held_out=0.5)
    rest, part = held_out(data.training, config, by_word=True)
    assert rest.words().isdisjoint(part.words())
    assert len(part)
    rest, part = held_out(data.training, config, by_word=False)
    assert not set(rest.pairs) & set(part.pairs)
    assert len(rest) + len(part) == len(data.training)


def test_candidates_that_trees_learn_from_are_those_of_words_the_methods_have_not_met(data):
    config = RerankerConfig(held_out=0.5, asked=10)
    rest, _part = held_out(data.training, config, by_word=True)
    unseen = unseen_words(data.training, config)
    candidates = candidates_held_out(data, rest, config)
    assert unseen.isdisjoint(rest.words())
    assert len(candidates)
    assert all(not unseen.isdisjoint(pair) for pair in candidates.pairs)
    assert candidates.words() <= data.training.words(), "what is asked in the end is in none of them"
    assert not len(candidates_held_out(MethodData(data.training, data.vectors, by_word=False), rest, config))
    with pytest.raises(LeakError):
        candidates_held_out(data, data.training, config)


def test_candidates_are_synonyms_if_training_says_so_of_them_or_of_both_with_a_third(tmp_path):
    words = ["天空", "长空", "上空", "地面", "大地"]
    vectors = with_vectors(words, np.random.default_rng(0).normal(size=(5, 3)), tmp_path / "five")
    said = [("天空", "长空", True), ("长空", "上空", True), ("地面", "大地", True), ("上空", "大地", False)]
    training = LabelledPairs.of((word_pair(one, other), label, "") for one, other, label in said)
    rng = np.random.default_rng(0)
    found = labelled_candidates(training, ["上空"], vectors, None, UnionConfig(count=4), most=9, rng=rng)
    labels = dict(zip(found.pairs, found.synonym.tolist(), strict=True))
    assert labels == {
        word_pair("上空", "天空"): True,
        word_pair("上空", "长空"): True,
        word_pair("上空", "地面"): False,
        word_pair("上空", "大地"): False,
    }
    assert not len(labelled_candidates(training, ["无"], vectors, None, UnionConfig(), most=9, rng=rng))
