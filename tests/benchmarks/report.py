"""The result as a file for scripts and as a table for the reader."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import psutil

from core.json_text import write_json
from core.language import _
from tests.benchmarks.process import ROOT
from tests.benchmarks.row import Budget, Row

_PACKAGES: Final = (
    "PySide6-Essentials", "pyqtgraph", "torch", "gymnasium", "pygame", "numpy", "stable-baselines3", "bertviz",
)  # fmt: skip


def machine() -> dict[str, Any]:
    """Return what a figure depends on besides the program."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load": load(),
        "commit": _commit(),
        "versions": {name: found for name in _PACKAGES if (found := _version(name)) is not None},
    }


def machine_line(about: dict[str, Any]) -> str:
    """Return the most important of ``machine()`` for the terminal."""
    return _("Measured on {cpu}, {cores} cores, {platform}, Python {python}; load before the first row: {load}").format(
        **{name: about[name] for name in ("cpu", "cores", "platform", "python", "load")}
    )


def load() -> float:
    """Return how many processes wanted a core, on average over the last minute."""
    return round(psutil.getloadavg()[0], 2)


def _cpu_model() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    return platform.machine()


def _commit() -> str | None:
    try:
        said = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return said.stdout.strip()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def write(path: Path, rows: Sequence[Row], about: dict[str, Any]) -> None:
    """Write rows and ``about`` to ``path``, at once or not at all.

    Raises:
        OSError: it can't be written.
    """
    content = {**about, "rows": [row.to_dict() for row in rows]}
    write_json(path, content)


def table(rows: Sequence[Row]) -> str:
    """Return the rows as lines of text in columns."""
    head = (_("row"), _("value"), _("budget"), _("peer"), _("beside the peer"), _("verdict"))
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(_width(line[column]) for line in cells) for column in range(len(head))]
    lines = ["  ".join(_pad(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    lines.insert(1, "  ".join("─" * width for width in widths))
    errors = [f"{row.name}: {row.error}" for row in rows if row.error is not None]
    return "\n".join([*lines, *([""] if errors else []), *errors])


def _cells(row: Row) -> tuple[str, ...]:
    budget = "" if row.budget is None else _budget(row.budget, row.unit)
    value = "–" if row.value is None else f"{figure(row.value)} {row.unit}".rstrip()
    peer = "" if row.peer_value is None else f"{figure(row.peer_value)} {row.unit} {row.peer}"
    return row.name, value, budget, peer, _beside_peer(row), _verdict(row)


def _beside_peer(row: Row) -> str:
    """Return how the value stands to the peer's, in the words of the budget, so that both can be compared."""
    if row.ratio is None or row.share is None:
        return ""
    of = "value" if row.budget is None else row.budget.of
    if of == "excess" and row.bounded is not None:
        return f"{row.bounded:+.1f} {row.unit}"
    return f"{figure(row.ratio)} ×" if of == "ratio" else _("{bound} × peer").format(bound=figure(row.share))


def _budget(budget: Budget, unit: str) -> str:
    sign, bound = "≤" if budget.sense == "at most" else "≥", figure(budget.bound)
    words = {
        "value": f"{bound} {unit}",
        "ratio": f"{bound} ×",
        "share": _("{bound} × peer").format(bound=bound),
        "excess": _("peer + {bound} {unit}").format(bound=bound, unit=unit),
    }[budget.of].rstrip()
    if budget.or_share is not None:
        words += " " + _("or {bound} × peer").format(bound=figure(budget.or_share))
    return f"{sign} {words}"


def _verdict(row: Row) -> str:
    if row.value is None:
        return _("not measured")
    if row.ok is None:
        return "" if row.budget is None else _("no peer")
    return _("met") if row.ok else _("missed")


def figure(value: float) -> str:
    """Return ``value`` with three digits that count, and no exponent."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def _width(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes; a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
