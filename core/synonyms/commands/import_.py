"""The ``import`` command: a file of pairs into a store, previewed or applied, from the terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO

from core.command_line import DONE, FAILED, Progress, end, follow
from core.files import is_standard_output
from core.language import _
from core.synonyms.exchange.config import ImportConfig, ImportReport
from core.synonyms.exchange.files import ENCODINGS
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.importing import apply_import, preview_import
from core.synonyms.pairs import SynonymsError

_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    usual = ImportConfig("", Path(), "")
    add = parser.add_argument
    add("--db", required=True, metavar="URL", help=_("the store: sqlite:///FILE or postgresql://…"))
    add("--format", required=True, choices=list(FORMATS), help=_("what the file is"))
    add("--encoding", choices=("auto", *ENCODINGS), default=usual.encoding, help=_("of the file (%(default)s)"))
    add(
        "--annotator",
        default=usual.annotator,
        metavar="NAME",
        help=_("who judged, where the file does not say (%(default)s)"),
    )
    add("--rejects", type=Path, metavar="FILE", help=_("where lines go that were not understood"))
    add("--preview", action="store_true", help=_("say what would happen, and change nothing"))
    add("file", type=Path, metavar="FILE", help=_("to read; gzip is unpacked"))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Import as ``args`` say.

    Ctrl-C in the middle leaves the store as it was.

    Args:
        args: what a parser with ``add_arguments`` gave.
        out: where the summary goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``.
    """
    out, err = out or sys.stdout, err or sys.stderr
    config = ImportConfig(args.db, args.file, args.format, args.encoding, args.annotator, args.rejects)
    try:
        task = preview_import(config) if args.preview else apply_import(config)
        with Progress(err, _("records")) as progress:
            report = follow(task, lambda step: progress.show("", step.done, step.total))
    except SynonymsError as error:
        return end(err, str(error), FAILED)
    # What reads the standard output wants nothing but the rejects.
    said = err if is_standard_output(config.rejects) else out
    for line in summary(report):
        said.write(f"{line}\n")
    for reject in report.rejects[:_SHOWN]:
        err.write(_("line {n}: {reason}").format(n=reject.line, reason=reject.reason) + "\n")
    if report.rejects_file:
        err.write(_("All {n} of them are in {file}.").format(n=report.rejected, file=report.rejects_file) + "\n")
    return DONE


def summary(report: ImportReport) -> list[str]:
    """Return the report in words, a line a figure; figures of 0 are left out."""
    figures = (
        (report.records, _("{n} records read ({encoding})")),
        (report.new_pairs, _("{n} pairs new to the store")),
        (report.new_verdicts, _("{n} verdicts new")),
        (report.changed, _("{n} verdicts changed")),
        (report.older, _("{n} verdicts older than the store's, which stay")),
        (report.unchanged, _("{n} verdicts as the store has them")),
        (report.repeated, _("{n} records repeated in the file")),
        (report.rejected, _("{n} records not understood")),
    )
    made = [_("A new store was made: {file}.").format(file=report.new_store)] if report.new_store else []
    shown = [text.format(n=n, encoding=report.encoding) for n, text in figures if n]
    return made + (shown or [_("Nothing to read.")])
