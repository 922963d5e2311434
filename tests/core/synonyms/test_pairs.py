import pytest

from core.synonyms.pairs import Candidate, SynonymsError, WordPair, character_jaccard, clean_word, word_pair


def test_a_pair_has_one_spelling():
    assert word_pair("减少", "增加") == word_pair("增加", "减少") == WordPair("减少", "增加")


def test_words_are_composed_and_stripped():
    assert clean_word(" cafe\u0301\u3000") == "café"
    assert word_pair("cafe\u0301", "b").word2 == "café"


@pytest.mark.parametrize("word", ["", "  ", "a\tb", "a\nb", "a\u2028b", "\ud800", "a\x00"])
def test_what_cannot_be_written_in_a_line_is_no_word(word):
    with pytest.raises(SynonymsError, match="is not a word"):
        word_pair(word, "好")


@pytest.mark.parametrize("word", ["好 的", "\u3007", "\U000323af", "\U0002ebf0", "😀"])
def test_rare_hanzi_and_inner_blanks_are_words(word):
    assert word in word_pair(word, "好")


def test_a_word_is_no_pair_with_itself():
    with pytest.raises(SynonymsError, match="two different words"):
        word_pair("好", " 好 ")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("增加", "增添", 1 / 3),
        ("医生", "医师", 1 / 3),
        ("士兵", "兵士", 1.0),
        ("漂亮", "美丽", 0.0),
        ("妈妈", "妈", 1.0),
    ],
)
def test_character_jaccard_compares_sets(one, other, expected):
    assert character_jaccard(one, other) == pytest.approx(expected)


def test_a_candidate_keeps_the_order_of_its_pair():
    assert Candidate("减少", "增加").pair == WordPair("减少", "增加")
    with pytest.raises(ValueError, match="before"):
        Candidate("增加", "减少")
    with pytest.raises(SynonymsError):
        Candidate("增加", "增加")


@pytest.mark.parametrize("sign", "\u200b\u202e\u2066\u00ad\ufeff\u2060\u200f")
def test_signs_nobody_sees_make_no_other_word(sign):
    assert clean_word(f"漂{sign}亮") == "漂亮"
    with pytest.raises(SynonymsError, match="two different words"):
        word_pair(f"漂{sign}亮", "漂亮")
