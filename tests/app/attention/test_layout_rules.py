"""Narrow windows leave out the evidence, then the sidebar."""

from __future__ import annotations

import pytest

from app.attention.layout_rules import Fold, fold


@pytest.mark.parametrize(
    ("stage", "has_evidence", "width", "wanted", "found"),
    [
        (20, True, 60, True, Fold(sidebar=True, evidence=True)),
        (20, True, 40, True, Fold(sidebar=True, evidence=False)),
        (20, True, 40, False, Fold(sidebar=True, evidence=True)),
        (20, True, 25, True, Fold(sidebar=False, evidence=False)),
        (34, False, 60, True, Fold(sidebar=True, evidence=False)),
        (34, False, 40, True, Fold(sidebar=False, evidence=False)),
    ],
)
def test_the_evidence_goes_first_and_then_the_sidebar(stage, has_evidence, width, wanted, found):
    assert fold(stage, width, 12, has_evidence=has_evidence, wanted=wanted) == found
