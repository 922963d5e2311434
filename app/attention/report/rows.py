"""From the report's tables to rows of words, one kind a task."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.attention.report.names import model_name
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
        columns: titles, marked for translation.
        numeric: columns that stand flush right.
        rows: from the task's table to rows.
        note: from the task's table to what it comes to, in words; empty for nothing.
    """

    task: str
    title: str
    columns: tuple[str, ...]
    numeric: frozenset[int]
    rows: Callable[[Table], list[tuple[str, ...]]]
    note: Callable[[Table], str] = lambda _table: ""


def _translation(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            model_name(variant),
            _number(row, "bleu"),
            _number(row, "bleu_longest_quarter"),
            _percent(row, "exact"),
            _number(row, "aer", 3),
            _number(row, "aer_content_words", 3),
            _number(row, "aer_shifted", 3),
            _each(row, "bleu"),
        )
        for variant, row in table.items()
    ]


def _dates(table: Table) -> list[tuple[str, ...]]:
    return [(model_name(variant), _percent(row, "exact"), _each(row, "exact", 100)) for variant, row in table.items()]


def _memory(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            model_name(task),
            hops,
            _percent(row, "chosen_by_validation"),
            _percent(row, "median"),
            "  ".join(f"{100 * error:.1f}" for error in sorted(row.get("errors", ()))),
        )
        for task, by_hops in table.items()
        for hops, row in by_hops.items()
    ]


def _reviews(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            model_name(variant),
            _percent(row, "accuracy"),
            _number(row, "overlap", 2),
            _each(row, "accuracy", 100),
        )
        for variant, row in table.items()
    ]


def _cloze(table: Table) -> list[tuple[str, ...]]:
    return [
        (
            model_name(reader),
            _percent(row, "accuracy"),
            _each(row, "accuracy", 100),
        )
        for reader, row in table.items()
    ]


def _which_way(figure: str, *pairs: tuple[str, str]) -> Callable[[Table], str]:
    """Return what says of each pair of models which is ahead, and by how much: whichever way it falls."""

    def note(table: Table) -> str:
        said = []
        for pair in pairs:
            if all(name in table and table[name].get(figure) is not None for name in pair):
                worse, better = sorted(pair, key=lambda name: float(table[name][figure]))
                points = 100 * (table[better][figure] - table[worse][figure])
                words = _("{better} is {points:.1f} points ahead of {worse}.")
                said.append(words.format(better=model_name(better), points=points, worse=model_name(worse)))
        return in_a_row(said)

    return note


def published(tables: Table) -> list[tuple[str, ...]]:
    """Return what papers report of the kinds of models that are in ``tables``."""
    titles = {sheet.task: _(sheet.title) for sheet in SHEETS}
    return [
        (titles[task], " ".join(map(model_name, variant.split(" "))), one.figures, one.source)
        for (task, variant), one in PUBLISHED.items()
        if variant.split(" ")[0] in tables.get(task, {})
    ]


SHEETS: Final = (
    Sheet(
        "translation", N_("Translation, Chinese to English"),
        (N_("Model"), N_("BLEU"), N_("longest quarter"), N_("exact, %"), N_("AER"), N_("content words"),
         N_("shifted by one"), N_("each seed")),
        frozenset(range(1, 7)), _translation,
    ),
    Sheet(
        "dates", N_("Dates and numbers to ISO"), (N_("Model"), N_("exact, %"), N_("each seed")),
        frozenset({1}), _dates, _which_way("exact", ("general", "none")),
    ),
    Sheet(
        "memory", N_("Questions about stories: wrong answers, %"),
        (N_("Task"), N_("Hops"), N_("seed chosen by validation"), N_("median"), N_("ten seeds, sorted")),
        frozenset({1, 2, 3}), _memory,
    ),
    Sheet(
        "reviews", N_("Reviews: good or bad"),
        (N_("Model"), N_("right, %"), N_("overlap of the rows P"), N_("each seed")),
        frozenset({1, 2}), _reviews,
        _which_way("accuracy", ("han", "hn-ave"), ("han", "mean"), ("multi", "multi-penalty")),
    ),
    Sheet(
        "cloze", N_("Cloze questions"), (N_("Reader"), N_("right, %"), N_("each seed")),
        frozenset({1}), _cloze,
        _which_way("accuracy", ("stories-aoa", "stories-as"), ("newspaper-aoa", "newspaper-as")),
    ),
)  # fmt: skip
"""All tables, in the survey's order of evaluation."""


PAPERS: Final = N_("Published: other data, larger models")
PAPERS_COLUMNS: Final = (N_("Task"), N_("Model"), N_("Figures"), N_("By whom, on what"))


def lengths_and_bleu(row: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Return the middle length of each quarter of the test sentences, and BLEU there."""
    lengths: Sequence[Sequence[float]] = row.get("lengths_by_quarter", ())
    return [sum(ends) / 2 for ends in lengths], list(row.get("bleu_by_quarter", ()))


def spread(row: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Return by how much the worst and the best seed are off the mean, in each quarter of the test sentences."""
    mean = row.get("bleu_by_quarter", ())
    seeds = [seed["bleu_by_quarter"] for seed in row.get("by_seed", ())]
    columns = list(zip(mean, *seeds, strict=True))
    return [one[0] - min(one) for one in columns], [max(one) - one[0] for one in columns]


def told(models: int, megabytes: float, *, is_recomputed: bool) -> str:
    """Return what the tables are of, in a line."""
    how = _("recomputed just now from the weights") if is_recomputed else _("as measured when they were trained")
    count = _("{n} models, {size:.1f} MB of weights: {how}.").format(n=models, size=megabytes, how=how)
    means = _("Where there are several seeds, a figure is their mean, and the bars go from the worst to the best.")
    apart = _("What papers report is of other data and larger models; it stands in a table of its own.")
    return in_a_row([count, means, apart])


def _number(row: Mapping[str, Any], name: str, digits: int = 1) -> str:
    value = row.get(name)
    return f"{value:.{digits}f}" if isinstance(value, (int, float)) else _DASH


def _percent(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return f"{100 * value:.1f}" if isinstance(value, (int, float)) else _DASH


def _each(row: Mapping[str, Any], name: str, times: float = 1) -> str:
    """Return a figure of each seed, in their order; a dash where nothing was trained."""
    return "  ".join(f"{times * seed[name]:.1f}" for seed in row.get("by_seed", ())) or _DASH
