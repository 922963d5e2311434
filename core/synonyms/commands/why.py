"""``synonyms why``: why methods say of a pair what they say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, follow, said_on, say
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError

if TYPE_CHECKING:
    from core.runtime.events import Payload
    from core.synonyms.why.reasons import (
        AboutPair,
        Contributions,
        FoundPatterns,
        NeighbourMap,
        Reason,
        WeighedSentences,
    )

USUAL: tuple[str, ...] = ("attract_repel", "patterns", "classifier")
"""Methods that are asked unless others are named: those that have learnt within half a minute."""
_SENTENCES = 4
_LISTED = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("words", nargs=2, metavar="WORD", help=_("The two words of the pair."))
    usual = ",".join(USUAL)
    parser.add_argument("--methods", metavar="A,B,…", help=_("Which methods are asked ({usual}).").format(usual=usual))
    parser.add_argument(
        "--vectors", type=Path, metavar="FILE", help=_("word2vec, fastText or GloVe vectors of your own")
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=_("Seed of everything drawn (%(default)s)."))
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("Write all figures, as JSON."))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Explain as ``args`` say.

    Args:
        args: what a parser with ``add_arguments`` gave.
        out: where the reasons go; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    names = tuple(dict.fromkeys(name.strip() for name in (args.methods or ",".join(USUAL)).split(",") if name.strip()))
    try:
        check_outputs({"--json": args.json}, (args.vectors,))
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    if args.seed < 0:
        return end(err, _("--seed: a whole number from 0 on."), WRONG_USE)
    try:
        about, reasons = _asked(args, names, err)
    except SynonymsError as error:
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return end(err, _("Interrupted."), INTERRUPTED)
    said = said_on(out, err, [args.json])
    for line in _told(about, reasons):
        say(said, line)
    try:
        if args.json is not None:
            methods = {each.method: asdict(each) for each in reasons}
            with writing(args.json):
                write_json(args.json, {"about": asdict(about), "methods": methods})
    except UnwritableError as error:
        return end(err, str(error), FAILED)
    return DONE


def _asked(args: argparse.Namespace, names: tuple[str, ...], err: TextIO) -> tuple[AboutPair, list[Reason]]:
    """Ask each method, under a progress bar; return what is known of the pair and the reasons."""
    from core.synonyms.asking.config import AskConfig, Learning
    from core.synonyms.progress import ReadProgress
    from core.synonyms.why.explain import why_pair
    from core.synonyms.why.reasons import AboutPair, Contributions, FoundPatterns, NeighbourMap, WeighedSentences

    about: list[AboutPair] = []
    reasons: list[Reason] = []
    with Progress(err) as progress:

        def note(event: Payload) -> None:
            match event:
                case AboutPair():
                    about.append(event)
                case ReadProgress():
                    progress.show(event.name, event.done, event.total)
                case Learning():
                    name = METHODS[event.method].label if event.method else _("pairs")
                    progress.show(name, event.done, event.total)
                case NeighbourMap() | WeighedSentences() | FoundPatterns() | Contributions():
                    reasons.append(event)

        config = AskConfig(names, vectors=args.vectors, seed=args.seed)
        for name in names:
            follow(why_pair(config, args.words[0], args.words[1], name, learn=True), note)
    return about[-1], reasons


def _told(about: AboutPair, reasons: list[Reason]) -> Iterator[str]:
    from core.synonyms.why.reasons import Contributions, FoundPatterns, NeighbourMap, WeighedSentences

    one, other = about.words
    yield f"{one.word} / {other.word}: {about.relation}"
    for word in about.words:
        if word.rank is None:
            like = _(" The most similar spelling that has one is {word}.").format(word=word.suggestion)
            yield _("{word} has no vector: no method can be asked.").format(word=word.word) + (
                like if word.suggestion else ""
            )
    for name, score in about.scores.items():
        yield f"  {name} {score:.3f}"
    for reason in reasons:
        yield ""
        yield METHODS[reason.method].label
        match reason:
            case NeighbourMap():
                yield from _told_map(reason)
            case WeighedSentences():
                yield from _told_sentences(reason)
            case FoundPatterns():
                yield from _told_patterns(reason)
            case Contributions():
                yield from _told_parts(reason)


def _told_map(reason: NeighbourMap) -> Iterator[str]:
    yield "  " + _("cosine {before:.3f} before, {after:.3f} after").format(before=reason.before, after=reason.after)
    gains = sorted(reason.words[2:], key=lambda each: max(each.cosines_before) - max(each.cosines_after))
    for each in gains[:_LISTED]:
        yield f"  {each.word} ({each.relation})  {max(each.cosines_before):.2f} → {max(each.cosines_after):.2f}"


def _told_sentences(reason: WeighedSentences) -> Iterator[str]:
    if not reason.mentions:
        yield "  " + _("No sentence holds both words.")
    for each in reason.mentions[:_SENTENCES]:
        yield f"  {each.weight:.2f}  {''.join(each.mention.tokens)}"


def _told_patterns(reason: FoundPatterns) -> Iterator[str]:
    if not reason.found:
        nothing = _("No sentence holds both words.") if not reason.sentences else _("No pattern that was learnt.")
        yield f"  {nothing}"
    for each in reason.found[:_LISTED]:
        yield f"  {each.share:+.2f}  {each.pattern.text}  × {each.sentences}"


def _told_parts(reason: Contributions) -> Iterator[str]:
    for part in reason.parts:
        yield f"  {part.share:+.2f}  {part.feature}"
    yield f"  {reason.base:+.2f}  " + _("a usual pair") + f"  = {reason.score:+.2f}"
