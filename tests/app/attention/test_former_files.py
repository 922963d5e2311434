"""What earlier versions remembered and saved opens unchanged."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.attention.options import ViewOptions
from app.attention.selection import Cell, Sweep
from app.attention.tab import AttentionTab
from tests.app.attention.conftest import E5, end, heads_grid_of, map_of

WISH = {
    "text": "abc", "second": "", "paired": False, "model": "e5", "download": False, "prefix": False, "view": "lines",
    "unit": "word", "stack": None, "reading": "norms", "layer": 1, "head": 2, "specials": True, "ramp": "cividis",
    "scale": "log", "other_model": "minilm", "other_layer": None, "other_head": 3, "states": None,
    "temperature": 2.5, "masked": [],
}  # fmt: skip
REMEMBERED = {"wish": WISH, "models": ["/models/mine", "bert-base-chinese"]}
SAVED = {
    "kind": "yaya-lab attention session",
    "version": 1,
    "requests": [
        {
            "source": {"text": "abc", "pair": None, "model": "e5", "prefix": False, "download": False},
            "unit": "word", "stack": None, "reading": "norms", "layer": 1, "head": 2, "specials": True,
            "gallery": False,
        }
    ],
    "view": {
        "wish": WISH,
        "scene": {
            "query": {"text": "b", "start": 1, "end": 2, "special": False, "piece": "b", "sentence": 0},
            "row": 0, "column": 1, "swept_rows": [0, 2], "swept_columns": None, "direction": "to",
            "order": "entropy", "by": "attention", "zooms": [],
        },
    },
}  # fmt: skip
OPTIONS = ViewOptions(
    text="abc", view="links", unit="word", aggregation="norms", layer=1, head=2, specials=True, colormap="cividis",
    scale="log", other_model="minilm", other_layer=None, other_head=3, temperature=2.5,
)  # fmt: skip


@pytest.fixture
def tab(look, background, qtbot):
    made = AttentionTab(look, background)
    made.resize(1400, 900)
    yield made
    end(made, qtbot)


def test_remembered_choices_are_taken_up(tab):
    tab.restore_settings(REMEMBERED)
    assert tab.session.options == OPTIONS
    assert tab.sidebar.model.recent == ["/models/mine", "bert-base-chinese"]
    assert tab.save_settings()["options"]["view"] == "links"


def test_a_saved_session_is_opened(tab, background, qtbot, tmp_path):
    path = tmp_path / "lecture.json"
    path.write_text(json.dumps(SAVED), "utf-8")
    tab.opened()
    background.last.answer(map_of("x", card=E5))  # the example that the tab begins with
    tab.exporter.open_session(path)
    options = tab.session.options
    assert (options.order, options.by) == ("entropy", "attention")
    assert options == replace(OPTIONS, masked=(), order="entropy", by="attention")
    background.last.answer(map_of("abc", card=E5, unit="word", layer=1, head=2))
    qtbot.waitUntil(lambda: tab.selection.pinned == Cell(0, 1))
    assert (tab.selection.sweep, tab.selection.direction) == (Sweep((0, 2), None), "to")
    qtbot.waitUntil(lambda: background.last.request == options.heads())
    background.last.answer(heads_grid_of(2, 3, 3))
    assert tab.evidence.heads.order == "entropy"


def test_whose_three_steps_were_saved_is_asked_about_again(tab, background, tmp_path):
    path = tmp_path / "steps.json"
    content = json.loads(json.dumps(SAVED))
    content["view"]["wish"]["view"] = "steps"
    path.write_text(json.dumps(content), "utf-8")
    tab.opened()
    background.last.answer(map_of("x", card=E5))
    tab.exporter.open_session(path)
    background.last.answer(map_of("abc", card=E5, unit="piece"))
    assert background.last.request.query == 1


def test_a_session_that_holds_requests_alone_shows_the_first(tab, tmp_path):
    path = tmp_path / "lecture.json"
    path.write_text(json.dumps(SAVED | {"view": {}}), "utf-8")
    tab.opened()
    tab.exporter.open_session(path)
    options = tab.session.options
    assert (options.text, options.unit, options.aggregation, options.view) == ("abc", "word", "norms", "map")
    assert (options.layer, options.head, options.specials) == (1, 2, True)
