"""What is on screen as a table: names first, then every number."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from core.attention.errors import AttentionError
from core.attention.export.tables import export
from core.attention.requests import (
    AlignmentRequest,
    AttentionRequest,
    ComparisonRequest,
    HeadsRequest,
    Source,
    StepsRequest,
)
from core.attention.results import Alignment, ModelCard, Token
from core.attention.tasks.alignment import table

CARD = ModelCard("tiny", "Tiny", "encoder", layers=2, heads=3, width=6, limit=64, origin="nowhere")
SOURCE = Source("the cat sat", model="minilm")


def token(text, sentence=0):
    return Token(text, 0, len(text), special=False, piece=text, sentence=sentence)


def written(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_alignment_is_a_row_for_each_pair():
    cosine = np.array([[0.9, 0.1]], np.float32)
    shown = Alignment(
        CARD, 1, (token("猫"),), (token("cat", 1), token("=1+1", 1)), cosine, cosine, ((0, 0),), cosine / 2
    )
    names, first, second = table(shown)
    where = ["first", "first_start", "second", "second_start"]
    assert names == ["model", "layer", *where, "cosine", "linked", "attention"]
    assert first == [CARD.name, 1, "猫", 0, "cat", 0, pytest.approx(0.9), 1, pytest.approx(0.45)]
    assert second[7] == 0


def test_the_three_steps_are_a_row_for_each_key(tmp_path):
    list(export(StepsRequest(SOURCE, query=2, layer=1, head=3), tmp_path / "steps.csv"))
    names, *rows = written(tmp_path / "steps.csv")
    assert names[:7] == ["key", "sentence", "start", "product", "score", "weight", "model_weight"]
    assert [row[0] for row in rows] == ["[CLS]", "the", "cat", "sat", "[SEP]"]
    assert sum(float(row[5]) for row in rows) == pytest.approx(1, abs=1e-5)
    assert len(names) == len(rows[0]) == 7 + 2 * 32


def test_all_heads_are_a_row_for_each(tmp_path):
    list(export(HeadsRequest(SOURCE), tmp_path / "heads.csv"))
    names, *rows = written(tmp_path / "heads.csv")
    assert names[:2] == ["layer", "head"]
    assert {"entropy", "previous", "next", "first", "self"} == set(names[2:])
    assert [(int(row[0]), int(row[1])) for row in rows] == [(layer, head) for layer in range(6) for head in range(12)]


def test_arrays_of_a_comparison_hold_both_maps_and_their_difference(tmp_path):
    both = ComparisonRequest(AttentionRequest(SOURCE, layer=0), AttentionRequest(SOURCE, layer=5))
    list(export(both, tmp_path / "both.npz"))
    with np.load(tmp_path / "both.npz") as arrays:
        assert np.allclose(arrays["first"] - arrays["second"], arrays["difference"])
        assert (arrays["first_model"], arrays["second_layer"], arrays["first_head"]) == ("minilm", 5, -1)
        assert len(arrays["first_rows"]) == len(arrays["second_columns_start"]) == len(arrays["first"])


def test_two_tokens_of_one_spelling_are_told_apart(tmp_path):
    both = ComparisonRequest(*[AttentionRequest(Source("the cat the", model="minilm"), "word", layer=0)] * 2)
    list(export(both, tmp_path / "both.csv"))
    names, *rows = written(tmp_path / "both.csv")
    starts = {row[names.index("query_start")] for row in rows if row[names.index("query")] == "the"}
    assert starts == {"0", "8"}


@pytest.mark.parametrize("name", ["steps.NPZ", "steps.npz"])
def test_arrays_of_every_view_say_whose_they_are_under_the_name_that_was_asked_for(tmp_path, name):
    list(export(StepsRequest(SOURCE, query=2, layer=1, head=3), tmp_path / name))
    assert [file.name for file in tmp_path.iterdir()] == [name]
    with np.load(tmp_path / name) as arrays:
        assert arrays["key_tokens"].tolist() == ["[CLS]", "the", "cat", "sat", "[SEP]"]
        assert (arrays["model"], arrays["layer"], arrays["head"], arrays["stack"]) == ("minilm", 1, 3, "encoder")


def test_what_has_no_such_file_is_refused_in_words(tmp_path):
    pair = AlignmentRequest(Source("the cat", "a cat", model="minilm"))
    with pytest.raises(AttentionError, match="CSV or NPZ"):
        list(export(pair, tmp_path / "pair.json"))
    assert not list(tmp_path.iterdir())


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(tmp_path):
    list(export(AlignmentRequest(Source("= cat", "- cat", model="minilm")), tmp_path / "pair.csv"))
    assert any(row[2] == "'=" for row in written(tmp_path / "pair.csv"))
