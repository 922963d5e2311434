import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.synonyms.names import NAME_LIMIT, NameRefusedError, Spellings, check_name, clean_name, name_key

ZOE, ZOE_NFD = "Zoë", unicodedata.normalize("NFD", "Zoë")

ONE_PERSON = [
    ("ann", "ann "), ("ann", "\u3000ann"), ("ann", "Ann"), ("ann", "ANN"), ("ann", "\u200bann"), ("ann", "ａｎｎ"),
    (ZOE, ZOE_NFD), (ZOE, "ZOË"), ("Ann Lee", "ann\u00a0lee"), ("Ann Lee", "Ann  Lee"), ("Straße", "STRASSE"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_spellings_of_one_person(one, other):
    assert name_key(one) == name_key(other)
    assert Spellings([one]).of(other) == one


@pytest.mark.parametrize(("one", "other"), [("ann", "anna"), ("王芳", "王方"), ("ann lee", "annlee"), ("a", "ä")])
def test_two_people_stay_two(one, other):
    assert Spellings([one]).of(other) == other


def test_two_people_that_a_store_already_tells_apart_stay_two():
    known = Spellings(["ann", "Ann"])
    assert [known.of(name) for name in ("ann", "Ann", "ANN", "Ann ")] == ["ann", "Ann", "ann", "Ann"]


@given(st.text())
def test_a_cleaned_name_is_clean(text):
    cleaned = clean_name(text)
    assert clean_name(cleaned) == cleaned
    assert name_key(cleaned) == name_key(text)


@pytest.mark.parametrize("name", ["", " ", "\u200b", "a\nb", "a\tb", "\x00", "x" * (NAME_LIMIT + 1), "\ud800"])
def test_what_names_nobody_is_refused(name):
    with pytest.raises(NameRefusedError):
        check_name(name)
