"""Rows about the store of synonyms: a million pairs in a table, what an annotator finds, what kills lose."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import run_probe
from tests.benchmarks.row import Row, at_least, at_most

_ORDERS: Final = ("likely", "uncertain", "random")
_RERANKER: Final = "reranker"
_SEEDS: Final = (0, 1, 2)


def _table(options: Options) -> Iterator[Row]:
    pairs = 50_000 if options.quick else 1_000_000
    with tempfile.TemporaryDirectory(dir=options.home) as folder:
        given = {"file": str(Path(folder) / "million.db"), "pairs": pairs}
        found = run_probe("candidates_table:table", given, home=options.home, limit=1800)
    yield from table_rows(found, pairs)


def table_rows(found: Mapping[str, Any], pairs: int) -> Iterator[Row]:
    """Return the rows of what ``candidates_table.table`` measured."""
    of = _("{pairs} synthetic pairs").format(pairs=f"{pairs:,}")
    slowest = max(found["filters"], key=lambda name: median(found["filters"][name]))
    yield Row(
        name="table_open",
        unit="ms",
        value=median(found["opened"]),
        budget=at_most(1000),
        note=_("{of}: store opened, ordered, first page read").format(of=of),
        details={"made_in_s": found["seconds_to_make"], "megabytes": found["megabytes"]},
    )
    yield Row(
        name="table_filter",
        unit="ms",
        value=median(found["filters"][slowest]),
        budget=at_most(200, or_share=0.1),
        peer=_("three conditions, by rank, in plain SQL"),
        peer_value=median(found["plain_sql"]),
        note=_("{of}: filtered, first page read; the slowest of {count}: {name}").format(
            of=of, count=len(found["filters"]), name=slowest
        ),
        details={name: median(taken) for name, taken in found["filters"].items()},
    )
    yield Row(
        name="table_sort",
        unit="ms",
        value=max(median(taken) for taken in found["sorts"].values()),
        note=_("{of}: ordered by another column for the first time; the slowest").format(of=of),
        details={name: median(taken) for name, taken in found["sorts"].items()},
    )
    yield Row(
        name="table_page",
        unit="ms",
        value=percentile(found["pages"], 99),
        # A frame at 60 a second, less what painting needs.
        budget=at_most(10),
        note=_("{of}: 60 rows from anywhere, 99th percentile").format(of=of),
    )
    yield Row(
        name="decision_on_disk",
        unit="ms",
        value=percentile(found["decisions"], 99),
        budget=at_most(50),
        note=_("{of}: verdict entered and on the disk, 99th percentile").format(of=of),
        details={"median": median(found["decisions"]), "undo_median": median(found["undos"])},
    )


def _annotator(options: Options) -> Iterator[Row]:
    words, decisions = (500, 400) if options.quick else (3000, 2000)
    with tempfile.TemporaryDirectory(dir=options.home) as folder:
        given = {"folder": folder, "words": words, "decisions": decisions, "names": _ORDERS}
        found = run_probe("annotator:orders", given, home=options.home, limit=1800)
    yield from annotator_rows(found, decisions)


def _reranked(options: Options) -> Iterator[Row]:
    words, decisions, seeds = (500, 400, _SEEDS[:1]) if options.quick else (3000, 2000, _SEEDS)
    found = []
    for seed in seeds:
        with tempfile.TemporaryDirectory(dir=options.home) as folder:
            given = {"folder": folder, "words": words, "decisions": decisions, "names": ("likely", "random")}
            given |= {"seed": seed, "method": _RERANKER}
            found.append(run_probe("annotator:orders", given, home=options.home, limit=1800))
    yield reranked_row(found, decisions)


def reranked_row(found: Sequence[Mapping[str, Any]], decisions: int) -> Row:
    """Return the row of what ``annotator.orders`` measured with several seeds, the re-ranker's scores at hand."""
    by_seed = {name: [each["orders"][name]["found"] for each in found] for name in ("likely", "random")}
    return Row(
        name="synonyms_found_reranked",
        unit=_("pairs"),
        value=median(by_seed["likely"]),
        budget=at_least(1000 * decisions / 2000),
        better="higher",
        peer=_("random order"),
        peer_value=median(by_seed["random"]),
        note=_("in {decisions} verdicts, most likely first, the re-ranker's score among the features; by seed").format(
            decisions=f"{decisions:,}"
        ),
        details={"by_seed": by_seed, "candidates": [each["candidates"] for each in found]},
    )


def annotator_rows(found: Mapping[str, Any], decisions: int) -> Iterator[Row]:
    """Return the rows of what ``annotator.orders`` measured."""
    orders = found["orders"]
    likely = orders["likely"]
    yield Row(
        name="synonyms_found",
        unit=_("pairs"),
        value=likely["found"],
        # The budget is for 2,000 decisions.
        budget=at_least(600 * decisions / 2000),
        better="higher",
        peer=_("random order"),
        peer_value=orders["random"]["found"],
        note=_("in {decisions} verdicts among {candidates} candidates, most likely first").format(
            decisions=f"{decisions:,}", candidates=f"{found['candidates']:,}"
        ),
        details=orders,
    )
    yield Row(
        name="ranker_learns",
        unit="ms",
        value=likely["learning_ms_median"],
        budget=at_most(20),
        note=_("retraining after 50 verdicts, median"),
        details={"worst": likely["learning_ms_worst"]},
    )
    yield Row(
        name="next_card",
        unit="ms",
        value=likely["next_card_ms_p99"],
        budget=at_most(50),
        note=_("verdict entered, on the disk, next card ready; 99th percentile"),
        details={"median": likely["next_card_ms_median"], "worst": likely["next_card_ms_worst"]},
    )


def _killed(options: Options) -> Iterator[Row]:
    times = 10 if options.quick else 200
    with tempfile.TemporaryDirectory(dir=options.home) as folder:
        given = {"address": str(Path(folder) / "killed.db"), "times": times}
        found = run_probe("killing:kills", given, home=options.home, limit=1800)
    yield killed_row(found, times)


def killed_row(found: Mapping[str, Any], times: int) -> Row:
    """Return the row of what ``killing.kills`` counted."""
    wrong = found["lost"] + found["doubled"] + found["surplus"] + len(found["complaints"])
    return Row(
        name="decisions_lost_by_kills",
        unit=_("verdicts"),
        value=wrong,
        budget=at_most(0),
        note=_("lost, doubled or wrong of {confirmed} confirmed verdicts, {times} kills at random moments").format(
            confirmed=f"{found['confirmed']:,}", times=times
        ),
        details=dict(found),
    )


def percentile(values: list[float], share: float) -> float:
    """Return the value below which ``share`` per cent of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


TABLE: Final = Measurement(
    "candidates_table", ("table_open", "table_filter", "table_sort", "table_page", "decision_on_disk"), _table
)
ANNOTATOR: Final = Measurement("annotator", ("synonyms_found", "ranker_learns", "next_card"), _annotator)
RERANKED: Final = Measurement("annotator_reranked", ("synonyms_found_reranked",), _reranked, when_asked=True)
KILLS: Final = Measurement("kills", ("decisions_lost_by_kills",), _killed)
