"""The ``export`` command: a store into a file that other tools read, from the terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO

from core.command_line import DONE, FAILED, Progress, end, follow, said_on, say
from core.language import _, ngettext
from core.synonyms.commands.notices import say_notice
from core.synonyms.exchange.config import ExportConfig
from core.synonyms.exchange.exporting import export_pairs, preview_export
from core.synonyms.exchange.files import ENCODINGS
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.sets import GrownSet
from core.synonyms.pairs import SynonymsError

_SHOWN = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("--db", required=True, metavar="URL", help=_("the store: sqlite:///FILE or postgresql://…"))
    add("--format", required=True, choices=list(FORMATS), help=_("export format"))
    add("--encoding", choices=ENCODINGS, default="utf-8", help=_("file encoding (%(default)s)"))
    add("--judged", action="store_true", help=_("only pairs with a verdict"))
    add("--final", action="store_true", help=_("one final verdict per pair instead of one row per annotator"))
    add("--chain", action="store_true", help=_("merge synonyms that share a word into one set"))
    add(
        "--known",
        action="store_true",
        help=_("count a dictionary's synonyms as judged, when exporting lists of synonyms"),
    )
    add("file", type=Path, metavar="FILE", help=_("file to write; .gz compresses it"))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Export as ``args`` say.

    Args:
        args: what a parser with ``add_arguments`` gave.
        out: where the summary goes; standard output by default.
        err: where progress, warnings and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``.
    """
    out, err = out or sys.stdout, err or sys.stderr
    config = ExportConfig(
        args.db,
        args.file,
        args.format,
        args.encoding,
        which="judged" if args.judged else "all",
        whose="final" if args.final else "each",
        chained=args.chain,
        known=args.known,
    )
    said = said_on(out, err, [config.file])
    say_notice(config.store, err, create=False)
    try:
        if config.chained:
            (preview,) = preview_export(config)
            warn_of(preview.grown, err)
        with Progress(err, _("pairs")) as progress:
            report = follow(export_pairs(config), lambda step: progress.show("", step.done, step.total))
    except SynonymsError as error:
        return end(err, str(error), FAILED)
    told = ngettext("{n:,} record exported to {path}.", "{n:,} records exported to {path}.", report.written)
    say(said, told.format(n=report.written, path=report.file))
    if not report.written and FORMATS[args.format].says_all:
        say(said, _("The file lists no pairs: the store has none of those asked for."))
    elif not report.written:
        say(
            said,
            _("The file is empty: nothing this format can say is judged yet. --known counts a dictionary's pairs."),
        )
    if report.left_out:
        say(said, _("Records left out, since the format cannot say them: {n:,}").format(n=report.left_out))
    return DONE


def warn_of(grown: tuple[GrownSet, ...], err: TextIO) -> None:
    """Tell which sets chaining makes larger than what was judged, the largest first."""
    if not grown:
        return
    say(err, _("Sets with implied pairs without a verdict: {n:,}. The largest:").format(n=len(grown)))
    for found in grown[:_SHOWN]:
        against = "".join(f" ≠{one}/{two}" for one, two in found.contradicted[:3])
        line = _("Words: {n}. Judged pairs: {judged}, implied: {claimed}, contradicted: {against}. {words}").format(
            n=len(found.words),
            judged=found.judged,
            claimed=found.claimed,
            against=len(found.contradicted),
            words=" ".join(found.words[:12]),
        )
        say(err, f"  {line}{against}")
