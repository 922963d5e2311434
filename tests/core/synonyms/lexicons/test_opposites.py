"""Opposites that the writing shows, and those that are listed."""

import pytest

from core.synonyms.lexicons.opposites import are_opposites


@pytest.mark.parametrize(
    ("one", "other"), [("东部", "西部"), ("左", "右"), ("男人", "女人"), ("增加", "减少"), ("减少", "增加")]
)
def test_opposites(one, other):
    assert are_opposites(one, other)


@pytest.mark.parametrize(("one", "other"), [("五月", "四月"), ("医生", "医师"), ("左", "左"), ("东", "西部")])
def test_no_opposites(one, other):
    assert not are_opposites(one, other)
