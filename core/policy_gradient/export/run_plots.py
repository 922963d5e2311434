"""What the plots of a run show, as tables: its curve, its batches, its episodes step for step, its policy's picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.policy_gradient.environments.description import EnvironmentDescription, describe
from core.policy_gradient.export.plot_table import Cell, PlotTable, provenance_of
from core.policy_gradient.export.run_log import TABLES
from core.policy_gradient.plane import Plane
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import EpisodeRecord, Floats32


def curve_table(run: RunHistory, ghosts: Sequence[RunHistory] = ()) -> PlotTable:
    """Return the curve of a run, and of those that are drawn behind it: episodes, updates, evaluations in their order.

    The columns are those of ``train --csv FILE.csv``, where the first says what a row is, after two that say of which
    run: its number, 1 for the run itself, and its seed. What the others come from stands under ``ghosts``, the second
    first.
    """
    names = list(dict.fromkeys(name for table in TABLES for name in table.columns))
    rows: list[list[Cell]] = []
    for number, shown in enumerate((run, *ghosts), start=1):
        for event in shown.events():
            for table in TABLES:
                if isinstance(event, table.kind):
                    cells: dict[str, Any] = table.cells(event)
                    rows.append([number, shown.config.seed, table.row, *(cells.get(name) for name in names)])
    behind = {"ghosts": [provenance_of(ghost, ending=ghost.ending) for ghost in ghosts]} if ghosts else {}
    return PlotTable(provenance_of(run, ending=run.ending, **behind), ["run", "seed", "row", *names], rows)


def batch_table(run: RunHistory) -> PlotTable:
    """Return what each update learned from: its first and last episode, and their mean number of steps."""
    rows: list[list[Cell]] = []
    first = 1
    for update in run.updates:
        durations = [episode.duration for episode in run.episodes[first - 1 : update.episode]]
        mean = sum(durations) / len(durations) if durations else None
        rows.append([update.update, first, update.episode, mean])
        first = update.episode + 1
    return PlotTable(provenance_of(run), ("update", "first_episode", "last_episode", "mean_duration"), rows)


def episodes_table(shown: Sequence[tuple[RunHistory, EpisodeRecord]]) -> PlotTable:
    """Return episodes step for step, each with its run; the last row of each is the state in which it ended."""
    widest = max((record.obs.shape[1] for _run, record in shown), default=0)
    known = {describe(run.config.env_id) for run, _record in shown}
    names = observation_names(known.pop() if len(known) == 1 else None, widest)
    runs: list[RunHistory] = []
    rows: list[list[Cell]] = []
    for run, record in shown:
        if not any(other is run for other in runs):
            runs.append(run)
        number = 1 + next(index for index, other in enumerate(runs) if other is run)
        for step, obs in enumerate(record.obs.tolist()):
            taken: list[Cell] = [None, None, None]
            if step < record.duration:
                taken = [
                    int(record.actions[step]), float(record.probabilities[step]), float(record.rewards[step]),
                ]  # fmt: skip
            beyond = [None] * (widest - len(obs))  # beside an episode of another environment
            rows.append([number, run.config.seed, record.episode, step, *obs, *beyond, *taken])
    origins = {"runs": [provenance_of(run) for run in runs]}
    columns = ("run", "seed", "episode", "step", *names, "action", "probability", "reward")
    return PlotTable(origins, columns, rows)


def plane_table(run: RunHistory, plane: Plane, values: Floats32, action: int) -> PlotTable:
    """Return π of an action over a plane of states, a row a state.

    Args:
        run: whose policy it is.
        plane: the states.
        values: π(action|s), (side, side), rows from the least y.
        action: the number of the action.
    """
    side = len(values)
    xs, ys = (_evenly(*ends, side) for ends in (plane.x_range, plane.y_range))
    rows = [
        [x, y, share] for y, line in zip(ys, values.tolist(), strict=True) for x, share in zip(xs, line, strict=True)
    ]
    held = [value for number, value in enumerate(plane.held) if number not in (plane.x, plane.y)]
    names = observation_names(describe(run.config.env_id), len(plane.held))
    comments = provenance_of(run, update=len(run.updates), action=action, held=held)
    return PlotTable(comments, (names[plane.x], names[plane.y], f"probability_of_{action}"), rows)


def observation_names(known: EnvironmentDescription | None, n_obs: int) -> list[str]:
    """Return what the numbers of an observation are called in a table: their names, or their numbers from ``s1`` on."""
    described = () if known is None else known.observations
    if len(described) != n_obs or any(one.states for one in described):
        return [f"s{number}" for number in range(1, n_obs + 1)]
    return [one.name.lower().replace(" ", "_") for one in described]


def _evenly(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * number / max(1, count - 1) for number in range(count)]
