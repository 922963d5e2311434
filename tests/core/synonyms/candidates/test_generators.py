"""Each generator on words whose evidence can be worked out by hand."""

import math

import numpy as np
import pytest

from core.synonyms.candidates.assemble import Assembler
from core.synonyms.candidates.characters import SharedCharacters
from core.synonyms.candidates.cosine import NearestWords
from core.synonyms.candidates.glosses import senses, shared_glosses
from core.synonyms.candidates.lexicon import lexicon_pairs
from core.synonyms.candidates.references import references
from core.synonyms.candidates.translated import translated_synonyms
from core.synonyms.candidates.vocabulary import Vocabulary, VocabularyFilter
from core.synonyms.lexicons.cedict import Cedict, Entry
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.pairs import CHARACTERS, COSINE, GLOSS, Candidate, word_pair
from core.synonyms.vectors import with_vectors


def entry(word, *glosses):
    return Entry(word, word, "x1", glosses)


CEDICT = Cedict(
    [
        entry("增加", "to increase", "to raise; to add"),
        entry("增添", "to add", "to increase"),
        entry("添加", "to add"),
        entry("医生", "doctor", "CL:個|个[ge4]"),
        entry("医师", "doctor", "same as 医生[yi1 sheng1]"),
        entry("减少", "to lessen", "see also 增加[zeng1 jia1]"),
        entry("中国", "place in Asia", "variant of 没有[x1]"),
        entry("罕见", "to increase"),
        entry("土豆", "potato (CL:個|个[ge4])", "(Tw) peanut"),
    ]
)
CILIN = Cilin({"Ih05A01=": ("增加", "增添", "添加"), "Ae15A01=": ("医生", "医师"), "Ih05B01#": ("减少", "增加")})


WORDNET = EnglishLexicon(
    "WordNet", (EnglishSet("1-n", ("doctor", "physician"), False), EnglishSet("2-v", ("increase", "add"), True))
)


@pytest.fixture
def vocabulary(small_vectors):
    return Vocabulary(small_vectors, VocabularyFilter())


def proposed(generator):
    pairs = [pair for batch in generator.propose() for pair in batch.pairs]
    assert len(pairs) == len(set(pairs))
    return pairs


def restricted(vectors, **wishes):
    return Vocabulary(vectors, VocabularyFilter(**wishes))


def test_the_filter_looks_at_length_script_and_rank(small_vectors):
    assert list(restricted(small_vectors).ranks) == ["增加", "减少", "增添", "添加", "医生", "医师", "中国"]
    assert "OK" in restricted(small_vectors, hanzi_only=False)
    assert "医生" not in restricted(small_vectors, max_rank=4)
    assert "罕见" not in restricted(small_vectors)
    assert "罕见" in restricted(small_vectors, max_rank=None)
    assert "增加" not in restricted(small_vectors, min_length=3)
    assert restricted(small_vectors).rank("OK") == 8
    assert restricted(small_vectors).rank("罕见") is None


def test_a_list_asks_for_one_of_its_words(small_vectors):
    vocabulary = restricted(small_vectors, words=frozenset({"增加", "罕见"}))
    assert vocabulary.admits_pair("增加", "减少")
    assert not vocabulary.admits_pair("增添", "减少")
    assert not vocabulary.admits_pair("增加", "罕见")
    assert not vocabulary.admits_pair("增加", "增加")


def test_shared_glosses_count_by_how_few_share_them(vocabulary):
    generator = shared_glosses(CEDICT, vocabulary)
    # "to increase": 增加 增添, for 罕见 has no vector; "to add": 增加 增添 添加; "doctor": 医生 医师
    two, three = 1 / math.log2(3), 1 / math.log2(4)
    expected = {  # in the order of score + cosine: .86 + .96, .82 + .8, .75 + .8, .75 + .6
        word_pair("增加", "增添"): 1 - (1 - (two + three) / 2) / 4,
        word_pair("医生", "医师"): 1 - (1 - two) / 2,
        word_pair("增添", "添加"): 1 - (1 - three) / 2,
        word_pair("增加", "添加"): 1 - (1 - three) / 2,
    }
    assert generator.scores == pytest.approx(expected)
    assert proposed(generator) == list(expected)
    assert generator.evidence(word_pair("增加", "减少")) is None


def test_classes_references_and_crowds_are_no_meaning(small_vectors):
    assert list(senses(CEDICT, "医生")) == ["doctor"]
    assert list(senses(CEDICT, "土豆")) == ["potato"]
    assert list(senses(CEDICT, "增加")) == ["to increase", "to raise", "to add"]
    crowd = Cedict(entry(f"词{chr(0x4E00 + i)}", "a thing") for i in range(31))
    everything = restricted(small_vectors, max_rank=None)
    assert shared_glosses(crowd, everything).scores == {}


def test_references_score_by_their_firmness(vocabulary):
    assert references(CEDICT, vocabulary).scores == {
        word_pair("医师", "医生"): 1.0,
        word_pair("减少", "增加"): 0.9,
    }


def test_the_firmest_of_two_references_counts(vocabulary):
    both = Cedict([entry("医师", "abbr. for 医生[x1]", "variant of 医生[x1]")])
    assert references(both, vocabulary).scores == {word_pair("医师", "医生"): 0.8}


def test_shared_characters_come_by_falling_cosine(vocabulary):
    generator = SharedCharacters(vocabulary, min_cosine=0.7)
    # cosines: 增加–增添 .96, 增添–添加 .8, 医生–医师 .8; 增加–添加 .6 is too far
    assert proposed(generator) == [
        word_pair("增加", "增添"),
        word_pair("增添", "添加"),
        word_pair("医生", "医师"),
    ]
    assert generator.evidence(word_pair("增加", "添加")) == pytest.approx(1 / 3)
    assert generator.evidence(word_pair("增加", "减少")) is None


def test_characters_of_many_words_are_compared_block_by_block(tmp_path):
    rng = np.random.default_rng(1)
    words = [f"大{chr(0x4E00 + i)}" for i in range(1500)]
    rows = rng.normal(size=(1500, 4)).astype(np.float32)
    vectors = with_vectors(words, rows, tmp_path / "many")
    units = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    expected = int(np.triu(units @ units.T >= 0.95, 1).sum())
    assert expected > 1000
    pairs = proposed(SharedCharacters(Vocabulary(vectors, VocabularyFilter()), min_cosine=0.95))
    assert abs(len(pairs) - expected) <= 2  # rounding at the border


def test_nearest_words_start_with_the_most_frequent(vocabulary):
    pairs = proposed(NearestWords(vocabulary, nearest=2, min_cosine=0.7))
    # Nearest two of each, by falling cosine; 增添–减少 .936, 添加–增添 .8; OK is no word of this vocabulary.
    assert pairs[:3] == [word_pair("减少", "添加"), word_pair("增加", "增添"), word_pair("增添", "减少")]
    assert not any("OK" in pair for pair in pairs)
    few = restricted(vocabulary.vectors, max_rank=2)
    assert proposed(NearestWords(few, nearest=2, min_cosine=0.7)) == [word_pair("增加", "减少")]
    listed = restricted(vocabulary.vectors, words=frozenset({"医生"}))
    assert proposed(NearestWords(listed, 2, 0.5)) == [word_pair("医生", "医师")]


def test_a_thesaurus_proposes_its_synonyms(vocabulary):
    assert set(proposed(lexicon_pairs([CILIN], vocabulary))) == {
        word_pair("增加", "增添"),
        word_pair("增加", "添加"),
        word_pair("增添", "添加"),
        word_pair("医生", "医师"),
    }


def test_a_candidate_carries_all_that_is_known(vocabulary):
    generators = [shared_glosses(CEDICT, vocabulary), SharedCharacters(vocabulary, 0.7)]
    (candidate,) = Assembler(vocabulary, [CILIN], generators, {}).assemble([word_pair("增添", "增加")], COSINE)
    assert candidate == Candidate(
        word1="增加",
        word2="增添",
        scores={
            GLOSS: pytest.approx(1 - (1 - (1 / math.log2(3) + 1 / 2) / 2) / 4),
            CHARACTERS: pytest.approx(1 / 3),
            COSINE: pytest.approx(0.96),
        },
        ranks=(1, 3),
        codes=(("Ih05A01=", "Ih05B01#"), ("Ih05A01=",)),
        known=True,
        sources=(CHARACTERS, COSINE, GLOSS),
    )


def test_words_without_vectors_have_no_cosine(small_vectors):
    assembler = Assembler(restricted(small_vectors, max_rank=None), [CILIN], [], {})
    pairs = [word_pair("罕见", "增加"), word_pair("减少", "增加"), word_pair("罕见", "少有")]
    first, second, third = assembler.assemble(pairs, GLOSS)
    assert (first.scores, third.scores) == ({}, {})
    assert second.scores[COSINE] == pytest.approx(0.8)
    assert first.ranks == (1, None)
    assert not second.known  # Cilin calls them related, not synonyms


def test_english_synonyms_are_translated_and_each_further_set_counts_half_of_what_is_missing(vocabulary):
    again = EnglishLexicon("VerbNet", (EnglishSet("increase-45", ("increase",), True),))
    generator = translated_synonyms([WORDNET, again], CEDICT, vocabulary)
    assert generator.evidence(word_pair("医生", "医师")) == pytest.approx(0.5)
    assert generator.evidence(word_pair("增加", "增添")) == pytest.approx(0.75)
    assert generator.evidence(word_pair("增加", "添加")) == pytest.approx(0.5)
    assert generator.evidence(word_pair("增加", "减少")) is None
    assert set(proposed(generator)) >= {word_pair("医生", "医师"), word_pair("增加", "添加")}
