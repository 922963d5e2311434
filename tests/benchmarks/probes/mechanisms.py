"""The pages of the mechanisms under a person's fingers, and the training that is watched."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import islice
from statistics import mean
from typing import Any, Final

import psutil
from PySide6.QtCore import QEvent, QObject

from app.attention.learning.learner import Phase
from app.attention.learning.view import LearningView
from app.attention.mechanisms.drawn import DrawnView
from app.attention.state import Status
from app.attention.views import VIEWS
from core.attention.learned.memory.drawn import told
from core.attention.learned.memory.stories import stories
from core.attention.learned.translation.grammar.sentences import sentences
from tests.benchmarks.probes.attention import PAUSE, Reader, material
from tests.benchmarks.probes.window import LOAD_LIMIT, open_window

TOKENS: Final = 30
_FACTS: Final = 10
"""Sentences of three words each."""
_REVIEW: Final = "酒店大堂很气派，房间里有烟味，隔音很差，半夜被吵醒三次，前台说没有办法，总之很失望{}。"
_QUESTION: Final = "他们去了哪里？"
_LOOK_EVERY: Final = 4
"""Milliseconds: looking costs the window's process time, too."""
_SHARP: Final = 0.5
"""Mean of the largest weights of a map that has sharpened."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the fields before a key: all but the last character of ``text``, which is the key."""

    text: str
    second: str = ""


class Painted(QObject):
    """Sees when a page is painted that shows the newest answer."""

    def __init__(self, reader: Reader, view: DrawnView[Any]) -> None:
        super().__init__()
        self._is_answered, self.is_painted = False, False
        self._slot, self._session = view.slot, reader.session
        self._session.answered.connect(self._on_answered)
        view.page.picture.installEventFilter(self)

    def begin(self) -> None:
        """Wait for the next one."""
        self._is_answered = self.is_painted = False

    def _on_answered(self, name: str) -> None:
        self._is_answered = name == self._slot.name and self._session.is_answered(self._slot)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a painting after the answer."""
        if event.type() == QEvent.Type.Paint and self._is_answered:
            self.is_painted = True
        return False


def typing(width: int, height: int, presses: int) -> dict[str, Any]:
    """Type a character behind a text of ``TOKENS`` tokens on the page of each mechanism.

    Returns:
        For each view by its id ``ms``, from each key to the painted page; ``window_ms`` and ``workers_ms``, the mean
        processor time a key costs the window's process and the others.
    """
    with open_window(width, height) as bench:
        reader = Reader(bench)
        reader.wait_for_map()
        reader.session.want(model="e5", unit="character", view="map")
        return {spec.id: _type_on(reader, spec.id, presses) for spec in VIEWS if spec.is_mechanism}


def _type_on(reader: Reader, name: str, presses: int) -> dict[str, Any]:
    view = reader.tab.views[name]
    assert isinstance(view, DrawnView)
    painted = Painted(reader, view)
    # The first is a warm-up: a model is opened, and layouts grow.
    pressed = [_press(reader, name, painted, typed) for typed in _texts(name, presses + 1)][1:]
    times, window, workers = zip(*pressed, strict=True)
    return {"ms": list(times), "window_ms": mean(window), "workers_ms": mean(workers)}


def _press(reader: Reader, name: str, painted: Painted, typed: Typed) -> tuple[float, float, float]:
    """Return the milliseconds from a key to the painted page, and those of the processor in window and workers."""
    reader.session.want(
        view=name, text=typed.text[:-1], second=typed.second, paired=bool(typed.second),
        mechanism=replace(reader.session.options.mechanism, step=None, drawn=None),
    )  # fmt: skip
    reader.bench.wait_until(lambda: not reader.session.is_busy, LOAD_LIMIT, f"page of {name}", every=1)
    assert reader.session.state.status is Status.SHOWN, reader.session.state.trouble
    reader.bench.wait(PAUSE)
    painted.begin()
    begun, spent, theirs = time.perf_counter(), time.process_time(), _of_workers()
    reader.session.want(text=typed.text)
    reader.bench.wait_until(lambda: painted.is_painted, LOAD_LIMIT, f"painted page of {name}", every=_LOOK_EVERY)
    ended = time.perf_counter(), time.process_time(), _of_workers()
    took, window, workers = (1000 * (end - start) for end, start in zip(ended, (begun, spent, theirs), strict=True))
    return took, window, workers


def _texts(name: str, count: int) -> list[Typed]:
    """Return different texts that a page can read."""
    if name == "seq2seq":
        long = (pair for pair in sentences(7) if len(pair.zh) == TOKENS)
        return [Typed("".join(pair.zh)) for pair in islice(long, count)]
    if name == "memory":
        told_ones = (story for story in stories("two", 7) if len(story.facts) == _FACTS)
        return [Typed(*told(story, "zh")) for story in islice(told_ones, count)]
    if name == "hierarchical":
        return [Typed(_REVIEW.format("了" * more)) for more in range(count)]
    second = _QUESTION if name == "over" else ""
    return [Typed(material("e5", TOKENS - 2 + number % 2) + "。", second) for number in range(count)]


def _of_workers() -> float:
    """Return the processor seconds of all processes below this one."""
    times = [child.cpu_times() for child in psutil.Process().children(recursive=True)]
    return sum(one.user + one.system for one in times)


def training(width: int, height: int, model: str) -> dict[str, Any]:
    """Train a model from its start to its end while its map is watched.

    Returns:
        ``sharp_s``, seconds to the first map whose rows look mostly at one place; ``end_s``, to the kept model;
        ``steps``; and ``cpu_s``, processor seconds of the steps.
    """
    with open_window(width, height) as bench:
        reader = Reader(bench)
        view = reader.tab.view(LearningView)
        options = reader.session.options
        reader.session.want(view="learning", learning=replace(options.learning, model=model))
        bench.wait_until(lambda: reader.session.is_complete, LOAD_LIMIT, "Train live", every=5)
        learner = view.learner
        assert learner is not None
        begun = time.perf_counter()
        view.toggle_play()
        bench.wait_until(lambda: _is_sharp(learner.map), 600, "sharp map", every=20)
        sharp = time.perf_counter() - begun
        bench.wait_until(lambda: learner.phase is Phase.DONE, 1_200, "end of the training", every=100)
        return {"sharp_s": sharp, "end_s": time.perf_counter() - begun, "steps": learner.steps}


def _is_sharp(live: Any) -> bool:
    weights = live.looked.weights if live is not None else None
    return weights is not None and bool(weights.max(axis=-1).mean() > _SHARP)
