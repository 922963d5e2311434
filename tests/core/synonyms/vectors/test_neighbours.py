import numpy as np
import pytest

from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import finish
from core.synonyms.vectors import hnsw, neighbours, with_vectors
from core.synonyms.vectors.hnsw import IndexedNeighbours, build_index, has_index
from core.synonyms.vectors.neighbours import Neighbours, Scan, all_neighbours, recall


def test_nearest_words_by_hand(small_vectors):
    near = Neighbours(small_vectors).of_word("增加", 4)
    assert [one.word for one in near] == ["OK", "增添", "减少", "添加"]
    assert [one.cosine for one in near] == pytest.approx([1.0, 0.96, 0.8, 0.6])
    assert [one.rank for one in near] == [8, 3, 2, 4]


def test_an_unknown_word_has_no_neighbours(small_vectors):
    assert Neighbours(small_vectors).of_word("没有") == []
    assert Neighbours(small_vectors).of_vector(np.zeros(3)) == []


def test_a_vector_may_have_any_length(small_vectors):
    short, long = (Neighbours(small_vectors).of_vector(np.array([0, 0, x]), 2) for x in (0.1, 50))
    assert short == long
    assert [one.word for one in short] == ["医生", "医师"]


def test_more_neighbours_than_words_are_all_words(small_vectors):
    assert len(Neighbours(small_vectors).of_word("增加", 100)) == len(small_vectors) - 1


@pytest.fixture
def random_vectors(tmp_path):
    rows = np.random.default_rng(0).normal(size=(700, 8)).astype(np.float32)
    return with_vectors([f"w{i}" for i in range(700)], rows, tmp_path / "random")


@pytest.mark.parametrize("rows", [3, 256, 10_000])
@pytest.mark.parametrize("block", [2, 50])
def test_a_batch_finds_what_single_queries_find(random_vectors, monkeypatch, rows, block):
    monkeypatch.setattr(neighbours, "_SCAN_ROWS", rows)
    ask = Neighbours(random_vectors)
    queries = [5, 0, 699, 41, 300]
    found = 0
    for one in all_neighbours(random_vectors, queries, 10, block=block):
        for query, places, cosines in zip(one.queries, one.places, one.cosines, strict=True):
            single = ask.of_word(f"w{query}", 10)
            assert [near.rank - 1 for near in single] == places.tolist()
            assert [near.cosine for near in single] == pytest.approx(cosines.tolist(), abs=1e-5)
            found += 1
        assert (one.done, one.total) == (found, 5)
    assert found == 5


def test_a_limit_looks_only_among_frequent_words(random_vectors):
    (block,) = all_neighbours(random_vectors, [5, 600], 10, limit=50)
    assert block.places.max() < 50
    assert 5 not in block.places[0]
    assert block.places.shape == (2, 10)


def test_a_tie_with_itself_keeps_the_other(tmp_path):
    rows = np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)
    vectors = with_vectors(["a", "b", "c"], rows, tmp_path / "ties")
    assert [near.word for near in Neighbours(vectors).of_word("a", 1)] == ["b"]
    (block,) = all_neighbours(vectors, [0, 1], 1)
    assert block.places.tolist() == [[1], [0]]


def test_the_index_finds_nearly_all(random_vectors):
    assert not has_index(random_vectors)
    with pytest.raises(SynonymsError, match="build it first"):
        IndexedNeighbours(random_vectors)
    index = finish(build_index(random_vectors))
    assert has_index(random_vectors)
    assert recall(random_vectors, index, 20) > 0.99
    exact, indexed = (Neighbours(random_vectors, how).of_word("w7", 5) for how in (None, index))
    assert [one.word for one in exact] == [one.word for one in indexed]
    assert [one.cosine for one in indexed] == pytest.approx([one.cosine for one in exact], abs=2e-3)


def test_recall_measures_what_is_missed(random_vectors):
    class Half:
        """Finds every other neighbour only."""

        def nearest_places(self, units, k):
            places, cosines = Scan(random_vectors).nearest_places(units, k)
            places[:, 1::2] = -1
            return places, cosines

    assert recall(random_vectors, Scan(random_vectors), 20) == 1.0
    assert recall(random_vectors, Half(), 20) == pytest.approx(0.5)


def test_building_stopped_halfway_leaves_no_index(random_vectors, monkeypatch):
    monkeypatch.setattr(hnsw, "_BLOCK", 100)
    building = build_index(random_vectors)
    assert (next(building).done, next(building).done) == (100, 200)
    building.close()
    assert not list(random_vectors.folder.glob("*usearch*"))


def test_without_the_package_the_scan_remains(random_vectors, monkeypatch):
    def absent(_name):
        raise ImportError

    monkeypatch.setattr(hnsw, "import_module", absent)
    with pytest.raises(SynonymsError, match="pip install usearch"):
        next(build_index(random_vectors))
    assert Neighbours(random_vectors).of_word("w1", 1)
