"""Rows about experiments: how long a study takes, and ten seeds with a band from the click on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from core.language import _
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import run_probe
from tests.benchmarks.row import Row, at_most


def _study(options: Options) -> Iterator[Row]:
    seeds = 2 if options.quick else 20
    yield study_row(run_probe("experiments:study", {"seeds": seeds}, home=options.home, limit=1200), seeds)


def study_row(told: dict[str, Any], seeds: int) -> Row:
    """Turn a study of six variants into its row."""
    return Row(
        name="ablation",
        unit="s",
        value=told["seconds"],
        budget=at_most(60),
        note=_("6 variants × {seeds} seeds with bands, from the start of the processes").format(seeds=seeds),
        details={"solved": told["solved"], "runs": told["runs"]},
    )


def _click(options: Options) -> Iterator[Row]:
    given = {"width": 1280, "height": 800, "seeds": 3 if options.quick else 10}
    yield from click_rows(run_probe("experiments:click", given, home=options.home, limit=600), given["seeds"])


def click_rows(told: dict[str, Any], seeds: int) -> Iterator[Row]:
    """Turn an experiment in the window into its rows."""
    yield Row(
        name="experiment_band",
        unit="s",
        value=told["seconds"],
        budget=at_most(6),
        note=_("from the click until {seeds} seeds of preset fast are drawn with their band").format(seeds=seeds),
        details={"solved": told["solved"]},
    )
    yield Row(
        name="experiment_gap_p99",
        unit="ms",
        value=told["gaps_ms"]["p99"],
        budget=at_most(20),
        note=_("gaps between the beats of the event loop meanwhile, a training shown beside it"),
        details=told["gaps_ms"],
    )


STUDY: Final = Measurement("ablate", ("ablation",), _study)
CLICK: Final = Measurement("experiment", ("experiment_band", "experiment_gap_p99"), _click)
