"""A worker that ends in the middle, with real processes: what is said of the store is what is in it."""

import os

import pytest

from app.background import Background
from app.synonyms.exchange import transfer as module
from app.synonyms.exchange.transfer import LANE, Transfer
from core.synonyms.exchange.config import ExportConfig, ImportConfig
from core.synonyms.exchange.exporting import export_pairs
from core.synonyms.exchange.importing import apply_import, has_landed
from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store

PATIENCE = 60_000
HERE = "tests.app.synonyms.exchange.test_transfer"


def die_after_commit(config, fingerprint, action):
    yield from apply_import(config, fingerprint=fingerprint, action=action)
    os._exit(1)


def die_before_commit(config, fingerprint, action):
    yield next(apply_import(config, fingerprint=fingerprint, action=action))
    os._exit(1)


def die_after_export(config):
    yield from export_pairs(config)
    os._exit(1)


def cannot_ask(config, action):
    yield from ()
    os._exit(1)


@pytest.fixture
def transfer(qtbot):
    background = Background()
    background.add_lane(LANE)
    made = Transfer(background)
    yield made
    background.close()


@pytest.fixture
def address(tmp_path):
    return str(make_store(tmp_path / "small.db"))


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "in.csv"
    made.write_text("word1,word2,label,annotator\n漂亮,美丽,synonym,cy\n快乐,愉快,synonym,cy\n", encoding="utf-8")
    return made


def told_by(transfer, qtbot):
    """What the transfer says at its end: the landing, or the sentence of a failure."""
    told = []
    transfer.landed.connect(lambda: told.append("landed"))
    transfer.failed.connect(lambda text: told.append(str(text)))
    transfer.imported.connect(lambda _report: told.append("imported"))
    return told


@pytest.mark.parametrize("task", ["die_after_commit", "die_before_commit"])
def test_the_store_is_asked_whether_an_import_is_in(transfer, address, file, qtbot, monkeypatch, task):
    monkeypatch.setitem(module._TASKS, "importing", f"{HERE}:{task}")
    told = told_by(transfer, qtbot)
    transfer.apply_import(ImportConfig(address, file, "csv"), "")
    assert transfer.is_writing
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    with Store(address) as store:
        is_in = bool(store.history())
    assert is_in == (task == "die_after_commit")
    assert (told == ["landed"]) == is_in
    assert ("Nothing was changed" in told[0]) != is_in
    assert not transfer.is_writing


def test_where_the_store_cannot_be_asked_it_says_that_it_may_be_in(transfer, address, file, qtbot, monkeypatch):
    monkeypatch.setitem(module._TASKS, "importing", f"{HERE}:die_after_commit")
    monkeypatch.setitem(module._TASKS, "asking the store", f"{HERE}:cannot_ask")
    told = told_by(transfer, qtbot)
    transfer.apply_import(ImportConfig(address, file, "csv"), "")
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert "it may be in the store" in told[0]


def test_an_export_that_ended_may_be_written(transfer, address, qtbot, monkeypatch, tmp_path):
    monkeypatch.setitem(module._TASKS, "exporting", f"{HERE}:die_after_export")
    told = told_by(transfer, qtbot)
    transfer.export(ExportConfig(address, tmp_path / "out.csv", "csv"))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert (tmp_path / "out.csv").exists()
    assert "may be complete or not" in told[0]


def answer_of(task):
    while True:
        try:
            next(task)
        except StopIteration as ended:
            return ended.value


def test_an_import_is_found_by_its_name_in_a_store_that_had_everything(address, file, tmp_path):
    config = ImportConfig(address, file, "csv")
    assert not answer_of(has_landed(config, action="first"))
    answer_of(apply_import(config, action="first"))
    assert answer_of(has_landed(config, action="first"))
    assert not answer_of(has_landed(config, action="second"))
    assert not answer_of(has_landed(ImportConfig(str(tmp_path / "none.db"), file, "csv"), action="first"))
    assert not (tmp_path / "none.db").exists()
