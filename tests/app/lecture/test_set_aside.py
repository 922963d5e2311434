"""What somebody has typed, trained or labelled is there again when a lecture is over, in the real window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.attention.selection import Cell
from app.policy_gradient.session import Phase
from app.settings import SettingsFile
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import write_lecture
from core.paths import settings_folder
from core.policy_gradient.config import ARTICLE
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.documents.test_documents import answer, title
from tests.app.synonyms.small_store import make_store, verdicts_in
from tests.widgets import open_synonyms, take_turns

Key = Qt.Key
PATIENCE = 60_000

MAP = Scene("attention.map", {"options": {"text": "A lecture's own words.", "layer": 1}}, caption="Map.")
HEADS = Scene("attention.heads", {"options": {"text": "And others.", "layer": 2}}, caption="Heads.")


def run_of(seed, **config):
    values = replace(ARTICLE, seed=seed, **config).to_dict()
    return {"config": values, "speed": "turbo", "run": {"config": values}}


TRAINED = Scene("policy_gradient.live", run_of(7), caption="Train.", run={"do": "train_until", "episode": 6})
WHOLE = Scene(
    "policy_gradient.live", run_of(8, episodes=5), caption="To the end.", run={"do": "train_until", "episode": 9}
)
PLANE = Scene("policy_gradient.plane", run_of(9), caption="Plane.")


@pytest.fixture
def give(laboratory, qtbot, tmp_path):
    """Gives a lecture of these scenes, from the first to the last, and ends it."""
    window = laboratory.window
    window.resize(1280, 800)

    def given(*scenes, end=True):
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        path = tmp_path / "given.lecture.json"
        write_lecture(path, Lecture("Given", "en", scenes))
        assert window.lectures.open(path)
        press(Key.Key_F5)
        for number in range(len(scenes)):
            assert window.lectures.player.index == number
            qtbot.waitUntil(lambda: window.lectures.stage.is_settled, timeout=PATIENCE)
            press(Key.Key_PageDown)
        if end:
            press(Key.Key_Escape)
            assert not window.lectures.is_running
        return window

    return given


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def settled(tab, qtbot):
    qtbot.waitUntil(lambda: not tab.is_busy, timeout=PATIENCE)
    take_turns()


@pytest.mark.long
def test_a_typed_session_is_there_again_with_what_was_picked(laboratory, qtbot, give):
    window = laboratory.window
    window.open("attention")
    tab = window.tab("attention")
    tab.session.want(text="他在银行", layer=4, head=2, colormap="viridis", view="links")
    settled(tab, qtbot)
    tab.selection.pin(Cell(row=1))
    before, options, asked = title(window), tab.page.save_state(), tab.session.asked_for
    give(MAP, HEADS)
    settled(tab, qtbot)
    qtbot.waitUntil(lambda: tab.page.save_state() == options, timeout=PATIENCE)
    assert tab.session.asked_for == asked
    assert tab.text_bar.first.text == "他在银行"
    assert tab.page.page_id == "attention.links"
    assert title(window) == before == "New session* – Yaya Lab", "it is still nobody's file, and not saved"


@pytest.mark.long
def test_a_session_with_changes_that_no_file_has_keeps_its_file_and_its_mark(laboratory, qtbot, give, tmp_path):
    window = laboratory.window
    window.open("attention")
    tab = window.tab("attention")
    tab.session.want(text="saved words")
    tab.exporter.save_session(tmp_path / "mine.json")
    tab.session.want(text="words after that")
    assert title(window) == "mine.json* – Yaya Lab"
    saved = (tmp_path / "mine.json").read_bytes()
    give(MAP)
    assert title(window) == "mine.json* – Yaya Lab"
    assert tab.session.options.text == "words after that"
    assert (tmp_path / "mine.json").read_bytes() == saved


@pytest.mark.long
def test_a_tab_that_nobody_had_opened_begins_with_its_example_afterwards(laboratory, qtbot, give):
    window = give(MAP)
    assert window.open_tab.context == "policy_gradient", "the tab in front is there again, too"
    tab = window.tab("attention")
    assert not tab.session.options.has_text
    window.open("attention")
    assert tab.session.options.has_text
    assert tab.session.options.text != "A lecture's own words."
    settled(tab, qtbot)


def test_a_run_under_way_is_trained_again_to_where_it_was_and_the_shelf_is_as_it_was(laboratory, qtbot, give):
    window = laboratory.window
    tab = window.tab("policy_gradient")
    session, shelf = tab.session, tab.session.shelf
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    session.set_speed("turbo")
    session.choose(replace(ARTICLE, seed=5))
    settled(tab, qtbot)
    session.train_until(3)
    settled(tab, qtbot)
    older = shelf.current
    session.choose(replace(ARTICLE, seed=6))
    session.reset()
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    session.train_until(4)
    settled(tab, qtbot)
    session.want(replace(session.wanted, episodes=77))
    tab.show_page("plane")
    tab.page.controls.follows.setChecked(False)
    returns, former = list(session.state.durations.values), session.former
    states = {name: page.save_state() for name, page in tab._pages.items()}
    give(TRAINED, WHOLE, PLANE, replace(PLANE, page="policy_gradient.swarm"))
    assert tab.page.page_id == "policy_gradient.plane"
    settled(tab, qtbot)
    assert session.phase is Phase.PAUSED
    assert list(session.state.durations.values) == returns
    assert {name: tab._pages[name].save_state() for name in states} == states
    assert shelf.runs == [older]
    assert session.former == former
    assert tab.keeper.waiting == [], "no run of the lecture is kept for the next start"


@pytest.mark.long
def test_a_run_that_has_ended_is_shown_at_once_and_one_that_was_playing_plays_on(laboratory, qtbot, give):
    window = laboratory.window
    tab = window.tab("policy_gradient")
    session = tab.session
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    session.choose(replace(ARTICLE, episodes=3))
    session.set_speed("turbo")
    session.toggle()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=PATIENCE)
    ended = session.shelf.current
    give(TRAINED)
    assert session.phase is Phase.FINISHED, "it need not be played again"
    assert session.shelf.current is ended
    assert session.shelf.runs == []
    session.choose(replace(ARTICLE, episodes=5000))
    session.reset()
    session.toggle()
    qtbot.waitUntil(lambda: len(session.state.durations) > 5, timeout=PATIENCE)
    played = len(session.state.durations)
    give(TRAINED)
    qtbot.waitUntil(lambda: session.phase is Phase.PLAYING, timeout=PATIENCE)
    assert len(session.state.durations) >= played
    assert session.config.episodes == 5000
    session.hold()


@pytest.mark.long
def test_a_training_goes_on_while_a_lecture_is_given_elsewhere(laboratory, qtbot, give):
    session = laboratory.window.tab("policy_gradient").session
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    session.choose(replace(ARTICLE, episodes=100_000))
    session.set_speed("turbo")
    session.toggle()
    run = session.shelf.current
    give(MAP)
    assert session.phase is Phase.PLAYING
    assert session.shelf.current is run
    session.hold()


@pytest.mark.long
def test_what_was_typed_is_kept_where_the_window_closes_in_the_middle_of_a_lecture(laboratory, qtbot, give):
    window = laboratory.window
    window.open("attention")
    window.tab("attention").session.want(text="他在银行")
    give(MAP, end=False)
    assert window.lectures.is_running
    laboratory.close()
    assert SettingsFile(settings_folder()).load()[0].tabs["attention"]["options"]["text"] == "他在银行"


def test_where_a_lecture_is_made_a_scene_asks_before_it_takes_the_place_of_typed_words(laboratory, qtbot, tmp_path):
    window = laboratory.window
    window.open("attention")
    tab, path = window.tab("attention"), tmp_path / "made.lecture.json"
    tab.session.want(text="他在银行")
    write_lecture(path, Lecture("Made", "en", (MAP, HEADS)))
    window.lectures.open(path)
    show = window.lectures.scene_list.shown_wanted.emit
    show(0)
    answer(QMessageBox.StandardButton.Cancel)
    assert tab.session.options.text == "他在银行"
    show(0)
    answer(QMessageBox.StandardButton.Discard)
    assert tab.session.options.text == "A lecture's own words."
    assert title(window) == "New session – Yaya Lab", "a scene is nobody's work"
    show(1)
    assert QApplication.activeModalWidget() is None, "and so nothing is asked for it"
    assert tab.session.options.text == "And others."
    settled(tab, qtbot)


@pytest.fixture
def own_store(laboratory, qtbot, tmp_path):
    """The synonyms tab on a store of somebody's own, with a pair judged and a note written."""
    path = make_store(tmp_path / "own.db")
    laboratory.window.tab("synonyms").restore_settings({"store": str(path), "mined": "finished"})
    tab = open_synonyms(laboratory, qtbot, PATIENCE)
    session = tab.workspace.session
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    tab.pages["card"].decide(Verdict.SYNONYM)
    tab.pages["card"].note.setText("")
    return tab, str(path)


AGREED = Scene("synonyms.agreement", {"store": "sample"}, caption="Agreement.")
WRITTEN = Scene("synonyms.exchange", {"store": "sample"}, caption="Export.")
JUDGED = Scene("synonyms.card", {"store": "sample"}, caption="Card.")


def test_a_lecture_shows_the_sample_and_the_own_store_comes_back_untouched(laboratory, qtbot, give, own_store):
    tab, address = own_store
    session, window = tab.workspace.session, laboratory.window
    pair, who, said = session.state.card.row, session.annotator, verdicts_in(address)
    recent = window.documents.recent.of("store")
    give(AGREED, WRITTEN, JUDGED, end=False)
    assert tab.sample.is_open
    assert "simulated" in tab._banner._words.text()
    assert tab._banner.isVisible()
    assert tab._banner.back.isHidden(), "nobody in a hall presses it"
    assert tab.pages["agreement"].report.pairs > 100
    assert session.state.card is not None
    assert session.annotator == "Simulated A"
    sample = session.address
    assert session.store.table_query().count() == 400
    session.decisions.decide(Verdict.NOT)  # a lecturer shows how it is done
    assert tab.save_settings()["store"] == address
    press(Key.Key_Escape)
    assert not tab.sample.is_open
    assert tab._banner.isHidden()
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    assert (session.address, session.annotator) == (address, who)
    assert session.state.card.row.id == pair.id
    assert verdicts_in(address) == said
    assert window.documents.recent.of("store") == recent, "the sample is nobody's, and not listed"
    settled(tab, qtbot)
    laboratory.close()
    assert not Path(sample).exists(), "what was said in the sample is thrown away"


@pytest.mark.long
def test_the_filter_of_the_table_is_there_again(laboratory, qtbot, give, own_store):
    tab, _address = own_store
    tab.open_page("synonyms.table")
    page = tab.pages["table"]
    page.sidebar.text.setText("医")
    settled(tab, qtbot)
    before = page.save_state()
    give(Scene("synonyms.table", {"store": "sample", "filter": {"text": "左"}}, caption="Table."))
    settled(tab, qtbot)
    qtbot.waitUntil(lambda: page.save_state() == before, timeout=PATIENCE)
    assert tab.page is page


@pytest.mark.long
def test_pages_that_are_built_for_a_scene_come_back_as_they_begin(laboratory, qtbot, give, tmp_path):
    path = make_store(tmp_path / "own.db")
    tab = laboratory.window.tab("synonyms")
    tab.restore_settings({"store": str(path), "mined": "finished", "page": "table"})
    give(WRITTEN)
    assert tab.page.page_id == "synonyms.table"
    assert tab.workspace.session.address == str(path)
    settled(tab, qtbot)


def test_a_sample_on_the_pages_where_a_lecture_is_made_leads_back_by_a_button(laboratory, qtbot, own_store, tmp_path):
    tab, address = own_store
    session, window = tab.workspace.session, laboratory.window
    path = tmp_path / "made.lecture.json"
    write_lecture(path, Lecture("Made", "en", (JUDGED,)))
    window.lectures.open(path)
    window.lectures.scene_list.shown_wanted.emit(0)
    assert tab.sample.is_open
    assert title(window) == "Sample store – Yaya Lab"
    taken = window.lectures.stage.take()
    assert taken.state["store"] == "sample", "what is shown of it becomes a scene of it"
    assert tab._banner.back.isVisible()
    tab._banner.back.click()
    assert (session.address, session.annotator) != (address, "Simulated A")
    assert session.address == address
    assert "store" not in tab.save_page()
    settled(tab, qtbot)


def test_who_opens_another_store_while_the_sample_is_shown_has_their_own_name_there(
    laboratory, qtbot, own_store, tmp_path
):
    tab, _address = own_store
    session, who = tab.workspace.session, tab.workspace.session.annotator
    tab.restore_page("synonyms.card", {"store": "sample"})
    assert session.annotator == "Simulated A"
    other = make_store(tmp_path / "other.db")
    session.open(str(other))
    assert (session.address, session.annotator) == (str(other), who)
    assert not tab.sample.is_open
    settled(tab, qtbot)


def test_a_note_that_a_scene_brings_is_nobodys_until_it_is_typed(laboratory, qtbot, own_store):
    tab, address = own_store
    card = tab.workspace.session.state.card.row
    tab.restore_page("synonyms.card", {"pair": [card.id, card.word1, card.word2], "note": "a stranger's words"})
    assert tab.pages["card"].note.text() == "a stranger's words"
    tab.pages["card"].note.editingFinished.emit()
    tab.workspace.session.close()
    with Store(address) as store:
        assert [entry.note for entry in store.history() if entry.note] == []
