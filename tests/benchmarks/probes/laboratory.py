"""The pages of the policy gradient that draw all that is learned: the swarm, the policy as a picture, a recording."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import torch
from PySide6.QtCore import QEvent, QObject

from app.policy_gradient.exporting.recorder import KINDS, hand_over
from app.policy_gradient.plane.layers import colour_table, image_of
from app.policy_gradient.plane.page import PlanePage
from app.policy_gradient.swarm.page import SwarmPage
from app.theme import theme_of
from core.policy_gradient.config import FAST
from core.policy_gradient.export.formats import SLOTS
from core.policy_gradient.plane import SIDE, Plane, policy_on
from core.policy_gradient.train import Training
from tests.benchmarks.gaps import gap_summary
from tests.benchmarks.probes.live import SETTLE
from tests.benchmarks.probes.window import Heartbeat, open_window

PLANE: Final = Plane(2, 3, (-0.3, 0.3), (-3.0, 3.0), (0.0, 0.0, 0.0, 0.0))
"""Angle and angular velocity, the cart standing in the middle."""


MOST_OFTEN: Final = max(kind.fps for kind in KINDS)
"""Pictures a second of a recording."""


class _Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        """Count, and let pass."""
        self.count += event.type() is QEvent.Type.Paint
        return False


def page(page_id: str, width: int, height: int, seconds: float) -> dict[str, Any]:
    """Train as the preset ``fast`` does on a page that draws it, and listen to the event loop meanwhile."""
    with open_window(width, height) as bench:
        # No mean ends it: a run that is over has no pictures left to show.
        bench.prepare(replace(FAST, episodes=1_000_000, solved_at=1e6), "turbo")
        bench.laboratory.window.actions_table[f"pg_page_{page_id}"].trigger()
        shown = bench.tab.page
        assert isinstance(shown, (SwarmPage, PlanePage))
        picture = shown.view if isinstance(shown, SwarmPage) else shown.map
        bench.session.toggle()
        bench.wait(SETTLE)
        heart, paints, updates = Heartbeat(), _Paints(), len(bench.session.state.update_episodes)
        picture.installEventFilter(paints)
        heart.start()
        bench.wait(seconds)
        heart.stop()
        took = heart.times[-1] - heart.times[0]
        return {
            "frames_per_second": paints.count / took,
            "gaps_ms": gap_summary(heart.times),
            "own_work_ms": gap_summary(heart.worked),
            "updates_per_second": (len(bench.session.state.update_episodes) - updates) / took,
        }


def recorded_picture(width: int, height: int, times: int) -> dict[str, Any]:
    """Take ``times`` pictures of the page that draws most, as a recording does while the agent learns."""
    with open_window(width, height) as bench, TemporaryDirectory(prefix="yaya-lab-") as folder:
        bench.prepare(replace(FAST, episodes=1_000_000, solved_at=1e6), "turbo")
        bench.laboratory.window.actions_table["pg_page_live"].trigger()
        bench.session.toggle()
        bench.wait(SETTLE)
        subject, worked = bench.tab.recorder.subject, []
        for slot in range(times):
            bench.wait(1 / MOST_OFTEN)
            begin = time.thread_time()
            size = hand_over(subject, Path(folder) / str(slot % SLOTS))
            worked.append(time.thread_time() - begin)
        return {"seconds": worked, "width": size.width(), "height": size.height()}


def policy_picture(times: int) -> dict[str, Any]:
    """Make the picture of a policy ``times`` times, and by turns have torch run the network over the same states."""
    training = Training(FAST)
    network = training.agent.pgn
    arrays = [parameter.detach().numpy() for parameter in network.parameters()]
    layers = list(zip(arrays[::2], arrays[1::2], strict=True))
    states = torch.from_numpy(PLANE.observations().reshape(SIDE * SIDE, -1))
    table = colour_table(theme_of("light").colours)
    seconds, peer_seconds = [], []
    with torch.inference_mode():
        for _number in range(times):
            begin = time.perf_counter()
            picture = image_of(policy_on(layers, PLANE), table)
            between = time.perf_counter()
            chances = network(states)
            peer_seconds.append(time.perf_counter() - between)
            seconds.append(between - begin)
    return {"seconds": seconds, "peer_seconds": peer_seconds, "pixels": picture.width() * picture.height(),
            "states": len(chances)}  # fmt: skip
