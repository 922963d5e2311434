import numpy as np
import pytest

from core.synonyms.pairs import SynonymsError, word_pair
from core.synonyms.progress import finish
from core.synonyms.sentences import Corpus, load_sentences
from core.synonyms.sentences.bags import MASK, Bag, BagCollector, BagConfig, Mention, alike_in_size
from core.synonyms.sentences.parser import spacy_parser, way_between

A, B, C = "医生", "医师", "护士"


@pytest.fixture
def sentences(tmp_path):
    """Two corpora; a sentence stands in both, one is too long, and one holds a word twice."""
    long = " ".join(["很/d"] * 30)
    first = [f"这位/r {A}/n 就是/v {B}/n 。/w", f"{A}/n {long} {B}/n 。/w", f"{B}/n 和/c {A}/n 和/c {B}/n 。/w"]
    second = [f"这位/r {A}/n 就是/v {B}/n 。/w", f"{C}/n 帮助/v {A}/n 。/w"]
    corpora = []
    for name, lines in (("first", first), ("second", second)):
        path = tmp_path / f"{name}.txt"
        path.write_text("\n".join(lines), encoding="utf-8")
        corpora.append(Corpus(name, path))
    return load_sentences(corpora)


def test_a_bag_holds_each_near_sentence_once_with_the_places_of_both_words(sentences):
    bag = BagCollector(sentences, BagConfig()).bag(word_pair(A, B))
    assert [("".join(each.tokens), each.corpus) for each in bag.mentions] == [
        (f"这位{A}就是{B}。", "first"),
        (f"{B}和{A}和{B}。", "first"),
    ]
    for mention in bag.mentions:
        assert (mention.tokens[mention.first], mention.tokens[mention.second]) == bag.pair
    assert [each.between() for each in bag.mentions] == [("就是",), ("和",)]
    assert "".join(bag.mentions[0].masked().tokens) == f"这位{MASK}就是{MASK}。"


def test_a_bag_is_no_larger_than_it_may_be_and_the_same_in_any_shard(sentences):
    config = BagConfig(most=1, around=0)
    pairs = [word_pair(A, B), word_pair(A, C), word_pair(B, C)]
    whole = finish(BagCollector(sentences, config).bags(pairs))
    assert [bag.pair for bag in whole] == pairs[:2]
    assert [len(bag.mentions) for bag in whole] == [1, 1]
    assert BagCollector(sentences, config).bag(pairs[1]) == whole[1]
    assert whole[1].mentions[0].tokens == (C, "帮助", A)


def test_the_size_of_a_bag_says_nothing_of_its_label():
    rng = np.random.default_rng(0)

    def bag(n, size):
        mentions = tuple(Mention((str(n), str(m)), 0, 1, "c") for m in range(size))
        return Bag(word_pair(f"a{n}", f"b{n}"), mentions)

    sizes = [*rng.integers(1, 9, 40), *rng.integers(1, 4, 300), *rng.integers(4, 9, 100)]
    synonym = np.arange(len(sizes)) < 40
    chosen, labels = alike_in_size([bag(n, size) for n, size in enumerate(sizes)], synonym, times=2, seed=1)
    found = np.array([len(each.mentions) for each in chosen])
    counts = {label: np.bincount(found[labels == label], minlength=9) for label in (True, False)}
    assert counts[True].sum() == 40
    assert np.array_equal(counts[False], 2 * counts[True])
    few, labels = alike_in_size([bag(0, 5), bag(1, 5), bag(2, 2)], np.array([True, True, False]), times=2, seed=1)
    assert few == []
    assert labels.size == 0


class Circle:
    """A parser gone wrong: its words hang on each other in a circle."""

    def parse(self, tokens):
        return [((n + 1) % len(tokens), "r") for n in range(len(tokens))]


class TwoTrees:
    """Every word is a root."""

    def parse(self, tokens):
        return [(n, "root") for n in range(len(tokens))]


def test_a_tree_that_is_none_doesn_t_hang_the_way_through_it():
    mention = Mention(("甲", "又", "称", "乙"), 0, 3, "c")
    assert way_between(Circle(), mention) == "X ↓r Y"
    assert way_between(TwoTrees(), mention) is None


def test_a_parser_that_is_not_installed_is_said_with_how_to_get_it():
    with pytest.raises(SynonymsError, match=r"pip install spacy"):
        spacy_parser("zh_no_such_model")
