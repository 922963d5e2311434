"""From the report's tables to rows of words, one kind a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from core.attention.learned.published import PUBLISHED
from core.attention.learned.report_events import Table
from core.language import N_, _, in_a_row

_DASH: Final = "–"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the page.

    Attributes:
        task: in the report.
        title: marked for translation.
        columns: titles, marked for translation; the last is for what papers report.
        numeric: columns that stand flush right.
        rows: from the task's table to rows.
    """

    task: str
    title: str
    columns: tuple[str, ...]
    numeric: frozenset[int]
    rows: Callable[[Table], list[tuple[str, ...]]]


def _translation(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            variant,
            _number(row, "bleu"),
            _number(row, "bleu_longest_quarter"),
            _percent(row, "exact"),
            _number(row, "aer", 3),
            _number(row, "aer_content_words", 3),
            _number(row, "aer_shifted", 3),
            _seeds(row),
            _published("translation", variant),
        )
        for variant, row in table.items()
    ]


def _dates(table: Table) -> list[tuple[str, ...]]:
    return [
        (variant, _percent(row, "exact"), _seeds(row), _published("dates", variant)) for variant, row in table.items()
    ]


def _memory(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            task,
            hops,
            _percent(row, "chosen_by_validation"),
            _percent(row, "median"),
            "  ".join(f"{100 * error:.1f}" for error in sorted(row.get("errors", ()))),
            _published("memory", f"{task} {hops}"),
        )
        for task, by_hops in table.items()
        for hops, row in by_hops.items()
    ]


def _reviews(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            variant,
            _percent(row, "accuracy"),
            _number(row, "overlap", 2),
            _seeds(row),
            _published("reviews", variant),
        )
        for variant, row in table.items()
    ]


def _cloze(table: Table) -> list[tuple[str, ...]]:
    return [
        (reader, _percent(row, "accuracy"), _seeds(row), _published("cloze", reader)) for reader, row in table.items()
    ]


_PAPERS: Final = N_("Published, by whom, on what")

SHEETS: Final = (
    Sheet(
        "translation", N_("Translation, Chinese to English"),
        (N_("Model"), N_("BLEU"), N_("longest quarter"), N_("exact, %"), N_("AER"), N_("content words"),
         N_("shifted by one"), N_("Seeds"), _PAPERS),
        frozenset(range(1, 8)), _translation,
    ),
    Sheet(
        "dates", N_("Dates and numbers to ISO"), (N_("Model"), N_("exact, %"), N_("Seeds"), _PAPERS),
        frozenset({1, 2}), _dates,
    ),
    Sheet(
        "memory", N_("Questions about stories: wrong answers, %"),
        (N_("Task"), N_("Hops"), N_("seed chosen by validation"), N_("median"), N_("ten seeds, sorted"), _PAPERS),
        frozenset({1, 2, 3}), _memory,
    ),
    Sheet(
        "reviews", N_("Reviews: good or bad"),
        (N_("Model"), N_("right, %"), N_("overlap of the rows P"), N_("Seeds"), _PAPERS),
        frozenset({1, 2, 3}), _reviews,
    ),
    Sheet(
        "cloze", N_("Cloze questions"), (N_("Reader"), N_("right, %"), N_("Seeds"), _PAPERS),
        frozenset({1, 2}), _cloze,
    ),
)  # fmt: skip
"""All tables, in the survey's order of evaluation."""


def lengths_and_bleu(row: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Return the middle length of each quarter of the test sentences, and BLEU there."""
    lengths: Sequence[Sequence[float]] = row.get("lengths_by_quarter", ())
    return [sum(ends) / 2 for ends in lengths], list(row.get("bleu_by_quarter", ()))


def told(models: int, megabytes: float, *, is_recomputed: bool) -> str:
    """Return what the tables are of, in a line."""
    how = _("recomputed just now from the weights") if is_recomputed else _("as measured when they were trained")
    count = _("{n} models, {size:.1f} MB of weights: {how}.").format(n=models, size=megabytes, how=how)
    apart = _("What papers report is of other data and larger models; it stands in columns of its own.")
    return in_a_row([count, apart])


def _published(task: str, variant: str) -> str:
    found = PUBLISHED.get((task, variant))
    return "" if found is None else f"{found.figures}: {found.source}"


def _number(row: Mapping[str, Any], name: str, digits: int = 1) -> str:
    value = row.get(name)
    return f"{value:.{digits}f}" if isinstance(value, (int, float)) else _DASH


def _percent(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return f"{100 * value:.1f}" if isinstance(value, (int, float)) else _DASH


def _seeds(row: Mapping[str, Any]) -> str:
    return ", ".join(str(seed) for seed in row["seeds"]) if row.get("seeds") else _DASH
