"""The tab as the window holds it: opened late, closed for good."""

from pathlib import Path

import psutil
import pytest

from core.lecture.lecture import Scene
from tests.app.synonyms.conftest import PATIENCE


def open_files():
    """Return the files that this process holds."""
    return {Path(file.path) for file in psutil.Process().open_files()}


@pytest.fixture
def tab(laboratory, small):
    tab = laboratory.window.tab("synonyms")
    tab.restore_settings({"store": small, "mined": "finished"})
    laboratory.window.open("synonyms")
    return tab


def test_a_closed_window_holds_no_store(laboratory, tab, small, qtbot):
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=PATIENCE)
    qtbot.waitUntil(lambda: tab.workspace.session.state.card is not None, timeout=PATIENCE)
    assert Path(small) in open_files()
    laboratory.window.close()
    assert Path(small) not in open_files()


@pytest.mark.sweep(1)
@pytest.mark.parametrize("mined", [["finished"], {}, 3])
def test_remembered_values_of_another_kind_stop_nothing(laboratory, qtbot, monkeypatch, mined):
    begun = []
    monkeypatch.setattr("app.synonyms.sources.mining.Mining.start", lambda _mining, _config: begun.append(1))
    tab = laboratory.window.tab("synonyms")
    tab.restore_settings({"mined": mined, "page": {}, "queue": [], "mining": 3, "store": []})
    laboratory.window.open("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None and tab.workspace.session.address != "", timeout=PATIENCE)
    assert begun == [1]
    assert tab.page is tab.pages["card"]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("store", ["a\0b", "\ud800", "x" * 5000])
def test_a_remembered_store_that_no_file_can_be_gives_way_to_the_usual_one(laboratory, qtbot, monkeypatch, store):
    monkeypatch.setattr("app.synonyms.sources.mining.Mining.start", lambda _mining, _config: None)
    tab = laboratory.window.tab("synonyms")
    tab.restore_settings({"store": store, "queue": {"minutes": 10**30, "pairs": 10**30, "seed": -1}})
    laboratory.window.open("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None and tab.workspace.session.address != "", timeout=PATIENCE)
    assert tab.workspace.session.address.endswith("synonyms.db")
    assert tab.workspace.session.config.minutes is None


def test_methods_that_later_scenes_ask_learn_ahead_once_the_pages_are_there(laboratory, tab, qtbot, monkeypatch):
    wanted = []
    monkeypatch.setattr(
        "app.synonyms.ask.learning_ahead.LearningAhead.want", lambda _ahead, methods: wanted.append(methods)
    )
    learns = [Scene("synonyms.why", {"method": name}, run={"do": "learn"}) for name in ("pcnn", "patterns", "pcnn")]
    tab.expect((Scene("synonyms.table", {}), *learns))
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=PATIENCE)
    tab.expect(())
    assert wanted == [("pcnn", "patterns"), ()]


def test_a_window_closed_before_its_pages_were_built_opens_no_store(laboratory, tab, qtbot):
    tab.repaint()  # which asks for the pages, a turn of the event loop later
    laboratory.window.close()
    tab.build()
    assert tab.workspace is None
