from datetime import datetime

import pytest

from app.synonyms.table.range_field import day_begins, day_ends, number


@pytest.mark.parametrize(
    ("text", "value"), [("0.5", 0.5), ("0,5", 0.5), ("−1", -1), ("12,000", 12_000), ("1,234,567", 1_234_567)]
)
def test_a_number_is_read_however_it_is_written(text, value):
    assert number(text) == value


def test_a_day_is_read_from_its_first_to_its_last_moment():
    begin, end = (
        datetime.fromtimestamp(micros / 1e6).astimezone()
        for micros in (day_begins("2026-11-22"), day_ends("2026/11/22"))
    )
    assert f"{begin:%F %T.%f}" == "2026-11-22 00:00:00.000000"
    assert f"{end:%F %T.%f}" == "2026-11-22 23:59:59.999999"


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11", "0000-01-01"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  whichever of Python's own words
        day_begins(text)
