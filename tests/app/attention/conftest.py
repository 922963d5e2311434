"""A look, and a small map with known numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QObject, QTimer, Signal

from app.attention.selection import Selection
from app.attention.state import AttentionState, Status, Wanted
from app.attention.views import VIEWS
from app.attention.views.base import Shown, build_view
from core.attention.head_patterns import entropy
from core.attention.results import AttentionMap, HeadsGrid, ModelCard, ThreeSteps, Token
from core.runtime.events import Failed, RunId
from core.runtime.pace import FULL_SPEED

CARD = ModelCard("tiny", "Tiny", "encoder", layers=2, heads=3, width=6, limit=64, origin="nowhere")
E5 = replace(CARD, name="e5")
"""The model of the default options, as small as the others here."""
OTHER_CARD = ModelCard("minilm", "Other", "encoder", layers=6, heads=12, width=6, limit=64, origin="nowhere")


def tokens_of(text, sentence=0):
    """Return one token for each character that is no blank."""
    return tuple(
        Token(char, at, at + 1, special=False, piece=char, sentence=sentence)
        for at, char in enumerate(text)
        if not char.isspace()
    )


def map_of(text="abc", weights=None, *, card=CARD, unit="character", layer=0, head=None, hidden=0.0, **changes):
    """Return a map of ``text``; without weights each token looks at itself with 0.5 and evenly at the rest."""
    tokens = changes.pop("rows", tokens_of(text))
    columns = changes.pop("columns", tokens)
    n, m = len(tokens), len(columns)
    if weights is None:
        weights = np.full((n, m), 0.5 / max(1, m - 1)) + np.eye(n, m) * (0.5 - 0.5 / max(1, m - 1))
    weights = np.asarray(weights, np.float32)
    return AttentionMap(
        card=card,
        stack="encoder",
        unit=unit,
        aggregation="weights",
        layer=layer,
        head=head,
        rows=tokens,
        columns=columns,
        weights=weights,
        hidden=np.full(n, hidden, np.float32),
        entropy=entropy(weights),
        reach=np.tile(np.array([0, m]), (n, 1)),
        texts=(text,),
        tokens=n + 2,
        windows=1,
        note="",
        milliseconds={"read": 1.0, "show": 1.0},
        **changes,
    )


def heads_grid_of(layers=2, heads=3, n=4):
    """Return a grid in which head h of layer l looks with all its weight at token (l + h) mod n."""
    tiles = np.zeros((layers, heads, n, n), np.float32)
    for layer in range(layers):
        for head in range(heads):
            tiles[layer, head, :, (layer + head) % n] = 1
    score = np.arange(layers * heads, dtype=np.float32).reshape(layers, heads)
    return HeadsGrid(CARD, "encoder", tiles, 1, {"entropy": score, "previous": score / 10, "first": score})


def steps_of(text="abc", query=0, temperature=1.0):
    """Return three steps with numbers that were worked out by hand; longer texts have the three keys again and again.

    q = (1, 0); k = (2, 0), (0, 1), (−2, 0); scale ½: scores 1, 0, −1; v = (1, 0), (0, 1), (1, 1).
    """
    tokens = tokens_of(text)
    n = len(tokens)
    scores = np.resize(np.array([1, 0, -1], np.float32), n)
    weights = np.exp(scores / temperature)
    weights = (weights / weights.sum()).astype(np.float32)
    values = np.resize(np.array([[1, 0], [0, 1], [1, 1]], np.float32), (n, 2))
    return ThreeSteps(
        card=CARD,
        stack="encoder",
        layer=0,
        head=0,
        query_token=tokens[query],
        key_tokens=tokens,
        query=np.array([1, 0], np.float32),
        keys=np.resize(np.array([[2, 0], [0, 1], [-2, 0]], np.float32), (n, 2)),
        values=values,
        products=2 * scores,
        scale=0.5,
        bias=np.zeros(n, np.float32),
        scores=scores,
        temperature=temperature,
        weights=weights,
        context=weights @ values,
        model_weights=weights,
        model_context=weights @ values,
    )


class ScriptedRun(QObject):
    """A run whose events the test sends."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, job):
        super().__init__()
        self.job = job
        self.was_cancelled = False

    @property
    def request(self):
        return self.job.arguments["request"]

    def cancel(self):
        self.was_cancelled = True

    def answer(self, *payloads):
        if payloads:
            self.progressed.emit(payloads)
        self.finished.emit(None)

    def fail(self, kind, message):
        self.failed.emit(Failed(RunId(1), kind, message))


class ScriptedBackground:
    """Keeps the runs that were started instead of running them."""

    def __init__(self):
        self.runs = []

    def start(self, lane, job, *, pace, watched):
        assert (lane, pace, watched) == ("attention", FULL_SPEED, False)
        self.runs.append(ScriptedRun(job))
        return self.runs[-1]

    @property
    def last(self):
        return self.runs[-1]


def end(tab, qtbot):
    """Close a tab as soon as nothing ticks in it any more."""
    tab.session.close()
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in tab.findChildren(QTimer)))
    tab.close()
    tab.deleteLater()


@pytest.fixture
def background():
    """A background that runs nothing."""
    return ScriptedBackground()


@pytest.fixture
def selection(qapp):
    """What the views share."""
    made = Selection()
    yield made
    made.deleteLater()


@pytest.fixture
def views(look, selection, qtbot):
    """Every view, by its id."""
    made = {spec.id: build_view(spec, look, selection) for spec in VIEWS}
    for view in made.values():
        qtbot.addWidget(view.widget)
        for part in (view.footer, view.own_controls):
            if part is not None:
                qtbot.addWidget(part)
    yield made
    for view in made.values():
        view.deleteLater()


def shown_with(options, *answers, complete=True):
    """Return what a view shows once ``answers``, pairs of a slot and its answer, have come for ``options``."""
    state = AttentionState(status=Status.SHOWN)
    for slot, answer in answers:
        state.apply(Wanted(slot, None), (answer,))
    return Shown(options, state, is_complete=complete)
