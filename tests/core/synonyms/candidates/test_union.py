import numpy as np
import pytest

from core.synonyms.candidates.union import CandidateUnion, UnionConfig
from core.synonyms.lexicons.cedict import Cedict, Entry
from core.synonyms.vectors import with_vectors

WORDS = ["土豆", "番茄", "马铃薯", "土地", "黄豆", "大地"]


@pytest.fixture
def vectors(tmp_path):
    rows = np.array([[1, 0, 0], [0.9, 0.4, 0], [-1, 0.1, 0], [0, 1, 0], [0.3, 0, 1], [0, 0.9, 0.1]], dtype=np.float32)
    return with_vectors(WORDS, rows, tmp_path / "six")


CEDICT = Cedict(
    [
        Entry("土豆", "土豆", "tu3 dou4", ("potato (CL:個|个[ge4])",)),
        Entry("馬鈴薯", "马铃薯", "ma3 ling2 shu3", ("the potato",)),
    ]
)


def test_sources_take_turns_and_each_brings_what_the_others_miss(vectors):
    union = CandidateUnion(WORDS, vectors, CEDICT, UnionConfig(count=3))
    ((word, candidates),) = union.of_words(["土豆"])
    # In English 马铃薯, far in the vectors; in writing 黄豆 before 土地; in company 番茄.
    assert (word, candidates) == ("土豆", ("马铃薯", "黄豆", "番茄"))


def test_without_a_dictionary_the_others_go_on_and_no_word_is_its_own_candidate(vectors):
    union = CandidateUnion(WORDS, vectors, None, UnionConfig(count=50))
    found = dict(union.of_words(WORDS))
    assert list(found) == WORDS
    for word, candidates in found.items():
        assert sorted([word, *candidates]) == sorted(WORDS), "a small vocabulary is proposed whole"
    assert found["土豆"][0] == "黄豆"
