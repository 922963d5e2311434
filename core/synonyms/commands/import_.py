"""The ``import`` command: a file of pairs into a store, previewed or applied, from the terminal."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from core.command_line import DONE, FAILED, Progress, end, follow, said_on, say
from core.language import _, ngettext, nN_
from core.synonyms.commands.notices import say_notice
from core.synonyms.exchange.config import ImportConfig, ImportReport
from core.synonyms.exchange.files import READ_ENCODINGS
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.importing import apply_import, preview_import
from core.synonyms.pairs import SynonymsError

_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    usual = ImportConfig("", Path(), "")
    add = parser.add_argument
    add("--db", required=True, metavar="URL", help=_("the store: sqlite:///FILE or postgresql://…"))
    add("--format", required=True, choices=list(FORMATS), help=_("file format"))
    add("--encoding", choices=("auto", *READ_ENCODINGS), default=usual.encoding, help=_("file encoding (%(default)s)"))
    add(
        "--annotator",
        default=usual.annotator,
        metavar="NAME",
        help=_("who judged, where the file does not say (a name made of the file's)"),
    )
    add("--rejects", type=Path, metavar="FILE", help=_("file for rejected lines"))
    add("--preview", action="store_true", help=_("show what would happen, without changing anything"))
    add("file", type=Path, metavar="FILE", help=_("file to import; gzip is unpacked"))


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
    say_notice(config.store, err, create=not args.preview)
    try:
        task = preview_import(config) if args.preview else apply_import(config)
        with Progress(err, _("records")) as progress:
            report = follow(task, lambda step: progress.show("", step.done, step.total))
    except SynonymsError as error:
        return end(err, str(error), FAILED)
    said = said_on(out, err, [config.rejects])
    if args.preview and report.new_store:
        say(err, _("There is no store at {where} yet; the import would make it.").format(where=report.new_store))
        report = replace(report, new_store="")
    for line in summary(report):
        say(said, line)
    for line in reading_words(report):
        say(err, line)
    for reject in report.rejects[:_SHOWN]:
        say(err, _("line {n}: {reason}").format(n=reject.line, reason=reject.reason))
    if report.rejects_file:
        say(err, _("All of them ({n}) are saved in {file}.").format(n=report.rejected, file=report.rejects_file))
    return DONE


def reading_words(report: ImportReport) -> list[str]:
    """Return which encoding was guessed, and the first words as it reads them; nothing where it is known."""
    if not report.is_guessed:
        return []
    told = (
        _("The encoding is uncertain; {encoding} is the best guess. --encoding says another. It begins:")
        if report.is_doubtful
        else _("The file looks like {encoding}; --encoding says another. It begins:")
    )
    pairs = [" / ".join(record.candidate.pair) for record in report.samples[:_SHOWN]]
    return [told.format(encoding=report.encoding), *(f"  {pair}" for pair in pairs)]


def summary(report: ImportReport) -> list[str]:
    """Return the report in words, a line a figure; figures of 0 are left out."""
    figures = (
        (report.records, nN_("{n:,} record read ({encoding})", "{n:,} records read ({encoding})")),
        (report.new_pairs, nN_("{n:,} new pair", "{n:,} new pairs")),
        (report.new_verdicts, nN_("{n:,} new verdict", "{n:,} new verdicts")),
        (report.changed, nN_("{n:,} verdict changed", "{n:,} verdicts changed")),
        (report.older, nN_("{n:,} outdated verdict ignored", "{n:,} outdated verdicts ignored")),
        (report.unchanged, nN_("{n:,} verdict unchanged", "{n:,} verdicts unchanged")),
        (report.repeated, nN_("{n:,} duplicate record", "{n:,} duplicate records")),
        (report.rejected, nN_("{n:,} row rejected", "{n:,} rows rejected")),
    )
    made = [_("New store created: {file}.").format(file=report.new_store)] if report.new_store else []
    shown = [ngettext(*text, n).format(n=n, encoding=report.encoding) for n, text in figures if n]
    return made + (shown or [_("Nothing to import.")])
