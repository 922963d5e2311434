"""Python, the packages, processor and memory."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import psutil

from app.about import program_version
from app.doctor.finding import Finding
from core.language import _
from core.paths import data_folder

PACKAGES: Final = (
    "PySide6-Essentials", "pyqtgraph", "torch", "gymnasium", "pygame", "numpy",
    "transformers", "tokenizers", "jieba", "scikit-learn", "SQLAlchemy",
)  # fmt: skip
OLDEST_PYTHON: Final = (3, 11)

GIB: Final = 1024**3
ENOUGH_MEMORY: Final = 1.5 * GIB
"""Bytes the window and all its workers stay below."""
ENOUGH_DISK: Final = 0.5 * GIB


def look() -> Iterator[Finding]:
    """Yield what there is to say about the machine."""
    yield python(sys.version_info[:2])
    for name in PACKAGES:
        yield package(name)
    trap = pyside_trap(sys.version_info[:2])
    if trap is not None:
        yield trap
    yield processor()
    yield memory(psutil.virtual_memory().available, psutil.virtual_memory().total)
    yield disk(data_folder())


def python(running: tuple[int, int]) -> Finding:
    """Look at the interpreter, whose version is ``running``."""
    values = {"python": platform.python_version(), "system": platform.platform(), "program": program_version()}
    text = _("Python {version} on {system}").format(version=platform.python_version(), system=platform.platform())
    if running < OLDEST_PYTHON:
        return Finding("python", "problem", text, _("Yaya Lab needs Python 3.11 or newer."), values)
    return Finding("python", "ok", text, values=values)


def package(name: str) -> Finding:
    """Look whether a package is installed, without importing it."""
    try:
        number = version(name)
    except PackageNotFoundError:
        text = _("{name} is not installed.").format(name=name)
        advice = _("Install the program's packages: python -m pip install .")
        return Finding(f"package-{name}", "problem", text, advice, {"version": None})
    return Finding(f"package-{name}", "ok", f"{name} {number}", values={"version": number})


def pyside_trap(running: tuple[int, int]) -> Finding | None:
    """Look for the pair of versions under which the window dies.

    PySide6 6.12 drops one reference to None at nearly every call into Qt under Python 3.11; after some hundred
    animated frames the interpreter ends the process (docs/adr/0002).
    """
    try:
        number = version("PySide6-Essentials")
    except PackageNotFoundError:
        return None
    if running != (3, 11) or _leading(number) < (6, 12):
        return None
    text = _("PySide6 {version} under Python 3.11 crashes after a few hundred animated frames.")
    advice = _("Install an earlier version: python -m pip install 'PySide6-Essentials>=6.9,<6.12'")
    return Finding("pyside-trap", "problem", text.format(version=number), advice, {"version": number})


def processor() -> Finding:
    """Count the processor's cores: those the machine has, and those this process may use."""
    cores = os.cpu_count() or 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else cores
    text = _("Processor cores: {usable} of {cores} usable").format(usable=usable, cores=cores)
    values = {"cores": cores, "usable": usable}
    if usable < 2:
        advice = _("Window and training share one processor core: frames may be drawn less often while training runs.")
        return Finding("cores", "warning", text, advice, values)
    return Finding("cores", "ok", text, values=values)


def memory(available: int, total: int) -> Finding:
    """Look whether ``available`` of ``total`` bytes of memory are enough."""
    text = _("{available:.1f} of {total:.1f} GiB memory free").format(available=available / GIB, total=total / GIB)
    values = {"available_bytes": available, "total_bytes": total}
    if available < ENOUGH_MEMORY:
        advice = _("The background processes together use up to 1.5 GiB: close other programs.")
        return Finding("memory", "warning", text, advice, values)
    return Finding("memory", "ok", text, values=values)


def disk(folder: Path) -> Finding:
    """Look whether there is room where ``folder`` is or will be."""
    free = shutil.disk_usage(nearest(folder)).free
    text = _("{free:.1f} GiB free on disk").format(free=free / GIB)
    if free < ENOUGH_DISK:
        advice = _("Free up space on the disk that holds {folder}.").format(folder=folder)
        return Finding("disk", "warning", text, advice, {"free_bytes": free})
    return Finding("disk", "ok", text, values={"free_bytes": free})


def nearest(folder: Path) -> Path:
    """Return ``folder`` or the first folder above it that exists."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.is_dir())


def _leading(number: str) -> tuple[int, int]:
    major, minor, *_rest = (*number.split("."), "0")
    return int(major), int(minor)
