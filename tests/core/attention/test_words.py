"""Characters and words as people see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attention.words import characters, words


def cut(found, text):
    return [text[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我 去", ["我", "去"]),
        ("𠮷a", ["𠮷", "a"]),
        ("👨‍👩‍👧!", ["👨‍👩‍👧", "!"]),
        ("e\u0301x", ["e\u0301", "x"]),
        ("👍🏽", ["👍🏽"]),
        ("", []),
        (" \t\u3000", []),
        ("a\u202e\x07b", ["a", "b"]),
        ("\x01\u200b", []),
    ],
)
def test_characters(text, expected):
    assert cut(characters(text), text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北京是中国的首都。", ["北京", "是", "中国", "的", "首都", "。"]),
        ("I don't know, he said.", ["I", "don't", "know", ",", "he", "said", "."]),
        ("我用 iPhone 拍照", ["我用", "iPhone", "拍照"]),
        ("naïve cafe\u0301", ["naïve", "cafe\u0301"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("Pi is 3.14, or 3,141.59.", ["Pi", "is", "3.14", ",", "or", "3,141.59", "."]),
        ("the U.S.A. and e.g. this.", ["the", "U.S.A.", "and", "e.g.", "this", "."]),
        ("He saw a U.S.", ["He", "saw", "a", "U.S."]),
        ("I. It ended.", ["I", ".", "It", "ended", "."]),
        ("圆周率3.14，大约", ["圆周率", "3.14", "，", "大约"]),
        ("テキストを読む", ["テキスト", "を", "読", "む"]),
        ("ｶﾞｽ と コーヒー", ["ｶﾞｽ", "と", "コーヒー"]),
        ("１．５倍", ["１．５", "倍"]),
        ("v1.2.3", ["v1.2.3"]),
        ("去唱卡拉OK穿T恤", ["去", "唱", "卡拉", "OK", "穿", "T恤"]),
        ("A、B.C.", ["A", "、", "B.C."]),
        ("end.Start", ["end", ".", "Start"]),
        ("👨‍👩‍👧好", ["👨‍👩‍👧", "好"]),
        ("", []),
    ],
)
def test_words(text, expected):
    assert cut(words(text), text) == expected


@given(st.text(max_size=30))
def test_words_and_characters_cover_everything_but_blanks_and_never_overlap(text):
    for found in (words(text), characters(text)):
        ends = [0, *(end for _start, end in found)]
        assert all(start >= before for (start, _end), before in zip(found, ends, strict=False))
        assert all(start < end for start, end in found)
    borders = {start for start, _end in characters(text)}
    assert all(start in borders for start, _end in words(text))
    assert "".join(cut(words(text), text)) == "".join(cut(characters(text), text))
