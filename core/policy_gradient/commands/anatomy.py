"""The ``anatomy`` command: the update that learned from an episode of a saved run, taken apart in numbers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TextIO, get_args

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, said_on, say, show_traceback
from core.json_text import write_json
from core.language import _
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, writing
from core.policy_gradient.anatomy.findings import Anatomy, Corrections, Credit, Dissecting, Lesson
from core.policy_gradient.errors import PolicyGradientError, RunFolderError
from core.policy_gradient.runs.history import RunHistory


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("run", type=Path, metavar="RUN", help=_("The folder that train --save wrote."))
    newest = _("Take the update apart that learned from training episode N; by default from the newest.")
    parser.add_argument("--episode", type=int, metavar="N", help=newest)
    credit = _("What an action is credited with: by default as the run was made.")
    parser.add_argument("--credit", choices=get_args(Credit), help=credit)
    normalise = _("Whether that is normalised over the batch: by default as the run was made.")
    parser.add_argument("--normalise", action=argparse.BooleanOptionalAction, help=normalise)
    files = {
        "--json": _("Write the strips and their sum, as JSON."),
        "--csv": _("Write the strips, a row a step, as CSV."),
    }
    for option, meaning in files.items():
        parser.add_argument(option, type=Path, metavar="FILE", help=meaning)


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Do as ``args`` say.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the sum goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        check_outputs({"--json": args.json, "--csv": args.csv}, [args.run])
        _take_apart(args, out, err)
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    except (PolicyGradientError, UnwritableError) as error:
        show_traceback(args, err)
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _take_apart(args: argparse.Namespace, out: TextIO, err: TextIO) -> None:
    from core.policy_gradient.anatomy.report import as_json, strips_table  # only now: numpy and more take a while
    from core.policy_gradient.export.plot_table import write_plot_table
    from core.policy_gradient.runs.folder import load_run

    saved = load_run(args.run)
    episode = _episode(saved, args.episode)
    anatomy = _anatomy(saved, episode, err)
    credit = anatomy.own.credit if args.credit is None else args.credit
    normalise = anatomy.own.normalise if args.normalise is None else args.normalise
    lesson = anatomy.lesson(Corrections(credit, normalise))
    if args.json is not None:
        with writing(args.json):
            write_json(args.json, as_json(saved.config, saved.learning_rates, anatomy, lesson))
    if args.csv is not None:
        with writing(args.csv):
            write_plot_table(args.csv, strips_table(saved.config, saved.learning_rates, anatomy, lesson))
    say(said_on(out, err, [args.json, args.csv]), _account(anatomy, lesson))


def _episode(saved: RunHistory, wanted: int | None) -> int:
    """Return the episode whose update is taken apart.

    Raises:
        RunFolderError: the run has none such, or no update.
    """
    learned = saved.updates[-1].episode if saved.updates else 0
    if not learned:
        raise RunFolderError(_("This run has no update yet: there is nothing to take apart."))
    if wanted is None:
        return learned
    if not 1 <= wanted <= learned:
        message = _("No update has learned from episode {number}: choose one from 1 to {count}.")
        raise RunFolderError(message.format(number=wanted, count=learned))
    return wanted


def _anatomy(saved: RunHistory, episode: int, err: TextIO) -> Anatomy:
    from core.policy_gradient.anatomy.dissect import dissect  # needs torch

    with Progress(err, _("episodes"), elsewhere="bar") as progress:
        for found in dissect(saved.config, episode, saved.learning_rates):
            if isinstance(found, Dissecting):
                progress.show("", found.episodes, episode)
            else:
                return found
    raise AssertionError(episode)  # dissect yields an anatomy, or raises


def _account(anatomy: Anatomy, lesson: Lesson) -> str:
    """Return the sum in one line, as the page has it below the strips."""
    words = _(
        "Episode {episode} in update {update}: the products of its {steps} steps sum to {own:.6g}, those of the "
        "batch's other episodes to {rest:.6g}; divided by {all} steps that is the loss, {loss:.6g}."
    )
    return words.format(
        episode=anatomy.record.episode,
        update=anatomy.update,
        steps=anatomy.duration,
        own=float(lesson.products.sum()),
        rest=lesson.rest,
        all=anatomy.batch_steps,
        loss=lesson.loss,
    )
