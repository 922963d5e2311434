"""What the tabs work on: models, dictionaries, vectors, sentences, and the stores of decisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from app.about import MODELS
from app.doctor.finding import Finding
from core.command_line import program
from core.language import _, in_a_row
from core.paths import data_folder


def look() -> Iterator[Finding]:
    """Yield what there is to say about the material."""
    from core.synonyms.shipped import SHIPPED

    for name, package, _licence in MODELS:
        yield work("model", name, package, is_there=_version(package) is not None)
    for source in SHIPPED:
        yield work("data", source.name, source.package, is_there=source.available)
    for path in sorted(data_folder().glob("*.db")):
        yield store(path)


def work(kind: str, name: str, package: str, *, is_there: bool) -> Finding:
    """Say whether a work that travels in a package is there. The tab that uses it does without it, so far as it can."""
    number = _version(package)
    values = {"package": package, "version": number}
    if not is_there:
        text = _("{name} is missing: the package {package} has it.").format(name=name, package=package)
        advice = _("Install the program's packages: python -m pip install .")
        if kind == "model":  # one of them has no build for Windows: the advice above would change nothing there
            advice = _(
                "Run: python -m pip install {package}. Where there is no build of it for your system, choose another "
                "model in the menu, or open a folder with one."
            ).format(package=package)
        return Finding(f"{kind}-{name}", "warning", text, advice, values)
    text = _("{name} is installed, in {package} {version}.").format(name=name, package=package, version=number)
    return Finding(f"{kind}-{name}", "ok", text, values=values)


def store(path: Path) -> Finding:
    """Compare what a store of decisions shows with its history. An older one is not brought up to date for it."""
    finding_id, values = f"store-{path.name}", {"path": str(path)}
    try:
        from core.synonyms.pairs import SynonymsError
        from core.synonyms.store.database import Database
        from core.synonyms.store.errors import explain
        from core.synonyms.store.integrity import complaints
        from core.synonyms.store.sqlite_file.write_ahead_log import continues
    except ImportError as error:
        text = _("The store {path} can't be checked: {reason}").format(path=path, reason=error)
        return Finding(finding_id, "warning", text, values=values)
    database = Database(path)
    try:
        if continues(path):
            with database.reading() as connection:
                wrong = complaints(connection)
        else:  # to read it would play the log into it
            wrong = [_("Entries of another file lie beside it; opening it in the window puts them aside.")]
    except SynonymsError as error:
        wrong = [str(error)]
    except (sqlite3.Error, OSError) as error:
        wrong = [str(explain(error, str(path), path))]
    finally:
        database.close()
    if not wrong:
        return Finding(finding_id, "ok", _("The store {path} is intact.").format(path=path), values=values)
    text = _("The store {path} has a problem: {reason}").format(path=path, reason=in_a_row(wrong))
    advice = _("Make a copy of the file first; what is still readable can be exported with: {program} export.")
    advice = advice.format(program=program())
    return Finding(finding_id, "problem", text, advice, values | {"faults": wrong})


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
