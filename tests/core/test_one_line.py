"""A message of others becomes one line that says something."""

import errno
import json
import os
import sys

import pytest

from core.decode import DecodeError
from core.language import set_language
from core.one_line import _WORDS, DamagedError, damage_of, one_line, reason_of, system_reason


class Mute(Exception):  # noqa: N818  the name is read in the message
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("a\n b\r\n\tc"), "ValueError: a b c"),
        (ValueError(), "ValueError"),
        (ValueError("  \n "), "ValueError"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
        (OSError("杆 \x1b[31m\u202e"), "OSError: 杆 [31m"),
        (Mute(), "Mute"),
    ],
)
def test_a_reason_is_one_line_and_never_empty(error, words):
    assert reason_of(error) == words


def test_what_is_long_is_cut():
    assert one_line("x" * 1000) == "x" * 299 + "…"


@pytest.fixture
def chinese():
    set_language("zh_CN")
    yield
    set_language("en")


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
def test_in_english_the_words_are_the_systems():
    assert {number: os.strerror(number) for number in _WORDS} == dict(_WORDS)


def test_a_person_reads_the_reason_in_the_language_of_the_window(chinese, tmp_path):
    with pytest.raises(FileNotFoundError) as missing:
        (tmp_path / "gone").read_text()
    assert system_reason(missing.value) == "没有这个文件或文件夹"
    for number in _WORDS:
        assert system_reason(OSError(number, os.strerror(number))) != os.strerror(number)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link"),
        (OSError("drawn\nby hand"), "drawn by hand"),
        (OSError(errno.EEXIST, "one.db is never replaced"), "one.db is never replaced"),
        (EOFError(), "EOFError"),
        (ValueError("no number"), "no number"),
    ],
)
def test_what_has_no_words_of_ours_says_its_own(error, said):
    assert system_reason(error) == said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DamagedError("its rows are not numbered from 1"), "its rows are not numbered from 1"),
        (DecodeError("place", "Expected `object`, got `int`"), '"place" is missing or not what it may be'),
        (DecodeError("", "Expected `object`, got `int`"), "it is no object"),
        (OSError(errno.EISDIR, os.strerror(errno.EISDIR)), "Is a directory"),
        (UnicodeDecodeError("utf-8", b"x", 0, 1, "invalid start byte"), "it is not in UTF-8"),
        (json.JSONDecodeError("Expecting value", "{\n1", 3), "line 2 is no JSON"),
        (RecursionError("maximum recursion depth exceeded"), "it is too large, or lists lie too deep in each other"),
        (ValueError("zip() argument 2 is shorter than argument 1"), "it does not hold what belongs there"),
        (KeyError("place"), '"place" is missing or not what it may be'),
        (KeyError("There is no item named 'a' in the archive"), "it does not hold what belongs there"),
    ],
)
def test_what_reading_raised_is_said_without_the_words_of_a_library(error, said):
    assert damage_of(error) == said
