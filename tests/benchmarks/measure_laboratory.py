"""Rows about the swarm, the policy as a picture and recordings: how smoothly it goes while the agent learns."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import run_probe
from tests.benchmarks.row import Row, at_least, at_most

PAGES: Final = ("swarm", "plane")


def _pages(options: Options) -> Iterator[Row]:
    for page in PAGES:
        given = {"page_id": page, "width": 1280, "height": 800, "seconds": 3.0 if options.quick else 10.0}
        # Each in a home of its own: the next start would open the last one's page.
        yield from page_rows(page, run_probe("laboratory:page", given, home=options.home / page, limit=300))


def page_rows(page: str, told: dict[str, Any]) -> Iterator[Row]:
    """Turn a training shown on one page into its rows."""
    if page == "swarm":
        yield Row(
            name="swarm_frames_per_second",
            unit="1/s",
            value=told["frames_per_second"],
            budget=at_least(55),
            better="higher",
            note=_("64 carts painted while they learn at turbo"),
            details={"updates_per_second": told["updates_per_second"]},
        )
    yield Row(
        name=f"{page}_gap_p99",
        unit="ms",
        value=told["gaps_ms"]["p99"],
        budget=at_most(20),
        note=_("gaps between the beats of the event loop meanwhile"),
        details=told,
    )


def _policy_picture(options: Options) -> Iterator[Row]:
    given = {"times": 50 if options.quick else 500}
    yield picture_row(run_probe("laboratory:policy_picture", given, home=options.home, limit=300))


def picture_row(told: dict[str, Any]) -> Row:
    """Turn pictures of a policy, and torch's runs over the same states, into their row."""
    return Row(
        name="policy_picture",
        unit="ms",
        value=1000 * median(told["seconds"]),
        budget=at_most(5),
        peer=_("torch's forward pass over the same states, nothing drawn"),
        peer_value=1000 * median(told["peer_seconds"]),
        note=_("from the weights to the picture of {states} states, median of {count}").format(
            states=told["states"], count=len(told["seconds"])
        ),
    )


def _recorded_picture(options: Options) -> Iterator[Row]:
    given = {"width": 1920, "height": 1080, "times": 25 if options.quick else 250}
    yield recording_row(run_probe("laboratory:recorded_picture", given, home=options.home, limit=300))


def recording_row(told: dict[str, Any]) -> Row:
    """Turn pictures of a recording into their row."""
    return Row(
        name="recorded_picture",
        unit="ms",
        value=1000 * median(told["seconds"]),
        budget=at_most(16),
        note=_("work of the window's thread for a picture of {width} × {height}, median of {count}").format(
            width=told["width"], height=told["height"], count=len(told["seconds"])
        ),
        details={"longest": 1000 * max(told["seconds"])},
    )


PAGES_DRAWN: Final = Measurement(
    "laboratory", ("swarm_frames_per_second", *(f"{page}_gap_p99" for page in PAGES)), _pages
)
PICTURE: Final = Measurement("picture", ("policy_picture",), _policy_picture)
RECORDING: Final = Measurement("recording", ("recorded_picture",), _recorded_picture)
