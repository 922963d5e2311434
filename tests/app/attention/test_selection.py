"""A token picked in one view is picked in all, and stays picked where its text stays."""

from __future__ import annotations

import pytest

from app.attention.selection import Cell, Picks, Sweep
from core.attention.results import Token
from tests.app.attention.conftest import tokens_of


@pytest.fixture
def picks(qapp):
    made = Picks()
    made.follow(tokens_of("abcd"), tokens_of("abcd"))
    yield made
    made.deleteLater()


def test_pinning_twice_lets_go(picks, qtbot):
    with qtbot.waitSignal(picks.changed):
        picks.pin(Cell(1, 2))
    assert picks.pinned == Cell(1, 2)
    picks.pin(Cell(1, 2))
    assert not picks.pinned


def test_the_mouse_comes_before_the_pin(picks):
    picks.pin(Cell(row=1))
    picks.hover_over(Cell(row=3))
    assert picks.shown == Cell(row=3)
    assert picks.along == ("from", 3)
    picks.hover_over(Cell())
    assert picks.along == ("from", 1)


def test_looking_the_other_way_keeps_the_token(picks):
    picks.pin(Cell(row=2))
    picks.turn()
    assert picks.pinned == Cell(column=2)
    assert picks.along == ("to", 2)


def test_a_cell_is_looked_along_as_chosen(picks):
    picks.pin(Cell(1, 3))
    assert picks.along == ("from", 1)
    picks.direction = "to"
    assert picks.along == ("to", 3)


def test_typing_before_and_after_keeps_the_pin_on_its_token(picks):
    picks.pin(Cell(row=2))
    longer = tokens_of("abcdef")
    picks.follow(longer, longer)
    assert picks.pinned == Cell(row=2)


def test_a_token_that_is_gone_is_let_go(picks):
    picks.pin(Cell(row=3))
    picks.follow(tokens_of("ab"), tokens_of("ab"))
    assert not picks.pinned


def test_other_units_of_the_same_text_keep_the_place(picks):
    picks.pin(Cell(row=3))
    word = (Token("ab", 0, 2, special=False, piece="ab"), Token("cd", 2, 4, special=False, piece="cd"))
    picks.follow(word, word)
    assert picks.pinned == Cell(row=1)


def test_a_place_from_another_view_is_pinned_once(picks, qtbot):
    word = Token("cd", 2, 4, special=False, piece="cd")
    with qtbot.waitSignal(picks.changed):
        picks.pin_place(word)
    assert picks.pinned == Cell(row=2)
    with qtbot.assertNotEmitted(picks.changed):
        picks.pin_place(word)


def test_a_key_of_the_other_sentence_is_pinned_as_a_key(qapp):
    picks = Picks()
    picks.follow(tokens_of("ab"), tokens_of("xyz", sentence=1))
    picks.pin_place(Token("z", 2, 3, special=False, piece="z", sentence=1))
    assert picks.pinned == Cell(column=2)


@pytest.mark.parametrize(
    ("moves", "place"),
    [
        ([(1, 0)], Cell(0)),
        ([(1, 0), (1, 0)], Cell(1)),
        ([(0, 1)], Cell(None, 0)),
        ([(-1, 0), (-1, 0)], Cell(0)),
        ([(9, 0), (9, 0), (0, 9)], Cell(3, 0)),
    ],
)
def test_arrows_walk_and_stop_at_the_edges(picks, moves, place):
    for move in moves:
        picks.move(*move)
    assert picks.pinned == place


def test_a_new_text_ends_a_sweep(picks):
    picks.select(Sweep((0, 2), (1, 3)))
    assert picks.sweep
    picks.follow(tokens_of("xy"), tokens_of("xy"))
    assert not picks.sweep


def test_a_place_that_the_map_does_not_have_is_not_picked(picks, qtbot):
    with qtbot.assertNotEmitted(picks.changed):
        picks.pin(Cell(4, 0))
    picks.hover_over(Cell(0, 9))
    assert not picks.pinned
    assert not picks.hover
    picks.follow((), ())
    picks.pin(Cell(0, 0))
    assert picks.pinned_token() is None
