"""A training whose every payload is sent by the test."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.learned.live.events import Begun, Course, LiveMap, LiveStep, Watched
from core.attention.learned.looked import Looked
from tests.app.attention.conftest import ScriptedRun

COURSE = Course(
    "seq2seq-none", 0,
    (Watched(50, (("validation_loss", 3.0), ("bleu", 2.0))), Watched(100, (("validation_loss", 2.0),))),
)  # fmt: skip
"""How the twin learned."""


class LearningRun(ScriptedRun):
    """Keeps what it is told."""

    def __init__(self, job):
        super().__init__(job)
        self.told = []

    def set_pace(self, pace):
        self.told.append("play" if pace.playing else "pause")

    def step(self, until):
        self.told.append(f"until {until}")

    def control(self, name, value):
        self.told.append((name, value))

    def watch(self, watched):
        self.told.append(f"watch {watched}")

    def cancel(self):
        super().cancel()
        self.cancelled.emit()

    def say(self, *payloads):
        self.progressed.emit(payloads)


class LearningBackground:
    """Keeps the trainings that were started."""

    def __init__(self):
        self.runs = []
        self.paces = []

    def start(self, lane, job, *, pace, watched):
        assert (lane, watched) == ("learning", True)
        self.paces.append("play" if pace.playing else "pause")
        self.runs.append(LearningRun(job))
        return self.runs[-1]

    @property
    def last(self):
        return self.runs[-1]


@pytest.fixture
def trainings():
    """Where trainings are started."""
    return LearningBackground()


def begun(steps=100, step=0, log=()):
    return Begun(steps, step, 12, log)


def step(number, loss, **figures):
    watched = Watched(number, tuple(figures.items())) if figures else None
    return LiveStep(number, loss, number / 10, watched)


def looking(number, weights=((0.75, 0.25), (0.5, 0.5)), example=0):
    given = None if weights is None else np.array(weights, np.float32)
    return LiveMap(number, example, Looked(("a", "cat"), ("一", "猫"), given, ((1, 1),), "a cat", "cat cat"))
