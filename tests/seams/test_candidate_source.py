"""A candidate source: its generator and a row; the command mines it, the window offers it, cards and tables name it."""

import argparse
import io

import pytest

from app.synonyms.source_names import short_source_name, source_name, stage_name
from core.synonyms.candidates.ranked import RankedPairs
from core.synonyms.candidates.sources import SOURCES, SourceSpec
from core.synonyms.commands import mine
from core.synonyms.pairs import word_pair
from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store

PATIENCE = 60_000
POND = SourceSpec(
    "pond", "Seen together in a pond", "Pond", 2, False,
    lambda inputs: RankedPairs("pond", {word_pair("鸭子", "鸭鸭"): 0.75}, inputs.vocabulary),
)  # fmt: skip


@pytest.fixture(autouse=True)
def pond(monkeypatch):
    monkeypatch.setitem(SOURCES, POND.name, POND)


@pytest.fixture
def vectors(tmp_path):
    path = tmp_path / "v.txt"
    path.write_text("3 2\n鸭子 1 0\n鸭鸭 0.9 0.1\n池塘 0 1\n", encoding="utf-8")
    return path


def test_the_command_mines_it(tmp_path, vectors):
    parser = argparse.ArgumentParser()
    mine.add_arguments(parser)
    assert "pond" in parser.format_help()
    database = tmp_path / "p.db"
    chosen = ["--db", str(database), "--vectors", str(vectors), "--sources", "pond", "--no-sentences"]
    assert mine.run(parser.parse_args(chosen), out=io.StringIO(), err=io.StringIO()) == 0
    with Store(database) as store:
        (row,) = store.table_query().rows(store.table_query().ids())
    assert ({row.word1, row.word2}, row.sources, row.scores["pond"]) == ({"鸭子", "鸭鸭"}, ("pond",), 0.75)


def test_the_sources_page_offers_it_and_chooses_it(laboratory, qtbot, tmp_path):
    tab = laboratory.window.tab("synonyms")
    tab.restore_settings({"store": str(make_store(tmp_path / "small.db")), "mined": "finished", "page": "sources"})
    laboratory.window.open("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=PATIENCE)
    form = tab.pages["sources"].form
    box = form.sources["pond"]
    assert box.text() == "Seen together in a pond"
    assert not box.isChecked()
    box.click()
    assert "pond" in form.config().sources


def test_everybody_calls_it_the_same():
    assert (source_name("pond"), short_source_name("pond"), stage_name("pond")) == (POND.title, "Pond", POND.title)
