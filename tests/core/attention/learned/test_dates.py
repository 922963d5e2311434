"""Dates and numbers: said in two languages by hand, and read by a model of characters."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice

import pytest

from core.attention.errors import TextError
from core.attention.learned.dates.corpus import dates_corpus
from core.attention.learned.dates.generator import (
    _TIMES,
    LONGEST,
    characters,
    drawn_writing,
    some_writings,
    typed,
    writings,
)
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
    drawn = list(islice(writings(1), 600))
    assert drawn == list(islice(writings(1), 600))
    days = stretches = moments = numbers = 0
    for pair in drawn:
        iso = "".join(pair.en)
        first, _slash, last = iso.partition("/")
        if last:
            assert date.fromisoformat(first) < date.fromisoformat(last)
            stretches += 1
        elif "T" in iso:
            assert datetime.fromisoformat(iso).minute
            moments += 1
        elif "-" in iso:
            date.fromisoformat(iso)
            days += 1
        else:
            assert int(iso) >= 10
            numbers += 1
    assert min(stretches, moments, days, numbers) > 60
    assert max(len(pair.zh) for pair in drawn) <= LONGEST
    assert characters("March  5, 2019") == "march_5,_2019"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("凌晨十二点三十分", "00:30"),
        ("下午12点5分", "12:05"),
        ("晚上两点", ""),
        ("上午两点", ""),
        ("下午两点七分", "14:07"),
    ],
)
def test_hours_are_said_by_the_part_of_the_day(written, iso):
    said = {_TIMES[number](hour, minute): f"{hour:02}:{minute:02}"
            for number in (2, 3) for hour in range(24) for minute in range(1, 60)}  # fmt: skip
    assert said.get(written, "") == iso


def test_what_is_drawn_by_number_is_always_the_same_and_what_is_offered_is_short():
    assert drawn_writing(3) == drawn_writing(3) != drawn_writing(4)
    assert all(len(text) <= 30 for text in some_writings())
    assert typed(drawn_writing(1)).replace(" ", "_") == "".join(drawn_writing(1).zh)


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
