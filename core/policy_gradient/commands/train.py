"""The ``train`` command: training in the terminal, with a progress bar, and a file of what came of it."""

from __future__ import annotations

import argparse
import contextlib
import logging
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from core.command_line import DONE, FAILED, INTERRUPTED, WRONG_USE, Progress, end, said_on, say, show_traceback
from core.language import _, in_a_row
from core.one_line import reason_of
from core.outputs import OutputRefusedError
from core.policy_gradient.commands.outputs import check_targets, keep, open_logs, option_of, targets_of
from core.policy_gradient.commands.report import Ending, sentence, summary, weights_sentence
from core.policy_gradient.config import ARTICLE, HYPERPARAMETERS, TrainConfig, preset
from core.policy_gradient.environments.description import CARTPOLE
from core.policy_gradient.errors import ConfigError, EnvironmentRefusedError, PolicyGradientError, RecordingError
from core.policy_gradient.events import EpisodeFinished, Evaluating, Transition
from core.policy_gradient.export.run_log import RunLogs
from core.policy_gradient.hyperparameters import FlagHyperparameter
from core.policy_gradient.runs.config_file import changes_of, read_config
from core.runtime.events import Payload

if TYPE_CHECKING:
    from core.policy_gradient.runs.saver import RunSaver
    from core.policy_gradient.train import Training


SAY_EVERY: Final = 0.25
"""Seconds between two words about what happens within an episode."""

_log = logging.getLogger(__name__)

_PATIENCE: Final = 10
"""With --until-solved, and no limit named, the article's agent may take this many times its usual
episodes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; every hyperparameter of ``HYPERPARAMETERS`` has one.

    Values stay text here: ``run`` reads them with the same specification as the window.
    """
    for name, spec in HYPERPARAMETERS.items():
        option = option_of(name)
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
    tables = _(
        "Write episodes, updates and evaluations while training: a folder of three tables, or one table named *.csv."
    )
    parser.add_argument("--csv", type=Path, metavar="FOLDER|FILE", help=tables)
    events = _("Write TensorBoard's event files while training (extra: tensorboard).")
    parser.add_argument("--tensorboard", type=Path, metavar="FOLDER", help=events)
    repeat = _("Repeat a run: what --json or --save wrote. Options beside it change what they name.")
    parser.add_argument("--config", type=Path, metavar="FILE|RUN", help=repeat)
    parser.add_argument("--quiet", action="store_true", help=_("Say nothing but what went wrong."))
    folders = {
        "--save": _("Save the run as a folder, while training and at its end, to be watched, opened and gone on with."),
        "--resume": _("Go on with a saved run exactly where it stopped. --episodes may name a later end."),
    }
    for option, meaning in folders.items():
        parser.add_argument(option, type=Path, metavar="RUN", help=meaning)


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
        with contextlib.redirect_stdout(said_on(out, err, targets_of(args).values())):
            config = config_from(args)
            check_targets(args)
            return _train(config, args, out, err)
    except ConfigError as error:
        return end(err, f"{option_of(error.field)}: {error}", WRONG_USE)
    except EnvironmentRefusedError as error:
        return end(err, f"{option_of(error.field)}: {error}", WRONG_USE)
    except OutputRefusedError as error:
        return end(err, str(error), WRONG_USE)
    except PolicyGradientError as error:
        show_traceback(args, err)
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
    if args.resume is not None:
        from core.policy_gradient.runs.folder import load_run
        from core.policy_gradient.runs.saver import config_to_resume

        if args.config is not None:
            raise ConfigError("config", _("A saved run goes on with the values it began with: leave this out."))
        return config_to_resume(load_run(args.resume), typed)
    config = _base(args.config, typed)
    if "env_id" in typed:
        config = config.for_environment(_resolved(typed.pop("env_id")))
    if typed.get("until_solved") and not config.until_solved:
        typed.setdefault("episodes", config.episodes * _PATIENCE)
    return replace(config, **typed)


def _base(path: Path | None, typed: dict[str, Any]) -> TrainConfig:
    """Return the config that the options change: that of a run, or a preset, which is taken out of ``typed``."""
    if path is None:
        return preset(typed.pop("preset", ARTICLE.preset))
    if "preset" in typed:
        raise ConfigError("preset", _("A run that is repeated has all its values: leave out --preset or --config."))
    return read_config(path)


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

    if args.video:
        try:
            examine(config.environment, pictures=True)
        except RecordingError as error:
            raise ConfigError("video", str(error)) from error
    # What is loaded once a process, such as torch's optimizers, is not part of learning.
    training, saver = _begun(config, args)
    if args.until_solved and training.rule.at is None:
        training.close()
        message = _("{env_id} names no mean return that counts as solved: give one with {option}.")
        raise ConfigError("until_solved", message.format(env_id=config.env_id, option=option_of("solved_at")))
    logs = open_logs(training, args, out)
    begin = time.perf_counter()
    ending = _advance(training, logs, err, saver, quiet=args.quiet)
    seconds = time.perf_counter() - begin
    result = training.result()
    said = [sentence(result, seconds)]
    if args.checkpoint or args.video:
        said.append(weights_sentence(result))
    # First all is kept: what is said may have nowhere to go.
    problems = logs.problems + keep(training, args, summary(result, seconds, ending), out, err)
    problems += _saved(saver, ending)
    if not args.quiet:
        say(said_on(out, err, targets_of(args).values()), in_a_row(said))
    if ending.error is not None:
        problems.append(ending.error)
    for problem in problems:
        end(err, problem, FAILED)
    return FAILED if problems else INTERRUPTED if ending.kind == "interrupted" else DONE


def _begun(config: TrainConfig, args: argparse.Namespace) -> tuple[Training, RunSaver | None]:
    """Return the training, a new one or one that goes on, and who saves it."""
    from core.policy_gradient.runs.folder import load_run
    from core.policy_gradient.runs.saver import RunSaver, resumed
    from core.policy_gradient.train import Training

    if args.resume is not None:
        former = load_run(args.resume)
        training = resumed(former, config)
        return training, RunSaver(args.save or args.resume, training, former)
    # What was changed by hand is changed again; a learning rate that is named takes its place.
    is_repeated = args.config is not None and args.learning_rate is None
    training = Training(config, changes_of(args.config) if is_repeated else None)
    return training, None if args.save is None else RunSaver(args.save, training)


def _saved(saver: RunSaver | None, ending: Ending) -> list[str]:
    """Save the run; return what went wrong, in one line."""
    try:
        if saver is not None:
            saver.save(ending.kind)
    except PolicyGradientError as error:
        return [str(error)]
    return []


def _advance(training: Training, logs: RunLogs, err: TextIO, saver: RunSaver | None, *, quiet: bool) -> Ending:
    """Run the training to its end under a progress bar, and return which end it was."""
    with contextlib.closing(logs), Progress(err, _("episodes"), elsewhere="bar") as progress:
        told = _Told(training, progress)
        try:
            for event in training:
                logs.take(event)
                if saver is not None:
                    saver.take(event)
                if not quiet:
                    told.take(event)
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


class _Told:
    """What the bar says of a run, as its events come."""

    def __init__(self, training: Training, progress: Progress) -> None:
        self._training, self._progress = training, progress
        self._mean, self._shown = "", 0.0

    def take(self, event: Payload) -> None:
        """Say what has happened, within an episode not more often than anybody could read it."""
        if isinstance(event, EpisodeFinished):
            self._mean = _("mean {mean:.1f}").format(mean=event.mean_100)
            self._show(event.episode, self._mean)
        elif time.perf_counter() - self._shown < SAY_EVERY:
            return
        elif isinstance(event, Transition):
            words = _("episode {episode}, step {step}").format(episode=event.episode, step=event.step)
            self._show(self._training.place.episodes, in_a_row(filter(None, (self._mean, words))))
        elif isinstance(event, Evaluating):
            words = _("greedy episodes: {done} of {all}, step {step}")
            words = words.format(done=event.episodes, all=event.of, step=event.step)
            self._show(self._training.place.episodes, words)
        self._shown = time.perf_counter()

    def _show(self, episodes: int, words: str) -> None:
        self._progress.show("", episodes, self._training.config.episodes, words)
