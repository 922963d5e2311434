"""Ask a word, and measure methods: the pages that show why mining synonyms is hard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.tour.driver import Visitor
from app.tour.player import Script, Until, Way, expect, turns
from app.tour.synonyms.gestures import READING, stand, tab_of, write
from core.paths import data_folder
from core.synonyms.asking.config import LEARNING_NOTHING

if TYPE_CHECKING:
    from app.synonyms.ask.page import AskPage
    from app.synonyms.methods.page import MethodsPage
    from app.synonyms.why.page import WhyPage

WORD: Final = "左边"
"""Its nearest word is its opposite."""
PAIRS: Final = (
    ("医生 医师", "左边 左侧", "美丽 漂亮", "高兴 开心", "电脑 计算机", "父亲 爸爸", "母亲 妈妈", "抵达 到达"),
    ("左边 右边", "五月 四月", "增加 减少", "医生 护士", "父亲 母亲", "东部 西部", "男人 女人", "苹果 香蕉"),
)
"""Synonyms, and pairs that are near and no synonyms: enough to measure on in a moment."""
MEASURING: Final = 120.0
"""Seconds on a busy machine."""
LEARNING: Final = 300.0
"""Seconds in which the method of the page of reasons has learnt there."""


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


def methods_page_of(visitor: Visitor) -> MethodsPage:
    """Return the page."""
    return cast("MethodsPage", tab_of(visitor).pages["methods"])


def measure(visitor: Visitor) -> Script:
    """Measure two methods on a few labelled pairs, and lower the threshold."""
    yield from stand(visitor, "methods")
    yield from measured(visitor)
    page = methods_page_of(visitor)
    before = page.recall
    visitor.press("syn_methods_lower")
    yield turns()
    expect(page.recall > before, "a key lowers the threshold")
    return {each.method: round(each.figures[page.sidebar.chosen_protocol()].ap, 3) for each in page.measuring.measured}


def measured(visitor: Visitor) -> Way:
    """Have the methods measured that take no time."""
    page = methods_page_of(visitor)
    yield Until(lambda: page.measuring.was_read, "what was measured before", READING)
    if not page.measuring.measured:
        page.sidebar.pairs.show_paths((_pairs_file(),))
        for name, box in page.sidebar.methods.items():
            box.setChecked(name in ("cosine", "characters"))
        page.status_bar.run.click()
        yield Until(lambda: len(page.measuring.measured) == 2, "two methods that are measured", MEASURING)
        yield Until(lambda: not page.measuring.is_working, "the end of it", MEASURING)
    yield turns()


def explained(visitor: Visitor) -> Way:
    """Ask why opposites are scored as they are; the method learns where it has not yet."""
    page = cast("WhyPage", tab_of(visitor).pages["why"])
    page.sidebar.examples[1].click()
    yield Until(lambda: not page.is_busy, "what is known of the pair", READING)
    page.learn()
    yield Until(lambda: page.asked.reason is not None, "the reason of a score", LEARNING)
    yield turns()


def _pairs_file() -> Path:
    """Write labelled pairs; every other one is learnt from."""
    path = data_folder() / "tour-pairs.tsv"
    lines = [
        "\t".join([*pair.split(), str(int(number == 0)), "train" if at % 2 else "test"])
        for number, pairs in enumerate(PAIRS)
        for at, pair in enumerate(pairs)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
