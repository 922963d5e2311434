import pytest

from core.synonyms.evaluation.pair_file import read_pair_file
from core.synonyms.labelled import RANDOM, SYNONYM
from core.synonyms.pairs import SynonymsError, word_pair

SOUND = (
    "word1\tword2\tlabel\tpart\tkind\n甲\t乙\t1\ttest\n丙\t丁\t0\ttest\tsibling\n甲\t戊\t1\ttrain\n己\t庚\t0\ttrain\n"
)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "mine.tsv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_parts_labels_and_kinds_are_read_and_training_is_masked(file):
    split = read_pair_file(file(SOUND + "乙\t甲\t1\ttrain\n"))
    assert split.test.pairs == (word_pair("甲", "乙"), word_pair("丙", "丁"))
    assert split.test.kinds == (SYNONYM, "sibling")
    assert set(split.closed.pairs) == {word_pair("甲", "戊"), word_pair("己", "庚")}
    assert (split.open.pairs, split.open.kinds) == ((word_pair("己", "庚"),), (RANDOM,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SOUND + "甲\t乙\n", "mine.tsv, line 6: expected word1, word2, label 0 or 1"),
        (SOUND + "甲\t乙\tyes\ttest\n", "line 6: expected"),
        (SOUND + "甲\t甲\t1\ttest\n", "line 6: A pair needs two different words"),
        (SOUND + "乙\t甲\t0\ttrain\n", "lines 2 and 6 contradict each other about 乙 / 甲"),
        ("甲\t乙\t1\ttest\n", 'the part "test" needs pairs with label 1 and pairs with label 0'),
        ("甲\t乙\t1\ttest\n甲\t丙\t0\ttest\n", 'the part "train" needs'),
        ("", 'the part "test" needs'),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_place(file, text, said):
    with pytest.raises(SynonymsError) as told:
        read_pair_file(file(text))
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(SynonymsError, match=r"none\.tsv can't be read"):
        read_pair_file(tmp_path / "none.tsv")
