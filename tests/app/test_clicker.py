"""A presenter's remote control: on, back and black do what they say, and nothing else happens."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.actions import ACTIONS, CLICKER_KEYS
from app.policy_gradient.session import Phase
from app.synonyms.workspace import usual_address
from app.widgets.keys.finder import ActionFinder
from core.paths import data_folder
from tests.app.synonyms.small_store import make_store
from tests.app.test_key_routing import PAGES, go

Key, Held = Qt.Key, Qt.KeyboardModifier

CLICKS = (
    (Key.Key_PageDown, Held.NoModifier),
    (Key.Key_PageUp, Held.NoModifier),
    (Key.Key_F5, Held.NoModifier),
    (Key.Key_F5, Held.ShiftModifier),
    (Key.Key_B, Held.NoModifier),
    (Key.Key_B, Held.NoModifier),
    (Key.Key_Period, Held.NoModifier),
    (Key.Key_Period, Held.NoModifier),
)


def press(qtbot, key, held=Held.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, held)


@pytest.fixture
def stage(laboratory):
    """The window in a presentation."""
    window = laboratory.window
    window.resize(1600, 1000)
    window.actions_table["present"].trigger()
    return window


@pytest.mark.long
def test_no_click_does_harm_on_any_page(stage, qtbot):
    heard = []
    for spec in ACTIONS:
        stage.actions_table[spec.id].triggered.connect(lambda _on, name=spec.id: heard.append(name))
    left = set()  # the whole window is dressed anew for that: once with each tab in front
    for page in PAGES:
        tab = go(stage, qtbot, page)
        no_click_does_harm(stage, qtbot, tab, page, heard)
        if tab not in left:
            left.add(tab)
            press(qtbot, Key.Key_Escape)
            assert not stage.isFullScreen()
            assert not stage.actions_table["present"].isChecked()
            stage.actions_table["present"].trigger()


def no_click_does_harm(stage, qtbot, tab, page, heard):
    heard.clear()
    for key, held in CLICKS:
        press(qtbot, key, held)
    assert set(heard) == {"present_next", "present_back", "present_black"}
    assert stage.open_tab is tab
    assert tab.page.page_id == (page if "." in page else "policy_gradient.live")
    assert stage.isFullScreen()
    if tab.context == "attention":
        assert tab.session.options.paired


@pytest.mark.parametrize("key", [Key.Key_B, Key.Key_Period])
def test_a_black_screen_covers_everything_and_takes_the_next_key(stage, qtbot, key):
    tab = go(stage, qtbot, "policy_gradient")
    focus = QApplication.focusWidget()
    press(qtbot, key)
    middle = QPoint(stage.width() // 2, stage.height() // 2)
    black = stage.childAt(middle)
    assert type(black).__name__ == "BlackScreen"
    assert black.size() == stage.size()
    assert stage.grab().toImage().pixelColor(middle).value() == 0
    press(qtbot, Key.Key_R)  # would begin a new run
    assert black.isHidden()
    assert QApplication.focusWidget() is focus
    assert not tab.session.is_under_way
    press(qtbot, key)
    QTest.mouseClick(black, Qt.MouseButton.LeftButton)
    assert black.isHidden()


def test_escape_ends_a_black_presentation(stage, qtbot):
    press(qtbot, Key.Key_B)
    press(qtbot, Key.Key_Escape)
    assert type(stage.childAt(QPoint(50, 50))).__name__ != "BlackScreen"
    assert not stage.actions_table["present"].isChecked()


def test_on_plays_a_run_and_back_holds_it(stage, qtbot):
    session = go(stage, qtbot, "policy_gradient").session
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=30_000)
    press(qtbot, Key.Key_PageDown)
    assert session.phase is Phase.PLAYING
    press(qtbot, Key.Key_PageDown)
    assert session.phase is Phase.PLAYING
    press(qtbot, Key.Key_PageUp)
    assert session.phase is Phase.PAUSED
    press(qtbot, Key.Key_PageUp)
    assert session.phase is Phase.PAUSED


def test_on_and_back_walk_through_the_layers(stage, qtbot):
    tab = go(stage, qtbot, "attention.map")
    tab.sidebar.layer.show_index(3, 12)
    press(qtbot, Key.Key_PageDown)
    assert tab.session.options.layer == 4
    tab.sidebar.layer.show_index(4, 12)
    press(qtbot, Key.Key_PageUp)
    assert tab.session.options.layer == 3


@pytest.mark.long
def test_on_and_back_leaf_through_the_card_and_decide_nothing(own_home, laboratory, qtbot):
    data_folder().mkdir(parents=True, exist_ok=True)
    make_store(data_folder() / "synonyms.db")
    window = laboratory.window
    tab = go(window, qtbot, "synonyms.card")
    session = tab.workspace.session
    assert session.address == usual_address()
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=30_000)
    for key in (Key.Key_1, Key.Key_2):
        before = session.state.card.row.id
        press(qtbot, key)
        qtbot.waitUntil(lambda before=before: session.state.card.row.id != before)
    open_pair = session.state.card.row.id
    newest, oldest = (decision.candidate for decision in session.state.recent_decisions)
    window.actions_table["present"].trigger()
    seen = []
    for key in (Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown):
        press(qtbot, key)
        seen.append(session.state.card.row.id)
    assert seen == [newest, oldest, oldest, newest, open_pair, open_pair]
    assert len(session.state.recent_decisions) == 2


@pytest.mark.long
def test_outside_a_presentation_the_keys_are_the_pages(laboratory, qtbot):
    window = laboratory.window
    tab = go(window, qtbot, "attention.map")
    tab.session.want(second="Hello.")
    press(qtbot, Key.Key_B)
    assert not tab.session.options.paired
    window.actions_table["present"].trigger()
    window.actions_table["present"].trigger()
    press(qtbot, Key.Key_B)
    assert tab.session.options.paired


def test_a_field_leaves_on_and_back_to_the_clicker_and_keeps_letters(stage, qtbot):
    tab = go(stage, qtbot, "attention.map")
    press(qtbot, Key.Key_Slash)
    field = tab.text_bar.first
    assert field.hasFocus()
    tab.sidebar.layer.show_index(3, 12)
    press(qtbot, Key.Key_PageDown)
    assert tab.session.options.layer == 4
    qtbot.keyClicks(field, "b.")
    assert field.text == "b."


def test_the_sheet_says_what_a_clicker_does(laboratory):
    window = laboratory.window
    finder = ActionFinder(laboratory.look, "policy_gradient.live", window.actions_table, window)
    texts = [label.text() for label in finder.findChildren(QLabel)]
    assert "Presentation" in texts
    assert "Black screen" in texts
    finder.deleteLater()
    clicker = [key for spec in ACTIONS if spec.context == "presenting" for key in spec.keys]
    assert set(clicker) < set(CLICKER_KEYS)
