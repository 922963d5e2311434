"""The progress bar of ``export`` and ``import``."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from typing import TextIO, TypeVar

from tqdm import tqdm

from core.synonyms.exchange.config import ExchangeProgress

Report = TypeVar("Report")


def follow(task: Generator[ExchangeProgress, None, Report], unit: str, err: TextIO) -> Report:
    """Drive ``task`` to its end under a bar that counts in ``unit``, and return its result."""
    # Without tqdm's watchdog thread: it would outlive the command.
    tqdm.monitor_interval = 0
    with closing(task), tqdm(file=err, unit=unit, dynamic_ncols=True, leave=False, disable=None) as bar:
        while True:
            try:
                progress = next(task)
            except StopIteration as end:
                report: Report = end.value
                return report
            bar.total = progress.total
            bar.update(progress.done - bar.n)
