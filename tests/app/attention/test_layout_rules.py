"""Narrow windows leave out the evidence, then the choices."""

from __future__ import annotations

import pytest

from app.attention.layout_rules import Fold, fold


@pytest.mark.parametrize(
    ("view", "width", "wanted", "found"),
    [
        ("map", 60, True, Fold(choices=True, evidence=True)),
        ("map", 40, True, Fold(choices=True, evidence=False)),
        ("map", 40, False, Fold(choices=True, evidence=True)),
        ("map", 25, True, Fold(choices=False, evidence=False)),
        ("steps", 60, True, Fold(choices=True, evidence=False)),
        ("steps", 40, True, Fold(choices=False, evidence=False)),
    ],
)
def test_the_evidence_goes_first_and_then_the_choices(view, width, wanted, found):
    assert fold(view, width, 12, wanted=wanted) == found
