"""An exchange format: its class and a row; both commands and the page of the window have it."""

import argparse
import io

import pytest

from app.synonyms.exchange.page import ExchangePage
from core.synonyms.commands import export, import_
from core.synonyms.exchange.formats import FORMATS
from core.synonyms.exchange.record import Format, Record, candidate_of
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.conftest import (
    look,  # noqa: F401  a fixture
    material,  # noqa: F401  a fixture
)
from tests.app.synonyms.conftest import background, session, small, workspace  # noqa: F401  fixtures
from tests.app.synonyms.small_store import make_store

PATIENCE = 60_000


class Pond(Format):
    """Synonyms as ``one~other``, a line each."""

    name = "pond"
    suffix = ".pond"
    says_all = False

    def title(self):
        """Return its name."""
        return "Pond, a duck's own format"

    def reduce(self, record):
        """Keep synonyms, without who said so."""
        is_synonym = record.verdict is Verdict.SYNONYM
        return Record(candidate_of(*record.candidate.pair), Verdict.SYNONYM) if is_synonym else None

    def write(self, records):
        """Yield a line a pair."""
        for record in records:
            yield f"{record.candidate.word1}~{record.candidate.word2}\n"

    def read(self, lines):
        """Yield a record a line."""
        for line in lines:
            yield Record(candidate_of(*line.strip().split("~")), Verdict.SYNONYM)


@pytest.fixture(autouse=True)
def pond(monkeypatch):
    monkeypatch.setitem(FORMATS, Pond.name, Pond)


@pytest.fixture
def judged(tmp_path):
    path = make_store(tmp_path / "small.db")
    with Store(path) as store:
        first, second = store.table_query().ids()[:2].tolist()
        store.decide(first, Verdict.SYNONYM, "ann")
        store.decide(second, Verdict.NOT, "ann")
    return path


def run(command, *arguments):
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([*map(str, arguments)]), out=io.StringIO(), err=io.StringIO())


def test_the_commands_write_and_read_it(judged, tmp_path):
    file = tmp_path / "x.pond"
    assert run(export, "--db", judged, "--format", "pond", file) == 0
    assert file.read_text("utf-8") == "漂亮~美丽\n"
    other = tmp_path / "other.db"
    assert run(import_, "--db", other, "--format", "pond", file) == 0
    with Store(other) as store:
        assert store.verdict_counts() == {None: 0, Verdict.SYNONYM: 1}


def test_the_page_offers_it_and_says_what_it_would_write(workspace, qtbot, judged):  # noqa: F811
    """Without worker processes, which would know nothing of what a test put into the table."""
    assert workspace.session.open(str(judged))
    page = ExchangePage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.entered()
    box = page.sidebar.format
    box.setCurrentIndex(box.findText("Pond, a duck's own format"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: page.export_found is not None, timeout=PATIENCE)
    assert (page.export_found.records, page.sidebar.format_name) == (1, "pond")
    assert page.headline.text() == "Export file: Pond, a duck's own format"
