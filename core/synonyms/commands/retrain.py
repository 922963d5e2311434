"""``synonyms retrain``: a method learns from what was judged in a store; what it gains, and which pairs moved."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, follow, said_on, say
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.spoken_error import SpokenError
from core.synonyms.commands.notices import say_faulty
from core.synonyms.commands.shared_options import add_spreading
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.files import store_files

if TYPE_CHECKING:
    from core.runtime.events import Payload
    from core.synonyms.progress import FaultyLines
    from core.synonyms.retraining.config import Entered, Interval, Moved, RetrainConfig, Retrained

_SHOWN: Final = 10
"""Pairs told of either list in the terminal; the file has all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add = parser.add_argument
    add("--db", required=True, metavar="URL", help=_("the store: sqlite:///FILE or postgresql://…"))
    add("--method", default="reranker", metavar="NAME", help=_("Which method learns (%(default)s)."))
    add("--annotator", metavar="NAME", help=_("Whose labels (those all judges of a pair agree on)."))
    add("--vectors", type=Path, metavar="FILE", help=_("word2vec, fastText or GloVe vectors of your own"))
    add("--seed", type=int, default=0, metavar="N", help=_("Seed of everything drawn (%(default)s)."))
    add("--moved", type=int, default=50, metavar="N", help=_("Pairs told that rose, and that fell (%(default)s)."))
    add("--enter", action="store_true", help=_("Then learn from all labels and enter the scores into the store."))
    add_spreading(parser)
    add("--json", type=Path, metavar="FILE", help=_("Write all figures, as JSON."))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Retrain as ``args`` say.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    from core.synonyms.retraining.config import RetrainConfig

    out, err = out or sys.stdout, err or sys.stderr
    try:
        check_outputs({"--json": args.json}, (args.vectors, *store_files(args.db)))
        if args.seed < 0:
            return end(err, _("--seed: a whole number from 0 on."), WRONG_USE)
        config = RetrainConfig(
            args.db,
            args.method,
            annotator=args.annotator,
            vectors=args.vectors,
            seed=args.seed,
            moved=args.moved,
            enter=args.enter,
            processes=args.processes,
            cluster=args.cluster,
        )
    except (OutputRefusedError, SynonymsError) as error:
        return end(err, str(error), WRONG_USE)
    entered: list[Entered] = []
    faulty: list[FaultyLines] = []
    try:
        retrained = _follow(config, entered, faulty, err)
    except SpokenError as error:  # of words and stores, or of a cluster
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return end(err, _("Interrupted."), INTERRUPTED)
    say_faulty(faulty, err)
    said = said_on(out, err, [args.json])
    _say(retrained, said)
    for each in entered:
        words = _("{n:,} pairs have a new score {name}; the queue can be sorted by it.")
        say(said, words.format(n=each.pairs, name=each.method))
    try:
        if args.json is not None:
            with writing(args.json):
                write_json(args.json, as_json(retrained, config))
    except UnwritableError as error:
        return end(err, str(error), FAILED)
    return DONE


def as_json(retrained: Retrained, config: RetrainConfig) -> dict[str, Any]:
    """Return what learning came to as plain values, without the scores of all pairs."""
    return {
        "method": retrained.method,
        "seed": config.seed,
        "seconds": retrained.seconds,
        "labels": asdict(retrained.labels),
        "base_rate": retrained.base_rate,
        "ap": {name: asdict(getattr(retrained, name)) for name in ("before", "after", "gain")},
        "risen": [asdict(each) for each in retrained.risen],
        "fallen": [asdict(each) for each in retrained.fallen],
    }


def _follow(config: RetrainConfig, entered: list[Entered], faulty: list[FaultyLines], err: TextIO) -> Retrained:
    from core.synonyms.evaluation.progress import EvaluationProgress
    from core.synonyms.progress import FaultyLines, ReadProgress
    from core.synonyms.retraining.config import Entered
    from core.synonyms.retraining.retrain import retrain

    with Progress(err) as progress:

        def note(event: Payload) -> None:
            match event:
                case Entered():
                    entered.append(event)
                case FaultyLines():
                    faulty.append(event)
                case ReadProgress():
                    progress.show(event.name, event.done, event.total)
                case EvaluationProgress():
                    progress.show(METHODS[config.method].label, event.done, event.total)

        return follow(retrain(config), note)


def _say(retrained: Retrained, out: TextIO) -> None:
    labels = retrained.labels
    words = _(
        "Learnt from {taught:,} labels ({synonyms:,} synonyms), asked about {held_out:,} that share no word with them "
        "({held_out_synonyms:,} synonyms)."
    )
    say(
        out,
        words.format(
            taught=labels.taught,
            synonyms=labels.taught_synonyms,
            held_out=labels.held_out,
            held_out_synonyms=labels.held_out_synonyms,
        ),
    )
    if labels.disputed:
        say(out, _("Pairs left out because their judges disagree: {n:,}").format(n=labels.disputed))
    words = _("Average precision on these: {before} before, {after} after, gain {gain}; guessing {base:.3f}.")
    told = {name: _interval(getattr(retrained, name)) for name in ("before", "after", "gain")}
    say(out, words.format(**told, base=retrained.base_rate))
    for title, pairs in ((_("Rose most:"), retrained.risen), (_("Fell most:"), retrained.fallen)):
        say(out, title)
        for each in pairs[:_SHOWN]:
            say(out, f"  {_moved(each)}")


def _interval(figure: Interval) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f}–{figure.high:.3f})"


def _moved(each: Moved) -> str:
    places = _("place {before:,} → {after:,}").format(before=each.place_before, after=each.place_after)
    return f"{each.word1} / {each.word2}  {places}  ({each.before:.3f} → {each.after:.3f})"
