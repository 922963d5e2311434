"""How samples become rows, without measuring anything."""

from __future__ import annotations

from tests.benchmarks.measure_store import annotator_rows, killed_row, percentile, reranked_row, table_rows


def test_percentile_by_hand():
    assert percentile([float(n) for n in range(100)], 99) == 99.0
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([5.0], 99) == 5.0


def test_the_slowest_filter_is_the_row():
    found = {
        "seconds_to_make": 1.0,
        "megabytes": 2.0,
        "opened": [900.0, 1100.0, 950.0],
        "filters": {"quick": [5.0, 6.0, 500.0], "slow": [190.0, 210.0, 205.0]},
        "plain_sql": [2000.0],
        "sorts": {"word1": [300.0], "rank": [700.0]},
        "pages": [1.0] * 99 + [30.0],
        "decisions": [5.0] * 100,
        "undos": [6.0],
    }
    rows = {row.name: row for row in table_rows(found, 1000)}
    assert (rows["table_open"].value, rows["table_open"].ok) == (950.0, True)
    assert (rows["table_filter"].value, rows["table_filter"].ok) == (205.0, False)
    assert "slow" in rows["table_filter"].note
    again = {row.name: row for row in table_rows(found | {"plain_sql": [2050.0]}, 1000)}
    assert again["table_filter"].ok is True
    assert (rows["table_sort"].value, rows["table_sort"].ok) == (700.0, None)
    assert (rows["table_page"].value, rows["table_page"].ok) == (30.0, False)
    assert rows["decision_on_disk"].ok


def test_the_annotator_is_held_against_random_order():
    timing = {"learning_ms_median": 3.0, "learning_ms_worst": 9.0, "next_card_ms_p99": 8.0}
    timing |= {"next_card_ms_median": 4.0, "next_card_ms_worst": 60.0}
    found = {"candidates": 90_000, "orders": {"likely": {"found": 300, **timing}, "random": {"found": 30}}}
    rows = {row.name: row for row in annotator_rows(found, 1000)}
    assert rows["synonyms_found"].ok
    assert rows["synonyms_found"].ratio == 10
    assert rows["ranker_learns"].ok
    assert rows["next_card"].ok
    assert not next(iter(annotator_rows(found, 2000))).ok


def test_with_a_re_ranker_the_seed_in_the_middle_counts():
    seeds = [{"candidates": 9, "orders": {"likely": {"found": n}, "random": {"found": 70}}} for n in (990, 1200, 1010)]
    row = reranked_row(seeds, 2000)
    assert (row.value, row.ok) == (1010, True)
    assert row.details["by_seed"]["likely"] == [990, 1200, 1010]
    assert not reranked_row(seeds[:1], 2000).ok


def test_anything_wrong_after_a_kill_misses_the_budget():
    sound = {"confirmed": 100, "lost": 0, "doubled": 0, "surplus": 0, "complaints": []}
    assert killed_row(sound, 10).ok
    for name in ("lost", "doubled", "surplus"):
        assert not killed_row({**sound, name: 1}, 10).ok
    assert not killed_row({**sound, "complaints": ["damaged"]}, 10).ok
