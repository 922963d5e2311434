"""Dates and numbers: said in two languages by hand, and read by a model of characters."""

from __future__ import annotations

from itertools import islice

import pytest

from core.attention.errors import TextError
from core.attention.learned.dates.generator import characters, dates_corpus, writings
from core.attention.learned.dates.numerals import (
    chinese,
    chinese_digits,
    english,
    english_year,
    ordinal,
    ordinal_digits,
)
from core.attention.learned.dates.variants import CONFIGS, DatesLesson
from core.attention.learned.store import open_model, save_model
from core.attention.learned.training import Schedule, Training
from core.attention.learned.translation.translator import Translator


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (0, "零", "zero"),
        (10, "十", "ten"),
        (15, "十五", "fifteen"),
        (20, "二十", "twenty"),
        (105, "一百零五", "one hundred and five"),
        (110, "一百一十", "one hundred and ten"),
        (2002, "两千零二", "two thousand and two"),
        (20_002, "两万零二", "twenty thousand and two"),
        (35_206, "三万五千二百零六", "thirty-five thousand two hundred and six"),
        (90_210, "九万零二百一十", "ninety thousand two hundred and ten"),
        (10_000, "一万", "ten thousand"),
    ],
)
def test_numbers_are_said(number, zh, en):
    assert chinese(number) == zh
    assert english(number) == en


def test_years_and_ordinals_are_said():
    assert chinese_digits(2019) == "二〇一九"
    assert chinese_digits(2019, "零") == "二零一九"
    assert [english_year(year) for year in (1998, 2005, 1900, 1905, 2019)] == [
        "nineteen ninety-eight",
        "two thousand and five",
        "nineteen hundred",
        "nineteen oh five",
        "twenty nineteen",
    ]
    assert [ordinal(day) for day in (1, 2, 3, 12, 20, 21, 30)] == [
        "first",
        "second",
        "third",
        "twelfth",
        "twentieth",
        "twenty-first",
        "thirtieth",
    ]
    assert [ordinal_digits(day) for day in (1, 2, 3, 11, 12, 13, 21, 22, 23)] == [
        "1st",
        "2nd",
        "3rd",
        "11th",
        "12th",
        "13th",
        "21st",
        "22nd",
        "23rd",
    ]


def test_writings_are_the_same_for_a_seed_and_end_in_iso():
    drawn = list(islice(writings(1), 300))
    assert drawn == list(islice(writings(1), 300))
    dates = ["".join(pair.en) for pair in drawn if len(pair.en) == 10]
    assert len(dates) > 150
    assert all(date[4] == date[7] == "-" for date in dates)
    assert characters("March  5, 2019") == "march_5,_2019"


def test_a_model_of_characters_reads_what_is_typed_and_says_what_it_can_not(tmp_path):
    corpus = dates_corpus(train=200, validation=10, test=10)
    lesson = DatesLesson(CONFIGS["general"], corpus, Schedule(2, 1e-3, 8), 0)
    training = Training(lesson)
    for _step in training.run():
        pass
    saved = open_model(save_model(tmp_path, "dates-general", training, lesson.scores()))
    assert set(saved.record.scores) == {"exact", "validation_exact"}
    translator = Translator.load(saved)
    translated = translator.translate("March 5, 2019")
    assert "".join(translated.source) == "march_5,_2019"
    with pytest.raises(TextError, match=r"knows \d+ characters; \"%\" is not one"):
        translator.translate("5%")
