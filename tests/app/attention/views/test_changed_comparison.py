"""A head switched off or a token masked in the second map of a comparison, and what changes."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QTest

from app.attention.options import ViewOptions
from app.attention.selection import Cell
from app.attention.tab import AttentionTab
from core.attention.head_set import HeadSet
from core.attention.interventions import Changes
from core.attention.requests import ComparisonRequest
from core.attention.results import Comparison, Guess
from tests.app.attention.conftest import CARD, E5, ScriptedBackground, map_of


@pytest.fixture
def tab(look, qtbot):
    background = ScriptedBackground()
    made = AttentionTab(look, background)
    made.background = background
    qtbot.addWidget(made)
    made.resize(1400, 900)
    made.session.want(text="abc", view="comparison", layer=0, other_layer=0)
    made.session.wake()
    made.show()
    yield made
    made.session.close()


def answer(tab):
    request = tab.background.last.request
    assert isinstance(request, ComparisonRequest)
    first, second = (
        map_of("abc", card=E5, changes=one.source.changes, guesses=tuple((Guess(next_one, 0.5),) for _ in range(3)))
        for one, next_one in ((request.first, "x"), (request.second, "y"))
    )
    tab.background.last.answer(Comparison(first, second, np.zeros((3, 3), np.float32)))


def test_heads_are_switched_off_and_picked_tokens_masked(tab):
    controls, picture = tab.page.own_controls, tab.page.widget
    answer(tab)
    assert not controls.masking.isEnabled()
    QTest.keyClicks(controls.off.field, "L0 H1")
    assert tab.background.last.request.second.source.changes == Changes(HeadSet((0,), (1,)))
    assert tab.background.last.request.first.source.changes == Changes()
    answer(tab)
    tab.selection.pin(Cell(0, 1))
    controls.masking.click()
    wanted = tab.background.last.request.second.source.changes
    assert wanted == Changes(HeadSet((0,), (1,)), ((0, 1, 2),))
    answer(tab)
    assert "switched off: L0 H1 · masked: b" in picture._titles[1].text().replace("\n", " · ")
    assert "masked" not in picture._titles[0].text()
    assert picture._next.text().endswith("first x 50.0%;  second y 50.0%")
    assert controls._masked.text() == "masked: b"
    assert any("switched off: L0 H1" in line for line in tab.page.caption(tab.presenter.shown))

    state = json.loads(json.dumps(tab.page.save_state()))
    controls.masking.click()  # shown again
    assert tab.session.options.other_masked == ()
    tab.views["comparison"].restore_state(state)
    assert tab.session.options.other_masked == ((0, 1, 2),)
    tab.session.want(text="abcd")  # other places
    assert tab.session.options.other_masked == ()


def test_what_a_model_has_not_is_not_switched_off():
    options = ViewOptions(text="abc", other_off=HeadSet((0, 7), (1,)), other_masked=((0, 0, 1),))
    assert options.within(CARD, CARD).other_off == HeadSet((0,), (1,))
    assert options.comparison({}).second.source.changes.masked == ((0, 0, 1),)
    elsewhere = replace(options, second="other", paired=True)
    assert elsewhere.comparison({}).second.source.changes.masked == ()
    assert ViewOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options


def test_two_maps_that_are_the_same_say_so(tab):
    answer(tab)
    said = tab.page.widget._numbers
    assert said.text().startswith("Both maps are the same")
    tab.selection.pin(Cell(0, 1))
    assert "difference" in said.text()
