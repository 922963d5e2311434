"""How what was seen of the synonyms tab becomes rows, without measuring anything."""

from __future__ import annotations

import pytest

from tests.benchmarks.measure_synonyms import (
    HUGE_VECTORS,
    LABELLING,
    METHODS_LEARN,
    NEIGHBOURS,
    TABLE,
    best,
    huge_rows,
    indexed_row,
    labelling_rows,
    learning_row,
    mine_row,
    neighbours_row,
    table_rows,
)

LABELLED = {
    "milliseconds": [10.0] * 98 + [49.0, 70.0],
    "witnessed": 25,
    "missing": 0,
    "entries": 125,
    "synchronous": 2,
    "memory": {"window": {"rss": 240.0, "uss": 180.0}, "children": {"7": {"rss": 300.0, "uss": 280.0}}},
}
SHOWN = {
    "open_seconds": 0.4,
    "filters": {"text 一": {"milliseconds": 90.0, "rows": 3}, "verdict none": {"milliseconds": 220.0, "rows": 9}},
    "scroll": {"frames_per_second": 80.0, "frame_ms_p99": 14.0, "frame_ms_worst": 30.0},
    "drag": {"frames_per_second": 50.0, "frame_ms_p99": 24.0, "frame_ms_worst": 40.0},
}


BARE = {"scroll": {"frames_per_second": 200.0}, "drag": {"frames_per_second": 56.0}}


def test_mining_keeps_its_budget_up_to_a_minute():
    assert mine_row({"seconds": 60.0, "pairs": 20_000}, 20_000).ok is True
    assert mine_row({"seconds": 60.1, "pairs": 20_000}, 20_000).ok is False


def test_labelling_becomes_four_rows():
    rows = {row.name: row for row in labelling_rows(LABELLED, 1_000_000)}
    assert tuple(rows) == LABELLING.rows
    assert (rows["key_to_next_card"].value, rows["key_to_next_card"].ok) == (70.0, False)
    assert rows["cards_before_disk"].ok is True
    assert (rows["labelling_window_memory"].value, rows["labelling_window_memory"].ok) == (240.0, True)
    assert rows["labelling_all_memory"].value == 540.0


@pytest.mark.parametrize(("witnessed", "missing"), [(25, 1), (0, 0)])
def test_a_card_too_early_or_none_looked_at_keeps_no_promise(witnessed, missing):
    rows = labelling_rows(LABELLED | {"witnessed": witnessed, "missing": missing}, 10)
    assert next(row for row in rows if row.name == "cards_before_disk").ok is False


def test_the_table_is_held_against_qt():
    rows = {row.name: row for row in table_rows(SHOWN, BARE | {"open_seconds": 2.0, "filters": [700.0, 880.0]}, 10)}
    assert tuple(rows) == TABLE.rows
    assert rows["window_table_open"].ratio == pytest.approx(5.0)
    assert (rows["window_table_filter"].value, rows["window_table_filter"].ok) == (220.0, False)
    assert rows["window_table_filter"].ratio == pytest.approx(4.0)
    assert "verdict none" in rows["window_table_filter"].note
    assert (rows["window_table_scroll"].ok, rows["window_table_drag"].ok) == (True, False)  # 50 of 56 is below 0.9


def test_a_busy_machine_that_holds_up_a_bare_table_too_turns_no_budget():
    slow = {"scroll": {"frames_per_second": 60.0}, "drag": {"frames_per_second": 55.0}}
    rows = {row.name: row for row in table_rows(SHOWN, BARE | slow | {"open_seconds": 2.0, "filters": [1320.0]}, 10)}
    assert rows["window_table_drag"].ok is True
    assert rows["window_table_filter"].ok is True


def test_of_several_turns_the_best_of_each_counts():
    turn = SHOWN | {"open_seconds": 0.3, "drag": {"frames_per_second": 70.0}}
    turn["filters"] = {"text 一": {"milliseconds": 99.0, "rows": 3}, "verdict none": {"milliseconds": 150.0, "rows": 9}}
    found = best([SHOWN, turn])
    assert found["open_seconds"] == 0.3
    assert {name: seen["milliseconds"] for name, seen in found["filters"].items()} == {
        "text 一": 90.0, "verdict none": 150.0,
    }  # fmt: skip
    assert (found["scroll"]["frames_per_second"], found["drag"]["frames_per_second"]) == (80.0, 70.0)
    assert best([{"filters": [3.0, 9.0]}, {"filters": [4.0, 8.0]}])["filters"] == [3.0, 8.0]
    assert best([]) == {}


def test_a_peer_that_failed_leaves_our_figures():
    rows = {row.name: row for row in table_rows(SHOWN, {"error": "no driver"}, 10)}
    assert rows["window_table_open"].ratio is None
    assert rows["window_table_open"].ok is True
    assert rows["window_table_open"].details == {"peer_error": "no driver"}


def test_neighbours_are_held_against_gensim_where_it_is():
    found = {"words": 125_796, "dim": 100, "milliseconds": [2.0, 3.0, 4.0]}
    alone = neighbours_row(found | {"peer_error": "not installed"})
    assert alone.name == NEIGHBOURS.rows[0]
    assert (alone.value, alone.ok, alone.peer) == (3.0, True, None)
    beside = neighbours_row(found | {"peer_milliseconds": [6.0, 9.0, 12.0], "same_words": 3})
    assert beside.ratio == pytest.approx(3.0)


def test_the_index_is_held_against_the_scan():
    found = {"words": 1_000_000, "dim": 64, "milliseconds": [1.0, 2.0, 60.0], "scan_milliseconds": [30.0, 40.0, 50.0],
             "recall": 0.987, "read_seconds": 9.0, "build_seconds": 99.0}  # fmt: skip
    row = indexed_row(found)
    assert row.name == NEIGHBOURS.rows[1]
    assert (row.value, row.ok) == (2.0, True)
    assert row.ratio == pytest.approx(20.0)
    assert "1,000,000" in row.note
    assert "99%" in row.note


def test_what_learning_takes_of_the_processor_is_what_counts():
    row = learning_row("attract_repel", {"pairs": 130_000, "seconds": 90.0, "processor_seconds": 14.0})
    assert (row.name, row.value, row.ok) == (METHODS_LEARN.rows[0], 14.0, True)
    assert "130,000" in row.note


def test_huge_vectors_may_not_take_much_memory_beyond_their_map():
    found = {"words": 8_800_000, "dim": 200, "milliseconds": [3.0], "scan_milliseconds": [900.0], "recall": 0.97,
             "read_seconds": 9.0, "build_seconds": 99.0, "beyond_map_mib": 3000.0}  # fmt: skip
    near, memory = huge_rows(found)
    assert [near.name, memory.name] == list(HUGE_VECTORS.rows)
    assert (near.ok, memory.ok) == (True, False)
    _near, unknown = huge_rows(found | {"beyond_map_mib": None})
    assert not unknown.ok
