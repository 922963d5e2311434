"""Every page is brought back exactly: what it saves, and what it shows."""

import copy
import json
from functools import reduce

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelectionModel, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.synonyms.pages import PAGES
from core.synonyms.queue.config import Only, Order, QueueConfig
from core.synonyms.store import Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE

ANSWERS = (("anna", "ben", "carla"), (Verdict.SYNONYM, Verdict.NOT, Verdict.RELATED))


HINTING = 48
"""Difference of a colour's channel that is no difference, of 255."""


@pytest.fixture
def disputed(small):
    """Three annotators on four pairs, of one mind on the first; anna alone on five more, enough for her model."""
    with Store(small) as store:
        store.sharing = Sharing(overlap=1.0)  # what is left is asked of everybody
        pairs = store.table_query().ids().tolist()
        for number, pair in enumerate(pairs[:4]):
            for at, name in enumerate(ANSWERS[0]):
                store.decide(pair, ANSWERS[1][at % (number + 1) % 3], name)
        for pair in pairs[4:9]:
            store.decide(pair, Verdict.NOT, "anna")
    return small


@pytest.fixture(params=PAGES, ids=lambda spec: spec.name)
def page(request, disputed, workspace, qtbot, background):
    """A page in front, with everything on it that was asked for."""
    made = request.param.build(workspace)
    window = QWidget()
    row = QHBoxLayout(window)
    row.addWidget(made.sidebar, 1)
    row.addWidget(made, 3)
    if made.status_bar is not None:
        made.status_bar.setParent(window)
        made.status_bar.hide()  # it moves while work is under way
    qtbot.addWidget(window)
    window.resize(1100, 600)
    for line in window.findChildren(QLineEdit):
        line.setClearButtonEnabled(False)  # it fades in and out, and is no part of what is shown
    window.show()
    made.entered()
    settle(qtbot, background)
    yield made
    made.left()


def settle(qtbot, background):
    """Wait until nothing is under way."""
    lanes = background.lanes
    qtbot.waitUntil(lambda: all(lane.run.is_over for lane in lanes.values()), timeout=PATIENCE)
    qtbot.wait(1)  # what was told is laid out in the next turn
    qtbot.waitUntil(lambda: all(lane.run.is_over for lane in lanes.values()), timeout=PATIENCE)


def picture(page):
    """What is to be seen, without the frame or the cursor of what has the focus."""
    page.setFocus()
    return page.window().grab().toImage()


def difference(one, other):
    """Return where two pictures differ and how much at most; None where they show the same.

    How Qt hints large hanzi depends on what else it has drawn before: so small differences are none.
    """
    if one.size() != other.size():
        return one.size(), other.size()
    colours = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, other)]
    pixels = [np.array(image.constBits()).reshape(image.height(), image.width(), 4).astype(int) for image in colours]
    apart = abs(pixels[0] - pixels[1]).max(axis=-1)
    rows, columns = np.nonzero(apart > HINTING)
    if not len(rows):
        return None
    return QRect(QPoint(int(columns.min()), int(rows.min())), QPoint(int(columns.max()), int(rows.max()))), apart.max()


def change_card(page, draw):
    orders = [(Order.LIKELY, ""), (Order.RANDOM, ""), (Order.SCORE, "cosine")]
    order, score = draw(st.sampled_from(orders))
    only = draw(st.sampled_from([Only.OPEN, Only.DISPUTED]))
    pairs = draw(st.sampled_from([None, 20]))
    page.session.arrange(QueueConfig("", "dora", order, only, score, pairs=pairs))
    if draw(st.booleans()):
        page.session.current_card.reopen(draw(st.integers(1, 12)))


def change_table(page, draw):
    sidebar = page.sidebar
    sidebar.text.setText(draw(st.sampled_from(["", "医", "生"])))
    sidebar.verdicts[Verdict.SYNONYM].setChecked(draw(st.booleans()))
    sidebar.ranges["cosine"].least.setText(draw(st.sampled_from(["", "0.8", "many"])))
    sidebar.wanted.emit(sidebar.filter())
    section = draw(st.integers(-1, len(page.model.columns) - 1))
    header = page.view.horizontalHeader()
    header.setSortIndicator(section, draw(st.sampled_from(list(type(header.sortIndicatorOrder())))))


def place_in_table(page, draw):
    flags = QItemSelectionModel.SelectionFlag
    page.view.clearSelection()
    for row in draw(st.sets(st.integers(0, 11), max_size=4)):
        if row < page.model.rowCount():
            page.view.selectionModel().setCurrentIndex(page.model.index(row, 0), flags.Select | flags.Rows)


def change_agreement(page, draw):
    page.sidebar.merged.setChecked(draw(st.booleans()))
    page.measure()


def place_in_agreement(page, draw):
    page.view.selectRow(draw(st.integers(0, 2)))


def change_sources(page, draw):
    form = page.form
    form.limit.setValue(draw(st.integers(100, 5_000_000)))
    form.cosine.setValue(draw(st.integers(-20, 20)) / 20)
    for box in form.sources.values():
        box.setChecked(draw(st.booleans()))
    page.sidebar.server.setText(draw(st.text("abc:/", max_size=8)))


def change_exchange(page, draw):
    sidebar = page.sidebar
    (sidebar.in_button if draw(st.booleans()) else sidebar.out_button).click()
    for box in (sidebar.format, sidebar.encoding, sidebar.which, sidebar.whose):
        box.setCurrentIndex(draw(st.integers(0, box.count() - 1)))
        box.activated.emit(box.currentIndex())
    sidebar.chained.setChecked(draw(st.booleans()))
    sidebar.changed.emit()


def change_ask(page, draw):
    page.ask(draw(st.sampled_from(["医生", "漂亮", "电脑", "医生们"])))
    for name in ("cosine", "csls", "characters"):
        page.sidebar.methods[name].setChecked(draw(st.booleans()))
    page.sidebar.chosen.emit()
    page.sidebar.measure.setCurrentIndex(draw(st.integers(0, 1)))
    page.sidebar.measured.emit()
    page.move_lines(draw(st.sampled_from([-1, 1])))


def change_methods(page, draw):
    for name in ("cosine", "network"):
        page.sidebar.methods[name].setChecked(draw(st.booleans()))
    page.sidebar.seed.setValue(draw(st.integers(0, 9)))
    page.sidebar.protocol.setCurrentIndex(draw(st.integers(0, 1)))
    page.sidebar.protocol_chosen.emit()
    page.table.sort_as([draw(st.integers(0, 8)), draw(st.integers(0, 1))])
    page.move_to(draw(st.floats(0, 1)))


def change_why(page, draw):
    page.sidebar.choose(draw(st.sampled_from(list(page.sidebar.methods))))
    page.ask(draw(st.sampled_from(["医生", "漂亮"])), draw(st.sampled_from(["电脑", "医生们"])))
    page.map.map.move_to(draw(st.integers(0, 10)) / 10)


CHANGES = {
    "why": (change_why,),
    "methods": (change_methods,),
    "ask": (change_ask,),
    "card": (change_card,),
    "table": (change_table, place_in_table),
    "agreement": (change_agreement, place_in_agreement),
    "sources": (change_sources,),
    "exchange": (change_exchange,),
}


def through_a_file(state):
    return json.loads(json.dumps(state))


@pytest.mark.sweep(5)
@settings(
    max_examples=6, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(data=st.data())
def test_a_page_is_brought_back_exactly(page, qtbot, background, data):
    def change():
        for step in CHANGES[page.page_id.rpartition(".")[2]]:
            step(page, data.draw)
            settle(qtbot, background)

    change()
    state, seen = page.save_state(), picture(page)
    change()
    page.restore_state(through_a_file(state))
    assert through_a_file(page.save_state()) == through_a_file(state)  # also before anything has arrived
    settle(qtbot, background)
    assert through_a_file(page.save_state()) == through_a_file(state)
    assert difference(picture(page), seen) is None


RUBBISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)

ABSURD = [10**30, -(10**30), 10**400, float("nan"), float("inf"), -1, True, 2**31, "a\0b", "\ud800", ["a\0b"], [10**30]]


def parts_of(state):
    """Return the path of names to each value in nested JSON objects."""
    for name, value in state.items():
        yield (name,)
        if isinstance(value, dict):
            yield from ((name, *rest) for rest in parts_of(value))


@pytest.mark.sweep(4)
def test_no_absurd_number_or_text_in_a_state_stops_anything(page, qtbot, background):
    state = page.save_state()
    for path in parts_of(state):
        for value in ABSURD:
            changed = copy.deepcopy(state)
            holder = reduce(dict.__getitem__, path[:-1], changed)
            holder[path[-1]] = value
            page.restore_state(through_a_file(changed))
        settle(qtbot, background)
    page.restore_state(through_a_file(page.save_state()))
    settle(qtbot, background)


@pytest.mark.sweep(4)
@settings(
    max_examples=8,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_rubbish_stops_nothing(page, qtbot, background, data):
    state = page.save_state()
    for name in state:
        if data.draw(st.booleans()):
            state[name] = data.draw(RUBBISH)
        elif isinstance(state[name], dict):
            state[name] = {part: data.draw(RUBBISH) for part in state[name]}
    page.restore_state(state)
    settle(qtbot, background)
    page.restore_state(through_a_file(page.save_state()))
    settle(qtbot, background)


@pytest.mark.sweep(4)
def test_a_page_says_its_symbols(page, qtbot):
    said = page.explain()
    assert said.page == page.page_id
    expected = {
        "card": {"u", "v_word", "cos", "p_model"}, "table": set(), "agreement": {"kappa", "alpha_k"}, "sources": set(),
        "exchange": set(), "ask": {"u", "v_word", "P", "recall", "tau"},
        "methods": set(), "why": {"u", "v_word"},
    }  # fmt: skip
    assert set(said.values) == expected[page.page_id.rpartition(".")[2]]
