"""What a page shows beside what its scene asks for."""

from __future__ import annotations

from core.lecture.differences import differences


def test_values_that_differ_are_named_with_both():
    wanted = {"options": {"layer": 99, "unit": "word", "heads": [1, 2]}, "filter": "a"}
    shown = {"options": {"layer": 5, "unit": "word", "heads": (1, 2), "more": 1}, "filter": "b"}
    assert differences(wanted, shown) == (("options.layer", 99, 5), ("filter", "a", "b"))


def test_what_only_one_of_them_names_is_none():
    assert differences({"former": 1}, {"new": 2}) == ()


def test_what_moves_by_itself_is_none():
    wanted, shown = {"run": {"place": {"episodes": 150}}}, {"run": {"place": {"episodes": 160}}}
    assert differences(wanted, shown) == ()
    assert differences({"place": 1}, {"place": 2}) == (("place", 1, 2),)
