"""What the parts of the drill share: figures that are told at the end, and a small disk."""

from __future__ import annotations

import json
import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.drill import plan

_FIGURES: dict[str, dict] = {}


@pytest.fixture
def figures(request):
    """What this part counted, by name; told at the end of the run, whether it failed or not."""
    counted = {}
    _FIGURES[request.node.name] = counted
    return counted


def pytest_terminal_summary(terminalreporter):
    """Tell what was counted, and write it where ``YAYA_DRILL_JSON`` says."""
    if not _FIGURES:
        return
    terminalreporter.section(f"drill: seed {plan.SEED}, {plan.MINUTES:g} minutes")
    for part, counted in _FIGURES.items():
        terminalreporter.line(f"{part}: " + ", ".join(f"{name} {value}" for name, value in counted.items()))
    if name := os.environ.get("YAYA_DRILL_JSON"):
        content = {"seed": plan.SEED, "minutes": plan.MINUTES, "parts": _FIGURES}
        Path(name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


@contextmanager
def small_disk(folder, mebibytes):
    """Mount an empty file system of so many MiB at ``folder``, where this user may; else skip."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("a small disk needs the program mount")
    if done.returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
