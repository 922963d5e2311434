"""Which run of an experiment is played next, and which are over. It knows no process: a driver asks it and tells it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import PolicyGradientError
from core.policy_gradient.experiments.record import RunRecord
from core.policy_gradient.experiments.variants import Variant, with_seed
from core.runtime.task import Job

TRIES: Final = 3
"""How often a run is begun whose process dies, before the experiment gives up."""
_TASK: Final = "core.policy_gradient.experiments.play:play_or_find"


class StudyError(PolicyGradientError):
    """An experiment can't go on."""


@dataclass(frozen=True, slots=True)
class Study:
    """An experiment: variants, each played with the same seeds.

    Attributes:
        variants: what is compared; their names differ.
        seeds: the seeds of each.
    """

    variants: tuple[Variant, ...]
    seeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run of an experiment.

    Attributes:
        variant: what is played.
        seed: with which seed.
        measured: whether the noise of its gradient is measured, too: once a variant, all with the same seed.
    """

    variant: Variant
    seed: int
    measured: bool = False

    @property
    def config(self) -> TrainConfig:
        """Its hyperparameters."""
        return with_seed(self.variant, self.seed)

    def job(self, folder: Path | None, *, stands_back: bool = False) -> Job:
        """Return what a worker process runs.

        Args:
            folder: where finished runs are kept; None to keep none.
            stands_back: whether the process lets others go first, such as a window.
        """
        given = {"player": self.variant.task, "config": self.config, "folder": folder}
        return Job(_TASK, given | {"measured": self.measured, "stands_back": stands_back})


class Schedule:
    """The runs of a study: every variant with the first seed, then with the second, so that all grow together.

    Attributes:
        study: what is played.
    """

    def __init__(self, study: Study, first: Collection[tuple[str, int]] = ()) -> None:
        """Plan the runs of ``study``; those of ``first``, by variant and seed, before all others."""
        self.study = study
        runs = [PlannedRun(variant, seed, seed == study.seeds[0]) for seed in study.seeds for variant in study.variants]
        self._waiting = deque(sorted(runs, key=lambda run: _key(run) not in first))
        self._total = len(self._waiting)
        self._deaths: Counter[tuple[str, int]] = Counter()
        self._records: dict[str, dict[int, RunRecord]] = {variant.name: {} for variant in study.variants}
        self._shares: dict[tuple[str, int], float] = {}

    @property
    def total(self) -> int:
        """How many runs there are."""
        return self._total

    @property
    def done(self) -> int:
        """How many of them are over."""
        return sum(map(len, self._records.values()))

    @property
    def is_over(self) -> bool:
        """Whether all are over."""
        return self.done == self._total

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1; runs under way count in part."""
        return (self.done + sum(self._shares.values())) / self._total if self._total else 1.0

    @property
    def records(self) -> Mapping[str, Mapping[int, RunRecord]]:
        """The runs that are over, by variant and seed."""
        return self._records

    def records_of(self, variant: str) -> list[RunRecord]:
        """Return the runs of ``variant`` that are over, in the order of their seeds."""
        runs = self._records[variant]
        return [runs[seed] for seed in self.study.seeds if seed in runs]

    def next(self) -> PlannedRun | None:
        """Return a run to be played now; None while there is none."""
        return self._waiting.popleft() if self._waiting else None

    def is_under_way(self, run: PlannedRun, share: float) -> None:
        """Note that ``share`` of ``run`` is played, from 0 to 1."""
        self._shares[_key(run)] = share

    def finished(self, run: PlannedRun, record: RunRecord) -> None:
        """Note what ``run`` came to."""
        self._shares.pop(_key(run), None)
        self._records[run.variant.name][run.seed] = record

    def lost(self, run: PlannedRun) -> None:
        """Have ``run`` played again, whose process died; the others are kept.

        Raises:
            StudyError: it has died too often.
        """
        self.put_back(run)
        self._deaths[_key(run)] += 1
        if self._deaths[_key(run)] >= TRIES:
            message = _("The process that played {variant} with seed {seed} died {n} times. Its log may say why.")
            raise StudyError(message.format(variant=run.variant.name, seed=run.seed, n=TRIES))

    def put_back(self, run: PlannedRun) -> None:
        """Have ``run`` played next, which was stopped."""
        self._shares.pop(_key(run), None)
        self._waiting.appendleft(run)


def _key(run: PlannedRun) -> tuple[str, int]:
    return run.variant.name, run.seed
