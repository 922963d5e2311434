"""What an experiment came to: a curve with its band and a row of numbers for each variant; as JSON, as CSV."""

from __future__ import annotations

import math
import platform
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.language import _, in_a_row
from core.policy_gradient.experiments.record import GradientNoise, RunRecord
from core.policy_gradient.experiments.schedule import Schedule
from core.policy_gradient.experiments.statistics import (
    CONFIDENCE,
    Band,
    Floats,
    bootstrap_band,
    median_and_quartiles,
    running_mean,
    times_fallen,
)
from core.runtime.events import Payload

MOST_POINTS: Final = 500
"""Points of a curve: more than a screen shows apart, and few enough that a band is drawn at once."""

_STILL: Final = 0.02
"""Share of the plot's height within which a curve counts as standing still."""
_BEYOND: Final = 1.1
"""How far a plot goes on, in parts of where its curves come to rest."""

Quartiles = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class VariantSummary:
    """What the runs of one variant came to.

    Attributes:
        name: the variant.
        runs: how many of its runs are over.
        solved: how many of them counted as solved.
        episodes_to_solve: of those that were solved, the training episodes until then: median, lower and upper
            quartile; None where none was.
        seconds_to_solve: of those that were solved, the wall seconds until then, likewise.
        times_fallen: how often all of them together were lost again after their running mean had reached the threshold.
        runs_fallen: how many of them that happened to.
        errors: how many stopped because training diverged.
        noise: how noisy the gradient of its first run is with that run's first weights; None where it was not measured.
        episodes: where the curve has its points, (points,), counted from 1.
        curve: running mean of the returns over the last ``window`` episodes: interquartile mean over the runs, and
            band. A run that has ended earlier than others goes on with its last value.
        window: episodes of the running mean.
    """

    name: str
    runs: int
    solved: int
    episodes_to_solve: Quartiles | None
    seconds_to_solve: Quartiles | None
    times_fallen: int
    runs_fallen: int
    errors: int
    noise: GradientNoise | None
    episodes: npt.NDArray[np.int64]
    curve: Band
    window: int

    @property
    def solved_fraction(self) -> float:
        """Return how much of the runs was solved, from 0 to 1."""
        return self.solved / self.runs


def summarise(name: str, records: Sequence[RunRecord]) -> VariantSummary:
    """Return what ``records``, at least one, came to; those without an episode have no part in the curve."""
    window = int(records[0].config["solved_window"])
    falls = [times_fallen(record.returns, window, record.threshold) for record in records]
    episodes, scores = curves_of(records, window)
    return VariantSummary(
        name=name,
        runs=len(records),
        solved=sum(record.solved_episode is not None for record in records),
        episodes_to_solve=median_and_quartiles(
            [record.solved_episode for record in records if record.solved_episode is not None]
        ),
        seconds_to_solve=median_and_quartiles(
            [record.solved_seconds for record in records if record.solved_seconds is not None]
        ),
        times_fallen=sum(falls),
        runs_fallen=sum(fall > 0 for fall in falls),
        errors=sum(bool(record.error) for record in records),
        noise=next((record.noise for record in records if record.noise is not None), None),
        episodes=episodes,
        curve=bootstrap_band([scores]),
        window=window,
    )


def summarising(name: str, records: Sequence[RunRecord]) -> Generator[Payload, None, VariantSummary]:
    """Be the task that summarises a variant; see ``summarise``."""
    yield from ()
    return summarise(name, records)


def curves_of(records: Sequence[RunRecord], window: int) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return where the curves have their points, (points,), and the running means there, (runs, points)."""
    begun = [record for record in records if record.returns]
    longest = max((len(record.returns) for record in begun), default=0)
    count = min(longest, MOST_POINTS)
    episodes = np.unique(np.linspace(1, longest, count).round().astype(np.int64)) if count else np.zeros(0, np.int64)
    rows = []
    for record in begun:
        means = running_mean(record.returns, window)
        rows.append(means[np.minimum(episodes, means.size) - 1])
    return episodes, np.stack(rows) if rows else np.zeros((len(records), 0))


def summaries(schedule: Schedule) -> list[VariantSummary]:
    """Return what each variant has come to that has a run to show, in their order."""
    return [
        summarise(variant.name, records)
        for variant in schedule.study.variants
        if (records := schedule.records_of(variant.name))
    ]


def last_episode_worth_drawing(told: Sequence[VariantSummary]) -> int:
    """Return where a plot may end: beyond, no curve moves by more than a fiftieth of what all of them span.

    A variant whose seeds are dead goes on for thousands of episodes, and would press the others into a corner.
    """
    curves = [summary.curve.iqm for summary in told if summary.episodes.size]
    if not curves:
        return 1
    least = _STILL * (max(float(curve.max()) for curve in curves) - min(float(curve.min()) for curve in curves))
    ends = []
    for summary in told:
        if summary.episodes.size:
            moving = np.flatnonzero(np.abs(summary.curve.iqm - summary.curve.iqm[-1]) > least)
            after = min(int(moving[-1]) + 1, summary.episodes.size - 1) if moving.size else 0
            ends.append(int(summary.episodes[after]))
    longest = max(int(summary.episodes[-1]) for summary in told if summary.episodes.size)
    return min(longest, math.ceil(_BEYOND * max(ends)))


def threshold_of(schedule: Schedule) -> float | None:
    """Return the mean return that counts as solved; None where the runs have none, or not all the same."""
    thresholds = {record.threshold for runs in schedule.records.values() for record in runs.values()}
    return thresholds.pop() if len(thresholds) == 1 else None


def caption(schedule: Schedule) -> str:
    """Return in one line what was played."""
    seeds = schedule.study.seeds
    environments = dict.fromkeys(variant.config.env_id for variant in schedule.study.variants)
    words = _("{environments} · seeds {first} to {last} · {done} of {all} runs")
    return words.format(
        environments=in_a_row(environments), first=seeds[0], last=seeds[-1], done=schedule.done, all=schedule.total
    )


def as_json(schedule: Schedule, told: Sequence[VariantSummary], *, seconds: float, interrupted: bool) -> dict[str, Any]:
    """Return an experiment as JSON takes it.

    Args:
        schedule: what was played.
        told: what its variants came to.
        seconds: wall time of the experiment; runs that were kept from before took none of it.
        interrupted: whether it was stopped before its end.
    """
    return {
        "seeds": list(schedule.study.seeds),
        "seconds": seconds,
        "interrupted": interrupted,
        "confidence": CONFIDENCE,
        "variants": {summary.name: _variant_as_json(summary, schedule) for summary in told},
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("torch", "gymnasium", "numpy")},
    }


def _variant_as_json(summary: VariantSummary, schedule: Schedule) -> dict[str, Any]:
    records = schedule.records_of(summary.name)
    runs: Mapping[int, RunRecord] = schedule.records[summary.name]
    config = {name: value for name, value in records[0].config.items() if name != "seed"}
    return {
        "config": config,
        "seeds": [seed for seed in schedule.study.seeds if seed in runs],
        "solved_fraction": summary.solved_fraction,
        "episodes_to_solve": _listed(summary.episodes_to_solve),
        "seconds_to_solve": _listed(summary.seconds_to_solve),
        "times_fallen": summary.times_fallen,
        "runs_fallen": summary.runs_fallen,
        "gradient_noise": None if summary.noise is None else asdict(summary.noise) | {"ratio": summary.noise.ratio},
        "window": summary.window,
        "curve": {
            "episode": summary.episodes.tolist(),
            "iqm": summary.curve.iqm.tolist(),
            "low": summary.curve.low.tolist(),
            "high": summary.curve.high.tolist(),
        },
        "durations": [list(record.durations) for record in records],
        "solved_episodes": [record.solved_episode for record in records],
        "seconds": [record.seconds for record in records],
        "errors": [record.error for record in records if record.error],
    }


def _listed(quartiles: Quartiles | None) -> list[float] | None:
    return None if quartiles is None else list(quartiles)


COLUMNS: Final = (
    "variant", "runs", "solved", "solved_fraction", "episodes_median", "episodes_q1", "episodes_q3", "seconds_median",
    "seconds_q1", "seconds_q3", "times_fallen", "runs_fallen", "gradient_variance", "gradient_noise",
)  # fmt: skip
"""Head of the table that ``as_rows`` gives."""


def as_rows(told: Sequence[VariantSummary]) -> list[tuple[str | float | None, ...]]:
    """Return the table of an experiment, a row a variant, with ``COLUMNS``."""
    nothing = (None, None, None)
    return [
        (
            summary.name,
            summary.runs,
            summary.solved,
            summary.solved_fraction,
            *(summary.episodes_to_solve or nothing),
            *(summary.seconds_to_solve or nothing),
            summary.times_fallen,
            summary.runs_fallen,
            summary.noise.variance if summary.noise is not None else None,
            summary.noise.ratio if summary.noise is not None else None,
        )
        for summary in told
    ]
