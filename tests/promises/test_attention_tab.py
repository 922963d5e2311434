"""The attention tab, in the real window with the real worker and the models that come with the program."""

from __future__ import annotations

import csv
import json
import os
import signal

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QPlainTextEdit, QSlider

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.pictures.heads import HeadsPicture
from app.attention.pictures.links import LinksPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Cell
from app.attention.state import MAP, Status
from app.attention.views.alignment import ALIGNMENT
from app.attention.views.heads import HeadsView
from app.attention.views.map import MapView
from app.attention.views.steps.view import STEPS, TYPESET
from core.attention.colormaps import intensity, levels, lookup
from core.attention.examples import EXAMPLES
from tests.core.attention.families import build_family
from tests.widgets import take_turns

LOADING = 60_000
"""Milliseconds a worker may take to load torch and a model on a busy machine."""
READING = 30_000


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab, opened, with its first map."""
    laboratory.window.resize(1400, 900)
    laboratory.window.open("attention")
    tab = laboratory.window.tab("attention")
    qtbot.waitUntil(lambda: tab.view(MapView).matrix.maps_painted > 0, timeout=LOADING)
    settled(tab, qtbot)
    return tab


def settled(tab, qtbot, timeout=READING):
    qtbot.waitUntil(lambda: not tab.session.is_busy, timeout=timeout)
    take_turns()


def want(tab, qtbot, **changes):
    tab.session.want(**changes)
    settled(tab, qtbot)
    return tab.session.state


def test_the_tab_opens_with_a_chinese_sentence_and_every_view_is_about_the_same_token(tab, qtbot):
    shown = tab.session.state.map
    assert shown.texts == (EXAMPLES[0].request.source.text,)
    assert "".join(token.text for token in shown.rows) == shown.texts[0]
    assert np.allclose(shown.weights.sum(axis=1), 1, atol=1e-5)
    assert tab.session.state.heads_grid is not None

    middle = tab.view(MapView).matrix.drawing.cell_rect(3, 6).center().toPoint()
    QTest.mouseClick(tab.view(MapView).matrix, Qt.MouseButton.LeftButton, pos=middle)
    assert tab.selection.pinned == Cell(3, 6)
    assert tab.view(MapView).footer.readout.texts()[0] == "行 → 行"
    assert tab.view(MapView).footer.readout.texts()[1] == f"{shown.weights[3, 6]:.4f}"

    state = want(tab, qtbot, view="steps")
    assert state[STEPS].query_token.start <= 3 < state[STEPS].query_token.end
    assert state[STEPS].layer == tab.session.options.layer
    assert np.allclose(state[STEPS].weights, state[STEPS].model_weights, atol=1e-5)
    assert state[TYPESET]

    state = want(tab, qtbot, temperature=10.0, masked=(0,))
    assert state[STEPS].weights[0] == 0
    assert state[STEPS].weights.max() < state[STEPS].model_weights.max()

    want(tab, qtbot, view="map", unit="word")
    token = tab.session.state.map.rows[tab.selection.pinned.row]
    assert token.start <= 3 < token.end

    heads = tab.evidence.heads
    QTest.mouseClick(heads, Qt.MouseButton.LeftButton, pos=heads.tile_rect(7, 4).center().toPoint())
    settled(tab, qtbot)
    assert (tab.session.state.map.layer, tab.session.state.map.head) == (7, 4)
    assert (tab.sidebar.layer.index, tab.sidebar.head.index) == (7, 4)


def test_typing_is_followed_key_by_key_and_a_composition_is_waited_for(tab, qtbot):
    field = tab.text_bar.first
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "the bank of the river r 1 2 c n")
    qtbot.waitUntil(lambda: tab.session.state.map.texts == ("the bank of the river r 1 2 c n",), timeout=READING)
    assert tab.session.options.view == "map"  # 1 and 2 were letters, not keys
    assert not tab.sidebar.isHidden()  # and so was c
    settled(tab, qtbot)

    said = []
    tab.text_bar.typed.connect(said.append)
    QApplication.sendEvent(field, QInputMethodEvent("yin hang", []))
    assert said == []  # what is being composed is nobody's sentence yet
    committed = QInputMethodEvent()
    committed.setCommitString("银行")
    QApplication.sendEvent(field, committed)
    qtbot.waitUntil(lambda: tab.session.state.map.texts[0].endswith("银行"), timeout=READING)

    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not field.hasFocus()
    QTest.keyClick(tab.view(MapView).matrix, Qt.Key.Key_2)
    assert tab.session.options.view == "heads"
    QTest.keyClick(tab.view(HeadsView).heads, Qt.Key.Key_C)
    assert tab.sidebar.isHidden()


def test_a_text_that_replaces_a_long_one_does_not_wait_until_that_is_read(tab, qtbot):
    session = tab.session
    answered = []
    session.answered.connect(lambda kind: answered.append(session.state.map.texts[0]) if kind == "map" else None)
    session.want(text="".join(chr(0x4E00 + i % 300) + "，" for i in range(480)))
    qtbot.waitUntil(lambda: session.state.preparing is not None and session.state.preparing.total > 1, timeout=READING)
    session.want(text="短句")
    settled(tab, qtbot)
    assert answered == ["短句"]


def test_the_table_the_picture_and_the_screen_say_the_same(tab, qtbot, tmp_path):
    want(tab, qtbot, layer=5, head=None, scale="relative")
    shown = tab.session.state.map
    with qtbot.waitSignal(tab.session.exported, timeout=READING) as kept:
        tab.exporter.export(tmp_path / "map.csv")
    assert kept.args[1] is None
    with (tmp_path / "map.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    weights = np.array([[float(cell) for cell in row[1:]] for row in rows], np.float32)
    assert head[1:] == [row[0] for row in rows] == [token.label for token in shown.rows]
    assert np.array_equal(weights, shown.weights)

    tab.exporter.export(tmp_path / "map.png")
    picture = QImage(str(tmp_path / "map.png"))
    assert "layer 5" in picture.text("Description")
    expected = lookup("red")[levels(intensity(weights, "relative"))]
    em = tab.look.scale.em
    for row in range(len(rows)):
        for column in range(len(rows)):
            room = tab.view(MapView).matrix.drawing.cell_rect(row, column).translated(em(0.5), em(0.25))
            point = QPoint(int((room.left() + room.width() * 0.2) * 2), int((room.top() + room.height() * 0.2) * 2))
            assert QColor(picture.pixel(point)).getRgb()[:3] == tuple(expected[row, column])

    tab.exporter.export(tmp_path / "map.svg")
    svg = (tmp_path / "map.svg").read_text("utf-8")
    assert all(f">{token.label}</text>" in svg for token in shown.rows)
    assert "layer 5" in svg

    with qtbot.waitSignal(tab.session.exported, timeout=READING):
        tab.exporter.export(tmp_path / "all.npz")
    with np.load(tmp_path / "all.npz") as arrays:
        assert arrays["weights"].shape[:2] == (12, 12)
        assert np.array_equal(arrays["map"], shown.weights)

    tab.exporter.export(tmp_path / "nowhere" / "map.png")
    tab.exporter.export(tmp_path / "map.jpeg")
    assert not (tmp_path / "map.jpeg").exists()


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("view", "names"), [
    ("heads", "layer,head"), ("steps", "key,sentence,start,product"),
    ("comparison", "map,model,layer,head,query"), ("alignment", "model,layer,first,first_start,second"),
])  # fmt: skip
def test_every_view_is_kept_as_picture_and_as_table(tab, qtbot, tmp_path, view, names):
    want(
        tab,
        qtbot,
        text="猫坐在垫子上。",
        second="The cat sat on the mat.",
        paired=view == "alignment",
        unit="word",
        view=view,
    )
    tab.exporter.export(tmp_path / "view.png")
    picture = QImage(str(tmp_path / "view.png"))
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
    assert len(colours) > 20
    with qtbot.waitSignal(tab.session.exported, timeout=READING) as kept:
        tab.exporter.export(tmp_path / "view.csv")
    assert kept.args[1] is None
    assert (tmp_path / "view.csv").read_text("utf-8-sig").startswith(names)


def test_what_cannot_be_read_is_said_and_the_next_key_goes_on(tab, laboratory, qtbot, tmp_path):
    session, empty = tab.session, tab.stage.empty_state
    for text in ("", "   \n "):
        session.want(text=text)
        assert session.state.status is Status.EMPTY
        assert tab.stage.page is empty
        assert "Type a sentence" in empty.reason.text()

    for text in ("👩‍👧 𠮷 ＡＢ１２ 漢字汉字 שלום", "a\u200db\x07c", "x"):
        assert want(tab, qtbot, text=text).status is Status.SHOWN
        assert tab.stage.page is tab.view(MapView).matrix

    session.want(text="很长" * 5000)
    qtbot.waitUntil(lambda: session.state.status is Status.REFUSED, timeout=READING)
    assert "Select a part of it" in empty.reason.text()

    (tmp_path / "notes.txt").write_text("no model")
    session.want(text="ok", model=str(tmp_path))
    qtbot.waitUntil(lambda: "contains no model" in empty.reason.text(), timeout=READING)
    assert want(tab, qtbot, model="e5").status is Status.SHOWN

    os.kill(laboratory.background.worker_pids()["attention"], signal.SIGKILL)
    session.want(text="again")
    qtbot.waitUntil(lambda: session.state.map is not None and session.state.map.texts == ("again",), timeout=LOADING)
    assert tab.stage.page is tab.view(MapView).matrix
    assert "A new one takes over" in laboratory.window.messages.text


@pytest.mark.long
def test_a_thousand_tokens_are_read_in_windows_and_it_is_said(tab, qtbot):
    text = "".join(chr(0x4E00 + i % 300) + "，" for i in range(480))
    state = want(tab, qtbot, text=text, unit="piece")
    assert state.status is Status.SHOWN
    assert state.map.windows > 1
    assert len(state.map.rows) > 800
    assert "reads 512 tokens at a time" in tab.text_bar._hint.text()
    middle = tab.view(MapView).matrix.drawing.cells_rect().center()
    QTest.mouseMove(tab.view(MapView).matrix, middle.toPoint())
    assert tab.view(MapView).footer.readout.texts()[1] != "–"


def test_a_session_is_opened_as_it_was_saved_and_a_broken_file_changes_nothing(tab, laboratory, qtbot, tmp_path):
    want(
        tab,
        qtbot,
        text="他不去。",
        second="He does not go.",
        paired=True,
        unit="word",
        view="alignment",
        colormap="cividis",
    )
    tab.exporter.save_session(tmp_path / "lecture.json")
    before = tab.session.options
    assert json.loads((tmp_path / "lecture.json").read_text("utf-8"))["view"]["options"]["text"] == "他不去。"

    want(tab, qtbot, text="other", paired=False, view="map", colormap="red")
    (tmp_path / "broken.json").write_text('{"kind": "something else"}')
    tab.exporter.open_session(tmp_path / "broken.json")
    assert tab.session.options.text == "other"
    assert "can't be opened" in laboratory.window.messages.text

    tab.exporter.open_session(tmp_path / "lecture.json")
    settled(tab, qtbot)
    assert tab.session.options == before
    assert tab.session.state[ALIGNMENT] is not None
    assert tab.text_bar.first.text == "他不去。"
    assert tab.save_settings()["options"]["view"] == "alignment"


QTS_OWN = {"qt_menubar_ext_button", "qt_toolbar_ext_button", "qt_tableview_cornerbutton"}


def test_every_control_can_be_named_aloud(tab, qtbot):
    kinds = (QComboBox, QSlider, QPlainTextEdit, QAbstractButton, Matrix, HeadsPicture, LinksPicture, ScaleBar)
    controls = [control for kind in kinds for control in tab.findChildren(kind)]
    assert len(controls) > 40
    nameless = [
        control
        for control in controls
        if not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
        and control.objectName() not in QTS_OWN | {"go_on"}
    ]
    assert nameless == []


@pytest.fixture(scope="module")
def maps_only(tmp_path_factory):
    """The folder of a tiny model that weighs in a way of its own."""
    return build_family("MPNet", tmp_path_factory.mktemp("maps_only"))


def test_a_model_that_gives_maps_only_takes_the_three_steps_to_the_map(tab, laboratory, qtbot, maps_only):
    want(tab, qtbot, view="steps")
    assert tab.page.spec.id == "steps"
    tab.session.want(model=str(maps_only), text="the cat sat")
    settled(tab, qtbot, timeout=LOADING)
    assert tab.page.spec.id == "map"
    assert not tab.stage.is_empty
    assert tab.view(MapView).shown[MAP].card.only_maps
    assert "steps and norms can't be" in laboratory.window.messages.text
    assert not laboratory.window.actions_table["at_view_steps"].isEnabled()
