"""Every view is a page: it is explained, and brought back exactly as it was, whatever stood there meanwhile."""

from __future__ import annotations

import json
from collections import deque

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.attention.learning.options import LearningOptions
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ORDERS
from app.attention.selection import Cell, Sweep
from app.attention.tab import AttentionTab
from app.attention.views import VIEWS
from core.attention.align import spread
from core.attention.head_set import HeadSet
from core.attention.learned.live.events import Twin, TwinRequest
from core.attention.learned.report_events import ReportRequest
from core.attention.requests import (
    ACROSS,
    AGGREGATIONS,
    COLORMAPS,
    SCALES,
    AlignmentRequest,
    AttentionRequest,
    ComparisonRequest,
    FormulasRequest,
    HeadsRequest,
    LinkingHeadsRequest,
    StepsRequest,
)
from core.attention.results import Alignment, Comparison, LinkingHeads
from core.formulas import Typeset
from core.language import set_language
from tests.app.attention.conftest import E5, ScriptedBackground, end, heads_grid_of, map_of, steps_of, tokens_of
from tests.app.attention.learning.conftest import COURSE
from tests.app.attention.mechanisms.answers import MECHANISMS, answer_of_mechanism
from tests.app.attention.mechanisms.learned.answers import LEARNED, answer_of_learned
from tests.app.attention.report.test_report_page import report_of

ABOUT_MODELS = {TwinRequest: Twin(COURSE), ReportRequest: report_of(bleu=90.0)}
TEXTS = ("abc", "wxyz", "一二三四五六", "ab" * 20)
VIEW_IDS = [spec.id for spec in VIEWS]
MODEL_VIEWS = [spec.id for spec in VIEWS if spec.has_button]


class AnsweringBackground(ScriptedBackground):
    """A worker that answers everything, but not at once."""

    def __init__(self):
        super().__init__()
        self._waiting = deque()

    def start(self, lane, job, *, pace, watched):
        run = super().start(lane, job, pace=pace, watched=watched)
        self._waiting.append(run)
        return run

    def work(self):
        """Answer what was asked, and what is asked because of that."""
        while self._waiting:
            run = self._waiting.popleft()
            if not run.was_cancelled:
                run.answer(answer_to(run.request))


def answer_to(request):
    if type(request) in ABOUT_MODELS:
        return ABOUT_MODELS[type(request)]
    if type(request) in LEARNED:
        return answer_of_learned(request)
    if isinstance(request, LinkingHeadsRequest):
        tokens = tokens_of(request.source.text)
        return LinkingHeads(E5, "encoder", tokens[request.query], tokens[request.key], weights_of(2, 3, request.query))
    return answer_of_mechanism(request) if type(request) in MECHANISMS else answer_of_model(request)


def answer_of_model(request):
    match request:
        case AttentionRequest():
            return a_map(request)
        case HeadsRequest():
            return heads_grid_of(2, 3, len(request.source.text))
        case ComparisonRequest():
            first, second = a_map(request.first), a_map(request.second)
            same = first.rows == second.rows
            return Comparison(first, second, first.weights - second.weights if same else np.zeros((0, 0), np.float32))
        case AlignmentRequest():
            rows, columns = tokens_of(request.source.text), tokens_of(request.source.pair, sentence=1)
            cosine = weights_of(len(rows), len(columns), request.layer or 0)
            return Alignment(E5, 1, rows, columns, cosine, spread(cosine), ((0, 0),), cosine / 3)
        case StepsRequest():
            return steps_of(request.source.text, request.query, temperature=request.temperature)
        case FormulasRequest():
            return Typeset({})
    raise AssertionError(request)


def a_map(request):
    tokens = tokens_of(request.source.text)
    weights = weights_of(len(tokens), len(tokens), 3 * (request.layer or 0) + (request.head or 0))
    return map_of(
        request.source.text, weights / weights.sum(axis=1, keepdims=True), card=E5, unit=request.unit,
        layer=request.layer, head=request.head,
    )  # fmt: skip


def weights_of(rows, columns, seed):
    return np.random.default_rng(seed).random((rows, columns), np.float32)


@pytest.fixture
def tab(look, qtbot):
    background = AnsweringBackground()
    made = AttentionTab(look, background)
    made.background = background
    made.resize(1400, 900)
    made.session.want(text="abc", second="xy", paired=True, layer=0)
    made.opened()
    made.show()
    qtbot.waitExposed(made)
    settle(made, qtbot)
    yield made
    end(made, qtbot)


def settle(tab, qtbot):
    """Let everything be answered and drawn."""

    def is_settled():
        tab.background.work()
        timers = [timer for owner in (tab, *tab.views.values()) for timer in owner.findChildren(QTimer)]
        return not tab.session.is_busy and not any(timer.isActive() for timer in timers)

    qtbot.waitUntil(is_settled, timeout=20_000)


indices = st.none() | st.integers(0, 2)
changes = st.fixed_dictionaries(
    {},
    optional={
        "text": st.sampled_from(TEXTS),
        "second": st.sampled_from(("xy", "vwxyz")),
        "unit": st.sampled_from(("piece", "character", "word")),
        "aggregation": st.sampled_from(AGGREGATIONS),
        "layer": st.none() | st.integers(0, 1),
        "head": indices,
        "chosen": st.none() | st.just(HeadSet((0,), (1, 2))),
        "across": st.none() | st.sampled_from(ACROSS),
        "specials": st.booleans(),
        "colormap": st.sampled_from(COLORMAPS),
        "scale": st.sampled_from(SCALES),
        "other_layer": st.none() | st.integers(0, 1),
        "other_head": indices,
        "other_off": st.none() | st.just(HeadSet((0,), (1,))),
        "other_masked": st.sampled_from(((), ((0, 0, 1),))),
        "states": indices,
        "temperature": st.sampled_from((0.5, 1.0, 4.0)),
        "order": st.sampled_from(ORDERS),
        "by": st.sampled_from(("similarity", "attention")),
        "learning": st.builds(
            LearningOptions,
            model=st.sampled_from(("seq2seq-dot", "memory-two-3")),
            seed=st.integers(0, 2),
            example=st.integers(0, 2),
        ),
        "reported": st.sampled_from(("shipped", "own")),
        "mechanism": st.builds(
            MechanismOptions,
            query=st.integers(0, 3),
            score=st.sampled_from(("dot", "additive")),
            kind=st.sampled_from(("m", "p")),
            centre=st.none() | st.sampled_from((0.5, 2.0)),
            width=st.sampled_from((0.5, 2.0)),
            draws=st.sampled_from((0, 1, 40)),
            strength=st.sampled_from((0.0, 3.0)),
            causal=st.booleans(),
            positions=st.sampled_from((0.0, 1.0)),
            translator=st.sampled_from(("additive", "general-after")),
            step=st.none() | st.integers(0, 9),
            drawn=st.none() | st.integers(0, 3),
            shifted=st.booleans(),
            hops=st.sampled_from((1, 3)),
        ),
    },
)
gestures = st.fixed_dictionaries(
    {
        "options": changes,
        "pin": st.tuples(indices, st.none() | st.integers(0, 1)),
        "turned": st.booleans(),
        "swept": st.booleans(),
        "closer": st.sampled_from((1.0, 1.7, 3.0)),
        "query": indices,
    }
)


def do(tab, qtbot, gesture):
    """Choose, pick, sweep, zoom and ask as a person would."""
    tab.session.want(**gesture["options"])
    settle(tab, qtbot)
    view = tab.page
    view.selection.clear()
    view.selection.pin(Cell(*gesture["pin"]))
    if gesture["turned"]:
        view.selection.turn()
    if gesture["swept"]:
        view.selection.select(Sweep((0, 2), None))
    for matrix in view.maps:
        matrix.zoom_to_fit()
        matrix.zoom_by(gesture["closer"])
    if gesture["query"] is not None and view.spec.id == "steps":
        view.steps.query_chosen.emit(tokens_of("abc")[gesture["query"]])
    settle(tab, qtbot)


def picture_of(tab):
    """Return what is seen of the page while neither mouse nor keyboard points at anything."""
    QTest.mouseMove(tab, QPoint(1, 1))
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    return tab.stage.grab().toImage()


def zoomed(text, closer):
    """Return a gesture that only zooms in on another text."""
    return {
        "options": {"text": text}, "pin": (None, None), "turned": False, "swept": False, "closer": closer, "query": None
    }  # fmt: skip


@pytest.mark.sweep(9)
@pytest.mark.parametrize("view", VIEW_IDS)
@example(before=zoomed("ab" * 20, 1.7), between=zoomed("ab" * 20, 1.0), elsewhere="map")  # half a pixel from a cell
@given(before=gestures, between=gestures, elsewhere=st.sampled_from(VIEW_IDS))
@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_a_page_is_brought_back_exactly(tab, qtbot, view, before, between, elsewhere):
    tab.session.want(view=view)
    do(tab, qtbot, before)
    state, picture = json.loads(json.dumps(tab.page.save_state())), picture_of(tab)

    do(tab, qtbot, between)
    tab.session.want(view=elsewhere)
    do(tab, qtbot, between)

    tab.views[view].restore_state(state)
    settle(tab, qtbot)
    assert tab.page is tab.views[view]
    assert json.loads(json.dumps(tab.page.save_state())) == state
    assert picture_of(tab) == picture


RUBBISH = (
    {}, {"options": None}, {"options": 3}, {"options": {}}, {"options": {"text": 5}}, {"snapshot": {"row": -1}},
    {"options": {"text": "abc", "layer": "x", "view": "circus"}, "snapshot": []},
    {"options": {"text": "abc"}, "snapshot": {"row": 10**9, "zooms": [[1e8, 1e8, 1e8]], "scrolls": [10**8]}},
)  # fmt: skip


def test_rubbish_is_left_alone(tab, qtbot):
    for view in VIEW_IDS:
        for rubbish in RUBBISH:
            tab.session.want(view=view, layer=0)
            settle(tab, qtbot)
            tab.page.restore_state(rubbish)
            settle(tab, qtbot)
            assert tab.page is tab.views[view], (view, rubbish)
            assert tab.session.options.layer == 0 or rubbish.get("options") == {"text": "abc"}, (view, rubbish)


def test_a_state_fetches_nothing_from_the_network(tab, qtbot):
    state = tab.page.save_state()
    assert "download" not in state["options"]
    tab.session.want(download=True)
    tab.page.restore_state(state | {"options": state["options"] | {"download": True}})
    assert not tab.session.options.download


def test_a_page_says_which_it_is_and_what_its_symbols_stand_for(tab, qtbot):
    for view in MODEL_VIEWS:
        tab.session.want(view=view)
        settle(tab, qtbot)
        page = tab.page
        assert page.page_id == f"attention.{view}"
        assert page.explain().page == page.page_id
        assert page.explain().values["n_head"] == "3", view
        assert page.explain().values["d_k"] == "2", view


@pytest.mark.parametrize("view", ["map", "links", "comparison"])
def test_what_is_pinned_is_named_and_it_is_told(tab, qtbot, view):
    tab.session.want(view=view)
    settle(tab, qtbot)
    with qtbot.waitSignal(tab.page.explanation_changed):
        tab.selection.pin(Cell(0, 1))
    values = tab.page.explain().values
    assert (values["q"], values["k"]) == tuple(named_tokens())
    assert values["alpha"].startswith(f"{float(tab.session.state.map.weights[0, 1]):.4f}")
    with qtbot.assertNotEmitted(tab.page.explanation_changed):
        tab.session.want(colormap="viridis")
        settle(tab, qtbot)


def named_tokens():
    from app.attention.drawing.labels import named

    return [named(token) for token in tokens_of("ab")]


def test_another_page_in_front_is_told(tab, qtbot):
    with qtbot.waitSignal(tab.page_changed):
        tab.session.want(view="links")
    assert tab.page.page_id == "attention.links"
    with qtbot.assertNotEmitted(tab.page_changed):
        tab.session.want(scale="log")


def test_the_three_steps_name_the_numbers_of_the_row_under_the_mouse(tab, qtbot):
    tab.session.want(view="steps")
    settle(tab, qtbot)
    page = tab.page
    assert page.explain().values["temperature"] == "1.00"
    assert "alpha" not in page.explain().values
    with qtbot.waitSignal(page.explanation_changed):
        page.steps.table.hovered.emit(0, None)
    values = page.explain().values
    assert values["score"] == "1.000"
    assert values["alpha"] == "0.6652"  # exp 1 / (exp 1 + exp 0 + exp −1)


@pytest.mark.sweep(2)
@pytest.mark.parametrize("view", ["map", "heads", "comparison", "alignment"])
def test_what_the_bar_says_follows_the_language(tab, qtbot, view):
    tab.session.want(view=view, scale="relative")
    settle(tab, qtbot)
    shown = tab.page.widget.bar if view == "alignment" else tab.page.widget.bars[0] if view == "comparison" else None
    bar = shown or tab.page.bar
    assert "largest" in bar.content.ticks[-1][1]
    set_language("zh_CN")
    QApplication.sendEvent(tab, QEvent(QEvent.Type.LanguageChange))
    settle(tab, qtbot)
    assert "最大值" in bar.content.ticks[-1][1]
