"""Beside the stage nothing is cut: whole lines, whole words, and no more pictures than there is room for."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from app.attention.drawing.map_content import map_content
from app.attention.evidence_panel import EvidencePanel
from app.attention.options import ViewOptions
from app.attention.pictures.heads_order import OrderBox
from app.attention.selection import Cell, Selection
from app.attention.state import HEADS, LINKING, MAP
from core.attention.results import LinkingHeads
from tests.app.attention.conftest import CARD, heads_grid_of, map_of, shown_with, tokens_of

TEXT = "注意力机制让模型在读每一个词的时候都回头看一看整个句子" * 4


@pytest.fixture
def evidence(look, qtbot):
    selection = Selection()
    made = EvidencePanel(look, selection)
    qtbot.addWidget(made)
    one = map_of(TEXT)
    selection.follow(one.rows, one.columns)
    made.show_content(map_content(one, "red", "relative"), one.texts)
    made.resize(look.scale.em(14), look.scale.em(30))
    made.show()
    qtbot.waitExposed(made)
    yield made
    selection.deleteLater()


@pytest.mark.parametrize("lines", [17, 20.5, 23.25, 27.125, 33])
def test_a_long_sentence_ends_with_a_whole_line(evidence, look, lines):
    evidence.resize(evidence.width(), look.scale.em(lines))
    evidence.grab()
    (flow,) = (flow for _side, flow in evidence.sentence._flows)
    seen = evidence._scroll.height() / flow.line_height
    assert seen >= 1
    assert abs(seen - round(seen)) < 0.05


@pytest.mark.parametrize("ems", [13, 14, 22])
def test_the_button_that_turns_the_look_has_its_word_and_the_title_all_of_its_own(evidence, look, ems):
    evidence.resize(look.scale.em(ems), evidence.height())
    heights = set()
    for pinned in (Cell(), Cell(row=1)):
        evidence._selection.pin(pinned)
        evidence.grab()
        assert evidence._turn.text().startswith("attends to")
        assert evidence._turn.width() >= evidence._turn.sizeHint().width()
        title = evidence._title
        room = QFontMetrics(title.font()).boundingRect(0, 0, title.width(), 10_000, 0x1000, title.text())
        assert room.height() <= title.height()
        assert room.width() <= title.width()
        heights.add(evidence._scroll.y())
    assert len(heights) == 1  # what lies below doesn't jump when another title comes


def test_where_little_room_is_left_one_picture_has_it(evidence, look):
    def pictures():
        evidence.grab()
        every = {"map": evidence.small_map, "heads": evidence.heads, "links": evidence.links}
        return {name for name, widget in every.items() if not widget.isHidden()}

    evidence.leave_out("links")
    assert pictures() == {"map", "heads"}
    evidence.leave_out("heads")
    assert pictures() == {"map", "links"}
    evidence.resize(evidence.width(), look.scale.em(20))
    assert pictures() == {"map"}
    evidence.leave_out("links")
    assert pictures() == {"heads"}
    evidence.leave_out("map")
    assert pictures() == {"heads"}


@pytest.mark.parametrize("ems", [12, 13, 14, 18, 30])
def test_every_order_of_the_heads_can_be_read(look, qtbot, ems):
    column = QWidget()
    qtbot.addWidget(column)
    order = OrderBox(look, column)
    order.setGeometry(0, 0, look.scale.em(ems), look.scale.em(4))
    column.show()
    qtbot.waitExposed(column)
    order.layout().activate()
    assert order._name.geometry().right() <= order.width()
    assert order._name.width() >= order._name.sizeHint().width()
    assert order.box.width() >= min(order.box.sizeHint().width(), order.width())
    beside = order.box.y() < order._name.geometry().bottom()
    assert beside == (order.width() >= order.sizeHint().width())


def test_heads_stand_by_the_weight_of_the_picked_cell(look, qtbot):
    selection = Selection()
    made = EvidencePanel(look, selection)
    qtbot.addWidget(made)
    one, tokens = map_of("abcd"), tokens_of("abcd")
    selection.follow(one.rows, one.columns)
    options = ViewOptions(text="abcd", order="pair", unit=one.unit, layer=0)
    weights = np.array([[0.1, 0.5, 0.2], [0.9, 0.3, 0.4]], np.float32)
    linking = LinkingHeads(CARD, "encoder", tokens[2], tokens[1], weights)
    shown = shown_with(options, (MAP, one), (HEADS, heads_grid_of()), (LINKING, linking))
    shown.state.requests[MAP.name] = options.attention()
    made.resize(look.scale.em(20), look.scale.em(40))
    made.show()
    qtbot.waitExposed(made)

    def order():
        made.grab()
        return [(tile.layer, tile.head) for tile in made.heads._sheet.tiles]

    made.show_heads(shown)
    assert order() == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert [wanted.slot for wanted in made.wants(options, shown.state)] == [HEADS]
    with qtbot.waitSignal(made.requests_changed):
        selection.pin(Cell(2, 1))
    assert made.wants(options, shown.state)[1].request == options.linking_heads(2, 1)
    assert order() == [(1, 0), (0, 1), (1, 2), (1, 1), (0, 2), (0, 0)]
    assert "0.9000" in made.heads.describe(1, 0)
    assert next(name.text.split() for name in made.heads._sheet.names) == ["1·0", "0.90"]
    with qtbot.waitSignal(made.heads.chosen) as told:
        qtbot.mouseClick(made.heads, Qt.MouseButton.LeftButton, pos=made.heads.tile_rect(1, 0).center().toPoint())
    assert told.args == [1, 0]
    selection.pin(Cell(2, 1))  # let go
    assert order()[0] == (0, 0)
    selection.deleteLater()
