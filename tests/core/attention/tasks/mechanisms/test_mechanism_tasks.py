"""The mechanisms on a real encoder's vectors: a translation is found, and each answer keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from pkgutil import resolve_name

import numpy as np
import pytest

from core.attention.errors import TextError
from core.attention.export.tables import export
from core.attention.requests import Source
from core.attention.tasks import task_for
from core.attention.tasks.mechanisms.requests import (
    SCORE_NAMES,
    HardRequest,
    LocalRequest,
    OverRequest,
    RowsRequest,
    ScoreRequest,
    SelfRequest,
    VectorsRequest,
)

PAIR = VectorsRequest(Source("我昨天在银行取了钱。", "I withdrew money from the bank yesterday."))
BANK = 3


def ask(request):
    *_steps, found = resolve_name(task_for(request).task)(request=request)
    return found


def label(found, key):
    return found.vectors.columns[int(key)].label


@pytest.mark.parametrize("score", ["dot", "scaled_dot", "cosine"])
def test_a_word_finds_its_translation_without_learning(score):
    found = ask(ScoreRequest(PAIR, BANK, score))
    assert found.vectors.rows[found.query].label == "银行"
    assert label(found, found.weights.argmax()) == "bank"
    assert not found.is_drawn
    assert np.allclose(found.context, found.weights @ found.vectors.keys, atol=1e-4)


@pytest.mark.parametrize("score", SCORE_NAMES)
def test_every_score_function_gives_shares_the_same_each_time(score):
    found, again = (ask(ScoreRequest(PAIR, BANK, score)) for _time in range(2))
    assert found.weights.sum() == pytest.approx(1, abs=1e-5)
    assert np.array_equal(found.scores, again.scores)


def test_the_dot_product_is_sharper_than_the_scaled_one_and_the_cosine_flatter():
    dot, scaled, cosine = (
        ask(ScoreRequest(PAIR, BANK, score)).weights.max() for score in ("dot", "scaled_dot", "cosine")
    )
    assert dot > scaled > cosine


def test_a_window_on_the_wrong_place_loses_the_translation():
    on, off = (ask(LocalRequest(PAIR, BANK, "p", centre, 1.0)) for centre in (5.0, 1.0))
    assert label(on, on.weights.argmax()) == "bank"
    assert off.weights[5] == 0
    assert on.inside.sum() == pytest.approx(1, abs=1e-5)
    assert np.allclose(on.weights, on.inside * on.bell)


def test_where_a_window_stands_by_itself():
    assert ask(LocalRequest(PAIR, BANK, "m")).centre == BANK
    assert ask(LocalRequest(PAIR, BANK, "p")).centre == 3.5  # the middle of eight keys
    assert ask(LocalRequest(PAIR, BANK, "p", 99.0)).centre == 7


def test_draws_go_on_where_they_were_and_come_to_the_weights():
    few, more, many = (ask(HardRequest(PAIR, BANK, draws)) for draws in (10, 11, 5000))
    changed = np.abs(few.shares * 10 - more.shares * 11)
    assert changed.sum() == pytest.approx(1, abs=1e-3), "one more draw is one more of one key"
    assert changed.argmax() == more.last
    assert np.abs(many.shares - many.weights).max() < 0.04
    assert many.distance[-1] < many.distance[0] / 4
    assert ask(HardRequest(PAIR, BANK, 0)).last is None


def test_the_penalty_spreads_rows():
    without, with_it = (ask(RowsRequest(PAIR, BANK, 4, strength)) for strength in (0.0, 5.0))
    assert np.allclose(without.before, without.weights, atol=1e-4)
    assert with_it.overlap < with_it.overlap_before - 0.5
    assert len(set(with_it.weights.argmax(axis=1))) > len(set(with_it.before.argmax(axis=1)))


def test_attention_over_attention_sums_a_word_over_its_places():
    twice = VectorsRequest(Source("小明把书给了小红，小红走了。", "谁走了？"))
    found = ask(OverRequest(twice))
    assert found.to_document.sum(axis=1) == pytest.approx(1, abs=1e-4)
    assert found.to_question.sum(axis=0) == pytest.approx(1, abs=1e-4)
    assert found.importance.sum() == pytest.approx(1, abs=1e-4)
    assert np.allclose(found.attended, found.importance @ found.to_document, atol=1e-5)
    labels = [token.text for token in found.vectors.columns]
    again = next(answer for answer in found.candidates if answer.places > 1)
    at = [index for index, text in enumerate(labels) if text == again.word]
    assert again.weight == pytest.approx(float(found.attended[at].sum()), abs=1e-5)
    with pytest.raises(TextError, match="needs a text and a question"):
        ask(OverRequest(VectorsRequest(Source("小明走了。"))))


def test_self_attention_sees_no_later_word_behind_a_mask_and_leaves_the_pair_aside():
    seen, masked = (ask(SelfRequest(PAIR, 2, 4, causal)) for causal in (False, True))
    assert [token.sentence for token in seen.vectors.columns] == [0] * len(seen.vectors.rows)
    assert seen.weights.shape == (4, 8)
    assert (seen.weights[:, 3:] > 0).all()
    assert not masked.weights[:, 3:].any()
    assert masked.weights.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_positions_make_neighbours_alike():
    without, with_them = (ask(SelfRequest(PAIR, 3, 1, positions=strength)) for strength in (0.0, 2.0))
    near, far = with_them.weights[0, 2] - without.weights[0, 2], with_them.weights[0, 0] - without.weights[0, 0]
    assert np.log(with_them.weights[0, 2] / with_them.weights[0, 0]) > np.log(
        without.weights[0, 2] / without.weights[0, 0]
    ), (near, far)


REQUESTS = [
    ScoreRequest(PAIR), LocalRequest(PAIR), HardRequest(PAIR, draws=3), RowsRequest(PAIR), OverRequest(PAIR),
    SelfRequest(PAIR),
]  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: type(request).__name__)
def test_each_is_exported_as_a_table_and_as_arrays(request_, tmp_path):
    list(export(request_, tmp_path / "shown.csv"))
    lines = (tmp_path / "shown.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) >= 9
    list(export(request_, tmp_path / "shown.npz"))
    with np.load(tmp_path / "shown.npz") as arrays:
        assert arrays["keys"].shape[1] == 384
        assert arrays["model"] == "e5"


def test_the_layer_is_the_middle_one_unless_another_is_named():
    assert ask(ScoreRequest(PAIR)).vectors.layer == 6
    assert ask(ScoreRequest(replace(PAIR, layer=2))).vectors.layer == 2
