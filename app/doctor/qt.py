"""Qt: the platform it finds, the fonts it draws with, the input methods it knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.display import DEBIAN_PACKAGES, how_to_install, missing_library
from app.doctor.finding import Finding
from core.language import _
from core.paths import RESOURCES

PATIENCE: Final = 60
"""Seconds Qt gets to start."""


def look() -> Iterator[Finding]:
    """Yield what there is to say about the window."""
    try:
        tried = probe()
    except ProbeFailedError as error:
        text = _("Qt can't start: {reason}").format(reason=error)
        library = missing_library(str(error))
        advice = (
            how_to_install([library])
            if library
            else _(
                "On Debian and Ubuntu, install the libraries Qt needs: {packages}; elsewhere, reinstall "
                "PySide6-Essentials."
            ).format(packages=" ".join(DEBIAN_PACKAGES))
        )
        yield Finding("qt", "problem", text, advice)
        return
    yield platform(tried)
    yield fonts(tried)
    finding = input_method(tried["input_methods"], os.environ.get("QT_IM_MODULE", ""))
    if finding is not None:
        yield finding


class ProbeFailedError(Exception):
    """Qt did not start; ``str(error)`` is the last line it said."""


def probe(environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Start Qt in a process of its own and return what ``qt_probe`` found.

    Args:
        environment: variables beside those of this process.

    Raises:
        ProbeFailedError: the process died, or did not answer in time.
    """
    root = str(RESOURCES.parent)
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "app.doctor.qt_probe"],
            capture_output=True, encoding="utf-8", errors="replace", timeout=PATIENCE, check=False,
            env={**os.environ, **(environment or {}), "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ProbeFailedError(_("no answer within {seconds} s").format(seconds=PATIENCE)) from None
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise ProbeFailedError(said[-1] if said else _("exit code {code}").format(code=done.returncode))
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def platform(tried: dict[str, Any]) -> Finding:
    """Say on which of its platforms Qt runs."""
    width, height = tried["screen"]
    values = {name: tried[name] for name in ("qt", "platform", "display", "screen", "ratio")}
    if tried["display_problem"]:
        text = _("Qt {version} can't open the display.").format(version=tried["qt"])
        return Finding("platform", "problem", text, tried["display_problem"], values)
    if not tried["display"]:
        text = _("Qt {version} finds no display.").format(version=tried["qt"])
        advice = _("Training in the terminal works, and so does the tour; the window needs a display.")
        return Finding("platform", "warning", text, advice, values)
    text = _("Qt {version} on {platform}, screen of {width} × {height} at {ratio:g} ×").format(
        version=tried["qt"], platform=tried["platform"], width=width, height=height, ratio=tried["ratio"]
    )
    return Finding("platform", "ok", text, values=values)


def fonts(tried: dict[str, Any]) -> Finding:
    """Say what draws Chinese."""
    shipped, family = tried["shipped_family"], tried["family_of_duck"]
    values = {"shipped_family": shipped, "family_of_duck": family}
    if family is None:
        text = _("No font draws 鸭: Chinese shows as boxes.")
        return Finding("fonts", "problem", text, tried["fonts_problem"] or "", values)
    text = _("鸭 is drawn in {family}.").format(family=family)
    if shipped is None:
        return Finding("fonts", "warning", text, tried["fonts_problem"], values)
    return Finding("fonts", "ok", text, values=values)


def input_method(known: list[str], wanted: str) -> Finding | None:
    """Say whether Qt knows the input method that the desktop asks for, if it asks for one."""
    if not wanted:
        return None
    values = {"wanted": wanted, "known": known}
    if any(wanted in name for name in known) or wanted in {"none", "simple"}:
        text = _("Input method: {name}").format(name=wanted)
        return Finding("input-method", "ok", text, values=values)
    text = _("Qt from PyPI does not support the input method {name}; Chinese cannot be typed.")
    advice = _("Start with QT_IM_MODULE=ibus; fcitx answers to it as well.")
    return Finding("input-method", "warning", text.format(name=wanted), advice, values)
