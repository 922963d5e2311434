"""``synonyms simlex``: how well English vectors agree with people, before and after Attract-Repel."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, follow, said_on, say
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.synonyms.commands.notices import say_faulty
from core.synonyms.pairs import SynonymsError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("--vectors", type=Path, required=True, metavar="FILE", help=_("English vectors, such as GloVe's"))
    add("--simlex", type=Path, required=True, metavar="FILE", help=_("SimLex-999.txt"))
    add("--wordnet", type=Path, metavar="PATH", help=_("A WordNet that is not installed in its usual place."))
    add("--no-wordnet", action="store_true", help=_("Measure the vectors as they are, alone."))
    add("--seed", type=int, default=0, metavar="N", help=_("Seed of everything drawn (%(default)s)."))
    add("--json", type=Path, metavar="FILE", help=_("Write all figures, as JSON."))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Measure as ``args`` say.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    from core.synonyms.evaluation.simlex import check_simlex, read_simlex
    from core.synonyms.lexicons.wordnet import read_wordnet
    from core.synonyms.methods.attract_repel import AttractRepelConfig
    from core.synonyms.vectors import read_vectors

    out, err = out or sys.stdout, err or sys.stderr
    try:
        check_outputs({"--json": args.json}, (args.vectors, args.simlex))
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    if args.seed < 0:
        return end(err, _("--seed: a whole number from 0 on."), WRONG_USE)
    try:
        simlex = read_simlex(args.simlex)
        lexicon = None if args.no_wordnet else read_wordnet(args.wordnet)
        with Progress(err) as progress:
            vectors = follow(read_vectors(args.vectors), lambda _step: progress.show(args.vectors.name))
            checking = check_simlex(simlex, vectors, lexicon, replace(AttractRepelConfig(), seed=args.seed))
            figures = follow(checking, lambda step: progress.show("Attract-Repel", step.done, step.total))
        if vectors.report.faulty_lines is not None:
            say_faulty([vectors.report.faulty_lines], err)
    except SynonymsError as error:
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return end(err, _("Interrupted."), INTERRUPTED)
    told = _("SimLex-999, Spearman's ρ: {before:.3f} as they are").format(before=figures.before)
    if figures.after is not None:
        words = _("{after:.3f} after Attract-Repel with {synonyms:,} synonyms and {antonyms:,} antonyms of WordNet")
        told += "; " + words.format(after=figures.after, synonyms=figures.synonyms, antonyms=figures.antonyms)
    known = _("{n} of {total} pairs have vectors").format(n=figures.pairs, total=len(simlex.pairs))
    say(said_on(out, err, [args.json]), f"{told} ({known}).")
    try:
        if args.json is not None:
            with writing(args.json):
                write_json(args.json, {"seed": args.seed, **asdict(figures)})
    except UnwritableError as error:
        return end(err, str(error), FAILED)
    return DONE
