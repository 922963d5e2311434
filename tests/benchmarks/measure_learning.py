"""Rows about learning: how fast the article's agent is against the article's loop, and what the presets reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import ProbeError, run_probe
from tests.benchmarks.row import Row, at_least, at_most, times_better

_AGREE: Final = 60
"""Episodes for which the same seed must give the same curve. Later, the last bits of the gradients differ enough
(one sum is added up in another order) to send a number to the other side of a chance."""
_PEERS: Final = {"ppo": ("Stable-Baselines3 PPO", times_better(10)), "a2c": ("Stable-Baselines3 A2C", times_better(3))}


def _article(options: Options) -> Iterator[Row]:
    """The article's preset and the article's loop in turn, the same seeds and episodes."""
    episodes = 60 if options.quick else 150
    ours, loops = [], []
    for seed in range(1 if options.quick else 3):
        run = {"seed": seed, "episodes": episodes}
        ours.append(run_probe("training:article", run, home=options.home, limit=600))
        loops.append(run_probe("training:article_loop", run, home=options.home, limit=1200))
    speeds, loop_speeds = ([one["env_steps"] / one["seconds"] for one in runs] for runs in (ours, loops))
    agreed = [agreement(one["durations"], other["durations"]) for one, other in zip(ours, loops, strict=True)]
    yield Row(
        name="article_env_steps_per_second",
        unit="1/s",
        value=median(speeds),
        budget=times_better(8),
        better="higher",
        peer=_("the article's loop"),
        peer_value=median(loop_speeds),
        note=_("{episodes} episodes, not rendered, median of {count} seeds").format(
            episodes=episodes, count=len(speeds)
        ),
        details={"speeds": speeds, "peer_speeds": loop_speeds},
    )
    yield Row(
        name="article_same_episodes",
        unit=_("episodes"),
        value=min(agreed),
        budget=at_least(min(_AGREE, episodes)),
        better="higher",
        note=_("first episodes that last equally long in the article's loop, for the seed that parts first"),
        details={"agreed": agreed, "episodes": episodes},
    )


def agreement(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """Return how many episodes from the first on have the same duration in both."""
    for number, (one, other) in enumerate(zip(ours, theirs, strict=False)):
        if one != other:
            return number
    return min(len(ours), len(theirs))


def _article_learns(options: Options) -> Iterator[Row]:
    seeds = range(3 if options.quick else 10)
    given = {"seeds": list(seeds), "episodes": 150}
    ratios = run_probe("training:article_learning", given, home=options.home, limit=600)["ratios"]
    yield Row(
        name="article_longer_episodes",
        unit="×",
        value=median(ratios),
        budget=at_least(5),
        better="higher",
        note=_("mean duration of episodes 131–150 over that of episodes 1–10, median of {count} seeds").format(
            count=len(ratios)
        ),
        details={"ratios": ratios},
    )


def _fast(options: Options) -> Iterator[Row]:
    """A share of our seeds, then one seed of each peer, and again: noise of the machine meets all alike."""
    rounds = 1 if options.quick else max(1, options.peer_seeds)
    seeds = range(6 if options.quick else 30)
    runs: list[dict[str, Any]] = []
    peers: dict[str, list[dict[str, Any]]] = {name: [] for name in _PEERS}
    missing = missing_peer()
    errors = dict.fromkeys(_PEERS, missing)
    for number in range(rounds):
        runs += run_probe("training:fast", {"seeds": list(seeds[number::rounds])}, home=options.home)["runs"]
        for name in _PEERS if missing is None and options.peer_seeds > 0 else ():
            given = {"algorithm": name, "seed": number, "limit": options.peer_limit}
            try:
                peers[name].append(
                    run_probe("peers:solve", given, home=options.home, limit=4 * options.peer_limit + 60)
                )
            except ProbeError as error:
                errors[name] = str(error)
    yield from fast_rows(runs)
    for name in _PEERS:
        yield peer_row(name, runs, peers[name], errors[name])


def missing_peer() -> str | None:
    """Return why Stable-Baselines3 can't be measured; None where it can."""
    try:
        version("stable-baselines3")
    except PackageNotFoundError:
        return _('stable-baselines3 is not installed; install the extra "peers" to measure it.')
    return None


def fast_rows(runs: Sequence[dict[str, Any]]) -> Iterator[Row]:
    """Turn runs of preset ``fast`` into rows."""
    seconds = [run["seconds"] for run in runs]
    yield Row(
        name="fast_solved",
        unit=_("of {count} seeds").format(count=len(runs)),
        value=sum(run["solved"] for run in runs),
        budget=at_least(len(runs)),
        better="higher",
        note=_("preset fast until 100 greedy episodes average 475"),
        details={"unsolved": [run["seed"] for run in runs if not run["solved"]]},
    )
    yield Row(
        name="fast_median",
        unit="s",
        value=median(seconds),
        budget=at_most(0.4),
        note=_("training and evaluation, median of all seeds"),
        details={"seconds": seconds, "env_steps": [run["env_steps"] for run in runs]},
    )
    yield Row(name="fast_worst", unit="s", value=max(seconds), note=_("the slowest seed"))


def peer_row(name: str, runs: Sequence[dict[str, Any]], peer: Sequence[dict[str, Any]], error: str | None) -> Row:
    """Hold the runs of preset ``fast`` against those of a peer.

    Args:
        name: ``ppo`` or ``a2c``.
        runs: ours.
        peer: theirs, one a seed.
        error: why there are none of these, or fewer than were asked for.
    """
    title, budget = _PEERS[name]
    row = f"fast_against_{name}"
    if not peer:
        return Row(name=row, unit="s", budget=budget, peer=title, error=error or _("No seeds requested."))
    unsolved = [run["seed"] for run in peer if not run["solved"]]
    note = _("seconds to 100 greedy episodes ≥ 475; the peer's {count} seeds count without their tests, ours with")
    if unsolved:
        note += _("; not solved when they ended: {count}").format(count=len(unsolved))
    details: dict[str, Any] = {"runs": list(peer), "version": version("stable-baselines3")}
    return Row(
        name=row,
        unit="s",
        value=median(run["seconds"] for run in runs),
        budget=budget,
        peer=title,
        peer_value=median(run["seconds"] for run in peer),
        note=note.format(count=len(peer)),
        details=details | ({"error": error} if error is not None else {}),
    )


ARTICLE: Final = Measurement("article", ("article_env_steps_per_second", "article_same_episodes"), _article)
ARTICLE_LEARNS: Final = Measurement("article_learns", ("article_longer_episodes",), _article_learns)
FAST: Final = Measurement(
    "fast", ("fast_solved", "fast_median", "fast_worst", *(f"fast_against_{name}" for name in _PEERS)), _fast
)
