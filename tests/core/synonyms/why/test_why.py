"""Why a pair: the plane of the map, the shares of features, and a method's reasons, by numbers worked out by hand."""

import numpy as np
import pytest

from core.synonyms.asking.ask import Oracle
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.config import Learning
from core.synonyms.asking.relations import Relation, Relations
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.classifier import ClassifierConfig, classifier
from core.synonyms.methods.network import NetworkConfig, network
from core.synonyms.methods.on_sentences.patterns import PatternsConfig, patterns
from core.synonyms.methods.on_sentences.pcnn import PcnnConfig, pcnn
from core.synonyms.methods.reranker import RerankerConfig, reranker
from core.synonyms.methods.space import Space
from core.synonyms.pairs import SynonymsError, word_pair
from core.synonyms.progress import finish
from core.synonyms.vectors import with_vectors
from core.synonyms.why.contributions import contributions
from core.synonyms.why.explain import explain
from core.synonyms.why.neighbourhood import project
from core.synonyms.why.reasons import AboutPair, FoundPatterns, NeighbourMap, NotLearnt, WeighedSentences
from core.synonyms.why.shapley import shapley
from tests.core.synonyms.methods.conftest import data, sentences, unseen, word, world

__all__ = ["data", "sentences", "unseen", "world"]  # the small world in which synonyms can be learnt

CILIN = Cilin({"Aa01A01=": ("左边", "左方"), "Aa01B01#": ("左边", "上面")})
WORDS = ("左边", "右边", "左方", "上面")


def said(oracle, pair, method, *, learn=False):
    """Return what is said of a pair, without how far learning is."""
    return [event for event in explain(oracle, pair, method, learn=learn) if not isinstance(event, Learning)]


def test_the_plane_is_the_one_in_which_both_states_lie_farthest_apart():
    # Before: (2, 0, 0) and (−2, 0, 0); after: (0, 1, 0) and (0, −1, 0). The mean is 0, the wide axis is x, then y;
    # on both, the point farthest out is on the positive side. The third number shows nothing.
    before = np.array([[-2, 0, 0], [2, 0, 0]], dtype=np.float32)
    after = np.array([[0, 1, 0], [0, -1, 0]], dtype=np.float32)
    flat_before, flat_after, shown = project(before, after)
    assert np.abs(flat_before) == pytest.approx(np.array([[2, 0], [2, 0]]), abs=1e-6)
    assert flat_before[:, 0].sum() == pytest.approx(0)
    assert np.abs(flat_after) == pytest.approx(np.array([[0, 1], [0, 1]]), abs=1e-6)
    assert shown == pytest.approx(1)
    # A third direction of ±1 is left out: of 8 + 2 + 2 squares, 10 are shown.
    deep = np.array([[0, 0, 0.9], [0, 0, -0.9]], dtype=np.float32)
    _b, _a, shown = project(np.concatenate([before, deep]), np.concatenate([after, deep * 0]))
    assert shown == pytest.approx(10 / (10 + 2 * 0.81))


def test_the_same_points_always_give_the_same_picture_and_one_dimension_is_drawn_on_a_line():
    rng = np.random.default_rng(0)
    before, after = rng.normal(size=(2, 5, 4)).astype(np.float32)
    flat = np.concatenate(project(before, after)[:2])
    turned = np.concatenate(project(before[:, ::-1].copy(), after[:, ::-1].copy())[:2])
    assert turned == pytest.approx(flat, abs=1e-5)
    farthest = flat[np.abs(flat).argmax(0), [0, 1]]
    assert (farthest > 0).all()
    line, _after, shown = project(np.ones((2, 1), np.float32), np.zeros((2, 1), np.float32))
    assert line.shape == (2, 2)
    assert shown == pytest.approx(1)


def test_shares_are_those_of_shapley():
    rng = np.random.default_rng(0)

    def one(*columns):
        return [np.array([column]) for column in columns]

    # f = 3 x₁ − x₂: the shares are w (x − b), here 3 · (1 − 0) and −(2 − 1), for one b = (0, 1).
    row, background = np.array([1.0, 2.0]), np.array([[0.0, 1.0]])
    shares, base = shapley(lambda x: 3 * x[:, 0] - x[:, 1], row, background, one(0, 1), orders=2, rng=rng)
    assert shares.tolist() == pytest.approx([3, -1])
    assert base == pytest.approx(-1)
    # f = x₁ x₂ from (0, 0) to (1, 1): neither does anything alone; each has half.
    zero = np.zeros((1, 2))
    shares, base = shapley(lambda x: x[:, 0] * x[:, 1], np.ones(2), zero, one(0, 1), orders=2, rng=rng)
    assert shares.tolist() == pytest.approx([0.5, 0.5])
    # Two columns that are one feature go together; what a function doesn't read has no share.
    shares, _base = shapley(
        lambda x: x[:, 0] * x[:, 1], np.ones(3), np.zeros((1, 3)), [np.array([0, 1]), np.array([2])], orders=2, rng=rng
    )
    assert shares.tolist() == pytest.approx([1, 0])


def test_the_shares_of_a_regression_are_its_own_terms(data, unseen):
    scorer, pair = finish(classifier(ClassifierConfig(), data)), unseen.pairs[0]
    told = contributions(
        "classifier", scorer, pair, data.training.where([True] + [False] * (len(data.training) - 1)), 0
    )
    x, b = scorer.rows([pair, data.training.pairs[0]])
    terms = scorer.model.coef_[0] * (x - b)
    dim = data.vectors.dim
    expected = {"difference": terms[:dim].sum(), "product": terms[dim:].sum()}
    assert {part.feature: part.share for part in told.parts} == pytest.approx(expected, rel=1e-3, abs=1e-4)
    assert told.base + sum(part.share for part in told.parts) == pytest.approx(told.score, abs=1e-3)


@pytest.mark.parametrize("name", ["network", "reranker"])
def test_all_shares_together_are_the_score(name, data, unseen):
    if name == "network":
        learning = network(NetworkConfig(hidden=8, epochs=1), data)
        expected = {"difference", "product", "cosine", "own characters", "spelling"}
    else:
        learning = reranker(RerankerConfig(trees=5, methods=("cosine", "classifier")), data)
        expected = {"cosine", "classifier", "spelling", "frequency"}
    scorer, pair = finish(learning), unseen.pairs[0]
    told = contributions(name, scorer, pair, data.training, 0)
    assert {part.feature for part in told.parts} == expected
    assert told.score == pytest.approx(float(scorer.score([pair])[0]), abs=1e-4)
    assert told.base + sum(part.share for part in told.parts) == pytest.approx(told.score, abs=1e-3)
    sizes = [abs(part.share) for part in told.parts]
    assert sizes == sorted(sizes, reverse=True)


@pytest.fixture
def oracle(tmp_path):
    """Four words in a plane, of which a method has moved 左方 onto 左边 and 右边 away from it."""
    rows = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1]], dtype=np.float32)
    vectors = with_vectors(WORDS, rows, tmp_path / "four")
    made = Oracle(vectors, tmp_path, Candidates(vectors), Relations((CILIN,)), 0)
    made.scorers["attract_repel"] = Space(vectors, {"左方": rows[0], "右边": np.array([-1, 0], dtype=np.float32)})
    return made


def test_the_map_shows_the_pair_its_neighbours_and_what_has_moved(oracle):
    about, told = said(oracle, word_pair("左边", "左方"), "attract_repel", learn=False)
    assert isinstance(about, AboutPair)
    assert about.relation is Relation.SYNONYM
    assert about.scores == pytest.approx({"attract_repel": 1.0})
    assert isinstance(told, NeighbourMap)
    assert (told.before, told.after) == pytest.approx((0.6, 1.0))
    by_word = {each.word: each for each in told.words}
    assert [each.word for each in told.words[:2]] == list(word_pair("左边", "左方"))
    assert {word: each.is_moved for word, each in by_word.items()} == {
        "左边": False, "左方": True, "右边": True, "上面": False,
    }  # fmt: skip
    assert by_word["右边"].relation is Relation.ANTONYM
    assert by_word["上面"].relation is Relation.SIBLING
    assert by_word["左边"].before == by_word["左边"].after
    assert by_word["左方"].after == pytest.approx(by_word["左边"].after, abs=1e-5)
    at = told.words.index(by_word["左边"])
    assert by_word["右边"].cosines_before[at] == pytest.approx(0.8)
    assert by_word["右边"].cosines_after[at] == pytest.approx(-1.0)
    assert told.shown == pytest.approx(1)


def test_what_has_not_learnt_says_so_and_a_word_without_a_vector_is_no_error(oracle):
    _about, told = said(oracle, word_pair("左边", "左方"), "classifier", learn=False)
    assert told == NotLearnt("classifier", 4)
    (about,) = said(oracle, word_pair("左边", "左方们"), "attract_repel", learn=True)
    unknown = next(word for word in about.words if word.rank is None)
    assert (unknown.word, unknown.suggestion) == ("左方们", "左方")
    with pytest.raises(SynonymsError, match="can't say why"):
        list(said(oracle, word_pair("左边", "左方"), "cosine", learn=True))


def test_sentences_and_patterns_of_a_pair(data, unseen, tmp_path):
    pair = unseen.pairs[0]
    oracle = Oracle(data.vectors, tmp_path, Candidates(data.vectors), Relations((CILIN,)), 0)
    config = PcnnConfig(filters=2, epochs=1, batch=64)
    oracle.scorers = {"pcnn": finish(pcnn(config, data)), "patterns": finish(patterns(PatternsConfig(), data))}
    _about, bag = said(oracle, pair, "pcnn", learn=False)
    assert isinstance(bag, WeighedSentences)
    assert sum(each.weight for each in bag.mentions) == pytest.approx(1, abs=1e-5)
    _about, found = said(oracle, pair, "patterns", learn=False)
    assert isinstance(found, FoundPatterns)
    assert found.sentences == 2
    first = found.found[0]
    assert first.share == pytest.approx(first.pattern.weight * np.log1p(first.sentences))
    assert found.bias + sum(each.share for each in found.found) == pytest.approx(found.score, abs=1e-4)
    _about, silent = said(oracle, word_pair(word(31, 0), word(37, 2)), "patterns", learn=False)
    assert (silent.found, silent.sentences) == ((), 0)
