"""Names of files from what is in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.file_names import MOST_BYTES, file_name


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("attention", "他在银行", "L3", "mean"), "attention-他在银行-L3-mean.png"),
        (("attention", "The cat sat on the mat.", "L1"), "attention-The-cat-sat-on-the-mat-L1.png"),
        (("run", "", "CartPole-v1"), "run-CartPole-v1.png"),
        (('a/b\\c:d*e?"<f>|',), "a-b-c-d-e-f.png"),
        (("../../etc/passwd",), "etc-passwd.png"),
        (("nul",), "_nul.png"),
        (("\u202eevil\u200b\x00",), "evil.png"),
        (("一" * 100,), f"{'一' * 24}.png"),
        (("x" * 22 + "e\u0301" * 3,), f"{'x' * 22}éé.png"),
        ((" . ", "\n"), "yaya-lab.png"),
    ],
)
def test_a_name_says_what_is_in_the_file(parts, name):
    assert file_name(*parts, ending=".png") == name


@given(st.lists(st.text(), max_size=6))
def test_every_system_can_hold_it(parts):
    name = file_name(*parts)
    assert name
    assert not set(name) & set('<>:"/\\|?*%\x00\n')
    assert name[0] not in ".-~ "
    assert name[-1] not in ". "
    assert len(name.encode()) <= MOST_BYTES + 1
    assert name.isprintable()
