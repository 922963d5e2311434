"""The ``ablate`` command: variants of the algorithm with many seeds, as JSON and as a picture."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, said_on, say, show_traceback
from core.json_text import write_json
from core.language import N_, _, in_a_row
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.policy_gradient.config import HYPERPARAMETERS
from core.policy_gradient.errors import ConfigError, PolicyGradientError
from core.policy_gradient.experiments.kept import runs_folder
from core.policy_gradient.experiments.schedule import Schedule, Study
from core.policy_gradient.experiments.variants import NAMED, parse_variants
from core.policy_gradient.hyperparameters import NumberHyperparameter

if TYPE_CHECKING:
    from core.policy_gradient.experiments.report import VariantSummary

_SEEDS: Final = NumberHyperparameter(
    name="seeds",
    label_source=N_("Number of seeds"),
    meaning_source=N_("How many seeds each variant is played with."),
    minimum=1,
    maximum=10_000,
    whole=True,
)
_FIRST_SEED: Final = NumberHyperparameter(
    name="first_seed",
    label_source=N_("First seed"),
    meaning_source=N_("The first seed; the others follow it."),
    minimum=0,
    maximum=2**32 - 1 - 10_000,
    whole=True,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--variants",
        metavar="A,B,…",
        help=_("What is compared: presets, presets with changes such as fast:learning_rate=0.03, names of --list."),
    )
    parser.add_argument("--seeds", metavar="N", default="20", help=f"{_SEEDS.meaning} (20)")
    parser.add_argument("--first-seed", metavar="N", default="0", help=f"{_FIRST_SEED.meaning} (0)")
    parser.add_argument("--episodes", metavar="N", help=_("Most episodes of each run; by default the variant's own."))
    parser.add_argument("--json", type=Path, metavar="FILE", help=_("Write curves, bands and the table, as JSON."))
    parser.add_argument("--png", type=Path, metavar="FILE", help=_("Write the curves as a picture."))
    parser.add_argument("--list", action="store_true", help=_("List the named variants, and end."))
    parser.add_argument(
        "--again", action="store_true", help=_("Play every run anew: find none that was kept, and keep none.")
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help=_("Play the runs on the Dask cluster whose scheduler is at this address.")
    )


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Play the experiment that ``args`` describe.

    Finished runs are kept, so that the same command goes on where it was stopped. Stopped by Ctrl-C, it writes what
    there is.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the table goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        if args.list:
            _list(out)
            return DONE
        study = study_from(args)
        check_outputs({"--json": args.json, "--png": args.png})
        return _play(Schedule(study), args, out, err)
    except ConfigError as error:
        return end(err, f"--{error.field.replace('_', '-')}: {error}", WRONG_USE)
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    except PolicyGradientError as error:
        show_traceback(args, err)
        return end(err, str(error), FAILED)


def study_from(args: argparse.Namespace) -> Study:
    """Return the experiment that the command line describes.

    Raises:
        ConfigError: a value is not allowed.
    """
    if args.variants is None:
        message = _("Nothing is compared: name variants, such as {option}.")
        raise ConfigError("variants", message.format(option="--variants fast,fast:learning_rate=0.03"))
    variants = parse_variants(args.variants)
    if args.episodes is not None:
        episodes = HYPERPARAMETERS["episodes"].parse(args.episodes)
        assert isinstance(episodes, int)  # its specification says so
        variants = tuple(replace(variant, config=replace(variant.config, episodes=episodes)) for variant in variants)
    count = _number(_SEEDS, args.seeds)
    first = _number(_FIRST_SEED, args.first_seed)
    return Study(variants, tuple(range(first, first + count)))


def _number(spec: NumberHyperparameter, text: str) -> int:
    value = spec.parse(text)
    assert isinstance(value, int)  # its specification says so
    return value


def _list(out: TextIO) -> None:
    """Say which variants have a name, what they stand for and what they show."""
    widest = max(len(row.name) for row in NAMED)
    longest = max(len(row.text) for row in NAMED)
    for row in NAMED:
        say(out, f"{row.name:{widest}}  {row.text:{longest}}  {row.meaning}")


def _play(schedule: Schedule, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Play the runs, write the files, say what came of it."""
    begin = time.perf_counter()
    ending, problem = DONE, ""
    try:
        _advance(schedule, args, err)
    except KeyboardInterrupt:
        ending = INTERRUPTED
    except PolicyGradientError as error:  # what was finished is written whatever happens
        ending, problem = FAILED, str(error)
    if schedule.done:
        from core.policy_gradient.experiments.report import summaries  # only now: the answer to --help needs no numpy

        told = summaries(schedule)
        _say_table(told, said_on(out, err, [args.json, args.png]))
        for failure in _write(schedule, told, args, time.perf_counter() - begin, interrupted=ending == INTERRUPTED):
            ending = end(err, failure, FAILED)
    return end(err, problem, ending) if problem else ending


def _advance(schedule: Schedule, args: argparse.Namespace, err: TextIO) -> None:
    """Play all runs under a progress bar."""
    from core.policy_gradient.experiments.run import run_study

    folder = None if args.again else runs_folder()
    if args.cluster:
        from core.policy_gradient.experiments.cluster import run_on_cluster

        playing = run_on_cluster(schedule, args.cluster, folder=folder)
    else:
        playing = run_study(schedule, folder=folder)
    with Progress(err, _("runs"), elsewhere="bar") as progress:
        for step in playing:
            if step.record is not None:
                progress.show("", schedule.done, schedule.total, f"{step.run.variant.name}, {step.run.seed}")


def _say_table(told: Sequence[VariantSummary], out: TextIO) -> None:
    """Say for each variant how many runs were solved, and after how long."""
    widest = max(len(summary.name) for summary in told)
    for summary in told:
        words = [_("{solved} of {runs} solved").format(solved=summary.solved, runs=summary.runs)]
        if summary.episodes_to_solve is not None and summary.seconds_to_solve is not None:
            solved = _("after {episodes:g} episodes ({low:g} to {high:g}), {seconds:.2f} s ({least:.2f} to {most:.2f})")
            episodes, seconds = summary.episodes_to_solve, summary.seconds_to_solve
            words.append(
                solved.format(
                    episodes=episodes[0],
                    low=episodes[1],
                    high=episodes[2],
                    seconds=seconds[0],
                    least=seconds[1],
                    most=seconds[2],
                )
            )
        if summary.runs_fallen:
            words.append(_("{n} fell again").format(n=summary.runs_fallen))
        if summary.errors:
            words.append(_("{n} diverged").format(n=summary.errors))
        say(out, f"{summary.name:{widest}}  {in_a_row(words)}")


def _write(
    schedule: Schedule, told: Sequence[VariantSummary], args: argparse.Namespace, seconds: float, *, interrupted: bool
) -> Iterator[str]:
    """Write the files; yield what went wrong with them, in one line each."""
    from core.policy_gradient.experiments.picture import write_picture
    from core.policy_gradient.experiments.report import as_json, caption, threshold_of

    content = as_json(schedule, told, seconds=seconds, interrupted=interrupted)
    writers: list[tuple[Path | None, Callable[[Path], None]]] = [
        (args.json, lambda path: write_json(path, content)),
        (args.png, lambda path: write_picture(path, told, threshold_of(schedule), caption(schedule))),
    ]
    for path, write in writers:
        try:
            if path is not None:
                with writing(path):
                    write(path)
        except UnwritableError as error:
            yield str(error)
