"""Examples show what they say they show."""

from __future__ import annotations

import pytest

from core.attention.examples import EXAMPLES
from core.attention.requests import AlignmentRequest
from core.attention.results import Alignment
from core.attention.tasks.alignment import align

LINKED = {
    "我昨天在银行取了钱。": {"我 I", "昨天 yesterday", "银行 bank", "取 withdrew", "钱 money", "。 ."},
    "昨天老师在学校唱歌。": {"昨天 yesterday", "老师 teacher", "在 at", "学校 school", "唱歌 sang", "。 ."},
}
"""Links by hand; 了 and the articles have no partner."""


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one.request.source.pair], ids=lambda one: one.look)
def test_translations_are_aligned_rightly_as_they_open(cache, example):
    request = AlignmentRequest(example.request.source, example.request.unit)
    found = next(step for step in align(request) if isinstance(step, Alignment))
    links = {f"{found.rows[row].text} {found.columns[column].text}" for row, column in found.links}
    assert links == LINKED[example.request.source.text]
    if "cross" in example.look:
        assert any(
            (row - other) * (column - beside) < 0 for row, column in found.links for other, beside in found.links
        )
