import gzip

import pytest

from core.synonyms.pairs import SynonymsError
from core.synonyms.sentences.corpora import (
    Corpus,
    jieba_cutter,
    sentences_of,
    shipped_corpora,
    split_sentences,
    tagged_words,
)


def read(path, **options):
    return [words for batch in sentences_of(Corpus("here", path), **options) for words in batch.sentences]


def test_tagged_lines_give_their_words():
    assert tagged_words("增加/v  收入/n  。/w") == ["增加", "收入", "。"]
    assert tagged_words("[中央/n  人民/n  电台/n]nt  ，/w") == ["中央", "人民", "电台", "，"]
    assert tagged_words("１／２/m  a/b/n  [/w") == ["１／２", "a/b", "["]
    assert tagged_words("增加 收入") is None
    assert tagged_words("增加/v 收入") is None


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (["好", "书", "。", "很", "贵", "！"], ["好书。", "很贵！"]),
        (["他", "说", "“", "好", "书", "。", "”", "我", "不", "信"], ["他说“好书。”", "我不信"]),
        (["真", "好", "！", "！", "！", "再", "来"], ["真好！！！", "再来"]),
        ([" ", "好", "书", " ", "。", " "], ["好书 。"]),
        (["好", "。", "。"], []),  # one word shows nothing
        ([], []),
    ],
)
def test_sentences_end_behind_their_stop(words, sentences):
    assert ["".join(sentence) for sentence in split_sentences(words)] == sentences


def test_endless_sentences_are_parted_at_commas_and_then_anywhere():
    clauses = (["一个", "词", "，"] * 40)[:-1]
    parts = ["".join(sentence) for sentence in split_sentences(clauses)]
    assert "".join(parts) == "".join(clauses)
    assert [len(part) for part in parts] == [100, 59]
    assert parts[0].endswith("，")
    assert [sum(map(len, part)) for part in split_sentences(["词语"] * 150)] == [200, 100]


def test_repeated_lines_and_sentences_are_kept_once(tmp_path):
    path = tmp_path / "c.txt"
    path.write_text("好/a 书/n 。/w\n好/a 书/n 。/w\n很/d 贵/a 。/w 好/a 书/n 。/w\n", encoding="utf-8")
    assert ["".join(words) for words in read(path)] == ["好书。", "很贵。"]


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_batches_lose_nothing_and_say_how_far_they_are(tmp_path, batch):
    path = tmp_path / "c.txt"
    path.write_text("".join(f"第/m {i}/m 句/q\n" for i in range(5)), encoding="utf-8")
    batches = list(sentences_of(Corpus("here", path), batch=batch))
    assert [words[1] for one in batches for words in one.sentences] == list("01234")
    assert batches[-1].done == batches[-1].total == path.stat().st_size


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_encodings_and_packing_do_not_matter(tmp_path, encoding, pack):
    path = tmp_path / "c.txt"
    path.write_bytes(pack("漂亮/a 的/u 书/n\r\n很/d 贵/a".encode(encoding)))
    assert read(path) == [["漂亮", "的", "书"], ["很", "贵"]]


def test_plain_text_is_cut_by_jieba(tmp_path):
    path = tmp_path / "c.txt"
    path.write_text("国家电网增加了收入。", encoding="utf-8")
    assert read(path) == [["国家电网", "增加", "了", "收入", "。"]]
    assert "".join(jieba_cutter()("a b，c")) == "a b，c"


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\xff\xff\xff\n", b"a" * (5 << 20)])
def test_what_is_no_text_is_refused(tmp_path, content):
    path = tmp_path / "c.txt"
    path.write_bytes(content)
    with pytest.raises(SynonymsError, match=r"c\.txt is n"):
        read(path)


def test_three_corpora_ship():
    assert [corpus.path.suffix for corpus in shipped_corpora()] == [".txt"] * 3


def test_a_broken_line_is_passed_over_and_told(tmp_path):
    path = tmp_path / "corpus.txt"
    path.write_bytes("我去银行。\n".encode() + b"\xff\xfe\xff\n\xff\n" + "他来了。\n".encode())
    batches = list(sentences_of(Corpus("here", path)))
    assert ["".join(words) for batch in batches for words in batch.sentences] == ["我去银行。", "他来了。"]
    faulty = batches[-1].faulty
    assert (faulty.name, faulty.count, [line.line for line in faulty.first]) == ("corpus.txt", 2, [2, 3])
    assert "line 2: it is in no encoding" in faulty.words(2)[1]


@pytest.mark.parametrize("lines", [1, 3, 5000])
def test_what_is_broken_throughout_is_refused_with_its_first_line(tmp_path, lines):
    path = tmp_path / "corpus.txt"
    path.write_bytes(b"\xff\xff\xff\n" * lines)
    with pytest.raises(SynonymsError, match=r"corpus\.txt .*line 1"):
        list(sentences_of(Corpus("here", path)))
