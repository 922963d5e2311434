"""The ``train`` command: training in the terminal, with a progress bar, and a file of what came of it."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, said_on, say
from core.files import is_standard_output
from core.json_text import write_json
from core.language import _, in_a_row
from core.one_line import reason_of
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient.config import ARTICLE, HYPERPARAMETERS, TrainConfig, preset
from core.policy_gradient.environments.description import CARTPOLE
from core.policy_gradient.errors import ConfigError, EnvironmentRefusedError, PolicyGradientError, RecordingError
from core.policy_gradient.events import EpisodeFinished, Evaluating, Transition
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.hyperparameters import FlagHyperparameter
from core.policy_gradient.report import Ending, sentence, summary, weights_sentence

if TYPE_CHECKING:
    from core.policy_gradient.train import Training


SAY_EVERY: Final = 0.25
"""Seconds between two words about what happens within an episode."""

_log = logging.getLogger(__name__)

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
        "--json": _("Write the result of the run, as JSON."),
        "--video": _("Record one greedy episode with the best weights, as .mp4 or .gif."),
        "--checkpoint": _("Write the weights with the best greedy score of this run, with their config (safetensors)."),
    }
    for option, meaning in files.items():
        parser.add_argument(option, type=Path, metavar="FILE", help=meaning)


def run(args: argparse.Namespace, *, out: TextIO | None = None, err: TextIO | None = None) -> int:
    """Train as ``args`` say.

    However the run ends, by itself, by Ctrl-C or by an error of the environment, what it came to until then is written:
    weights, JSON and video.

    Args:
        args: what a parser with ``add_arguments`` gave; with a true ``debug``, failures show their traceback.
        out: where the summary goes; standard output by default.
        err: where progress and errors go; standard error by default.

    Returns:
        0 done, 1 failed with one line on ``err``, 2 wrong use with one line on ``err``, 130 interrupted.
    """
    out, err = out or sys.stdout, err or sys.stderr
    try:
        # An environment may print what it likes; what reads the standard output wants nothing but the file.
        with contextlib.redirect_stdout(said_on(out, err, _targets(args).values())):
            config = config_from(args)
            _check_targets(args)
            return _train(config, args, out, err)
    except ConfigError as error:
        return end(err, f"{_option(error.field)}: {error}", WRONG_USE)
    except EnvironmentRefusedError as error:
        return end(err, f"{_option('env_id')}: {error}", WRONG_USE)
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    except PolicyGradientError as error:
        _show_traceback(args, err)
        return end(err, str(error), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def config_from(args: argparse.Namespace) -> TrainConfig:
    """Return the preset with what the command line changes.

    Raises:
        ConfigError: a value is not allowed.
        EnvironmentRefusedError: there is no such environment.
    """
    typed: dict[str, Any] = {}
    for name, spec in HYPERPARAMETERS.items():
        given = getattr(args, name)
        if given is not None:
            typed[name] = spec.parse(given) if isinstance(given, str) else spec.check(given)
    config = preset(typed.pop("preset", ARTICLE.preset)).for_environment(_resolved(typed.pop("env_id", CARTPOLE)))
    if typed.get("until_solved") and not config.until_solved:
        typed.setdefault("episodes", config.episodes * _PATIENCE)
    return replace(config, **typed)


def _resolved(env_id: str) -> str:
    """Return the id that Gymnasium knows the environment by, so that what is known of it is looked up by that."""
    if env_id == CARTPOLE:
        return env_id
    from core.policy_gradient.environments.registry import find  # only now: gymnasium takes a while to load

    return find(env_id).env_id


def _train(config: TrainConfig, args: argparse.Namespace, out: TextIO, err: TextIO) -> int:
    """Run the training and write the files."""
    # Only now: torch takes a second, and a typing error should not wait for it.
    from core.policy_gradient.environments.trial import examine
    from core.policy_gradient.train import Training

    if args.video:
        try:
            examine(config.environment, pictures=True)
        except RecordingError as error:
            raise ConfigError("video", str(error)) from error
    # What is loaded once a process, such as torch's optimizers, is not part of learning.
    training = Training(config)
    if args.until_solved and training.rule.at is None:
        training.close()
        message = _("{env_id} names no mean return that counts as solved: give one with {option}.")
        raise ConfigError("until_solved", message.format(env_id=config.env_id, option=_option("solved_at")))
    begin = time.perf_counter()
    ending = _advance(training, config, err)
    seconds = time.perf_counter() - begin
    result = training.result()
    said = [sentence(result, seconds)]
    if args.checkpoint or args.video:
        said.append(weights_sentence(result))
    say(said_on(out, err, _targets(args).values()), in_a_row(said))
    problems = _keep(training, args, summary(result, seconds, ending), out, err)
    if ending.error is not None:
        problems.append(ending.error)
    for problem in problems:
        end(err, problem, FAILED)
    return FAILED if problems else INTERRUPTED if ending.kind == "interrupted" else DONE


def _advance(training: Training, config: TrainConfig, err: TextIO) -> Ending:
    """Run the training to its end under a progress bar, and return which end it was."""
    with Progress(err, _("episodes"), elsewhere="bar") as progress:
        mean, shown = "", 0.0
        try:
            for event in training:
                if isinstance(event, EpisodeFinished):
                    mean = _("mean {mean:.1f}").format(mean=event.mean_100)
                    progress.show("", event.episode, config.episodes, mean)
                elif time.perf_counter() - shown < SAY_EVERY:
                    continue
                elif isinstance(event, Transition):
                    words = _("episode {episode}, step {step}").format(episode=event.episode, step=event.step)
                    progress.show("", training.place.episodes, config.episodes, in_a_row(filter(None, (mean, words))))
                elif isinstance(event, Evaluating):
                    words = _("greedy episodes: {done} of {all}, step {step}")
                    words = words.format(done=event.episodes, all=event.of, step=event.step)
                    progress.show("", training.place.episodes, config.episodes, words)
                shown = time.perf_counter()
        except KeyboardInterrupt:
            return Ending("interrupted")
        except PolicyGradientError as error:
            return Ending("failed", str(error))
        except Exception as error:  # what was learned is kept whatever happens
            _log.exception("training failed")
            return Ending("failed", reason_of(error))
        finally:
            training.close()
    return Ending("finished")


def _keep(training: Training, args: argparse.Namespace, content: dict[str, Any], out: TextIO, err: TextIO) -> list[str]:
    """Write the files; return what went wrong with them, in one line each."""
    from core.policy_gradient.checkpoint import save_checkpoint
    from core.policy_gradient.export.video import record_video

    config = training.config
    writers: list[tuple[Path | None, Callable[[Path], object]]] = [
        # the weights first: they cannot be had again; the video last: it takes longest
        (args.checkpoint, lambda path: save_checkpoint(path, training.best_policy(), config)),
        (args.json, lambda path: write_json(path, content)),
        (args.video, lambda path: record_video(training.best_policy(), config, path)),
    ]
    problems = []
    for path, write in writers:
        if path is None:
            continue
        try:
            with contextlib.redirect_stdout(out if is_standard_output(path) else sys.stdout):
                write(path)
        except PolicyGradientError as error:
            _show_traceback(args, err)
            problems.append(str(error))
        except OSError as error:
            _show_traceback(args, err)
            words = _("{path} can't be written ({reason}). Choose another place.")
            problems.append(words.format(path=path, reason=error.strerror or error))
    return problems


def _show_traceback(args: argparse.Namespace, err: TextIO) -> None:
    if getattr(args, "debug", False):
        traceback.print_exc(file=err)


def _check_targets(args: argparse.Namespace) -> None:
    """Refuse, before a long run, to write where it can't be written.

    Raises:
        OutputRefusedError: for the first such file.
        ConfigError: the video's name has an ending of no video.
    """
    check_outputs(_targets(args))
    path: Path | None = args.video
    if path is not None and path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        raise ConfigError("video", message.format(suffixes=", ".join(VIDEO_SUFFIXES), path=path))


def _targets(args: argparse.Namespace) -> dict[str, Path | None]:
    """Return the files to be written, by the name of their option."""
    return {_option(name): getattr(args, name) for name in ("json", "video", "checkpoint")}


def _option(name: str) -> str:
    return _OPTIONS.get(name, "--" + name.replace("_", "-"))
