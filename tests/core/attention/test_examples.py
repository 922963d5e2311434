"""The examples show what they say they show."""

from __future__ import annotations

import pytest

from core.attention import live
from core.attention.examples import EXAMPLES
from core.attention.requests import AlignmentRequest
from core.attention.results import Alignment

LINKS = {
    "我昨天在银行取了钱。": {"我–I", "昨天–yesterday", "银行–bank", "取–withdrew", "钱–money", "。–."},
    "昨天老师在图书馆读书。": {"昨天–yesterday", "老师–teacher", "在–in", "图书馆–library", "读书–read", "。–."},
}
"""Aligned by hand; words without a counterpart stay alone."""


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.request.source.pair is not None])
def test_the_middle_layer_links_the_words_of_a_translation_that_mean_each_other(desk, example):
    request = AlignmentRequest(example.request.source, example.request.unit)
    found = next(step for step in live.align(request) if isinstance(step, Alignment))
    assert {f"{found.rows[i].text}–{found.columns[j].text}" for i, j in found.links} == LINKS[request.source.text]
    if "cross" in example.look:
        assert any((one[0] - other[0]) * (one[1] - other[1]) < 0 for one in found.links for other in found.links)
