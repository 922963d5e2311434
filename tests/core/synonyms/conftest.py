"""What the tests of the synonyms share: a data folder of their own, and a few vectors with known cosines."""

from __future__ import annotations

import numpy as np
import pytest

from core.synonyms.vectors import with_vectors

WORDS = ["增加", "减少", "增添", "添加", "医生", "医师", "中国", "OK"]
ROWS = np.array(
    [[1, 0, 0], [0.8, 0.6, 0], [0.96, 0.28, 0], [3, 4, 0], [0, 0, 2], [0, 0.6, 0.8], [0, -1, 0], [1, 0, 0]],
    dtype=np.float32,
)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "home"
    monkeypatch.setenv("YAYA_LAB_HOME", str(folder))
    return folder


@pytest.fixture
def small_vectors(tmp_path):
    """Eight words in three dimensions, most frequent first."""
    return with_vectors(WORDS, ROWS, tmp_path / "small")
