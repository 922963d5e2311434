"""The figures of docs/guide/policy-gradient.md: medians over seeds, with the lowest and the highest.

One seed says little: the same settings learn on one seed and never on another, and the same seed gives other numbers
on another kind of processor. So a lesson of the guide is what holds for the median of many seeds::

    python -m tests.benchmarks.lessons --seeds 10
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from core.command_line import Progress
from core.policy_gradient.config import ARTICLE, FAST, TrainConfig
from core.policy_gradient.events import Result
from core.policy_gradient.train import Training

Figure = Callable[[Result], float]


def mean_of(first: int, last: int) -> Figure:
    """Return what gives the mean steps of the episodes from ``first`` to ``last``, counted from 1."""
    return lambda result: statistics.fmean(result.durations[first - 1 : last])


def greedy(result: Result) -> float:
    """Return the mean of the greedy episodes with the last weights."""
    assert result.greedy_mean is not None  # a run ends with an evaluation
    return result.greedy_mean


def best(result: Result) -> float:
    """Return the mean of the greedy episodes with the best weights."""
    assert result.best_greedy_mean is not None  # a run ends with an evaluation
    return result.best_greedy_mean


def training_mean(result: Result) -> float:
    """Return the mean of the last 100 training episodes."""
    assert result.training_mean is not None  # at least one episode was played
    return result.training_mean


LESSONS: Final[Mapping[str, tuple[TrainConfig, Mapping[str, Figure]]]] = {
    "article": (
        ARTICLE,
        {
            "episodes 1-10": mean_of(1, 10),
            "episodes 131-150": mean_of(131, 150),
            "episodes 281-300": mean_of(281, 300),
            "episodes 481-500": mean_of(481, 500),
            "greedy, last weights": greedy,
            "greedy, best weights": best,
        },
    ),
    "fast, until solved": (
        FAST,
        {
            "episodes": lambda result: float(len(result.durations)),
            "last 100 training episodes": training_mean,
            "greedy, last weights": greedy,
        },
    ),
    "learning rate 0.03": (
        replace(ARTICLE, learning_rate=0.03),
        {"episodes 481-500": mean_of(481, 500), "greedy, last weights": greedy, "greedy, best weights": best},
    ),
    "gamma 0": (replace(ARTICLE, gamma=0.0, episodes=150), {"episodes 131-150": mean_of(131, 150)}),
    "an update every episode": (
        replace(ARTICLE, batch_episodes=1, episodes=300),
        {"episodes 281-300": mean_of(281, 300), "greedy, last weights": greedy, "greedy, best weights": best},
    ),
    "Adam": (
        replace(ARTICLE, optimizer="adam"),
        {"episodes 481-500": mean_of(481, 500), "greedy, last weights": greedy, "greedy, best weights": best},
    ),
}
"""What the guide speaks of: the config, and what is read off its run."""


def run(config: TrainConfig) -> Result:
    """Train to the end."""
    training = Training(config)
    for _event in training:
        pass
    return training.result()


def main() -> None:
    """Measure and write one line a figure: median, lowest, highest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=10, help="how many seeds, from 0 on")
    parser.add_argument("--only", choices=LESSONS, action="append", help="only this one; may be given several times")
    arguments = parser.parse_args()
    for name in arguments.only or LESSONS:
        config, figures = LESSONS[name]
        results = []
        with Progress(sys.stderr, "runs") as progress:
            for seed in range(arguments.seeds):
                progress.show(name, seed, arguments.seeds)
                results.append(run(replace(config, seed=seed)))
        for figure, read in figures.items():
            values = [read(result) for result in results]
            spread = f"{min(values):6.1f} to {max(values):6.1f}"
            print(f"{name:24} {figure:28} {statistics.median(values):6.1f}  ({spread})", flush=True)


if __name__ == "__main__":
    main()
