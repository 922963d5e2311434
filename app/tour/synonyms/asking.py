"""Ask a word: its neighbours by the methods that answer at once, and a line among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.tour.driver import Visitor
from app.tour.player import Script, Until, Way, expect, turns
from app.tour.synonyms.gestures import READING, stand, tab_of, write
from core.synonyms.asking.config import LEARNING_NOTHING

if TYPE_CHECKING:
    from app.synonyms.ask.page import AskPage

WORD: Final = "左边"
"""Its nearest word is its opposite."""


def ask_page_of(visitor: Visitor) -> AskPage:
    """Return the page."""
    return cast("AskPage", tab_of(visitor).pages["ask"])


def ask_word(visitor: Visitor) -> Script:
    """Type a word, wait for the neighbours, and lower the line by one."""
    yield from stand(visitor, "ask")
    yield from answered(visitor)
    page = ask_page_of(visitor)
    nearest = page.columns.columns[0].rows[0]
    before = page.columns.columns[0].above
    visitor.press("syn_ask_lower")
    yield turns()
    expect(page.columns.columns[0].above == before + 1, "the line goes one word down")
    return {"word": WORD, "nearest": nearest.near.word, "it_is": str(nearest.relation)}


def answered(visitor: Visitor) -> Way:
    """Have the word asked of the methods that learn nothing."""
    page = ask_page_of(visitor)
    for name, box in page.sidebar.methods.items():
        if box.isChecked() is not (name in LEARNING_NOTHING):
            box.click()
    field = visitor.find(QLineEdit, "ask_word")
    field.clear()
    write(field, WORD)
    QTest.keyClick(field, Qt.Key.Key_Return)
    yield Until(lambda: len(page.asking.answers) == len(LEARNING_NOTHING), "the neighbours of a word", READING)
    yield turns()
