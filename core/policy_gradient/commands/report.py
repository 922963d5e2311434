"""What a run came to, as JSON and in sentences for the terminal."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, Literal

from core.language import _, in_a_row, ngettext
from core.policy_gradient import counted
from core.policy_gradient.events import Result, SolvedRule


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended.

    Attributes:
        kind: by itself, by Ctrl-C, or by an error.
        error: the error in one line; None without one.
    """

    kind: Literal["finished", "interrupted", "failed"]
    error: str | None = None


def summary(result: Result, seconds: float, ending: Ending) -> dict[str, Any]:
    """Return what a run came to, as JSON takes it.

    Args:
        result: the run's own account.
        seconds: wall time of training and evaluation, measured by the caller.
        ending: how it ended.
    """
    return {
        "config": result.config.to_dict(),
        "seed": result.config.seed,
        "durations": list(result.durations),
        "returns": list(result.returns),
        "updates": result.updates,
        "solved_episode": result.solved_episode,
        "solved_rule": asdict(result.rule),
        "weights": asdict(result.weights),
        "learning_rates": [list(change) for change in result.learning_rates],
        "training_mean": result.training_mean,
        "greedy_mean": result.greedy_mean,
        "best_greedy_mean": result.best_greedy_mean,
        "env_steps": result.env_steps,
        "seconds": seconds,
        "env_steps_per_second": result.env_steps / seconds,
        "ending": ending.kind,
        "interrupted": ending.kind == "interrupted",
        "error": ending.error,
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("torch", "gymnasium", "numpy")},
    }


def sentence(result: Result, seconds: float) -> str:
    """Return what the run came to, for the terminal."""
    work = _("{episodes}, {updates}, {steps} in {seconds:.2f} s ({speed:.0f} a second).")
    solved = _("Solved at episode {episode}.")
    said = [
        work.format(
            episodes=counted.episodes(len(result.durations)),
            updates=counted.updates(result.updates),
            steps=counted.steps(result.env_steps),
            seconds=seconds,
            speed=result.env_steps / seconds,
        )
    ]
    if result.training_mean is not None:
        window = min(result.config.solved_window, len(result.returns))
        training = ngettext(
            "Return of the last training episode: {mean:.1f}.",
            "Mean return of the last {window} training episodes: {mean:.1f}.",
            window,
        )
        said.append(training.format(window=window, mean=result.training_mean))
    if result.greedy_mean is not None and result.best_greedy_mean is not None:
        greedy = ngettext(
            "Return of a greedy episode: {last:.1f} with the last weights, {best:.1f} with the best.",
            "Mean return of {episodes} greedy episodes: {last:.1f} with the last weights, {best:.1f} with the best.",
            result.config.eval_episodes,
        )
        said.append(
            greedy.format(episodes=result.config.eval_episodes, last=result.greedy_mean, best=result.best_greedy_mean)
        )
    if result.solved_episode is not None:
        said.append(solved.format(episode=result.solved_episode))
    said.append(_rule_sentence(result.rule))
    return in_a_row(said)


def _rule_sentence(rule: SolvedRule) -> str:
    """Return when the run counts as solved, and who says so."""
    if rule.at is None:
        return _("Neither the environment nor --solved-at says from where on it counts as solved.")
    words = {
        "training": _("It counts as solved when {episodes} training episodes average {at:g} ({source})."),
        "greedy": _("It counts as solved when {episodes} greedy episodes average {at:g} ({source})."),
    }[rule.by]
    source = _("as chosen") if rule.source == "config" else _("the environment's own threshold")
    return words.format(episodes=rule.episodes, at=rule.at, source=source)


def weights_sentence(result: Result) -> str:
    """Return which weights the files hold."""
    kept = result.weights
    if kept.greedy_mean is None:
        words = _("The files hold the last weights, of episode {episode}: no greedy episodes were played before.")
        return words.format(episode=kept.episode)
    words = _("The files hold the best weights, of episode {episode}: their greedy episodes average {mean:.1f}.")
    return words.format(episode=kept.episode, mean=kept.greedy_mean)
