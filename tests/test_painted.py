"""What looks for words that are cut or too small sees them."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from tests.painted import words_painted


@pytest.fixture
def window(qtbot, qapp):
    made = QWidget()
    made.resize(300, 100)
    qtbot.addWidget(made)
    return made


def add(window, text, width, pixels=14):
    label = QLabel(text, window)
    font = QFont(label.font())
    font.setPixelSize(pixels)
    label.setFont(font)
    label.setGeometry(20, 10, width, 60)
    return label


def test_words_that_have_room_miss_nothing(window):
    add(window, "whole words", 200)
    window.show()
    (words,) = words_painted(window)
    assert words.text == "whole words"
    assert words.missing == 0
    assert words.place.left() >= 20


def test_words_wider_than_their_room_miss_what_has_none(window):
    label = add(window, "words wider than this", 40)
    window.show()
    (words,) = words_painted(window)
    assert words.missing == pytest.approx(label.fontMetrics().horizontalAdvance(label.text()) - 40, abs=3)


def test_words_under_the_edge_of_the_window_miss_what_lies_outside(window):
    label = add(window, "at the edge", 200)
    label.move(270, 10)
    window.show()
    (words,) = words_painted(window)
    assert words.missing > 20


def test_the_height_of_a_line_is_told(window):
    small, large = add(window, "small", 100, 10), add(window, "large", 100, 30)
    window.show()
    heights = {words.text: words.height for words in words_painted(window)}
    assert heights == {label.text(): pytest.approx(label.fontMetrics().height(), abs=1) for label in (small, large)}
