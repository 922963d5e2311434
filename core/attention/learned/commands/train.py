"""The ``attention-train`` command: one model trained in the terminal, with a bar, and kept however it ends."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, TextIO

from core.attention.errors import AttentionError, ModelError
from core.attention.learned.catalogue import ROWS, Row, find, names
from core.attention.learned.folders import own_folder
from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, say, show_traceback
from core.language import _, in_a_row, listed
from core.outputs import UnwritableError, writing

if TYPE_CHECKING:
    from core.attention.learned.training import Training, TrainStep

_KEEP_EVERY: Final = 60.0
"""Seconds of processor time between two checkpoints, for what no program is told of: a power cut."""
_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGHUP")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--model", metavar="NAME", help=_("model to train: {names}").format(names=listed(names())))
    parser.add_argument("--seed", type=int, default=0, metavar="N", help=_("seed of everything that is drawn (0)"))
    parser.add_argument(
        "--pairs",
        type=Path,
        metavar="FILE",
        help=_("your own sentence pairs for a model that translates: a line a pair, source, tab, target"),
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=_("folder for the weights; by default the program's own")
    )
    parser.add_argument("--again", action="store_true", help=_("begin anew, even where a stopped training could go on"))
    parser.add_argument("--list", action="store_true", help=_("list the models, and end"))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Train the model that ``args`` name.

    Stopped by Ctrl-C, it finishes its step and keeps a checkpoint; the same command goes on from there.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the result is said; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    if args.list:
        _list(out)
        return DONE
    try:
        row = _row(args)
    except ModelError as error:
        return end(err, str(error), WRONG_USE)
    try:
        return _train(row, args, out, err)
    except (AttentionError, UnwritableError) as error:
        problem = str(error)
    show_traceback(args, err)
    return end(err, problem, FAILED)


def _row(args: argparse.Namespace) -> Row:
    """Return which model is wanted.

    Raises:
        ModelError: none is, or there is no such model, or no such seed.
    """
    if args.model is None:
        raise ModelError(_("No model is named. {option} lists them.").format(option="--list"))
    if args.seed < 0:
        raise ModelError(_("A seed is 0 or more, not {seed}.").format(seed=args.seed))
    return find(args.model)


def _list(out: TextIO) -> None:
    widest = max(len(row.name) for row in ROWS)
    for row in ROWS:
        say(out, f"{row.name:{widest}}  {row.meaning}")


def _train(row: Row, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    # Only now: torch takes a second, and a typing error should not wait for it.
    from core.attention.learned.compact import round_as_written
    from core.attention.learned.store import go_on, partial_file, save_model, save_partial
    from core.attention.learned.training import Training

    folder = args.out or own_folder()
    name = row.name if args.pairs is None else f"{row.name}-{args.pairs.stem}"
    training = Training(row.lesson(args.seed, args.pairs))
    partial = partial_file(folder, name, args.seed)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)  # before any work
    if not args.again and go_on(partial, training):
        say(err, _("Going on after step {step}.").format(step=training.step))
    with Progress(err, _("steps"), elsewhere="bar") as progress, _stopping() as stop:
        kept = training.cpu_seconds
        for step in training.run():
            _show(step, progress)
            if stop.is_wanted or training.cpu_seconds - kept > _KEEP_EVERY:
                with writing(partial):
                    save_partial(partial, training)
                kept = training.cpu_seconds
            if stop.is_wanted:
                break
    if not training.is_done:
        say(err, _("Stopped after step {step} and kept. The same command goes on.").format(step=training.step))
        return INTERRUPTED
    with writing(partial):
        save_partial(partial, training)  # the examination takes a while, too
    say(err, _("Examining …"))
    round_as_written(training.lesson.model)
    scores = training.lesson.scores()
    with writing(folder):
        written = save_model(folder, name, training, scores)
    partial.unlink(missing_ok=True)
    _say_result(training, scores, written, out)
    return DONE


def _show(step: TrainStep, progress: Progress) -> None:
    note = _("loss {loss:.3f}").format(loss=step.loss)
    if step.watched is not None:
        note = ", ".join([note, *(f"{name} {value:.3f}" for name, value in step.watched.items())])
    progress.show("", step.step, step.steps, note)


def _say_result(training: Training, scores: dict[str, object], written: Path, out: TextIO) -> None:
    figures = ", ".join(f"{name} {value:.3f}" for name, value in scores.items() if isinstance(value, float))
    said = [
        _("{steps} steps in {seconds:.0f} s of processor time.").format(
            steps=training.step, seconds=training.cpu_seconds
        ),
        _("Written: {files}").format(files=written),
    ]
    say(out, figures)
    say(out, in_a_row(said))


@dataclass(slots=True)
class _Stop:
    is_wanted: bool = False


@contextmanager
def _stopping() -> Iterator[_Stop]:
    """Take Ctrl-C, within the block, as a request to stop after the step; a second one is obeyed at once.

    A step that was broken off would leave some weights moved and others not.
    """
    stop = _Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def want(_number: int, _frame: FrameType | None) -> None:
        if stop.is_wanted:
            raise KeyboardInterrupt
        stop.is_wanted = True

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {n: signal.signal(n, want) for n in numbers if signal.getsignal(n) is not signal.SIG_IGN}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
