"""The card: pairs judged, taken back, marked and opened again."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.tour.driver import LARGE, Visitor
from app.tour.player import Script, Until, expect, turns
from app.tour.synonyms.gestures import (
    DECISIONS,
    MINING,
    READING,
    all_open,
    card_of,
    choose,
    decisions,
    is_built,
    judge,
    judged,
    mined,
    mining_of,
    session_of,
    stand,
    with_card,
    write,
)
from core.language import _

SESSION: Final = 20
"""Pairs of the shortest session that is offered."""


def first_start(visitor: Visitor) -> Script:
    """See the waiting state of a first start."""
    yield from visitor.stand(tab="synonyms")
    yield Until(lambda: is_built(visitor), "the tab's pages", READING)
    mining = mining_of(visitor)
    yield Until(lambda: bool(mining.state.stages) or mining.state.reading is not None, "the first word of it", READING)
    yield turns()
    return {"pairs": mining.state.added}


def growing(visitor: Visitor) -> Script:
    """See how far the first store is."""
    began = perf_counter()
    yield from stand(visitor, "sources")
    mining = mining_of(visitor)
    yield Until(lambda: mining.state.added > 0 or not mining.is_working, "pairs in the store", MINING)
    yield turns()
    return {"pairs": mining.state.added, "seconds": round(perf_counter() - began, 2)}


def show_card(visitor: Visitor) -> Script:
    """Wait for the first pair and for what is known of it."""
    began = perf_counter()
    yield from stand(visitor)
    yield from with_card(visitor)
    state = session_of(visitor).state
    found = state.evidence
    assert found is not None
    assert state.card is not None
    return {
        "seconds_to_evidence": round(perf_counter() - began, 2),
        "pair": f"{state.card.row.word1} {state.card.row.word2}",
        "neighbours": len(found.word1.neighbours) + len(found.word2.neighbours),
        "examples": len(found.examples),
    }


def labelling(visitor: Visitor) -> Script:
    """Judge pairs, one key each.

    In the complete store: the first pairs of a growing one may hold too few synonyms to learn from.
    """
    yield from stand(visitor)
    yield from with_card(visitor)
    yield from mined(visitor)
    session = session_of(visitor)
    yield Until(lambda: not session.is_planning, "the order of all pairs", READING)
    waits: list[float] = []
    before = decisions(visitor)
    yield from judge(visitor, DECISIONS, waits)
    yield Until(lambda: session.state.model is not None, "a model that has learnt", READING)
    model = session.state.model
    assert model is not None
    yield from with_card(visitor)
    expect(decisions(visitor) == before + DECISIONS, "each key is one decision")
    return {
        "decisions": len(waits),
        "learnt_from": model.learnt,
        "of_them_synonyms": model.positives,
        "key_to_next_card_ms_median": round(median(waits), 2),
        "key_to_next_card_ms_worst": round(max(waits), 2),
    }


def undo(visitor: Visitor) -> Script:
    """Take the last decision back."""
    yield from stand(visitor)
    yield from judged(visitor)
    session = session_of(visitor)
    decided, last = decisions(visitor), session.state.recent_decisions[0]
    visitor.press("syn_undo")
    yield Until(lambda: decisions(visitor) == decided - 1, "one decision less")
    expect(session.state.pair == (last.word1, last.word2), "the pair that was judged last is back on the card")
    yield from with_card(visitor)
    return {"before": decided, "after": decisions(visitor), "pair": f"{last.word1} {last.word2}"}


def marked(visitor: Visitor) -> Script:
    """Flag the pair and write a note on it."""
    yield from stand(visitor)
    yield from judged(visitor)
    session = session_of(visitor)
    if not session.state.flagged:
        visitor.press("syn_flag")
    visitor.press("syn_note")
    field = visitor.find(QLineEdit, "note")
    yield Until(field.hasFocus, "the note under the keyboard")
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write(field, _("one shortens the other"))
    QTest.keyClick(field, Qt.Key.Key_Return)
    yield Until(lambda: session.state.flagged and bool(session.state.note), "flag and note on the pair")
    yield turns()
    return {"note": session.state.note}


def reopened(visitor: Visitor) -> Script:
    """Open an earlier pair again."""
    yield from stand(visitor)
    yield from judged(visitor)
    button = card_of(visitor).recent_decisions.buttons[2]
    wanted = button.decision
    assert wanted is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    session = session_of(visitor)
    yield Until(lambda: session.state.reopened, "an earlier pair on the card")
    yield Until(lambda: session.state.evidence is not None, "what is known of the pair", READING)
    yield turns()
    expect(session.state.verdict == wanted.verdict, "the card shows what was said of it")
    return {"pair": f"{wanted.word1} {wanted.word2}", "verdict": str(wanted.verdict)}


def presentation(visitor: Visitor) -> Script:
    """Present the card."""
    yield from stand(visitor, size=LARGE)
    yield from judged(visitor)
    before = card_of(visitor).width()
    visitor.press("present")
    screen = visitor.window.screen().size()
    yield Until(lambda: visitor.window.isFullScreen() and visitor.window.size() == screen, "a full screen")
    yield turns(10)
    after = card_of(visitor).width()
    expect(after > before, "the stage grows")
    return {"stage_width_before": before, "stage_width_after": after}


def session_over(visitor: Visitor) -> Script:
    """Judge a short session to its end."""
    yield from stand(visitor)
    yield from all_open(visitor)
    session = session_of(visitor)
    choose(visitor, "bound", (SESSION, None))
    yield from judge(visitor, SESSION, [])
    yield Until(lambda: session.state.card is None, "the end of the session")
    yield turns()
    done = session.state.progress.session if session.state.progress is not None else 0
    expect(done == SESSION, f"the session ends after {SESSION} pairs")
    return {"pairs": done}
