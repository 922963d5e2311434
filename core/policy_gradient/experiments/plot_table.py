"""What the plot of an experiment shows, as a table: what each variant came to, and its curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.policy_gradient.experiments.report import COLUMNS, VariantSummary, as_rows
from core.policy_gradient.experiments.schedule import Schedule
from core.policy_gradient.export.plot_table import Cell, PlotTable

_CURVE = ("episode", "iqm", "low", "high")


def origin_of(schedule: Schedule) -> dict[str, Any]:
    """Return what an experiment's numbers come from: its seeds, and the parameters of each variant."""
    configs = {
        variant.name: {name: value for name, value in variant.config.to_dict().items() if name != "seed"}
        for variant in schedule.study.variants
    }
    return {"seeds": list(schedule.study.seeds), "runs": schedule.done, "of": schedule.total, "variants": configs}


def plot_table(schedule: Schedule, told: Sequence[VariantSummary]) -> PlotTable:
    """Return the table of an experiment and the curves with their bands; the first column says what a row is."""
    rows: list[list[Cell]] = [["variant", *row, *(None for _name in _CURVE)] for row in as_rows(told)]
    others: list[Cell] = [None] * (len(COLUMNS) - 1)
    for summary in told:
        curve = summary.curve
        numbers = (summary.episodes, curve.iqm, curve.low, curve.high)
        rows.extend(
            ["curve", summary.name, *others, *point] for point in zip(*(one.tolist() for one in numbers), strict=True)
        )
    return PlotTable(origin_of(schedule), ("row", *COLUMNS, *_CURVE), rows)
