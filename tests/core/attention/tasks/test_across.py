"""Of two sentences only what the one gives the other: by hand, and from a real model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.attention.errors import NotAvailableError
from core.attention.requests import AttentionRequest, HeadsRequest, LinkingHeadsRequest, Source
from core.attention.results import AttentionMap, HeadsGrid, LinkingHeads, Token
from core.attention.tasks.attention_map import attend, only_across
from core.attention.tasks.heads import show_heads
from core.attention.tasks.linking_heads import rank_heads

PAIR = Source("the cat sat", pair="it slept", model="minilm")


def last(task, kind):
    return next(step for step in task if isinstance(step, kind))


def test_rows_and_columns_by_hand(cache):
    whole = last(attend(AttentionRequest(replace(PAIR, pair="no"), "word")), AttentionMap)
    weights = np.array(
        [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.0, 0.5, 0.5, 0.0], [0.7, 0.1, 0.1, 0.1]], np.float32
    )
    # [CLS] a | b: what stands for nothing typed is of neither sentence.
    cls, a, b = Token("", 0, 0, True, "[CLS]"), Token("a", 0, 1, False, "a"), Token("b", 0, 1, False, "b", 1)
    units = (cls, a, b, replace(b, text="c", start=2, end=3))
    shown = replace(
        whole, rows=units, columns=units, weights=weights, hidden=np.arange(4, dtype=np.float32),
        entropy=np.arange(4, dtype=np.float32), reach=np.array([[0, 4], [0, 3], [1, 4], [0, 2]]),
    )  # fmt: skip
    there, back = only_across(shown, "first-second"), only_across(shown, "second-first")
    assert np.allclose(there.weights, [[0.2, 0.1]])
    assert np.allclose(back.weights, [[0.5], [0.1]])
    assert (there.rows, there.columns) == ((a,), units[2:])
    assert there.reach.tolist() == [[0, 1]]
    assert back.reach.tolist() == [[0, 1], [0, 1]]
    assert (there.hidden.tolist(), back.entropy.tolist()) == ([1], [2, 3])


@pytest.mark.parametrize("specials", [True, False])
def test_map_heads_and_linking_heads_say_the_same(cache, specials):
    wanted = AttentionRequest(PAIR, "word", layer=2, head=5, specials=specials)
    whole = last(attend(wanted), AttentionMap)
    part = last(attend(replace(wanted, across="second-first")), AttentionMap)
    rows, columns = [unit.text for unit in part.rows], [unit.text for unit in part.columns]
    assert (rows, columns) == (["it", "slept"], ["the", "cat", "sat"])
    asking = [whole.rows.index(unit) for unit in part.rows]
    asked = [whole.columns.index(unit) for unit in part.columns]
    assert np.allclose(part.weights, whole.weights[np.ix_(asking, asked)])
    grid = last(show_heads(HeadsRequest(PAIR, "word", specials=specials, across="second-first")), HeadsGrid)
    assert np.allclose(grid.tiles[2, 5], part.weights, atol=1e-5)
    assert (grid.row_borders, grid.column_borders) == ((), ())
    ranking = LinkingHeadsRequest(PAIR, 1, 2, "word", specials=specials, across="second-first")
    assert last(rank_heads(ranking), LinkingHeads).weights[2, 5] == pytest.approx(float(part.weights[1, 2]), abs=1e-5)


def test_one_sentence_looks_at_no_other(cache):
    alone = AttentionRequest(replace(PAIR, pair=None), across="first-second")
    with pytest.raises(NotAvailableError, match="type a second one"):
        list(attend(alone))
