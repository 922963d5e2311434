"""Texts that are shaped once look as texts that Qt shapes each time."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.attention.drawing import shaped_text
from app.attention.drawing.shaped_text import ShapedText
from app.fonts import tabular
from tests.pictures import seen

WORDS = ("0.07", "−0.12", "猫在睡觉", "attention", "שלום", "<b>&amp;", "é")


def drawn(draw):
    picture = QImage(240, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setPen(QColor("black"))
    draw(painter)
    painter.end()
    return seen(picture)


@pytest.mark.parametrize("words", WORDS)
def test_a_text_in_a_cell_is_drawn_as_qt_draws_it(look, words):
    font, shaped = tabular(look.scale.font()), ShapedText()

    def by_qt(painter):
        painter.setFont(font)
        painter.drawText(QRectF(0, 0, 240, 60), Qt.AlignmentFlag.AlignCenter, words)

    def by_us(painter):
        shaped.begin(painter, font)
        shaped.write_around(painter, 120, 30, words)

    expected = drawn(by_qt)
    assert (expected < 255).any()
    for _time in range(2):
        assert np.array_equal(drawn(by_us), expected)


def test_each_type_has_its_own_shapes(look):
    shaped, small, large = ShapedText(), look.scale.font("caption"), look.scale.font("title")
    widths = []
    for font in (small, large, small):
        drawn(lambda painter, font=font: shaped.begin(painter, font))
        widths.append(shaped.width("attention"))
    assert widths[0] == widths[2] < widths[1]


def test_of_endless_texts_not_all_are_kept(look, monkeypatch):
    monkeypatch.setattr(shaped_text, "_MOST", 10)
    shaped = ShapedText()
    for number in range(50):
        drawn(lambda painter: shaped.begin(painter, look.scale.font()))
        shaped.width(str(number))
    assert len(shaped._shaped) <= 11
