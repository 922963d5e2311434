import pytest

from core.synonyms.pairs import SynonymsError
from core.synonyms.sentences import Corpus, Example, load_sentences, read_sentences
from core.synonyms.sentences import corpora as corpora_module

TEXT = """税收/n 增加/v ，/w 赤字/n 减少/v 。/w
人口/n 增加/v 了/u 。/w
收入/n 减少/v ，/w 再/d 减少/v 。/w
江/nr 泽民/nr 发表/v 讲话/n 。/w
长江/ns 泽民/nr 镇/n 。/w
国/n 家电/n 便宜/a 。/w
我/r 爱/v 国家/n 。/w
长/a 江/n
泽民/nr 来/v
"""


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Corpus("news", path)


@pytest.fixture
def sentences(corpus):
    return load_sentences([corpus])


def test_both_words_come_first_then_each_in_turn(sentences):
    found = sentences.examples("增加", "减少", 10)
    assert found == [
        Example("税收增加，赤字减少。", ((2, 4),), ((7, 9),), "news"),
        Example("人口增加了。", ((2, 4),), (), "news"),
        Example("收入减少，再减少。", (), ((2, 4), (6, 8)), "news"),
    ]
    assert sentences.examples("增加", "减少", 2) == found[:2]
    assert sentences.examples("没有", "也没有") == []


def test_counts(sentences):
    assert len(sentences) == 9
    assert sentences.count("减少") == 3
    assert sentences.count_together("增加", "减少") == 1
    assert sentences.count_together("增加", "国家") == 0
    assert sentences.count("没有") == 0


def test_a_word_is_found_only_at_the_borders_of_words(sentences):
    assert [one.text for one in sentences.examples("国家", "没有")] == ["我爱国家。"]


def test_a_parted_word_is_found_where_its_parts_meet(sentences):
    found = sentences.examples("江泽民", "没有")
    assert found == [Example("江泽民发表讲话。", ((0, 3),), (), "news")]
    assert sentences.count("江泽民发表") == 1


def test_tokens_join_to_the_text(sentences):
    (index,) = sentences.indexes
    for number in range(len(index)):
        assert "".join(index.tokens(number)) == index.text(number)
    assert index.tokens(0) == ["税收", "增加", "，", "赤字", "减少", "。"]
    assert index.sentences_with("减少").tolist() == [0, 2]


def test_corpora_take_turns(corpus, tmp_path):
    path = tmp_path / "other.txt"
    path.write_text("增加/v 点/q 减少/v 点/q\n增加/v 吧/y\n", encoding="utf-8")
    sentences = load_sentences([corpus, Corpus("other", path)])
    assert [one.corpus for one in sentences.examples("增加", "减少")] == [
        "news",
        "other",
        "news",
        "news",
        "other",
    ]


def test_the_index_is_built_once_and_anew_after_a_change(corpus, home):
    assert [event.total for event in read_sentences([corpus])] == [corpus.path.stat().st_size]
    assert list(read_sentences([corpus])) == []
    corpus.path.write_text("新/a 书/n\n", encoding="utf-8")
    assert len(load_sentences([corpus])) == 1
    assert len(list((home / "data" / "sentences").iterdir())) == 1


def test_indexing_stopped_halfway_leaves_nothing(tmp_path, home):
    path = tmp_path / "long.txt"
    path.write_text("".join(f"第/m {i}/m 句/q\n" for i in range(2000)), encoding="utf-8")
    reading = read_sentences([Corpus("long", path)])
    assert next(reading).items == 500
    reading.close()
    assert not list((home / "data" / "sentences").iterdir())


@pytest.mark.parametrize("victim", ["sentences.txt", "postings.npy", "meta.json", "words.order.npy"])
def test_a_damaged_index_is_built_anew(corpus, home, victim):
    load_sentences([corpus])
    (damaged,) = (home / "data" / "sentences").glob(f"*/{victim}")
    damaged.write_bytes(damaged.read_bytes()[:-3])
    assert load_sentences([corpus]).count("减少") == 3


def test_a_corpus_without_a_sentence_is_refused(tmp_path):
    path = tmp_path / "empty.txt"
    path.write_text("。\n\n", encoding="utf-8")
    with pytest.raises(SynonymsError, match="no sentence"):
        load_sentences([Corpus("empty", path)])


def test_plain_and_tagged_words_meet(tmp_path):
    path = tmp_path / "plain.txt"
    path.write_text("他们减少了浪费。\n", encoding="utf-8")
    assert load_sentences([Corpus("plain", path)]).examples("减少", "浪费")[0].spans1 == ((2, 4),)
    assert corpora_module.tagged_words("他们减少了浪费。") is None
