"""What all trained models are worth, recomputed from their weights: the tables of ``attention-report``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Final

from core.attention.learned.catalogue import ROWS, Row
from core.attention.learned.report_events import Measuring, Table
from core.attention.learned.store import Saved


@dataclass(frozen=True, slots=True)
class Measured:
    """One trained model with its figures."""

    row: Row
    seed: int
    figures: Table


def examined(row: Row, saved: Saved) -> Table:
    """Return what a model is worth, recomputed from its weights."""
    return row.measure(saved)


def recorded(_row: Row, saved: Saved) -> Table:
    """Return what a model was worth when it was trained."""
    return saved.record.scores


def report(
    models: Iterable[Saved], measure: Callable[[Row, Saved], Table] = examined
) -> Generator[Measuring, None, Table]:
    """Examine ``models``; those trained on a person's own pairs are left out, as their pairs aren't here.

    Args:
        models: which.
        measure: gives the figures of one.

    Returns:
        A table for each task that a model was trained for.

    Raises:
        ModelError: weights are damaged.
    """
    rows = {row.name: row for row in ROWS}
    wanted = [saved for saved in models if saved.record.name in rows and "pairs" not in saved.record.config]
    measured: list[Measured] = []
    for done, saved in enumerate(wanted):
        yield Measuring(saved.weights.stem, done, len(wanted))
        row = rows[saved.record.name]
        measured.append(Measured(row, saved.record.seed, measure(row, saved)))
    tables: Table = {}
    for task in dict.fromkeys(row.task for row in ROWS):
        of_task = [one for one in measured if one.row.task == task]
        if of_task:
            tables[task] = _SUMMARIES.get(task, means)(of_task)
    penalties = _of_penalty(tables.get("reviews", {}))
    if penalties:
        tables["multi_dimensional"] = penalties
    return tables


def _of_penalty(reviews: Table) -> Table:
    """Return overlap and accuracy of multi-dimensional attention without the penalty and with it."""
    names = {"without": "multi", "with": "multi-penalty"}
    kept = ("overlap", "accuracy", "seeds")
    return {penalty: {key: reviews[name][key] for key in kept} for penalty, name in names.items() if name in reviews}


def means(measured: Iterable[Measured]) -> Table:
    """Return for each variant the mean of every figure over its seeds, the seeds, and each seed's own figures."""
    by_variant: dict[str, list[Measured]] = {}
    for one in measured:
        by_variant.setdefault(one.row.variant, []).append(one)
    return {variant: _mean(ones) for variant, ones in by_variant.items()}


def by_hops(measured: Iterable[Measured]) -> Table:
    """Return for each task of the stories, and each number of hops, what ten seeds came to: those trained together."""
    tables: dict[str, Table] = {}
    for one in measured:
        task, _dash, hops = one.row.variant.rpartition("-")
        tables.setdefault(task, {}).setdefault(hops, one.figures)
    return tables


def with_counting(measured: Iterable[Measured]) -> Table:
    """Return what readers get right, and beside each kind of question what counting does."""
    from core.attention.learned.cloze.lesson import counted, questions_of

    read, table = means(measured), Table()
    for source in dict.fromkeys(variant.partition("-")[0] for variant in read):
        table |= {variant: figures for variant, figures in read.items() if variant.startswith(f"{source}-")}
        counts = counted(questions_of(source).test)
        table |= {f"{source}-{name}": figures for name, figures in counts.items()}
    return table


def _mean(ones: list[Measured]) -> Table:
    figures: Table = {name: _mean_of([one.figures[name] for one in ones]) for name in ones[0].figures}
    return {**figures, "seeds": [one.seed for one in ones], "by_seed": [one.figures for one in ones]}


def _mean_of(values: list[Any]) -> Any:
    """Return the mean of numbers, or number by number of lists; what is no number is of the first seed."""
    first = values[0]
    if isinstance(first, float):
        return fmean(values)
    if isinstance(first, list) and first and isinstance(first[0], float):
        return [fmean(column) for column in zip(*values, strict=True)]
    return first


_SUMMARIES: Final[dict[str, Callable[[Iterable[Measured]], Table]]] = {"memory": by_hops, "cloze": with_counting}
"""How the models of a task make a table, where that isn't the means by variant."""
