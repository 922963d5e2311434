"""The table of an experiment, as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.policy_gradient.experiments.choices import title_of
from core.language import N_, _
from core.policy_gradient.experiments.report import Quartiles, VariantSummary

TITLES: Final = (
    N_("Variant"),
    N_("Solved"),
    N_("Episodes"),
    N_("Seconds"),
    N_("Fell"),
    N_("Noise"),
    N_("Remarks"),
)
NUMERIC: Final = frozenset({1, 2, 3, 4, 5})
MEANINGS: Final = (
    N_("What was trained"),
    N_("How many of the seeds were solved"),
    N_("Training episodes until solved, of those that were: median, and quartiles in brackets"),
    N_("Seconds until solved, of those that were: median, and quartiles in brackets"),
    N_("How many seeds were lost again after their mean had reached the line of the solved"),
    N_("Variance of the gradient over its squared length, with the first weights of the first seed"),
    N_("What else happened"),
)
"""What the columns mean, for those who point at their titles."""
NOTHING: Final = "–"


def row_of(summary: VariantSummary) -> tuple[str, ...]:
    """Return what a row says of a variant, a text for each of ``TITLES``."""
    return (
        title_of(summary.name),
        _("{solved} of {runs}").format(solved=summary.solved, runs=summary.runs),
        _quartiles(summary.episodes_to_solve, "{:.0f}"),
        _quartiles(summary.seconds_to_solve, "{:.2f}"),
        str(summary.runs_fallen) if summary.runs_fallen else NOTHING,
        NOTHING if summary.noise is None or summary.noise.ratio is None else f"{summary.noise.ratio:.2f}",
        _("{n} diverged").format(n=summary.errors) if summary.errors else "",
    )


def rows_of(told: Sequence[VariantSummary]) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    return [row_of(summary) for summary in told]


def _quartiles(values: Quartiles | None, form: str) -> str:
    """Return "736 (640–832)": the median, and the quartiles in brackets."""
    if values is None:
        return NOTHING
    median, low, high = map(form.format, values)
    return f"{median} ({low}–{high})"
