import pytest

from core.synonyms.pinyin import tone_marks


@pytest.mark.parametrize(
    ("numbered", "marked"),
    [
        ("chuan2 tong3", "chuán tǒng"),
        ("lu:4 se4", "lǜ sè"),
        ("Lu:3 liang2", "Lǚ liáng"),
        ("nu:e4 dai4", "nüè dài"),
        ("gou3", "gǒu"),
        ("gui4", "guì"),
        ("liu2 shui3", "liú shuǐ"),
        ("xiong2 mao1", "xióng māo"),
        ("ma5", "ma"),
        ("yi1 xia4 r5", "yī xià r"),
        ("E2 luo2 si1", "É luó sī"),
        ("m2", "ḿ"),
        ("ng2", "ńg"),
        ("ai1", "āi"),
        ("san1 C", "sān C"),
        ("A1 · B", "Ā · B"),
        ("", ""),
    ],
)
def test_marks_stand_where_hanyu_pinyin_puts_them(numbered, marked):
    assert tone_marks(numbered) == marked
