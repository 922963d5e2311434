"""The attention tab under a person's fingers: from a key to the picture that it changes."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.attention.state import HEADS, Status
from app.attention.tab import AttentionTab
from app.attention.views.heads import HeadsView
from app.attention.views.map import MapView
from app.policy_gradient.session import Phase
from core.attention.examples import EXAMPLES
from core.attention.requests import Unit
from tests.benchmarks.probes.forward import ForwardPass
from tests.benchmarks.probes.memory import memory_of, memory_of_children
from tests.benchmarks.probes.window import LOAD_LIMIT, Bench, open_window

PAUSE: Final = 0.2
"""Seconds between a picture and the next key: five keys a second, so that each falls into the work on all heads
that the one before began."""
_LOOK_EVERY: Final = 1
_UNITS: Final[dict[str, Unit]] = {"minilm": "word", "e5": "character"}
_TYPED: Final = {"minilm": "and so we went home again", "e5": "然后我们就一起慢慢地走回家去了"}
"""What is typed, a key or a committed character at a time, behind a text of the wanted length."""


class _Repaints(QObject):
    """Notes when the window has been repainted to the end, and what of it counts.

    Whoever asks a timer instead finds it after whatever else waits in the queue by then.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._counts: Callable[[], bool] = lambda: False
        self.at: float | None = None
        window.installEventFilter(self)

    def wait_for(self, counts: Callable[[], bool]) -> None:
        """Note the first from now on after which ``counts`` holds."""
        self._counts, self.at = counts, None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the window repaint, and look at the clock."""
        if watched is not self._window or event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)
        if self.at is None and self._counts():
            self.at = time.perf_counter()
        return True


class Reader:
    """A person at the attention tab."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        # Not by its key: a server without a window manager gives no window the keyboard.
        bench.laboratory.window.actions_table["tab_2"].trigger()
        tab = bench.laboratory.window.open_tab
        assert isinstance(tab, AttentionTab)
        self.tab = tab
        self.session, self.stage, self.field = tab.session, tab.stage, tab.text_bar.first
        self.matrix, self.heads = tab.view(MapView).matrix, tab.view(HeadsView).heads
        self._repaints = _Repaints(bench.laboratory.window)

    def wait_for_map(self) -> None:
        """Wait until the first map has been painted."""
        self._wait(lambda: self.matrix.maps_painted > 0, "first map")

    def read_with(self, model: str) -> None:
        """Choose a model and what rows and columns are with it."""
        self.session.want(model=model, unit=_UNITS[model], view="map")
        self._wait(lambda: not self.session.is_busy, f"answer of {model}")

    def begin_with(self, tokens: int) -> str:
        """Have a text of about ``tokens`` tokens, specials included, in the field and return it."""
        model = self.session.options.model
        parts, text = tokens, ""
        for _attempt in range(10):
            text = material(model, parts)
            self.field.setPlainText(text)
            self._wait(self._stands, f"map of {tokens} tokens")
            missing = tokens - self.tokens
            if abs(missing) <= 1 or parts + missing < 1:
                break
            parts += missing
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        return text

    def type(self, letter: str) -> float:
        """Type ``letter`` and return the milliseconds until a map of the new text was painted."""
        painted = self.matrix.maps_painted
        return self._timed(letter, lambda: self.matrix.maps_painted > painted and self._stands(), "map")

    def type_before_heads(self, letter: str) -> float:
        """Type ``letter`` and return the milliseconds until all heads of the new text were painted."""
        painted = self.heads.grids_painted
        return self._timed(
            letter,
            lambda: self.heads.grids_painted > painted and self.session.is_answered(HEADS),
            "picture of all heads",
        )

    def recolour_heads(self) -> float:
        """Choose the next colours and return the milliseconds until all heads were painted in them."""
        painted = self.heads.grids_painted
        self._repaints.wait_for(lambda: self.heads.grids_painted > painted)
        begun = time.perf_counter()
        self.tab.session.want(colormap="viridis" if self.session.options.colormap == "red" else "red")
        return self._milliseconds_since(begun, "picture of all heads")

    @property
    def tokens(self) -> int:
        """How many tokens the map on screen was read from, specials included."""
        shown = self.session.state.map
        return shown.tokens if shown is not None else 0

    def _timed(self, letter: str, condition: Any, what: str) -> float:
        self.bench.wait(PAUSE)
        self._repaints.wait_for(condition)
        begun = time.perf_counter()
        if letter.isascii():
            QTest.keyClicks(self.field, letter)
        else:  # as an input method hands over what was composed
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(self.field, event)
        return self._milliseconds_since(begun, what)

    def _milliseconds_since(self, begun: float, what: str) -> float:
        """Return how long after ``begun`` the window had been repainted with ``what`` was waited for."""
        self._wait(lambda: self._repaints.at is not None, what)
        assert self._repaints.at is not None
        return (self._repaints.at - begun) * 1000

    def _stands(self) -> bool:
        state = self.session.state
        return state.status is Status.SHOWN and state.map is not None and state.map.texts[0] == self.field.text

    def _wait(self, condition: Any, what: str) -> None:
        self.bench.wait_until(condition, LOAD_LIMIT, what, every=_LOOK_EVERY)


def material(model: str, parts: int) -> str:
    """Return the first ``parts`` words (MiniLM) or characters (e5) of the examples, told again and again."""
    texts = [one.request.source.text for one in EXAMPLES if one.request.source.model == model]
    if model == "minilm":
        return " ".join(islice(cycle(" ".join(texts).split()), parts)) + " "
    return "".join(islice(cycle("".join(texts)), parts))


def first_map(width: int, height: int, at_once: bool) -> dict[str, Any]:
    """Open the tab for the first time in this process and wait for its Chinese example.

    Args:
        width: of the window.
        height: of the window.
        at_once: open it with the window's first paint, while the CartPole tab still loads; else when that stands.
    """
    with open_window(width, height) as bench:
        _wait_for_window(bench)
        if not at_once:
            bench.wait_until(lambda: bench.session.phase is Phase.READY, LOAD_LIMIT, "first picture of a run")
            bench.wait(1.0)
        begun = time.perf_counter()
        reader = Reader(bench)
        reader.wait_for_map()
        return {"seconds": time.perf_counter() - begun, "tokens": reader.tokens, "text": reader.field.text}


def typing(width: int, height: int, lengths: list[int], presses: int, heads_at: int) -> dict[str, Any]:
    """Type behind texts of several lengths with both models, first seeing the map, then all heads.

    Returns:
        For each model ``keys``, by length: the milliseconds of each key and of the model's forward pass over the
        same text, the tokens before and after; ``heads``,
        the same for the picture of all heads at ``heads_at`` tokens, typed and only recoloured; and ``memory``
        after all of it.
    """
    with open_window(width, height) as bench:
        _wait_for_window(bench)
        reader = Reader(bench)
        reader.wait_for_map()
        seen: dict[str, Any] = {}
        with ForwardPass() as forward:
            for model in _UNITS:
                reader.read_with(model)
                keys = {}
                for length in lengths:
                    text, before = reader.begin_with(length), reader.tokens
                    times, passes = _by_turns(reader.type, reader, model, presses, forward)
                    keys[str(length)] = {
                        "ms": times, "forward_ms": passes, "tokens": [before, reader.tokens], "text": text,
                    }  # fmt: skip
                seen[model] = {"keys": keys, "heads": _heads(reader, model, heads_at, presses, forward)}
        seen["stage"] = [reader.stage.width(), reader.stage.height()]
        seen["memory"] = {"window": memory_of(), "children": memory_of_children()}
        return seen


def _wait_for_window(bench: Bench) -> None:
    painted: list[bool] = []
    bench.laboratory.window.painted.connect(lambda: painted.append(True))
    bench.wait_until(lambda: bool(painted), LOAD_LIMIT, "first paint of the window", every=_LOOK_EVERY)


def _by_turns(
    press: Callable[[str], float], reader: Reader, model: str, presses: int, forward: ForwardPass
) -> tuple[list[float], list[float]]:
    """Press keys, and after each have the same text read by the model alone; return both times (ms).

    The first of each is a warm-up: layouts grow with a text that was put in, and a model is opened.
    """
    times, passes = [], []
    for letter in _TYPED[model][: presses + 1]:
        times.append(press(letter))
        passes.append(forward.milliseconds(model, reader.field.text))
    return times[1:], passes[1:]


def _heads(reader: Reader, model: str, tokens: int, presses: int, forward: ForwardPass) -> dict[str, Any]:
    text = reader.begin_with(tokens)
    reader.session.want(view="heads")
    typed, passes = _by_turns(reader.type_before_heads, reader, model, presses, forward)
    recoloured = [reader.recolour_heads() for _press in range(presses)]
    heads_grid = reader.session.state.heads_grid
    assert heads_grid is not None
    reader.session.want(view="map", colormap="red")
    return {
        "typed_ms": typed, "forward_ms": passes, "recoloured_ms": recoloured, "text": text, "tokens": reader.tokens,
    }  # fmt: skip
