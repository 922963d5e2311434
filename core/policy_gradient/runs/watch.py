"""The ``watch`` command: an episode of a saved run again, or its best policy playing, in numbers or as a video."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, say, show_traceback
from core.language import _, listed, ngettext
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient import counted
from core.policy_gradient.errors import PolicyGradientError, RunFolderError
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.runs.history import RunHistory

MOST_EPISODES: Final = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("run", type=Path, metavar="RUN", help=_("The folder that train --save wrote."))
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--episode", type=int, metavar="N", help=_("Play training episode N again, step for step."))
    which.add_argument(
        "--best", action="store_true", help=_("Let the best weights play a greedy episode; so it is without --episode.")
    )
    parser.add_argument("--video", type=Path, metavar="FILE", help=_("Write the episode as a video: .mp4 or .gif."))
    parser.add_argument("--evaluate", type=int, metavar="N", help=_("Let the best weights play N greedy episodes."))


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Do as ``args`` say.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where it says what it saw; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        problem = _wrong_use(args)
        if problem:
            return end(err, problem, WRONG_USE)
        check_outputs({"--video": args.video}, [args.run])
        _watch(args, out, err)
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    except PolicyGradientError as error:
        show_traceback(args, err)
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED
    return DONE


def _wrong_use(args: argparse.Namespace) -> str:
    """Return what is wrong with the options; empty if nothing is."""
    if args.video is not None and args.video.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        return "--video: " + message.format(suffixes=listed(VIDEO_SUFFIXES), path=args.video)
    if args.evaluate is not None and not 1 <= args.evaluate <= MOST_EPISODES:
        return "--evaluate: " + _("a number from 1 to {most} is needed.").format(most=f"{MOST_EPISODES:,}")
    if args.evaluate is not None and args.episode is not None:
        return "--evaluate: " + _("it plays new episodes: leave out --episode.")
    return ""


def _watch(args: argparse.Namespace, out: TextIO, err: TextIO) -> None:
    from core.policy_gradient.runs.folder import load_run  # only now: numpy and more take a while to load

    saved = load_run(args.run)
    say(out, _account(saved))
    if args.episode is not None:
        _play_again(saved, args.episode, args.video, out)
    elif args.evaluate is None or args.video is not None or args.best:
        _play_best(saved, args, out)
    if args.evaluate is not None:
        _evaluate(saved, args, out, err)


def _account(saved: RunHistory) -> str:
    """Return what the run is, in one line."""
    words = _("{env_id}, preset {preset}, seed {seed}: {episodes}, {updates}.")
    return words.format(
        env_id=saved.config.env_id,
        preset=saved.config.preset,
        seed=saved.config.seed,
        episodes=counted.episodes(len(saved.episodes)),
        updates=counted.updates(len(saved.updates)),
    )


def _play_again(saved: RunHistory, number: int, video: Path | None, out: TextIO) -> None:
    """Play a training episode again, and say how it went.

    Raises:
        RunFolderError: there is no such episode, or it was not kept.
    """
    from core.policy_gradient.runs.episode_video import record_episode
    from core.policy_gradient.runs.replay import replay

    record = saved.record(number)
    if record is None:
        if 1 <= number <= len(saved.episodes):
            raise RunFolderError(saved.episodes[number - 1].no_record or _("This episode was not kept."))
        message = _("There is no episode {number}: this run has {count}.")
        raise RunFolderError(message.format(number=number, count=len(saved.episodes)))
    if video is None:
        for _moment in replay(saved.config, record):
            pass
    else:
        record_episode(saved.config, record, video)
    words = {
        True: _("Episode {episode} again: {steps}, return {score:g}, cut off at the limit."),
        False: _("Episode {episode} again: {steps}, return {score:g}, to a terminal state."),
    }[record.truncated and not record.terminated]
    say(out, words.format(episode=number, steps=counted.steps(record.duration), score=record.episode_return))
    say(out, _("Every state, reward and the end are as they were recorded."))


def _play_best(saved: RunHistory, args: argparse.Namespace, out: TextIO) -> None:
    """Let the best weights play, and say how it went."""
    from core.policy_gradient.export.video import record_video
    from core.policy_gradient.runs.folder import load_policy

    policy = load_policy(args.run)
    if args.video is not None:
        record_video(policy, saved.config, args.video)
        say(out, _("The video {path} shows a greedy episode of the best weights.").format(path=args.video))
        return
    from core.policy_gradient.evaluation import scores_of

    scores = scores_of(policy, saved.config, 1)
    words = _("A greedy episode of the best weights: {steps}, return {score:g}.")
    say(out, words.format(steps=counted.steps(int(scores.durations[0])), score=float(scores.returns[0])))


def _evaluate(saved: RunHistory, args: argparse.Namespace, out: TextIO, err: TextIO) -> None:
    """Let the best weights play many greedy episodes, and say how they went."""
    from core.policy_gradient.evaluation import scores_of
    from core.policy_gradient.runs.folder import load_policy

    with Progress(err, _("episodes"), elsewhere="bar") as progress:
        scores = scores_of(
            load_policy(args.run), saved.config, args.evaluate, lambda done: progress.show("", done, args.evaluate)
        )
    words = ngettext(
        "A greedy episode of the best weights: return {mean:.1f}.",
        "{episodes} greedy episodes of the best weights: mean {mean:.1f} ± {deviation:.1f} "
        "(lowest {low:g}, highest {high:g}).",
        args.evaluate,
    )
    returns = scores.returns
    say(
        out,
        words.format(
            episodes=args.evaluate,
            mean=float(returns.mean()),
            deviation=float(returns.std()),
            low=float(returns.min()),
            high=float(returns.max()),
        ),
    )
