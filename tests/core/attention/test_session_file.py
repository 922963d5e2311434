"""Sessions come back as they were, or not at all; examples can be opened."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.attention.errors import AttentionError
from core.attention.examples import EXAMPLES
from core.attention.requests import AGGREGATIONS, STACKS, UNITS, AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.session_file import Session, load_session, save_session
from core.attention.tasks.attention_map import attend

sources = st.builds(
    Source,
    text=st.text(),
    pair=st.none() | st.text(),
    model=st.sampled_from(["e5", "minilm", "/some/folder"]),
    prefix=st.booleans(),
    download=st.booleans(),
)
requests = st.builds(
    AttentionRequest,
    source=sources,
    unit=st.sampled_from(UNITS),
    stack=st.none() | st.sampled_from(STACKS),
    aggregation=st.sampled_from(AGGREGATIONS),
    layer=st.none() | st.integers(-12, 12),
    head=st.none() | st.integers(-12, 12),
    specials=st.booleans(),
)


@given(session=st.builds(Session, requests=st.lists(requests, min_size=1, max_size=2).map(tuple)))
def test_what_was_kept_comes_back(session, tmp_path_factory):
    path = tmp_path_factory.mktemp("session") / "lecture.json"
    save_session(path, session)
    assert load_session(path) == session


def good():
    request = asdict(AttentionRequest(Source("你好")))
    return {"kind": "yaya-lab attention session", "version": 1, "requests": [request], "view": {"scale": "log"}}


def test_a_session_of_an_earlier_version_is_read_under_its_former_names(tmp_path):
    content = {
        "kind": "yaya-lab attention session",
        "version": 1,
        "requests": [
            {
                "source": {"text": "你好", "pair": None, "model": "e5", "prefix": False, "download": False},
                "unit": "word",
                "stack": None,
                "reading": "rollout",
                "layer": 3,
                "head": None,
                "specials": True,
                "gallery": False,
            }
        ],
        "view": {"wish": {"text": "你好", "reading": "rollout"}},
    }
    path = tmp_path / "lecture.json"
    path.write_text(json.dumps(content), "utf-8")
    (request,) = load_session(path).requests
    assert request == AttentionRequest(Source("你好"), unit="word", aggregation="rollout", layer=3, specials=True)


def test_the_view_is_kept_too(tmp_path):
    path = tmp_path / "s.json"
    path.write_text(json.dumps(good()), "utf-8")
    assert load_session(path).view == {"scale": "log"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c.pop("kind"),
        lambda c: c.update(version=99),
        lambda c: c.update(requests=[]),
        lambda c: c.update(view=None),
        lambda c: c["requests"][0].update(unit="sentence"),
        lambda c: c["requests"][0].update(layer="three"),
        lambda c: c["requests"][0].update(surprise=1),
        lambda c: c["requests"][0]["source"].update(text=None),
        lambda c: c["requests"][0]["source"].pop("text"),
        lambda c: c["requests"][0].pop("source"),
        lambda c: c["requests"].append("x"),
        lambda c: c["requests"].append([["source", 1]]),
        lambda c: c.update(requests={"a": 1}),
        lambda c: c.pop("view"),
        lambda c: c["requests"][0].update(source=[1]),
        lambda c: c["requests"][0].update(unit=["word"]),
        lambda c: c["requests"][0].update(unit={"word": 1}),
    ],
)
def test_a_damaged_session_is_refused_with_a_reason(tmp_path, damage):
    content = good()
    damage(content)
    path = tmp_path / "s.json"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(AttentionError, match="can't be opened as a session") as caught:
        load_session(path)
    assert not PROGRAMMERS.search(str(caught.value))


PROGRAMMERS = re.compile(
    r"indices|unhashable|attribute|argument|object|codec|recursion|\('|line \d|column|NoneType|Errno"
)
"""Words that no person at the screen should have to read."""


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\x00", "[" * 100_000, '{"a":' * 100_000, "\xff\xfe", "3"])
def test_what_is_no_session_is_refused(tmp_path, content):
    path = tmp_path / "s.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(AttentionError, match="can't be opened") as caught:
        load_session(path)
    assert not PROGRAMMERS.search(str(caught.value))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(AttentionError, match=r"can't be opened as a session \(No such file or directory\)"):
        load_session(tmp_path / "missing.json")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.request.source.text)
def test_every_example_makes_a_map(cache, example):
    shown = next(step for step in attend(example.request) if isinstance(step, AttentionMap))
    assert len(shown.rows) > 5
    assert not any(unit.piece == "[UNK]" for unit in shown.rows)


def test_a_file_of_a_hundred_thousand_maps_is_refused_at_once(tmp_path):
    path = tmp_path / "crafted.json"
    save_session(path, Session((AttentionRequest(Source("a")),)))
    content = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(content | {"requests": content["requests"] * 17}), "utf-8")
    with pytest.raises(AttentionError, match="17 maps"):
        load_session(path)
    path.write_text(json.dumps(content | {"requests": content["requests"] * 100_000}), "utf-8")
    with pytest.raises(AttentionError, match="far larger than a session"):
        load_session(path)


@pytest.mark.parametrize("model", ["//evil/share/model", "\\\\evil\\share\\model"])
@pytest.mark.parametrize("side", ["source", "options"])
def test_a_session_makes_nobody_look_for_a_model_on_another_computer(tmp_path, model, side):
    request = AttentionRequest(Source("a", model=model) if side == "source" else Source("a"))
    save_session(tmp_path / "s.json", Session((request,), {"options": {"text": "a", "other_model": model}}))
    with pytest.raises(AttentionError, match="a model on another computer"):
        load_session(tmp_path / "s.json")
