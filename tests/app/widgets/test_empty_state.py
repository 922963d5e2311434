"""Where there is nothing to show, it is said why, and only the button that helps is offered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QProgressBar

from app.widgets.empty_state import EmptyState


@pytest.fixture(params=[False, True], ids=["title", "illustrated"])
def place(look, qtbot, request):
    made = EmptyState(look, illustrated=request.param)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    return made


def test_only_what_has_words_is_seen(place):
    place.show_reason("Nothing is here.")
    assert place.reason.text() == "Nothing is here."
    assert not place.detail.isVisible()
    assert not place.button.isVisible()
    place.show_reason("Nothing is here.", "Bring something.", "Bring")
    assert place.detail.isVisible()
    assert place.button.isVisible()
    assert place.accessibleName() == "Nothing is here. Bring something."


def test_the_button_is_heard(place, qtbot):
    place.show_reason("Nothing is here.", button="Bring")
    with qtbot.waitSignal(place.pressed):
        place.button.click()


def test_what_takes_time_shows_how_far_it_is(place):
    (bar,) = place.findChildren(QProgressBar)
    place.show_reason("Reading …", picture="attention", parts=(3, 7))
    assert bar.isVisible()
    assert (bar.value(), bar.maximum()) == (3, 7)
    place.show_reason("It is read.")
    assert not bar.isVisible()


def test_its_sentence_keeps_its_size_in_every_theme(place):
    place.show_reason("Nothing is here.")
    size = place.reason.font().pointSizeF()
    place.look.theme.choose("dark")
    place.look.theme.choose("light")
    assert place.reason.font().pointSizeF() == size
