"""A word too long for its line is broken into lines of about one length."""

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from app.synonyms.card.broken import broken, evenly_broken


@pytest.mark.parametrize(
    ("word", "room", "lengths"),
    [("第二次世界大战", 6, [4, 3]), ("第二次世界大战", 8, [7]), ("词" * 13, 6, [5, 5, 3]), ("词" * 12, 6, [6, 6])],
)
def test_no_hanzi_stands_alone_in_the_last_line(qapp, word, room, lengths):
    font = QFont(qapp.font())
    font.setPointSizeF(20)
    wide = QFontMetricsF(font).horizontalAdvance("词" * room)
    lines = evenly_broken(word, font, wide)
    assert "".join(lines) == word
    assert len(lines) == len(broken(word, font, wide))
    assert list(map(len, lines)) == lengths
