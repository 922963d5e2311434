"""Narrow windows leave out the evidence, then the sidebar."""

from __future__ import annotations

import pytest

from app.attention.layout_rules import Fold, fold


@pytest.mark.parametrize(
    ("view", "width", "wanted", "found"),
    [
        ("map", 60, True, Fold(sidebar=True, evidence=True)),
        ("map", 40, True, Fold(sidebar=True, evidence=False)),
        ("map", 40, False, Fold(sidebar=True, evidence=True)),
        ("map", 25, True, Fold(sidebar=False, evidence=False)),
        ("steps", 60, True, Fold(sidebar=True, evidence=False)),
        ("steps", 40, True, Fold(sidebar=False, evidence=False)),
    ],
)
def test_the_evidence_goes_first_and_then_the_sidebar(view, width, wanted, found):
    assert fold(view, width, 12, wanted=wanted) == found
