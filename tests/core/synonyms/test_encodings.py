"""Files from anywhere: the encoding is found by what the words look like, and a doubt is said."""

from __future__ import annotations

import random

import pytest

from core.synonyms import shipped
from core.synonyms.encodings import decoded, guess
from core.synonyms.lexicons.cedict import Cedict

SIMPLIFIED = "漂亮,美丽,synonym\n聪明,机灵,synonym\n"
TRADITIONAL = "漂亮,美麗,synonym\n聰明,機靈,synonym\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", SIMPLIFIED),
        ("utf-8", TRADITIONAL),
        ("utf-8", "word1,word2\na,b\n"),
        ("utf-8-sig", SIMPLIFIED),
        ("gb18030", SIMPLIFIED),
        ("gb18030", TRADITIONAL),
        ("big5", TRADITIONAL),
        ("utf-16", SIMPLIFIED),
        ("utf-16-le", SIMPLIFIED),
        ("utf-16-be", TRADITIONAL),
        ("utf-16-le", "word1,word2\na,b\n"),
    ],
)
def test_what_was_written_is_found(encoding, text):
    found = guess(text.encode(encoding))
    assert (found.encoding, found.is_doubtful) == (encoding, False)
    assert decoded(text.encode(encoding)).removeprefix("\ufeff") == text


def test_a_bad_byte_makes_no_other_encoding_of_it():
    data = (SIMPLIFIED * 3).encode()
    for at in range(0, len(data), 3):
        assert guess(data[:at] + b"\xff" + data[at + 1 :]).encoding == "utf-8"


@pytest.mark.parametrize("text", ["café,thé\n", "naïf,ingénu\n"])
def test_what_is_not_chinese_is_doubtful(text):
    assert guess(text.encode("cp1252")).is_doubtful


@pytest.mark.parametrize("data", [bytes(100), bytes(range(256)), b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4])
def test_what_is_no_text_is_no_wide_text(data):
    assert not guess(data).encoding.startswith("utf-16")


@pytest.mark.sweep(2)
@pytest.mark.parametrize(
    ("encoding", "writing"),
    [
        ("gb18030", "simplified"),
        ("gb18030", "traditional"),
        ("big5", "traditional"),
        ("utf-8", "simplified"),
        ("utf-16-le", "simplified"),
        ("utf-16-be", "traditional"),
    ],
)
def test_lists_of_a_few_pairs_are_never_misread_without_a_word(encoding, writing):
    draw = random.Random(5)
    entries = [entry for entry in Cedict.from_file(shipped.CEDICT.path()) if len(entry.simplified) > 1]
    for _list in range(100):
        text = "".join(f"{getattr(draw.choice(entries), writing)},x\n" for _word in range(6))
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        found = guess(data)
        assert found.encoding == encoding or found.is_doubtful or text.isascii()


def test_the_mark_of_gb18030_is_no_part_of_the_text():
    data = ("\ufeff" + "word1,word2\n").encode("gb18030")
    assert (guess(data).encoding, decoded(data)) == ("gb18030", "word1,word2\n")
