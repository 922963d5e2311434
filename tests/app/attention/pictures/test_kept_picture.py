"""A kept picture is drawn when it must be, onto the memory it has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.attention.pictures.kept_picture import KeptPicture

GROUND, INK = QColor("#102030"), QColor("#c0a080")


class Drawing:
    def __init__(self):
        self.times = 0

    def __call__(self, painter):
        self.times += 1
        painter.fillRect(QRect(0, 0, 4, 4), INK)


@pytest.fixture
def widget(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(40, 30)
    return made


def test_it_is_drawn_once_until_it_is_forgotten(widget):
    kept, draw = KeptPicture(widget), Drawing()
    assert kept.is_stale
    first = kept.drawn(GROUND, draw)
    assert kept.drawn(GROUND, draw) is first
    assert (draw.times, kept.is_stale) == (1, False)
    image = first.toImage()
    assert (image.pixelColor(2, 2), image.pixelColor(10, 10)) == (INK, GROUND)
    kept.forget()
    assert kept.is_stale
    assert kept.drawn(INK, draw) is first, "the memory it has"
    assert draw.times == 2
    assert first.toImage().pixelColor(10, 10) == INK, "nothing is left of what it showed"


def test_a_widget_of_another_size_gets_another_picture(widget):
    kept, draw = KeptPicture(widget), Drawing()
    first = kept.drawn(GROUND, draw)
    widget.resize(50, 30)
    assert kept.drawn(GROUND, draw) is not first
    assert kept.drawn(GROUND, draw).width() == 50 * widget.devicePixelRatioF()
    assert draw.times == 2


def test_what_was_given_away_stays_as_it_is(widget):
    kept, draw = KeptPicture(widget), Drawing()
    kept.drawn(GROUND, draw)
    taken = kept.take()
    assert kept.take() is None
    assert kept.is_stale
    kept.drawn(INK, draw)
    assert taken.toImage().pixelColor(10, 10) == GROUND
