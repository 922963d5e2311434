"""What was picked and laid out by hand survives being written down; what cannot be is left out."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attention.selection import Cell, Selection, Sweep
from app.attention.views.snapshot import ViewSnapshot
from tests.app.attention.conftest import tokens_of


def test_a_scene_comes_back_from_json_as_it_was():
    snapshot = ViewSnapshot(tokens_of("abc")[1], 1, 2, (0, 2), None, "to", ((2.0, 1.5, 0.25),), (3, 40))
    assert ViewSnapshot.from_dict(json.loads(json.dumps(snapshot.to_dict()))) == snapshot


@pytest.mark.parametrize(
    "broken",
    [
        {"row": -1}, {"row": True}, {"column": "3"}, {"swept_rows": [3, 1]}, {"swept_rows": [0, True]},
        {"swept_columns": 3}, {"direction": "up"}, {"scrolls": [-1]}, {"zooms": [[1, 2]]},
        {"zooms": [[float("nan"), 0, 0]]}, {"zooms": 1}, {"query": "a"}, {"query": {"text": "a"}},
        {"query": {"text": 1, "start": 0, "end": 1, "special": False, "piece": "a"}}, {"unknown": 1},
        {"row": 10**30}, {"column": 2**31}, {"swept_rows": [0, 10**30]}, {"scrolls": [10**30]}, {"scrolls": [2**31]},
        {"scrolls": [True]}, {"zooms": [[10**30, 0, 0]]}, {"zooms": [[10**400, 0, 0]]}, {"zooms": [[1, -1, 0]]},
        {"zooms": [[1, 0, float("inf")]]}, {"zooms": [[True, 0, 0]]}, {"zooms": [["1", 0, 0]]},
    ],
)  # fmt: skip
def test_what_cannot_be_is_left_at_its_default(broken):
    assert ViewSnapshot.from_dict(broken) == ViewSnapshot()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*ViewSnapshot.__dataclass_fields__, "other"]), json_values))
def test_no_file_can_break_it(values):
    ViewSnapshot.from_dict(values)


def test_picks_of_another_map_are_not_taken_up(qapp):
    selection = Selection()
    selection.follow(tokens_of("abc"), tokens_of("abc"))
    selection.take_up(Cell(1, 9), Sweep((0, 4), None), "to")
    assert (selection.pinned, selection.sweep, selection.direction) == (Cell(), Sweep(), "to")
    selection.take_up(Cell(1, 2), Sweep((0, 3), (1, 2)), "from")
    assert (selection.pinned, selection.sweep, selection.direction) == (Cell(1, 2), Sweep((0, 3), (1, 2)), "from")
