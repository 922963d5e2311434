"""What moves, seen on the real pages: with motion and without, and no key ever waits for it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.motion.glide import USUAL
from app.policy_gradient.session import Phase
from core.policy_gradient.config import FAST
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, verdicts_in
from tests.widgets import open_synonyms, take_turns

Key = Qt.Key
PATIENCE = 60_000


@pytest.fixture(params=[True, False], ids=["moving", "reduced"])
def moving(laboratory, request):
    """A window that somebody sees, and in which things move, or are reduced by the menu."""
    laboratory.motion._is_seen = True
    laboratory.window.actions_table["reduce_motion"].setChecked(not request.param)
    yield laboratory.motion.moves
    laboratory.motion.arrive()


@pytest.fixture
def card(laboratory, qtbot, tmp_path, moving):
    """The card of a small store, with the keyboard on it."""
    path = make_store(tmp_path / "own.db")
    laboratory.window.tab("synonyms").restore_settings({"store": str(path), "mined": "finished"})
    tab = open_synonyms(laboratory, qtbot, PATIENCE)
    session = tab.workspace.session
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    take_turns()
    return tab.pages["card"]


def press(key):
    QTest.keyClick(QApplication.focusWidget(), key)


def place(part, page):
    return QRect(part.mapTo(page, QPoint(0, 0)), part.size())


def travel(card, milliseconds):
    """Let the pair be where it is so long after the key."""
    card.sliding._glide._animation.setCurrentTime(milliseconds)
    return card.sliding.geometry()


def test_a_judged_pair_slides_from_the_stage_to_the_recent_ones_and_its_key_lights(card, moving):
    button, words = card.buttons.buttons[Verdict.SYNONYM], card.pair.words
    dark = button.grab().toImage()
    press(Key.Key_1)
    assert verdicts_in(card.session.address) == {words: Verdict.SYNONYM}, "on the disk before anything moves"
    assert card.pair.words != words, "and the next pair stands there already"
    assert card.sliding.isVisible() is moving
    assert button.flash.isVisible() is moving
    stage, recent = place(card.pair, card), place(card.recent_decisions.buttons[0], card)
    if moving:
        assert button.grab().toImage() != dark
        way = [travel(card, at) for at in (0, USUAL // 4, USUAL // 2, USUAL - 1)]
        assert stage.contains(way[0].center())
        assert all(later.center().y() > before.center().y() for before, later in pairwise(way))
        assert abs(way[-1].center().y() - recent.center().y()) < card.look.scale.em(1)
        assert abs(way[-1].left() - recent.left()) < card.look.scale.em(1)
    card.look.motion.arrive()
    assert card.sliding.isHidden()
    assert button.flash.isHidden()
    first = card.session.state.recent_decisions[0]
    assert (first.word1, first.word2) == words, "where it went, it is"
    assert button.grab().toImage() == dark


@pytest.mark.long
def test_no_key_waits_for_what_moves(card, moving):
    """Ten keys without a turn of the event loop: no animation could go on meanwhile."""
    judged = {}
    for key, verdict in [(Key.Key_1, Verdict.SYNONYM), (Key.Key_4, Verdict.NOT)] * 5:
        words = card.pair.words
        press(key)
        judged[words] = verdict
        assert verdicts_in(card.session.address) == judged
        assert card.sliding.isVisible() is moving, "the pair before is where it went; this one moves"
        assert card.sliding._words == (" ".join(words) if moving else "")
    assert len(judged) == 10
    lit = [button for button in card.buttons.buttons.values() if button.flash.is_lit]
    assert lit == ([card.buttons.buttons[Verdict.NOT]] if moving else [])


def test_what_is_taken_back_or_refused_moves_nothing(card, moving):
    press(Key.Key_1)
    card.look.motion.arrive()
    press(Key.Key_Backspace)
    assert card.sliding.isHidden()
    assert verdicts_in(card.session.address) == {}
    card.session.decisions.refusal = "Not now."
    press(Key.Key_2)
    assert card.sliding.isHidden()
    assert not any(button.flash.is_lit for button in card.buttons.buttons.values())
    card.session.decisions.refusal = None


class Shows(QObject):
    """Counts how often a widget comes up."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _widget, event):
        self.count += event.type() == QEvent.Type.Show
        return False


@pytest.mark.long
def test_a_run_that_is_solved_has_its_moment_once(laboratory, qtbot, moving):
    tab = laboratory.window.tab("policy_gradient")
    session, solved = tab.session, tab.page.solved
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    moments = Shows(solved.flash)
    session.choose(replace(FAST, until_solved=True))
    session.set_speed("turbo")
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    assert solved.isHidden()
    session.toggle()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED, timeout=PATIENCE)
    assert session.state.solved is not None
    qtbot.waitUntil(solved.isVisible)
    assert "Solved after" in solved.text
    assert moments.count == int(moving)
    qtbot.waitUntil(solved.flash.isHidden)
    tab.show_page("swarm")
    tab.show_page("live")
    laboratory.window.open("attention")
    laboratory.window.open("policy_gradient")
    session.progressed.emit()
    take_turns()
    assert solved.isVisible()
    assert moments.count == int(moving), "a moment is not said twice"
    session.reset()
    take_turns()
    assert solved.isHidden()
    qtbot.waitUntil(lambda: session.phase is Phase.READY, timeout=PATIENCE)
    attention = laboratory.window.tab("attention")
    qtbot.waitUntil(lambda: not attention.is_busy, timeout=PATIENCE)
