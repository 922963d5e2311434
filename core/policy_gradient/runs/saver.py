"""A run that is saved while it is trained, and one that goes on where it was saved."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from core.language import _, ngettext
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError, RunFolderError
from core.policy_gradient.events import EpisodeFinished, UpdateFinished
from core.policy_gradient.place import ReturnTo
from core.policy_gradient.runs.folder import save_run
from core.policy_gradient.runs.history import Ending, RunHistory
from core.policy_gradient.train import Training
from core.runtime.events import Payload

SAVE_EVERY: Final = 60.0
"""Seconds after which a run under way is saved again: a machine that goes down takes no more than that."""
CHANGEABLE: Final = frozenset({"episodes", "until_solved"})
"""Hyperparameters that a run may go on with otherwise: they say when it ends, and nothing of what it is until then."""


def config_to_resume(run: RunHistory, changes: Mapping[str, Any]) -> TrainConfig:
    """Return what ``run`` goes on with.

    Args:
        run: the run.
        changes: hyperparameters that were chosen anew.

    Raises:
        ConfigError: they would make it another run, or it is at its end.
    """
    for name in changes:
        if name not in CHANGEABLE:
            message = _("A saved run goes on with the values it began with: leave this out, or begin a new run.")
            raise ConfigError(name, message)
    config = replace(run.config, **changes)
    if run.ending == "finished" and config == run.config:
        message = ngettext(
            "This run came to its end after {episodes} episode. To go on, name more with --episodes.",
            "This run came to its end after {episodes} episodes. To go on, name more with --episodes.",
            len(run.episodes),
        )
        raise ConfigError("resume", message.format(episodes=len(run.episodes)))
    return config


def resumed(run: RunHistory, config: TrainConfig) -> Training:
    """Return a training that plays ``run`` again and goes on from where it was.

    A run is settled by its config, so playing it again from the start leads there to the last bit. What it takes is
    the time until there; what it saves is to write down an optimizer, six generators, and the inside of environments
    that nobody can look into.
    """
    return Training(config, ReturnTo(run.place, tuple(run.learning_rates)))


class RunSaver:
    """Takes a run down, and saves it.

    Args:
        path: the folder.
        training: the run.
        former: where it goes on from: what is played again is compared with it.
    """

    def __init__(self, path: Path, training: Training, former: RunHistory | None = None) -> None:
        self.run = RunHistory(training.config)
        self._path, self._training = path, training
        self._former = RunHistory(training.config) if former is None else former
        self._saved_at = time.perf_counter()

    @property
    def _is_on_its_way_back(self) -> bool:
        """Whether what was saved is still more than what is here."""
        return self.run.env_steps < self._former.env_steps

    def take(self, event: Payload) -> None:
        """Take in what the run says; save it now and then. What can't be saved now is tried again, and at the end.

        Raises:
            RunFolderError: what is played again differs from what was saved.
        """
        self.run.apply([event])
        if isinstance(event, EpisodeFinished):
            self._compare(len(self.run.episodes) - 1)
        elif isinstance(event, UpdateFinished) and time.perf_counter() - self._saved_at > SAVE_EVERY:
            with contextlib.suppress(RunFolderError):
                self.save("under way")
            self._saved_at = time.perf_counter()

    def save(self, ending: Ending) -> None:
        """Save the run as it is.

        Raises:
            RunFolderError: it can't be saved.
        """
        if self._is_on_its_way_back:
            return
        self.run.ending = ending
        last = self._training.policy
        save_run(self._path, self.run, best=self._training.best_policy(), last=last)

    def _compare(self, index: int) -> None:
        former = self._former.episodes
        if index >= len(former):
            return
        now, then = self.run.episodes[index], former[index]
        is_same = now.record == then.record if now.record and then.record else now.duration == then.duration
        if not is_same:
            message = _(
                "The run can't go on exactly where it stopped: episode {episode} is another one here. It was saved "
                "with other versions of its packages, or its environment can't be repeated. It is left as it was."
            )
            raise RunFolderError(message.format(episode=index + 1))
