"""A name that no file can have, wherever a person or the settings can give one: one sentence, and all goes on."""

from pathlib import Path

import pytest

from app.synonyms.agreement.page import AgreementPage
from app.synonyms.card.page import CardPage
from app.synonyms.exchange.page import ExchangePage
from app.synonyms.sources.page import SourcesPage
from core.synonyms.mining.config import MineConfig
from core.synonyms.store import Store
from tests.app.synonyms.conftest import PATIENCE

NAMES = ["x" * 5000, "/" + "x" * 5000 + "/a.db", "a\0b", "\ud800"]


PEOPLE = ["x" * 5000, "名" * 81, "a\tb"]


@pytest.fixture(params=NAMES, ids=["long", "long folder", "NUL", "half"])
def name(request):
    return request.param


@pytest.fixture
def sources(qtbot, workspace):
    page = SourcesPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    return page


def test_a_store_of_such_a_name_is_refused_and_the_open_one_stays(session, sources, small, name):
    failed = []
    session.failed.connect(lambda text: failed.append(str(text)))
    sources.sidebar.server.setText(name)
    sources.sidebar.server.returnPressed.emit()
    sources.sidebar.wanted.emit(name)
    assert failed
    assert session.address == small
    if len(name) > 100:  # Qt drops signs that no line can hold
        assert sources.sidebar.server.text() == name


@pytest.mark.sweep(1)
def test_mining_with_such_a_file_says_so(sources, name, qtbot, small):
    told = []
    sources.message.connect(lambda kind, text: told.append((kind, str(text))))
    sources.mining.start(MineConfig(small, vectors=Path(name)))
    qtbot.waitUntil(lambda: not sources.mining.is_working, timeout=PATIENCE)
    assert told[0][0] == "error"
    assert "can't be read" in told[0][1]


def test_settings_with_such_names_are_taken_up(sources, name, small):
    remembered = {
        "mined": "finished",
        "mining": {"vectors": name, "lexicons": [name], "corpora": [name], "english": [name]},
    }
    sources.restore_settings(remembered)
    sources.restore_state({"form": {}, "server": name})
    sources.save_state()


def test_an_import_or_export_of_such_a_name_says_so(workspace, name, qtbot):
    page = ExchangePage(workspace)
    for part in (page.sidebar, page, page.status_bar):
        qtbot.addWidget(part)
    told = []
    page.message.connect(lambda kind, text: told.append((kind, str(text))))
    page.export_to(Path(name))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told.pop()[0] == "error"
    page.sidebar.in_button.click()
    page.sidebar.file.show_paths((Path(name),))
    page.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told[0][0] == "error"


@pytest.mark.sweep(1)
def test_an_english_lexicon_of_such_a_name_is_said(sources, name, qtbot, small):
    told = []
    sources.message.connect(lambda kind, text: told.append((kind, str(text))))
    sources.mining.start(MineConfig(small, english=(Path(name),), sources=("translated",)))
    qtbot.waitUntil(lambda: not sources.mining.is_working, timeout=PATIENCE)
    assert told[0][0] == "error"
    assert "does not exist" in told[0][1]


@pytest.mark.parametrize("person", PEOPLE, ids=["long", "many", "tab"])
def test_nobody_is_called_so_wherever_an_annotator_is_named(workspace, session, small, qtbot, tmp_path, person):
    card, agreement, exchange = CardPage(workspace), AgreementPage(workspace), ExchangePage(workspace)
    told = []
    for page in (card, agreement, exchange):
        for part in filter(None, (page.sidebar, page, page.status_bar)):
            qtbot.addWidget(part)
        page.message.connect(lambda kind, text: told.append((kind, str(text))))
    session.failed.connect(lambda text: told.append(("error", str(text))))
    file = tmp_path / "pairs.csv"
    file.write_text("word1,word2,label\n医生,医师,synonym\n", encoding="utf-8")

    card.sidebar.annotator.setEditText(person)
    card.sidebar.annotator.lineEdit().returnPressed.emit()
    agreement.sidebar.added.emit(person)
    exchange.sidebar.in_button.click()
    exchange.sidebar.file.show_paths((file,))
    exchange.sidebar.annotator.setText(person)
    exchange.sidebar.file.changed.emit()
    qtbot.waitUntil(lambda: len(told) >= 3, timeout=PATIENCE)
    assert {kind for kind, _text in told} == {"error"}
    for _kind, text in told:
        assert "can't be used as the name of an annotator" in text
        assert len(text) < 300
    assert session.annotator == "anna"
    with Store(small) as store:
        assert [each.name for each in store.annotators()] == []
