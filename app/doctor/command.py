"""The ``doctor`` command: looks at everything, one line each, and says what to do."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from app.doctor import data, files, machine, qt, worker
from app.doctor.finding import Finding, Level
from core.command_line import FAILED, WRONG_USE, end, said_on
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.paths import settings_folder
from core.visible import visible


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("also write the findings as JSON"))


def run(args: argparse.Namespace) -> int:
    """Look at everything and say it, each line as soon as it is known.

    Returns:
        0 when nothing keeps the program from working, 1 when something does or the file can't be written, 2 when the
        findings can't be written where they should.
    """
    said = said_on(sys.stdout, sys.stderr, [args.json])
    try:
        check_outputs({"--json": args.json}, [settings_folder()])
    except OutputRefusedError as error:
        return end(sys.stderr, str(error), WRONG_USE)
    findings = []
    for finding in look():
        findings.append(finding)
        for line in lines(finding):
            print(visible(line), flush=True, file=said)
    problems = count(findings, "problem")
    print(
        _("Nothing is missing.")
        if not problems
        else _("Problems: {problems}. How to fix each is explained below it.").format(problems=problems),
        file=said,
    )
    if args.json is not None:
        content = {
            "ok": not problems,
            "problems": problems,
            "warnings": count(findings, "warning"),
            "findings": [asdict(finding) for finding in findings],
        }
        try:
            with writing(args.json):
                write_json(args.json, content)
        except UnwritableError as error:
            return end(sys.stderr, str(error), FAILED)
    return 1 if problems else 0


def look() -> Iterator[Finding]:
    """Yield all findings in the order in which they are worth knowing."""
    for part in (machine, qt, worker, data, files):
        yield from part.look()


def count(findings: Sequence[Finding], level: Level) -> int:
    """Return how many findings are of ``level``."""
    return sum(1 for finding in findings if finding.level == level)


def lines(finding: Finding) -> Iterator[str]:
    """Yield what the terminal shows of a finding."""
    words = {"ok": _("ok"), "warning": _("warning"), "problem": _("problem")}
    column = max(map(columns, words.values())) + 2
    word = words[finding.level]
    yield f"{word}{' ' * (column - columns(word))}{finding.text}"
    if finding.advice:
        yield f"{' ' * column}→ {finding.advice}"


def columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
