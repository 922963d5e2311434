"""What is kept: folders, settings, log, crash reports, the catalogue of translations."""

from __future__ import annotations

import gettext
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.doctor.finding import Finding
from app.doctor.machine import nearest
from core.language import DOMAIN, _, current_language
from core.one_line import system_reason
from core.paths import RESOURCES, data_folder, log_folder, settings_folder


def look() -> Iterator[Finding]:
    """Yield what there is to say about files."""
    yield folder("settings-folder", _("Settings"), settings_folder())
    yield folder("data-folder", _("Data"), data_folder())
    yield folder("log-folder", _("Log"), log_folder())
    yield crashes(log_folder())
    yield language()
    try:
        from app.settings import FILE_NAME, VERSION
    except ImportError:  # they need Qt, and what is wrong with that has been said
        return
    yield settings(settings_folder() / FILE_NAME, VERSION)


def folder(finding_id: str, name: str, path: Path) -> Finding:
    """Look whether a folder can be written to, or be made."""
    text = f"{name}: {path}"
    values: dict[str, Any] = {"path": str(path), "exists": path.is_dir(), "writable": _is_writable(path)}
    if values["writable"]:
        return Finding(finding_id, "ok", text, values=values)
    advice = _("It cannot be written to. Change its permissions, or set YAYA_LAB_HOME to another folder.")
    return Finding(finding_id, "problem", text, advice, values)


def _is_writable(path: Path) -> bool:
    if not path.is_dir():
        return os.access(nearest(path), os.W_OK)
    try:
        # On Windows, only trying tells.
        with tempfile.TemporaryFile(dir=path):
            return True
    except OSError:
        return False


def settings(path: Path, version: int) -> Finding:
    """Look whether the settings can be read by a program that knows them up to ``version``. They stay untouched."""
    values = {"path": str(path), "exists": path.is_file()}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Finding("settings", "ok", _("No settings yet: they are created on first start."), values=values)
    except (ValueError, RecursionError, IsADirectoryError) as error:
        text = _("The settings can't be read: {reason}").format(reason=str(error).splitlines()[0])
        return Finding("settings", "warning", text, _set_aside(path), values)
    except OSError as error:
        text = _("The settings can't be read: {reason}").format(reason=system_reason(error))
        advice = _("Until {path} can be read, the program starts with its defaults and saves no settings.")
        return Finding("settings", "warning", text, advice.format(path=path), values)
    number = content.get("version") if isinstance(content, dict) else None
    if not isinstance(number, int):
        return Finding(
            "settings", "warning", _("The settings file was not written by this program."), _set_aside(path), values
        )
    if number > version:
        text = _("The settings have version {theirs}; this program supports up to {ours}.")
        return Finding(
            "settings", "warning", text.format(theirs=number, ours=version), _set_aside(path),
            values | {"version": number},
        )  # fmt: skip
    text = _("The settings file is valid (version {number}).").format(number=number)
    return Finding("settings", "ok", text, values=values | {"version": number})


def _set_aside(path: Path) -> str:
    return _(
        "On the next start, {path} is set aside and the defaults are used. To keep your settings, repair the file."
    ).format(path=path)


def crashes(path: Path) -> Finding:
    """Look for reports of programs that ended unexpectedly."""
    reports = sorted(path.glob("crash-*.txt"), key=lambda report: report.stat().st_mtime)
    values = {"reports": [str(report) for report in reports]}
    if not reports:
        return Finding("crashes", "ok", _("No crash reports."), values=values)
    text = _("Crash reports: {count}. Newest: {path}.").format(count=len(reports), path=reports[-1])
    advice = _("Read it together with the log in the same folder; delete it when no longer needed.")
    return Finding("crashes", "warning", text, advice, values)


def language() -> Finding:
    """Say which language is spoken, and look for the Chinese catalogue."""
    catalogue = gettext.find(DOMAIN, RESOURCES / "translations", ["zh_CN"])
    values = {"language": current_language(), "catalogue": catalogue}
    if catalogue is None:
        text = _("The Chinese translation is missing; only English is available.")
        return Finding("language", "problem", text, _("Reinstall the program."), values)
    text = {"zh_CN": _("The language is Chinese."), "en": _("The language is English.")}[current_language()]
    return Finding("language", "ok", text, values=values)
