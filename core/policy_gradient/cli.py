"""The ``train`` command: training in the terminal, with a progress bar, and a file of what came of it."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
import traceback
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end
from core.files import is_standard_output, replacing
from core.language import _, in_a_row
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient.config import ARTICLE, HYPERPARAMETERS, TrainConfig, preset
from core.policy_gradient.environments.description import CARTPOLE
from core.policy_gradient.errors import ConfigError, EnvironmentRefusedError, PolicyGradientError
from core.policy_gradient.events import EpisodeFinished, Result
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.hyperparameters import FlagHyperparameter

if TYPE_CHECKING:
    from core.policy_gradient.train import Training


_OPTIONS: Final = {"env_id": "--env", "batch_episodes": "--batch"}
"""Options that are not called as their field."""

_PATIENCE: Final = 10
"""With --until-solved, and no limit named, the article's agent may take this many times its usual
episodes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; every hyperparameter of ``HYPERPARAMETERS`` has one.

    Values stay text here: ``run`` reads them with the same specification as the window.
    """
    for name, spec in HYPERPARAMETERS.items():
        option = _option(name)
        if isinstance(spec, FlagHyperparameter):
            parser.add_argument(option, dest=name, action=argparse.BooleanOptionalAction, help=spec.meaning)
        else:
            meaning = f"{spec.meaning} ({spec.allowed()})"
            parser.add_argument(option, dest=name, metavar=name.upper(), help=meaning)
    files = {
        "--json": _("Write what the run came to, as JSON."),
        "--video": _("Record one greedy episode of the best weights, as .mp4 or .gif."),
        "--checkpoint": _("Write the best weights with their config (safetensors)."),
    }
    for option, meaning in files.items():
        parser.add_argument(option, type=Path, metavar="FILE", help=meaning)


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Train as ``args`` say.

    Ctrl-C ends the training; what was done until then is written as if it had ended there, except for the
    video.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the summary goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        config = config_from(args)
        _check_targets(args)
    except ConfigError as error:
        return end(err, f"{_option(error.field)}: {error}", WRONG_USE)
    try:
        return _train(config, args, out, err)
    except EnvironmentRefusedError as error:
        return end(err, f"{_option('env_id')}: {error}", WRONG_USE)
    except (PolicyGradientError, OSError) as error:
        if getattr(args, "debug", False):
            traceback.print_exc(file=err)
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def config_from(args: argparse.Namespace) -> TrainConfig:
    """Return the preset with what the command line changes.

    Raises:
        ConfigError: a value is not allowed; nothing else is looked at first.
    """
    typed: dict[str, Any] = {}
    for name, spec in HYPERPARAMETERS.items():
        given = getattr(args, name)
        if given is not None:
            typed[name] = spec.parse(given) if isinstance(given, str) else spec.check(given)
    config = preset(typed.pop("preset", ARTICLE.preset)).for_environment(typed.pop("env_id", CARTPOLE))
    if typed.get("until_solved") and not config.until_solved:
        typed.setdefault("episodes", config.episodes * _PATIENCE)
    return replace(config, **typed)


def _train(config: TrainConfig, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Run the training and write the files."""
    # Only now: torch takes a second, and a typing error should not wait for it.
    from core.policy_gradient.checkpoint import save_checkpoint
    from core.policy_gradient.export.video import record_video
    from core.policy_gradient.train import Training

    # What is loaded once a process, such as torch's optimizers, is not part of learning.
    training = Training(config)
    begin = time.perf_counter()
    interrupted = _advance(training, config, err)
    seconds = time.perf_counter() - begin
    result = training.result()
    # What reads the standard output wants nothing but the JSON.
    (err if is_standard_output(args.json) else out).write(_sentence(result, seconds) + "\n")
    if args.checkpoint:  # first of the files: the weights cannot be had again
        save_checkpoint(args.checkpoint, training.best_policy(), config)
    if is_standard_output(args.json):
        out.write(_json(summary(result, seconds, interrupted=interrupted)))
    elif args.json:
        write_json(args.json, summary(result, seconds, interrupted=interrupted))
    if interrupted:
        return INTERRUPTED
    if args.video:
        record_video(training.best_policy(), config, args.video)
    return DONE


def _advance(training: Training, config: TrainConfig, err: TextIO) -> bool:
    """Run the training to its end under a progress bar; return whether Ctrl-C ended it."""
    with Progress(err, _("episodes"), elsewhere="bar") as progress:
        try:
            for event in training:
                if isinstance(event, EpisodeFinished):
                    mean = _("mean {mean:.1f}").format(mean=event.mean_100)
                    progress.show("", event.episode, config.episodes, mean)
        except KeyboardInterrupt:
            training.close()
            return True
    return False


def summary(result: Result, seconds: float, *, interrupted: bool = False) -> dict[str, Any]:
    """Return what a run came to, as JSON takes it.

    Args:
        result: the run's own account.
        seconds: wall time of training and evaluation, measured by the caller.
        interrupted: whether it was ended by hand.
    """
    return {
        "config": result.config.to_dict(),
        "seed": result.config.seed,
        "durations": list(result.durations),
        "returns": list(result.returns),
        "updates": result.updates,
        "solved_episode": result.solved_episode,
        "training_mean": result.training_mean,
        "greedy_mean": result.greedy_mean,
        "best_greedy_mean": result.best_greedy_mean,
        "env_steps": result.env_steps,
        "seconds": seconds,
        "env_steps_per_second": result.env_steps / seconds,
        "interrupted": interrupted,
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("torch", "gymnasium", "numpy")},
    }


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write ``content`` to ``path``, at once or not at all.

    Raises:
        OSError: it can't be written.
    """
    with replacing(path) as beside:
        beside.write_text(_json(content), encoding="utf-8")


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _sentence(result: Result, seconds: float) -> str:
    """Return what the run came to, for the terminal."""
    work = _("{episodes} episodes, {updates} updates, {steps} steps in {seconds:.2f} s ({speed:.0f} a second).")
    training = _("Mean return of the last {window} training episodes: {mean:.1f}.")
    greedy = _("Mean return of {episodes} greedy episodes: {mean:.1f}.")
    solved = _("Solved at episode {episode}.")
    said = [
        work.format(
            episodes=len(result.durations),
            updates=result.updates,
            steps=result.env_steps,
            seconds=seconds,
            speed=result.env_steps / seconds,
        )
    ]
    if result.training_mean is not None:
        window = min(result.config.solved_window, len(result.returns))
        said.append(training.format(window=window, mean=result.training_mean))
    if result.greedy_mean is not None:
        said.append(greedy.format(episodes=result.config.eval_episodes, mean=result.greedy_mean))
    if result.solved_episode is not None:
        said.append(solved.format(episode=result.solved_episode))
    return in_a_row(said)


def _check_targets(args: argparse.Namespace) -> None:
    """Refuse, before a long run, to write where it can't be written.

    Raises:
        ConfigError: for the first such file.
    """
    try:
        check_outputs({name: getattr(args, name) for name in ("json", "video", "checkpoint")})
    except OutputRefusedError as error:
        raise ConfigError(error.output, str(error)) from error
    path: Path | None = args.video
    if path is not None and path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video must end in {suffixes}; {path} does not.")
        raise ConfigError("video", message.format(suffixes=", ".join(VIDEO_SUFFIXES), path=path))


def _option(name: str) -> str:
    return _OPTIONS.get(name, "--" + name.replace("_", "-"))
