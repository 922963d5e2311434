"""The figures of an evaluation as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.files import replacing
from core.synonyms.evaluation.run import Measured
from core.synonyms.evaluation.split import Protocol

COLUMNS: Final = (
    "method", "open_ap", "open_ap_low", "open_ap_high", "open_p_at_r20", "open_p_at_r50", "open_best_f1",
    "closed_ap", "closed_ap_low", "closed_ap_high", "closed_p_at_r20", "closed_p_at_r50", "closed_best_f1",
    "p_at_1", "map", "p_at_500", "seconds",
)  # fmt: skip


def write_table(path: Path, measured: Sequence[Measured]) -> None:
    """Write a row a method, with a byte order mark, so that spreadsheets know the encoding.

    Raises:
        OSError: it can't be written.
    """
    with replacing(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_row(each) for each in measured)


def _row(each: Measured) -> list[str]:
    numbers: list[float] = []
    for protocol in (Protocol.OPEN, Protocol.CLOSED):
        of = each.figures[protocol]
        numbers += [of.ap, of.ap_low, of.ap_high, of.p_at_r20, of.p_at_r50, of.best_f1]
    numbers += [each.queue.p_at_1, each.queue.map, each.queue.p_at_500, each.seconds]
    return [each.method, *(f"{number:.4f}" for number in numbers)]
