"""Weights and tokens that somebody else computed: opened as a model is, checked at the border, never run."""

from __future__ import annotations

import json
import pickle

import numpy as np
import pytest

from core.attention.arrays import is_arrays
from core.attention.arrays.file import read_arrays
from core.attention.errors import ModelError, NotAvailableError, TextError
from core.attention.export.caption import caption_of
from core.attention.export.tables import export
from core.attention.head_set import read_head_set
from core.attention.interventions import Changes
from core.attention.requests import (
    AlignmentRequest,
    AttentionRequest,
    HeadsRequest,
    OpenArraysRequest,
    Source,
    StepsRequest,
)
from core.attention.results import AttentionMap, HeadsGrid, OpenedArrays
from core.attention.tasks import reading
from core.attention.tasks.alignment import align
from core.attention.tasks.attention_map import attend
from core.attention.tasks.heads import show_heads
from core.attention.tasks.model_cache import ModelCache
from core.attention.tasks.own_arrays import open_arrays
from core.attention.tasks.steps import step_through

HALF = [[[[1.0, 0.0], [0.5, 0.5]], [[0.25, 0.75], [1.0, 0.0]]]]
"""One layer of two heads."""


def last(task, kind):
    return next(step for step in task if isinstance(step, kind))


@pytest.fixture
def files(monkeypatch):
    made = ModelCache()
    monkeypatch.setattr(reading, "model_cache", lambda: made)
    monkeypatch.setattr("core.attention.tasks.own_arrays.model_cache", lambda: made)
    monkeypatch.setattr("core.attention.export.tables.model_cache", lambda: made)
    return made


def written(path, **content):
    if path.suffix == ".npz":
        np.savez(path, **{name: np.array(value) for name, value in content.items()})
    else:
        path.write_text(json.dumps(content), "utf-8")
    return path


def source_of(path):
    opened = last(open_arrays(OpenArraysRequest(str(path))), OpenedArrays)
    return Source(opened.texts[0], opened.texts[1] if len(opened.texts) > 1 else None, str(path)), opened


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_a_strangers_arrays_are_shown_as_a_models(files, tmp_path, ending):
    path = written(tmp_path / f"mine{ending}", weights=HALF, tokens=["我", "cats"])
    source, opened = source_of(path)
    assert is_arrays(str(path))
    assert (opened.texts, opened.card.stacks, opened.card.title) == (("我 cats",), ("encoder",), f"mine{ending}")
    shown = last(attend(AttentionRequest(source, "piece", layer=0, head=1)), AttentionMap)
    assert np.allclose(shown.weights, [[0.25, 0.75], [1, 0]])
    assert [unit.label for unit in shown.rows] == ["我", "cats"]
    assert last(show_heads(HeadsRequest(source, "piece")), HeadsGrid).tiles.shape == (1, 2, 2, 2)
    with pytest.raises(NotAvailableError, match="only the weights are known"):
        list(step_through(StepsRequest(source, 0, 0, 0)))
    with pytest.raises(TextError, match='"我 cats" alone'):
        list(attend(AttentionRequest(Source("another", model=str(path)))))
    with pytest.raises((NotAvailableError, TextError)):
        list(align(AlignmentRequest(Source("我 cats", "我 cats", str(path)))))


def test_one_map_of_special_tokens_and_other_queries(files, tmp_path):
    path = written(tmp_path / "c.npz", weights=[[0.5, 0.25, 0.25]], tokens=["[CLS]", "a", "b"], queries=["x"])
    source, opened = source_of(path)
    assert (opened.texts, opened.card.stacks) == (("a b", "x"), ("cross",))
    shown = last(attend(AttentionRequest(source, "piece")), AttentionMap)
    assert np.allclose(shown.weights, [[0.5, 0.5]])
    assert shown.hidden.tolist() == [0.5]
    assert [unit.text for unit in shown.columns] == ["a", "b"]


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_our_own_export_is_the_same_map_again(files, minilm, tmp_path, ending):
    files._models["minilm"] = minilm
    files._stamps["minilm"] = ()
    request = AttentionRequest(Source("playing cats", "they slept", "minilm"), "word", layer=2, head=1)
    before = last(attend(request), AttentionMap)
    list(export(request, tmp_path / f"own{ending}"))
    source, opened = source_of(tmp_path / f"own{ending}")
    assert opened.texts == ("playing cats", "they slept")
    after = last(attend(AttentionRequest(source, "word", layer=2, head=1)), AttentionMap)
    assert (after.rows, after.columns) == (before.rows, before.columns)
    assert np.allclose(after.weights, before.weights, atol=1e-6)
    assert np.allclose(after.hidden, before.hidden, atol=1e-6)


def test_a_file_written_anew_is_read_anew(files, tmp_path):
    path = written(tmp_path / "m.json", weights=HALF, tokens=["a", "b"])
    source, _opened = source_of(path)
    list(attend(AttentionRequest(source)))
    written(path, weights=[[[0.125, 0.875], [0.5, 0.5]]], tokens=["a", "b"])
    shown = last(attend(AttentionRequest(source)), AttentionMap)
    assert np.allclose(shown.weights[0], [0.125, 0.875])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"tokens": ["a"]}, '"weights" is missing'),
        ({"weights": HALF}, '"tokens" is missing'),
        ({"weights": [1.0], "tokens": ["a"]}, "1 axes; it needs layers, heads, queries and keys"),
        ({"weights": HALF, "tokens": ["a"]}, '"tokens" has to be a list of 2 texts'),
        ({"weights": [[0.5, 0.5]], "tokens": ["a", "b"]}, "1 queries and 2 keys"),
        ({"weights": [[[1.0]], [[float("nan")]]], "tokens": ["a"]}, "layer 0, head 1, query 0 holds a number that is"),
        ({"weights": [[1.5, -0.5], [0, 1]], "tokens": ["a", "b"]}, "query 0 holds a negative weight"),
        ({"weights": [[1, 0], [0.5, 0.4]], "tokens": ["a", "b"]}, "query 1 sums to 0.900, not to 1; 1 of 2 rows"),
        ({"weights": [["x"]], "tokens": ["a"]}, "no array of numbers"),
        ({"weights": [[1, 0], [1]], "tokens": ["a", "b"]}, "all rows equally long"),
        ({"weights": [[1.0]], "tokens": [1]}, "is no text"),
        ({"weights": [[1.0]], "tokens": [{"start": 0}]}, "is no token"),
        ({"weights": [], "tokens": []}, "axes"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path, content, words):
    with pytest.raises(ModelError, match="can't be opened as arrays") as told:
        read_arrays(written(tmp_path / "bad.json", **content))
    assert words in str(told.value)
    assert str(told.value).count("\n") == 0


def test_nothing_in_a_file_is_run(tmp_path):
    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    np.savez(tmp_path / "bomb.npz", weights=np.array([Bomb()], object), tokens=np.array(["a"]))
    (tmp_path / "bare.npz").write_bytes(pickle.dumps(Bomb()))
    (tmp_path / "text.json").write_text("[1, 2", "utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", "utf-8")
    for name in ("bomb.npz", "bare.npz", "text.json", "list.json", "missing.npz"):
        with pytest.raises(ModelError, match=name):
            read_arrays(tmp_path / name)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_what_was_taken_away_from_the_model_is_told_of_its_export(files, minilm, tmp_path, ending):
    files._models["minilm"] = minilm
    files._stamps["minilm"] = ()
    changes = Changes(read_head_set("L1,H2"), ((0, 0, 7),))
    path = tmp_path / f"own{ending}"
    list(export(AttentionRequest(Source("playing cats", model="minilm", changes=changes)), path))
    told = "switched off: L1 H2 · masked: playing"
    for again in (path, tmp_path / f"again{ending}"):
        source, _opened = source_of(again)
        shown = last(attend(AttentionRequest(source)), AttentionMap)
        assert " ".join(caption_of(shown, "linear")).count(told) == 1
        list(export(AttentionRequest(source), tmp_path / f"again{ending}"))


def test_norms_of_weights_alone_are_refused_for_what_they_lack(files, tmp_path):
    path = written(tmp_path / "m.json", weights=HALF, tokens=["a", "b"])
    source, _opened = source_of(path)
    with pytest.raises(NotAvailableError, match="only the weights are known"):
        list(attend(AttentionRequest(source, aggregation="norms")))
