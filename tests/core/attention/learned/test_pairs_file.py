"""A person's own sentence pairs."""

from __future__ import annotations

import pytest

from core.attention.errors import TextError
from core.attention.learned.translation.pairs_file import FEWEST, read_pairs


def lines(count=FEWEST, start=0):
    return [f"数字 {n} 是\tthe number {n}\t0-1 2?0 1-2" for n in range(start, start + count)]


def written(tmp_path, rows, encoding="utf-8"):
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(rows), encoding=encoding)
    return path


def test_pairs_with_their_alignment_in_three_parts(tmp_path):
    corpus = read_pairs(written(tmp_path, [*lines(), "", lines()[0]]))
    assert (len(corpus.train), len(corpus.validation), len(corpus.test)) == (90, 5, 5)
    pair = corpus.train[0]
    assert pair.zh[0] == "数字"
    assert pair.sure == {(1, 0), (2, 1)}
    assert pair.possible == {(1, 0), (2, 1), (0, 2)}
    assert corpus.file == "pairs.tsv"
    assert read_pairs(written(tmp_path, lines())) == corpus


def test_a_text_without_blanks_is_cut_into_words(tmp_path):
    corpus = read_pairs(written(tmp_path, [*lines(), "我们喜欢北京\twe like Beijing"]))
    every = [pair for part in (corpus.train, corpus.validation, corpus.test) for pair in part]
    assert ("我们", "喜欢", "北京") in [pair.zh for pair in every]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("没有翻译", "line 101: not a pair"),
        ("好\tgood\t0-7", "line 101: 0-7 links no word with a word"),
        ("好\tgood\tx", "line 101: x links no word with a word"),
        ("好\t ", "line 101: not a pair"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path, row, told):
    with pytest.raises(TextError, match=told):
        read_pairs(written(tmp_path, [*lines(), row]))


def test_too_few_pairs_another_encoding_and_no_file(tmp_path):
    with pytest.raises(TextError, match="has 9 different pairs"):
        read_pairs(written(tmp_path, lines(9)))
    with pytest.raises(TextError, match="not in UTF-8"):
        read_pairs(written(tmp_path, lines(), "gb18030"))
    with pytest.raises(TextError, match="can't be read"):
        read_pairs(tmp_path / "none.tsv")
