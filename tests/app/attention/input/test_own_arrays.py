"""A file of weights and tokens, opened or dropped in the window."""

from __future__ import annotations

import pytest

from app.attention.tab import AttentionTab
from app.documents.recognise import recognise
from core.attention.requests import OpenArraysRequest
from core.attention.results import ModelCard, OpenedArrays
from core.attention.session_file import Session, may_be_session, save_session
from tests.app.attention.conftest import ScriptedBackground


@pytest.fixture
def tab(look, qtbot):
    background = ScriptedBackground()
    made = AttentionTab(look, background)
    qtbot.addWidget(made)
    made.background = background
    made.session.wake()
    yield made
    made.session.close()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text('{"tokens": ["a"], "weights": [[1.0]]}', "utf-8")
    return path


def card_of(path):
    return ModelCard(str(path), "mine", "encoder", 1, 1, 0, 2, str(path), only_maps=True, only_stack="encoder")


def test_a_dropped_file_becomes_the_model_and_brings_its_text(tab, file):
    tab.open_files(recognise(file), (file,))
    assert tab.background.last.request == OpenArraysRequest(str(file))
    tab.background.last.answer(OpenedArrays(card_of(file), ("a b", "c")))
    options = tab.session.options
    assert (options.model, options.text, options.second, options.paired) == (str(file), "a b", "c", True)
    assert (options.unit, options.view) == ("piece", "map")
    assert tab.background.last.request == options.attention()
    assert tab.sidebar.model.currentText() == "mine.json"
    tab.exporter.open_file(file)  # once more, as it may have been written anew
    assert tab.background.last.request == OpenArraysRequest(str(file))


def test_what_is_wrong_with_it_is_told_and_nothing_else_changes(tab, file, qtbot):
    tab.session.want(view="heads")
    tab.exporter.open_file(file)
    with qtbot.waitSignal(tab.message) as told:
        tab.background.last.fail("ModelError", "no weights in it")
    assert told.args == ["error", "no weights in it"]
    assert (tab.session.options.text, tab.session.options.view, tab.session.options.model) == ("", "heads", "e5")
    tab.session.want(text="after")
    assert tab.background.last.request == tab.session.options.heads()


def test_sessions_are_told_from_arrays(file, tmp_path, tab):
    path = tmp_path / "session.json"
    save_session(path, Session((tab.session.options.attention(),)))
    assert may_be_session(path)
    assert not may_be_session(file)
    assert may_be_session(tmp_path / "missing.json")
