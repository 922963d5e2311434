"""What is not known yet is never shown as none, and a worker that died is asked again: real window, real workers."""

import os
import signal

import pytest

from core.paths import data_folder
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.promises.test_synonyms_label import (
    LOADING,
    address,
    open_tab,
    remember,
    tiny_material,  # noqa: F401  a fixture
)

PAIRS = 20_000


@pytest.fixture
def tab(start, qtbot, tiny_material):  # noqa: F811  the fixture
    data_folder().mkdir(parents=True, exist_ok=True)
    make_store(address(), many_pairs(PAIRS))
    remember(queue={"annotator": "anna"})
    return open_tab(start(), qtbot)


@pytest.fixture
def told(tab):
    """What is said and has not been taken back."""
    said = []
    tab.message.connect(lambda _kind, text: said.append(str(text)))
    tab.message_withdrawn.connect(lambda text: said.remove(str(text)))
    return said


def table_pid(tab, qtbot, *, not_this=None):
    pids = tab._background.worker_pids
    qtbot.waitUntil(lambda: pids().get("table", not_this) != not_this, timeout=LOADING)
    return pids()["table"]


def says_nothing_is_known(page):
    return page.cover.reason.isVisible() and page.cover.reason.text() == "Reading the pairs…"


@pytest.mark.timeout(300)
def test_a_table_whose_worker_is_killed_while_it_opens_is_read_again(tab, told, qtbot):
    tab._background.warm("table")
    first = table_pid(tab, qtbot)
    os.kill(first, signal.SIGSTOP)
    tab.open_page("synonyms.table")
    page = tab.pages["table"]
    assert says_nothing_is_known(page)
    assert page.status_bar.counts.text() == ""
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: page.model.rowCount() == PAIRS, timeout=LOADING)
    assert told == []
    assert "20,000 of 20,000" in page.status_bar.counts.text()


@pytest.mark.long
@pytest.mark.timeout(300)
def test_a_worker_that_dies_again_is_said_with_the_key_that_tries_again(tab, told, qtbot):
    tab._background.warm("table")
    first = table_pid(tab, qtbot)
    os.kill(first, signal.SIGSTOP)
    tab.open_page("synonyms.table")
    page = tab.pages["table"]
    os.kill(first, signal.SIGKILL)
    second = table_pid(tab, qtbot, not_this=first)
    os.kill(second, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(told) == 1, timeout=LOADING)
    assert "F3" in told[0]
    assert "F3" in page.cover.reason.text()
    tab.open_page("synonyms.table")
    qtbot.waitUntil(lambda: page.model.rowCount() == PAIRS, timeout=LOADING)
    assert told == []


@pytest.mark.long
@pytest.mark.timeout(300)
def test_agreement_is_computed_by_the_next_worker(tab, told, qtbot):
    tab._background.warm("table")
    first = table_pid(tab, qtbot)
    os.kill(first, signal.SIGSTOP)
    tab.open_page("synonyms.agreement")
    page = tab.pages["agreement"]
    assert page.pairs.value.text() == "–"
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: page.report is not None, timeout=LOADING)
    assert told == []
    assert page.pairs.value.text() == "0"
