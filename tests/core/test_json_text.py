"""JSON that this program writes is JSON for every reader."""

import json
import math

import pytest

from core.json_text import to_json


def strict(text):
    return json.loads(text, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_what_json_has_no_word_for_is_null_wherever_it_lies():
    content = {"a": math.nan, "b": [math.inf, (1.5, -math.inf)], "c": {"d": {"e": float("nan")}}, "f": True}
    assert strict(to_json(content)) == {"a": None, "b": [None, [1.5, None]], "c": {"d": {"e": None}}, "f": True}
    assert strict(to_json(math.inf)) is None


def test_everything_else_is_as_it_was():
    content = {"词": "杆\u2028", "n": 10**30, "none": None, "small": 5e-324}
    assert strict(to_json(content)) == content
    assert "词" in to_json(content)
    assert "\n" not in to_json(content, indent=None)


def test_what_is_no_plain_value_is_refused():
    with pytest.raises(TypeError):
        to_json({"a": object()})
