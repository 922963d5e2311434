"""Rows about experiments: how long a study takes, and ten seeds with a band from the click on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from typing import Any, Final

from core.language import _
from tests.benchmarks.measure_learning import missing_peer
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import run_probe
from tests.benchmarks.row import Row, at_most, times_better


def _study(options: Options) -> Iterator[Row]:
    seeds = 2 if options.quick else 20
    yield study_row(run_probe("experiments:study", {"seeds": seeds}, home=options.home, limit=1200), seeds)


def study_row(told: dict[str, Any], seeds: int) -> Row:
    """Turn a study of six variants into its row."""
    return Row(
        name="ablation",
        unit="s",
        value=told["seconds"],
        budget=at_most(60),
        note=_("6 variants × {seeds} seeds with bands, from the start of the processes").format(seeds=seeds),
        details={"solved": told["solved"], "runs": told["runs"]},
    )


def _click(options: Options) -> Iterator[Row]:
    given = {"width": 1280, "height": 800, "seeds": 3 if options.quick else 10}
    told = run_probe("experiments:click", given, home=options.home, limit=600)
    yield from click_rows(told, given["seeds"])
    peers, missing = [], missing_peer()
    for seed in range(0 if missing else options.peer_seeds):
        asked = {"algorithm": "a2c", "seed": seed, "limit": options.peer_limit}
        peers.append(run_probe("peers:solve", asked, home=options.home, limit=4 * options.peer_limit + 60))
    yield against_row(told, given["seeds"], peers, missing)


def click_rows(told: dict[str, Any], seeds: int) -> Iterator[Row]:
    """Turn an experiment in the window into its rows."""
    yield Row(
        name="experiment_band",
        unit="s",
        value=told["seconds"],
        budget=at_most(6),
        note=_("from the click until {seeds} seeds of preset fast are drawn with their band").format(seeds=seeds),
        details={"solved": told["solved"]},
    )
    yield Row(
        name="experiment_gap_p99",
        unit="ms",
        value=told["gaps_ms"]["p99"],
        budget=at_most(20),
        note=_("gaps between the beats of the event loop meanwhile, a training shown beside it"),
        details=told["gaps_ms"],
    )


def against_row(told: dict[str, Any], seeds: int, peers: Sequence[dict[str, Any]], missing: str | None) -> Row:
    """Hold an experiment in the window against the same seeds, one after the other, with Stable-Baselines3 A2C.

    Args:
        told: the experiment in the window.
        seeds: how many it has.
        peers: what A2C took for the first of them.
        missing: why there are none of these.
    """
    name, budget, peer = "experiment_against_a2c", times_better(3), _("Stable-Baselines3 A2C, one seed after another")
    if not peers:
        return Row(name=name, unit="s", budget=budget, peer=peer, error=missing or _("No seeds requested."))
    return Row(
        name=name,
        unit="s",
        value=told["seconds"] / seeds,
        budget=budget,
        peer=peer,
        peer_value=mean(run["seconds"] for run in peers),
        note=_("seconds a seed, from the click to its curve; the peer without its tests"),
        details={"runs": list(peers)},
    )


STUDY: Final = Measurement("ablate", ("ablation",), _study)
CLICK: Final = Measurement("experiment", ("experiment_band", "experiment_gap_p99", "experiment_against_a2c"), _click)
