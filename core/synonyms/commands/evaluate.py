"""``synonyms evaluate``: every method on the same pairs, as a table, as JSON and as a picture."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, follow, said_on, say
from core.json_text import write_json
from core.language import _, listed
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.spoken_error import SpokenError
from core.synonyms.commands.notices import say_faulty
from core.synonyms.commands.shared_options import add_spreading
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError

if TYPE_CHECKING:
    from core.runtime.events import Payload
    from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured
    from core.synonyms.progress import FaultyLines


@dataclass(slots=True)
class _Gathered:
    """What has come so far.

    Attributes:
        material: what is measured on; None until it is known.
        measured: the methods that are done.
        faulty: lines of the vectors that are not as they should be.
    """

    material: Material | None = None
    measured: list[Measured] = field(default_factory=list)
    faulty: list[FaultyLines] = field(default_factory=list)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    names = listed(METHODS)
    parser.add_argument("--methods", metavar="A,B,…", help=_("Which methods, of {names} (all).").format(names=names))
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="FILE",
        help=_("Your own pairs: word1, word2, label 0 or 1, part train or test, perhaps a kind, with tabs between."),
    )
    parser.add_argument(
        "--vectors", type=Path, metavar="FILE", help=_("word2vec, fastText or GloVe vectors of your own")
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=_("Texts of your own for the methods that read sentences, plain or tagged."),
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=_("Seed of everything drawn (%(default)s)."))
    add_spreading(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("Write all figures, as JSON."))
    parser.add_argument("--png", type=Path, metavar="FILE", help=_("Write the precision-recall curves as a picture."))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Measure as ``args`` say. Stopped by Ctrl-C, it tells and writes the methods that are done.

    Args:
        args: what a parser with ``add_arguments`` gave.
        out: where the table goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        check_outputs({"--json": args.json, "--png": args.png}, (args.pairs, args.vectors, *args.corpus))
        config = config_from(args)
    except (OutputRefusedError, SynonymsError) as error:
        return end(err, str(error), WRONG_USE)
    begin = time.perf_counter()
    gathered = _Gathered()
    ending = DONE
    try:
        _follow(config, gathered, err)
    except SpokenError as error:  # of words, or of a cluster
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        ending = end(err, _("Interrupted. What follows is what was measured until then."), INTERRUPTED)
    say_faulty(gathered.faulty, err)
    if gathered.material is None or not gathered.measured:
        return ending
    _say_table(gathered.material, gathered.measured, said_on(out, err, [args.json, args.png]))
    seconds = time.perf_counter() - begin
    for failure in _write(config, gathered.material, gathered.measured, args, (seconds, ending == INTERRUPTED)):
        ending = end(err, failure, FAILED)
    return ending


def config_from(args: argparse.Namespace) -> EvaluateConfig:
    """Return the config that the command line asks for.

    Raises:
        SynonymsError: a method is unknown, or the seed negative.
    """
    from core.synonyms.evaluation.run import EvaluateConfig

    if args.seed < 0:
        raise SynonymsError(_("--seed: a whole number from 0 on."))
    chosen = args.methods.split(",") if args.methods is not None else METHODS
    methods = tuple(dict.fromkeys(name.strip() for name in chosen if name.strip()))
    return EvaluateConfig(
        methods,
        pairs=args.pairs,
        vectors=args.vectors,
        seed=args.seed,
        corpora=tuple(args.corpus),
        processes=args.processes,
        cluster=args.cluster,
    )


def _follow(config: EvaluateConfig, gathered: _Gathered, err: TextIO) -> None:
    """Measure under a progress bar."""
    from core.synonyms.evaluation.progress import EvaluationProgress
    from core.synonyms.evaluation.run import Material, Measured, evaluate
    from core.synonyms.progress import FaultyLines, ReadProgress

    with Progress(err) as progress:

        def note(event: Payload) -> None:
            match event:
                case Material():
                    gathered.material = event
                case Measured():
                    gathered.measured.append(event)
                case FaultyLines():
                    gathered.faulty.append(event)
                case ReadProgress():
                    progress.show(event.name, event.done, event.total)
                case EvaluationProgress():
                    progress.show(_("evaluation"), event.done, event.total, _label(event.name))

        follow(evaluate(config), note)


def _label(name: str) -> str:
    return METHODS[name].label if name in METHODS else _("pairs")


def _say_table(material: Material, measured: Sequence[Measured], out: TextIO) -> None:
    """Say each method's average precision, open and closed, and what it is worth as a queue."""
    widest = max(len(each.method) for each in measured)
    say(out, f"{'':{widest}}   {_('open AP'):19}  {_('closed AP'):>9}  {'P@1':>5}  {'MAP':>5}  {'s':>6}")
    for each in measured:
        free, closed = (each.figures[protocol] for protocol in each.figures)
        interval = f"{free.ap:.3f} ({free.ap_low:.3f}–{free.ap_high:.3f})"
        queue = f"{each.queue.p_at_1:5.3f}  {each.queue.map:5.3f}"
        say(out, f"{each.method:{widest}}   {interval:19}  {closed.ap:9.3f}  {queue}  {each.seconds:6.1f}")
    words = _(
        "closure baseline, closed: {closure:.3f}; guessing: {base:.3f}; test pairs: {pairs}; queue: {words} words"
    )
    base, pairs = material.base_rate, material.test_pairs
    say(out, words.format(closure=material.closure_ap, base=base, pairs=pairs, words=material.queue_words))


def _write(
    config: EvaluateConfig,
    material: Material,
    measured: Sequence[Measured],
    args: argparse.Namespace,
    told: tuple[float, bool],
) -> Iterator[str]:
    """Write the files; yield what went wrong with them, in one line each."""
    from core.synonyms.evaluation.picture import write_picture
    from core.synonyms.evaluation.report import as_json

    seconds, interrupted = told
    content = as_json(config, material, measured, seconds=seconds, interrupted=interrupted)
    writers: list[tuple[Path | None, Callable[[Path], None]]] = [
        (args.json, lambda path: write_json(path, content)),
        (args.png, lambda path: write_picture(path, material, measured)),
    ]
    for path, write in writers:
        try:
            if path is not None:
                with writing(path):
                    write(path)
        except UnwritableError as error:
            yield str(error)
