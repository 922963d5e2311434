"""Which heads link a pair: worked out by hand, and as the maps of the heads say."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.errors import NotAvailableError
from core.attention.requests import AttentionRequest, LinkingHeadsRequest, Source
from core.attention.results import AttentionMap, LinkingHeads, Token
from core.attention.segments import segment
from core.attention.tasks.attention_map import attend
from core.attention.tasks.linking_heads import cell_of_heads, rank_heads, table

PAIR = Source("the cat sat", pair="it slept", model="minilm")


def test_the_cell_of_each_head_by_hand():
    # [CLS] play|ing cats: playing asks with the mean of two rows; without [CLS] each row sums to 1 again.
    text = "playing cats"
    tokens = [
        Token("[CLS]", 0, 0, True, "[CLS]"),
        *(Token(text[a:b], a, b, False, text[a:b]) for a, b in ((0, 4), (4, 7), (8, 12))),
    ]
    one = [[1, 0, 0, 0], [0.5, 0.1, 0.1, 0.3], [0.3, 0.2, 0.2, 0.3], [0, 0, 0, 1]]
    other = [[1, 0, 0, 0], [0.2, 0.2, 0.4, 0.2], [0.0, 0.5, 0.3, 0.2], [0, 0, 1, 0]]
    weights = np.array([one, other], np.float32)
    hidden, whole = (segment(tokens, [text], "word", specials=shown) for shown in (False, True))
    # Head 0: playing → cats is (0.3 + 0.3) / 2 = 0.3 of 1 − (0.5 + 0.3) / 2 = 0.6; head 1: 0.2 of 0.9.
    found = cell_of_heads(weights, hidden, hidden, (0, 1), specials=False)
    assert np.allclose(found, [0.5, 0.2 / 0.9])
    assert np.allclose(cell_of_heads(weights, whole, whole, (1, 2), specials=True), [0.3, 0.2])


def test_heads_of_equal_weight_stand_in_the_order_of_their_layers():
    token = Token("a", 0, 1, False, "a")
    found = LinkingHeads(None, "encoder", token, token, np.array([[0.1, 0.4], [0.4, 0.9]], np.float32))
    assert found.ranked == ((1, 1), (0, 1), (1, 0), (0, 0))


@pytest.mark.parametrize("specials", [True, False])
def test_every_head_says_what_its_own_map_says(cache, specials):
    request = LinkingHeadsRequest(PAIR, query=3, key=1, unit="word", specials=specials)
    found = next(step for step in rank_heads(request) if isinstance(step, LinkingHeads))
    assert found.weights.shape == (6, 12)
    for layer, head in ((0, 0), (5, 11), (2, 7)):
        alone = AttentionRequest(PAIR, "word", layer=layer, head=head, specials=specials)
        shown = next(step for step in attend(alone) if isinstance(step, AttentionMap))
        assert found.weights[layer, head] == pytest.approx(float(shown.weights[3, 1]), abs=1e-6)
        assert (found.query, found.key) == (shown.rows[3], shown.columns[1])
    rows = list(table(found))
    assert rows[0][:2] == ["layer", "head"]
    assert [row[-1] for row in rows[1:]] == sorted(found.weights.ravel().tolist(), reverse=True)


def test_a_cell_that_is_not_there_is_refused(cache):
    with pytest.raises(NotAvailableError, match="no query 40"):
        list(rank_heads(LinkingHeadsRequest(PAIR, query=40, key=0)))
