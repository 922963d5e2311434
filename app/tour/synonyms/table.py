"""The table, and two annotators who do not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.tour.driver import Visitor
from app.tour.player import Script, Until, Way, expect, turns
from app.tour.synonyms.gestures import (
    READING,
    agreement_of,
    card_of,
    judged,
    mined,
    opinion,
    rows,
    session_of,
    stages_of,
    stand,
    tab_of,
    table_of,
    unfiltered,
    unfiltered_here,
    with_card,
    write,
)
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:
    from core.synonyms.store import Row

SECOND: Final = "Lin"
"""Another annotator; the first is whoever sits at the machine."""


def first_row(visitor: Visitor) -> Way:
    """Show the whole table, its first row with its evidence."""
    yield from unfiltered_here(visitor)
    table_of(visitor).view.selectRow(0)
    yield turns(20)


def show_table(visitor: Visitor) -> Script:
    """Sort the table by the newest decisions."""
    yield from stand(visitor)
    yield from judged(visitor)
    yield from mined(visitor)
    yield from unfiltered(visitor)
    table = table_of(visitor)
    section = table.model.columns.index("changed")
    _click_header(visitor, section)
    yield turns()
    _click_header(visitor, section)
    first = table.model
    yield Until(lambda: _is_decided(first.row_at(0)), "what was decided last on top", READING)
    table.view.setFocus()
    QTest.keyClick(table.view, Qt.Key.Key_Down)
    yield turns(20)
    return {"pairs": rows(visitor), "milliseconds": round(table.order.milliseconds, 1)}


def _is_decided(row: Row | None) -> bool:
    """Return whether anything was entered on a pair, if only a flag."""
    return row is not None and row.changed is not None


def _click_header(visitor: Visitor, section: int) -> None:
    view = table_of(visitor).view
    header = view.horizontalHeader()
    view.scrollTo(view.model().index(0, section))
    place = header.viewport().rect().center()
    place.setX(header.sectionViewportPosition(section) + header.sectionSize(section) // 3)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def search(visitor: Visitor) -> Script:
    """Search for a character."""
    yield from stand(visitor)
    yield from with_card(visitor)
    yield from mined(visitor)
    yield from unfiltered(visitor)
    table = table_of(visitor)
    total = rows(visitor)
    visitor.press("syn_search")
    field = visitor.find(QLineEdit, "search")
    yield Until(field.hasFocus, "the search field under the keyboard")
    write(field, "美")
    yield Until(lambda: 0 < rows(visitor) < total, "fewer rows", READING)
    yield turns()
    row = table.model.row_at(0)
    expect(row is not None and "美" in row.word1 + row.word2, "what is found holds what was typed")
    return {"pairs": rows(visitor), "of": total, "milliseconds": round(table.order.milliseconds, 1)}


def many(visitor: Visitor) -> Script:
    """Judge several pairs with one key."""
    yield from unfiltered(visitor)
    visitor.press("syn_search")
    write(visitor.find(QLineEdit, "search"), "公司")
    total = rows(visitor)
    yield Until(lambda: 4 <= rows(visitor) < total, "some pairs", READING)
    view = table_of(visitor).view
    view.setFocus()
    view.selectRow(0)
    for _row in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = table_of(visitor).selected()
    expect(len(chosen) == 4, "four pairs are selected")
    visitor.press("syn_related")
    yield turns(20)
    store = session_of(visitor).store
    assert store is not None
    judged = sum(1 for row in store.table_query().rows(chosen) if row.verdict is Verdict.RELATED)
    expect(judged == 4, "one key judges all that are selected")
    return {"selected": len(chosen), "judged": judged}


def opened(visitor: Visitor) -> Script:
    """Open a pair of the table on the card, and go back."""
    yield from unfiltered(visitor)
    view, session = table_of(visitor).view, session_of(visitor)
    wanted = table_of(visitor).model.pair_at(2)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(2, 1)).center())
    yield Until(lambda: tab_of(visitor).page is card_of(visitor) and session.state.reopened, "the card of the row")
    yield Until(lambda: session.state.evidence is not None, "what is known of the pair", READING)
    yield Until(lambda: not stages_of(visitor).click_guard.isVisible(), "the end of what may be a double click")
    yield turns()
    card = session.state.card
    expect(card is not None and card.row.id == wanted, "it is the pair that was clicked")
    return {"pair": wanted}


def nothing_found(visitor: Visitor) -> Script:
    """Search for what no pair has."""
    yield from unfiltered(visitor)
    visitor.press("syn_search")
    write(visitor.find(QLineEdit, "search"), "鸭鹅")
    yield Until(lambda: rows(visitor) == 0, "an empty table", READING)
    yield turns()
    return {"pairs": 0}


def name_annotator(visitor: Visitor, name: str) -> Way:
    """Type a name into the queue's column, as who takes over does."""
    session = session_of(visitor)
    line = visitor.find(QComboBox, "annotator").lineEdit()
    assert line is not None
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(line, name)
    QTest.keyClick(line, Qt.Key.Key_Return)
    yield Until(lambda: session.annotator == name, "the other annotator")
    yield turns()


def _second_opinion(visitor: Visitor) -> Way:
    """Have a second annotator judge, in the table, what the first has judged; some of it otherwise."""
    yield from stand(visitor)
    yield from judged(visitor)
    yield from mined(visitor)
    store, first = session_of(visitor).store, session_of(visitor).annotator
    assert store is not None
    if any(person.name == SECOND and person.judged for person in store.annotators()):
        return
    yield from name_annotator(visitor, SECOND)
    yield from unfiltered(visitor)
    table_of(visitor).sidebar.annotator.choose(first)
    table_of(visitor).sidebar.annotator.activated.emit(table_of(visitor).sidebar.annotator.currentIndex())
    total = rows(visitor)
    yield Until(lambda: 0 < rows(visitor) < total, "what the first has judged", READING)
    view = table_of(visitor).view
    view.setFocus()
    view.selectRow(0)
    for at in range(rows(visitor)):
        row = table_of(visitor).model.row_at(at)
        assert row is not None
        visitor.press(f"syn_{opinion(row, strict=False)}")
        yield turns(1)
    table_of(visitor).sidebar.show_everything()
    visitor.press("syn_card")
    yield from name_annotator(visitor, first)


def show_agreement(visitor: Visitor) -> Script:
    """Compare two annotators."""
    yield from _second_opinion(visitor)
    yield from stand(visitor, "agreement")
    page = agreement_of(visitor)
    yield Until(lambda: page.report is not None and page.report.pairs > 0, "the numbers of agreement", READING)
    yield turns(20)
    report = page.report
    assert report is not None
    return {
        "pairs": report.pairs,
        "same_answer": round(report.raw.value, 3),
        "kappa": round(report.couples[0].kappa.value, 3),
        "alpha": round(report.alpha.value, 3),
    }


def settle(visitor: Visitor) -> Script:
    """Bring a dispute to the card."""
    yield from _second_opinion(visitor)
    yield from stand(visitor, "agreement")
    session = session_of(visitor)
    yield turns(20)
    visitor.click("settle")
    yield Until(lambda: session.config.settles, "the disputes in the queue")
    yield from with_card(visitor)
    answers = len(session.state.annotator_answers)
    expect(answers == 2, "both sides are shown")
    return {"answers": answers}
