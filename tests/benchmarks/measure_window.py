"""Rows about the window: how soon it stands, what it weighs, how smoothly it shows training."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.display import SCREENS, NoDisplayError, ScreenName, screen
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import ProbeError, run_probe
from tests.benchmarks.row import Budget, Row, at_least, at_most, at_most_times_peer

SIZES: Final = ((1280, 800), (1920, 1080))

_START_BUDGET: Final = at_most_times_peer(1.35)
_FRAMES_BUDGET: Final = at_least(55)
_P99_BUDGET: Final = at_most(20)
_WORST_BUDGET: Final = at_most(50)
_WINDOW_BUDGET: Final = at_most(250)
_ALL_BUDGET: Final = at_most(1536)
_SLOWER_BUDGET: Final = at_most(8)
_OWN_FRAME_BUDGET: Final = at_most(20)


def _empty_window() -> str:
    return _("an empty PySide6 + pyqtgraph window")


def _start_up(options: Options) -> Iterator[Row]:
    """Start the program and an empty window in turn; the first start of each warms the disk and is not counted.

    Both figures are medians: on a machine whose speed wanders, the quickest start of one is luck that the other
    need not have had.
    """
    heavy: set[str] = set()
    starts = 0
    for name in SCREENS:
        row = f"start_up_{name}"
        try:
            with screen(name) as place:
                ours, peers = [], []
                for number in range((5 if options.quick else 15) + 1):
                    given: dict[str, Any] = {"home": options.home / row, "environment": place.environment}
                    mine = run_probe("start_up:program", stamped=True, **given)
                    empty = run_probe("start_up:empty_window", stamped=True, **given)
                    heavy.update(mine["heavy"])
                    starts += 1
                    if number:
                        ours.append(mine)
                        peers.append(empty)
        except (NoDisplayError, ProbeError) as error:
            yield Row(name=row, unit="s", budget=_START_BUDGET, error=str(error))
            continue
        seconds = [one["seconds"] for one in ours]
        yield Row(
            name=row,
            unit="s",
            value=median(seconds),
            budget=_START_BUDGET,
            peer=_empty_window(),
            peer_value=median(one["seconds"] for one in peers),
            note=_(
                "process start to painted window, median of {count} warm starts, by turns; its curves "
                "{later:.2f} s later; {where}"
            ).format(
                count=len(seconds),
                later=median(one["curves_seconds"] - one["seconds"] for one in ours),
                where=place.note,
            ),
            details={
                "seconds": seconds,
                "peer_seconds": [one["seconds"] for one in peers],
                "curves_seconds": [one["curves_seconds"] for one in ours],
                "quickest": min(seconds),
                "peer_quickest": min(one["seconds"] for one in peers),
                "cpu_seconds": min(one["cpu_seconds"] for one in ours),
                "peer_cpu_seconds": min(one["cpu_seconds"] for one in peers),
                "modules": ours[-1]["modules"],
                "memory_mib": ours[-1]["memory"],
                "platform": ours[-1]["platform"],
            },
        )
        if name == "offscreen":
            yield from _window_memory(ours, peers)
    if not starts:
        return
    yield Row(
        name="heavy_modules_before_paint",
        unit="",
        value=len(heavy),
        budget=at_most(0),
        note=_("torch, gymnasium, pygame and the like loaded in the window's process when it is painted"),
        details={"found": sorted(heavy), "starts": starts},
    )


def _window_memory(ours: list[dict[str, Any]], peers: list[dict[str, Any]]) -> Iterator[Row]:
    yield Row(
        name="window_memory",
        unit="MiB",
        value=median(one["memory"]["rss"] for one in ours),
        budget=_WINDOW_BUDGET,
        peer=_empty_window(),
        peer_value=median(one["memory"]["rss"] for one in peers),
        note=_("resident memory (RSS) of the window's process a second after its first paint"),
        details={
            "uss_mib": median(one["memory"]["uss"] for one in ours),
            "peer_uss_mib": median(one["memory"]["uss"] for one in peers),
        },
    )


def _live(options: Options) -> Iterator[Row]:
    """Train at turbo with the stage shown, each size on each screen."""
    seconds = 3.0 if options.quick else 10.0
    for name in SCREENS:
        for width, height in SIZES:
            given = {"width": width, "height": height, "seconds": seconds}
            try:
                with screen(name) as place:
                    seen = run_probe(
                        "live:frames_and_gaps", given, home=options.home / "live", environment=place.environment
                    )
            except (NoDisplayError, ProbeError) as error:
                for figure, unit, budget in _LIVE_FIGURES:
                    yield Row(name=_live_name(figure, name, width, height), unit=unit, budget=budget, error=str(error))
                continue
            values = (seen["frames_per_second"], seen["gaps_ms"]["p99"], seen["gaps_ms"]["worst"])
            notes = (
                _("pictures painted while the article's agent trains at turbo, {seconds:.0f} s, {where}").format(
                    seconds=seconds, where=place.note
                ),
                _("99 of 100 gaps between two turns of the event loop are shorter"),
                _("the longest delay of the event loop"),
            )
            for (figure, unit, budget), value, note in zip(_LIVE_FIGURES, values, notes, strict=True):
                yield Row(
                    name=_live_name(figure, name, width, height),
                    unit=unit,
                    value=value,
                    budget=budget,
                    better="higher" if figure == "live_frames_per_second" else "lower",
                    note=note,
                    details={part: seen[part] for part in _LIVE_DETAILS},
                )
            if (name, width) == ("offscreen", SIZES[0][0]):
                yield _all_memory(seen["memory"])


_LIVE_FIGURES: Final = (
    ("live_frames_per_second", "1/s", _FRAMES_BUDGET),
    ("live_gap_p99", "ms", _P99_BUDGET),
    ("live_gap_worst", "ms", _WORST_BUDGET),
)
_LIVE_DETAILS: Final = ("gaps_ms", "own_work_ms", "env_steps_per_second", "window_cpu", "stage", "seconds")
"""Beside the wall clock's gaps, ``own_work_ms`` has those in the time the window's own thread computed: on a busy
machine the first are partly other programs'."""


def _live_name(figure: str, name: ScreenName, width: int, height: int) -> str:
    return f"{figure}_{name}_{width}x{height}"


def _all_memory(memory: dict[str, Any]) -> Row:
    parts = [memory["window"], *memory["children"].values()]
    return Row(
        name="all_memory",
        unit="MiB",
        value=sum(part["rss"] for part in parts),
        budget=_ALL_BUDGET,
        note=_("resident memory (RSS) of window and workers in training; pages they share are counted twice"),
        details={"uss_mib": sum(part["uss"] for part in parts), "processes": len(parts), **memory},
    )


def _slowdown(options: Options) -> Iterator[Row]:
    """The same run unshown, shown as a cart of the window's own, and as the environment draws itself, in turn."""
    width, height = SIZES[0]
    episodes = 200 if options.quick else 500
    unshown, carts, frames = [], [], []
    with screen("offscreen") as place:
        for seed in range(1 if options.quick else 5):
            given: dict[str, Any] = {"home": options.home / "live", "environment": place.environment, "limit": 600}
            run = {"episodes": episodes, "seed": seed}
            unshown.append(run_probe("live:unshown", run, **given))
            look = run | {"width": width, "height": height}
            carts.append(run_probe("live:shown", look | {"own_frame": False}, **given))
            frames.append(run_probe("live:shown", look | {"own_frame": True}, **given))
    note = _(
        "how much more the worker computes for the same {episodes} episodes when the window shows them, against "
        "one that nobody watches, by turns; median of {count} seeds"
    ).format(episodes=episodes, count=len(unshown))
    yield _slower("live_slowdown", carts, unshown, _SLOWER_BUDGET, note)
    yield _slower("own_frame_slowdown", frames, unshown, _OWN_FRAME_BUDGET, note)


def _slower(
    name: str, shown: list[dict[str, Any]], unshown: list[dict[str, Any]], budget: Budget, note: str
) -> Row:  # fmt: skip
    slower, longer = (
        [100 * (one[clock] / other[clock] - 1) for one, other in zip(shown, unshown, strict=True)]
        for clock in ("worker_seconds", "seconds")
    )
    return Row(
        name=name,
        unit="%",
        value=median(slower),
        budget=budget,
        note=note,
        details={
            "slower_percent_in_cpu_time": slower,
            "slower_percent": longer,
            "frames_per_second": [one["frames_per_second"] for one in shown],
            "env_steps_per_second_shown": [one["env_steps"] / one["seconds"] for one in shown],
            "env_steps_per_second_unshown": [one["env_steps"] / one["seconds"] for one in unshown],
        },
    )


def _soak(options: Options) -> Iterator[Row]:
    """Leave the window to itself and see what grows."""
    width, height = SIZES[0]
    given = {"width": width, "height": height, "seconds": options.seconds}
    with screen("offscreen") as place:
        seen = run_probe(
            "soak:soak",
            given,
            home=options.home / "soak",
            environment=place.environment,
            limit=options.seconds * 1.5 + 120,
        )
    yield from soak_rows(seen)


SOAK_GROWTH: Final = 4.0
"""MiB that a process may hold more at the end of a soak than after its first tenth, in which caches fill: the run's own
record grows a little, and the allocators breathe."""
SOAK_NONE: Final = -1000.0
"""References to None that may be fewer at the end. A leak of the kind meant here loses some with every signal, which
makes tens of thousands in ten minutes."""


def soak_rows(seen: dict[str, Any]) -> Iterator[Row]:
    """Turn the samples of a soak into rows."""
    samples = seen["samples"]
    settled = samples[len(samples) // 10 :]
    first, last = samples[0], samples[-1]
    took = last["seconds"] - first["seconds"]
    for process in ("window", "worker"):
        yield Row(
            name=f"soak_{process}_growth",
            unit="MiB",
            value=growth([sample[process] for sample in settled]),
            budget=at_most(SOAK_GROWTH),
            note=_(
                "resident memory (RSS) at the end less that {seconds:.0f} s before, after a tenth in which caches fill"
            ).format(seconds=last["seconds"] - settled[0]["seconds"]),
            details={"samples": [round(sample[process], 2) for sample in samples]},
        )
    yield Row(
        name="soak_frames_per_second",
        unit="1/s",
        value=(last["frames"] - first["frames"]) / took,
        budget=_FRAMES_BUDGET,
        better="higher",
        note=_("frames painted, turbo and sped up in turn, one run after the other"),
        details={"frames": last["frames"] - first["frames"], "runs": seen["runs"]},
    )
    yield Row(
        name="soak_none_references",
        unit="",
        value=growth([sample["none"] for sample in samples]),
        budget=at_least(SOAK_NONE),
        better="higher",
        note=_("references to None at the end less those at the beginning (constant from Python 3.12 on)"),
        details={"first": first["none"], "last": last["none"]},
    )
    yield Row(
        name="soak_errors",
        unit="",
        value=len(seen["errors"]),
        budget=at_most(0),
        note=_("errors logged or shown"),
        details={"errors": seen["errors"][:20]},
    )


def growth(values: list[float]) -> float:
    """Return the median of the last tenth less that of the first, so that one odd sample decides nothing."""
    tenth = max(1, len(values) // 10)
    return median(values[-tenth:]) - median(values[:tenth])


START_UP: Final = Measurement(
    "start_up",
    (*(f"start_up_{name}" for name in SCREENS), "window_memory", "heavy_modules_before_paint"),
    _start_up,
)
LIVE: Final = Measurement(
    "live",
    (
        *(
            _live_name(figure, name, *size)
            for name in SCREENS
            for size in SIZES
            for figure, _unit, _budget in _LIVE_FIGURES
        ),
        "all_memory",
    ),
    _live,
)
SLOWDOWN: Final = Measurement("slowdown", ("live_slowdown", "own_frame_slowdown"), _slowdown)
SOAK: Final = Measurement(
    "soak",
    (
        "soak_window_growth",
        "soak_worker_growth",
        "soak_frames_per_second",
        "soak_none_references",
        "soak_errors",
    ),
    _soak,
    when_asked=True,
)
