"""In and out of the store, and what goes wrong: no pairs, no server, a store that another program holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import perf_counter
from typing import Final

from app.tour.driver import Visitor
from app.tour.player import Script, Until, Way, expect, turns
from app.tour.synonyms.gestures import (
    READING,
    all_open,
    choose,
    connect,
    decisions,
    exchange_of,
    judged,
    mined,
    mining_of,
    session_of,
    stand,
)
from core.paths import data_folder

_FOREIGN: Final = """word1,word2,label,annotator,note
高兴,愉快,synonym,Lin,
土豆,马铃薯,synonym,Lin,"one plant, two names"
快乐,,synonym,Lin,
增加,减少,antonym,Lin,
医生,大夫,perhaps,Lin,
"""
"""A file as another tool might have left it: two of its records cannot be understood."""


def show_sources(visitor: Visitor) -> Script:
    """See the wizard when the first store is complete."""
    yield from stand(visitor, "sources")
    yield from mined(visitor)
    yield turns()
    report = mining_of(visitor).state.report
    expect(report is not None, "the mining says what it brought")
    assert report is not None
    return {"proposed": report.proposed, "added": report.added}


def counted(visitor: Visitor) -> Way:
    """Wait until what would be written is counted."""
    files = exchange_of(visitor)
    yield Until(lambda: files.export_found is not None, "what would be written", READING)
    yield turns()


def write_out(visitor: Visitor) -> Script:
    """Look at what a file of synonym sets would hold."""
    yield from stand(visitor)
    yield from judged(visitor)
    yield from mined(visitor)
    yield from stand(visitor, "exchange")
    files = exchange_of(visitor)
    visitor.click("way_out")
    choose(visitor, "format", "solr")
    sidebar = files.sidebar
    for box in (sidebar.chained, sidebar.known):
        if not box.isChecked():
            box.click()
    yield from counted(visitor)
    found = files.export_found
    assert found is not None
    return {
        "records": found.records,
        "sets": found.sets,
        "sets_that_grew": len(found.grown),
        "largest_set": max((len(each.words) for each in found.grown), default=0),
    }


def take_in(visitor: Visitor) -> Script:
    """Look at what an import would change."""
    yield from stand(visitor)
    yield from mined(visitor)
    yield from stand(visitor, "exchange")
    files = exchange_of(visitor)
    path = data_folder() / "pairs.csv"
    path.write_text(_FOREIGN, encoding="utf-8")
    visitor.click("way_in")
    choose(visitor, "format", "csv")
    # The dialog in which a file is chosen is the system's.
    files.sidebar.file.show_paths((path,))
    files.sidebar.file.changed.emit()
    yield Until(lambda: files.import_found is not None, "what would be taken in", READING)
    yield turns()
    found = files.import_found
    assert found is not None
    expect((found.records, found.rejected) == (3, 2), "three records of five are understood")
    return {"records": found.records, "not_understood": found.rejected, "new_pairs": found.new_pairs}


def no_pairs(visitor: Visitor) -> Script:
    """Open a store without pairs."""
    yield from stand(visitor)
    yield from mined(visitor)
    empty = str(data_folder() / "empty.db")
    yield from connect(visitor, empty)
    yield Until(lambda: session_of(visitor).address == empty, "an empty store")
    visitor.put_away()
    visitor.press("syn_card")
    yield Until(lambda: not session_of(visitor).is_planning, "an empty queue", READING)
    yield turns()
    expect(session_of(visitor).state.card is None, "there is no card")
    return {"pairs": 0}


def no_server(visitor: Visitor) -> Script:
    """Ask for a server that does not answer."""
    yield from stand(visitor)
    yield from mined(visitor)
    session = session_of(visitor)
    before = session.address
    yield from connect(visitor, "postgresql://lin@localhost:9/pairs")
    yield Until(lambda: bool(visitor.window.messages.text), "word of the server that is not there", READING)
    yield turns()
    expect(session.address == before, "the store that was open stays open")
    return {"says": visitor.window.messages.text}


def held_elsewhere(visitor: Visitor) -> Script:
    """Decide while another program holds the store."""
    yield from stand(visitor)
    yield from mined(visitor)
    yield from all_open(visitor)
    session = session_of(visitor)
    card, decided = session.state.card, decisions(visitor)
    with closing(sqlite3.connect(session.address, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begin = perf_counter()
        visitor.press("syn_related")
        yield Until(lambda: bool(visitor.window.messages.text), "word of it")
        seconds = perf_counter() - begin
        yield turns()
        expect(session.state.card is card, "the pair stays on the card until it is on the disk")
        expect(decisions(visitor) == decided, "what is not on the disk does not count")
        other.execute("ROLLBACK")
    return {"says": visitor.window.messages.text, "seconds_until_said": round(seconds, 2)}
