"""Words that are drawn alike."""

import pytest

from core.synonyms.look_alike import look_alike, telling


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Ａ", "A", True),
        ("⼈", "人", True),
        ("⻓城", "长城", True),
        ("漂\u200d亮", "漂亮", True),
        ("葛\U000e0100", "葛", True),
        ("ｶﾗｵｹ", "カラオケ", True),
        ("а", "a", True),
        ("ロ", "口", True),
        ("一", "ー", True),
        ("卡拉 OK", "卡拉\u00a0OK", True),
        ("卡拉 OK", "卡拉\u3000 OK", True),
        ("漂\u3164亮", "漂亮", True),
        ("漂亮", "美丽", False),
        ("漂亮", "漂亮", False),
        ("己", "已", False),
        ("体", "體", False),
        ("ok", "OK", False),
        ("中国", "中国人", False),
    ],
)
def test_words_that_look_alike(one, other, alike):
    assert look_alike(one, other) is look_alike(other, one) is alike


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Ａ股", "A股", ("U+FF21", "U+0041")),
        ("漂\u200d亮", "漂亮", ("U+200D", "")),
        ("漂亮", "漂亮\ufe0f", ("", "U+FE0F")),
        ("ＡＢＣＤ", "ABCD", ("U+FF21 U+FF22 U+FF23 …", "U+0041 U+0042 U+0043 …")),
        ("葛\U000e0100", "葛", ("U+E0100", "")),
    ],
)
def test_what_tells_them_apart_is_named(one, other, told):
    assert telling(one, other) == told
