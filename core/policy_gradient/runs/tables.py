"""The curves of a run as CSV that anybody reads: one row an episode, an update, a greedy episode."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from core.language import _
from core.one_line import DamagedError
from core.policy_gradient.events import EpisodeFinished, Evaluated, UpdateFinished

EPISODES: Final = (
    "episode", "duration", "episode_return", "terminated", "truncated", "env_steps", "mean_100", "no_record",
)  # fmt: skip
UPDATES: Final = (
    "update", "episode", "loss", "entropy", "grad_norm", "learning_rate", "batch_steps", "env_steps",
)  # fmt: skip
EVALUATIONS: Final = ("episode", "update", "best", "greedy_episode", "duration", "episode_return")

_Cast = Callable[[str], Any]
_FLAGS: Final = {"True": True, "False": False}
_EPISODE_CASTS: Final[tuple[_Cast, ...]] = (
    int, int, float, _FLAGS.__getitem__, _FLAGS.__getitem__, int, float, str,
)  # fmt: skip
_UPDATE_CASTS: Final[tuple[_Cast, ...]] = (int, int, float, float, float, float, int, int)
_EVALUATION_CASTS: Final[tuple[_Cast, ...]] = (int, int, _FLAGS.__getitem__, int, int, float)


def write_episodes(path: Path, episodes: Iterable[EpisodeFinished]) -> None:
    """Write a row an episode."""
    _write(path, EPISODES, ([getattr(episode, name) for name in EPISODES] for episode in episodes))


def read_episodes(path: Path) -> list[EpisodeFinished]:
    """Read what ``write_episodes`` wrote, without records.

    Raises:
        ValueError: a row is none.
        OSError: it can't be read.
    """
    rows = _read(path, EPISODES, _EPISODE_CASTS)
    return [EpisodeFinished(**dict(zip(EPISODES, row, strict=True))) for row in rows]


def write_updates(path: Path, updates: Iterable[UpdateFinished]) -> None:
    """Write a row an update."""
    _write(path, UPDATES, ([getattr(update, name) for name in UPDATES] for update in updates))


def read_updates(path: Path) -> list[UpdateFinished]:
    """Read what ``write_updates`` wrote, without weights; see ``read_episodes``."""
    return [UpdateFinished(*row) for row in _read(path, UPDATES, _UPDATE_CASTS)]


def write_evaluations(path: Path, evaluations: Iterable[Evaluated]) -> None:
    """Write a row a greedy episode."""
    _write(
        path,
        EVALUATIONS,
        (
            [evaluated.episode, evaluated.update, evaluated.best, number, duration, episode_return]
            for evaluated in evaluations
            for number, (duration, episode_return) in enumerate(
                zip(evaluated.durations.tolist(), evaluated.returns.tolist(), strict=True), start=1
            )
        ),
    )


def read_evaluations(path: Path) -> list[Evaluated]:
    """Read what ``write_evaluations`` wrote; see ``read_episodes``."""
    groups: list[list[list[Any]]] = []
    for row in _read(path, EVALUATIONS, _EVALUATION_CASTS):
        if row[3] == 1:
            groups.append([])
        if not groups:
            raise DamagedError(_("the first row is no first greedy episode"))
        groups[-1].append(row)
    evaluations = []
    for rows in groups:
        episode, update, best = rows[0][:3]
        returns = np.array([row[5] for row in rows], np.float64)
        durations = np.array([row[4] for row in rows], np.int64)
        evaluations.append(Evaluated(episode, update, durations, returns, float(returns.mean()), best))
    return evaluations


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)  # a float is written as repr: read again, it is the same to the last bit


def _read(path: Path, header: Sequence[str], casts: Sequence[_Cast]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        try:
            if tuple(next(reader, ())) != tuple(header):
                raise DamagedError(_("the first line is not {columns}").format(columns=",".join(header)))
            rows.extend([cast(cell) for cast, cell in zip(casts, row, strict=True)] for row in reader)
        except DamagedError:
            raise
        except (csv.Error, KeyError, ValueError) as error:
            raise DamagedError(_("line {n} is no row of this table").format(n=reader.line_num)) from error
    return rows
