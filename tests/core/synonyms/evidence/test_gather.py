import pytest

from core.synonyms.evidence import gather as evidence_module
from core.synonyms.evidence.gather import EvidenceConfig, EvidenceReader, PairEvidence, look_up
from core.synonyms.lexicons.cedict import Cedict, Entry
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.progress import ReadProgress
from core.synonyms.sentences import Corpus, load_sentences
from core.synonyms.vectors.neighbours import Neighbours

HEADINGS = {"I": "现象", "Ih": "变化", "Ih05": "增减"}


@pytest.fixture
def reader(small_vectors, tmp_path):
    corpus = tmp_path / "c.txt"
    corpus.write_text("税收/n 增加/v ，/w 赤字/n 减少/v 。/w\n增加/v 人手/n 。/w\n", encoding="utf-8")
    tree = Cilin({"Ih05A01=": ("增加", "增添"), "Ih05B01=": ("减少",)}, HEADINGS)
    own = Cilin({"Ih05A01#": ("增加", "增添", "减少")})
    cedict = Cedict(
        [
            Entry("增加", "增加", "zeng1 jia1", ("to raise", "to increase; to add", "CL:個|个[ge4]")),
            Entry("增添", "增添", "x1", ("to increase",)),
        ]
    )
    return EvidenceReader(Neighbours(small_vectors), (tree, own), cedict, load_sentences([Corpus("c", corpus)]))


def test_a_card_has_all_there_is(reader):
    found = reader.evidence("增加", "增添", near=2)
    assert found.relation == "="  # the tree's word counts more than "related" of the other
    assert found.shared_prefix == "Ih05A01"
    assert found.headings == ("现象", "变化", "增减")
    assert found.shared_glosses == ("to increase",)
    assert found.cosine == pytest.approx(0.96)
    assert found.jaccard == pytest.approx(1 / 3)
    assert found.word1.pinyin == ("zēng jiā",)
    assert found.word1.codes == ("Ih05A01=", "Ih05A01#")
    assert [near.word for near in found.word1.neighbours] == ["OK", "增添"]
    assert (found.word1.rank, found.word1.occurrences, found.word2.occurrences) == (1, 2, 0)


def test_examples_with_both_words_come_first(reader):
    found = reader.evidence("增加", "减少")
    assert [example.text for example in found.examples] == ["税收增加，赤字减少。", "增加人手。"]
    assert found.relation == "#"


def test_unknown_words_leave_blanks(reader):
    found = reader.evidence("甲", "乙")
    assert (found.cosine, found.relation, found.shared_prefix, found.examples) == (None, None, "", ())
    assert (found.word1.rank, found.word1.pinyin, found.word1.neighbours) == (None, (), ())


def test_the_material_is_read_once(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence_module, "_readers", {})
    (tmp_path / "v.txt").write_text("医生 1 0\n医师 .6 .8\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("医生/n 来/v 了/u\n", encoding="utf-8")
    config = EvidenceConfig(vectors=tmp_path / "v.txt", corpora=(tmp_path / "c.txt",))
    *progress, first = look_up(config, "医生", "医师")
    assert all(isinstance(event, ReadProgress) for event in progress)
    assert len(progress) >= 4
    (second,) = look_up(config, "医师", "医生")
    assert isinstance(first, PairEvidence)
    assert isinstance(second, PairEvidence)
    assert first.relation == "="
    assert first.cosine == pytest.approx(0.6)
    assert first.shared_glosses == ("doctor",)
    assert second.word2 == first.word1
