"""A token picked in one view is picked in all, and stays picked where its text stays."""

from __future__ import annotations

import pytest

from app.attention.selection import Cell, Selection, Sweep
from core.attention.results import Token
from tests.app.attention.conftest import tokens_of


@pytest.fixture
def selection(qapp):
    made = Selection()
    made.follow(tokens_of("abcd"), tokens_of("abcd"))
    yield made
    made.deleteLater()


def test_pinning_twice_lets_go(selection, qtbot):
    with qtbot.waitSignal(selection.changed):
        selection.pin(Cell(1, 2))
    assert selection.pinned == Cell(1, 2)
    selection.pin(Cell(1, 2))
    assert not selection.pinned


def test_the_mouse_comes_before_the_pin(selection):
    selection.pin(Cell(row=1))
    selection.hover_over(Cell(row=3))
    assert selection.shown == Cell(row=3)
    assert selection.along == ("from", 3)
    selection.hover_over(Cell())
    assert selection.along == ("from", 1)


def test_looking_the_other_way_keeps_the_token(selection):
    selection.pin(Cell(row=2))
    selection.turn()
    assert selection.pinned == Cell(column=2)
    assert selection.along == ("to", 2)


def test_a_cell_is_looked_along_as_chosen(selection):
    selection.pin(Cell(1, 3))
    assert selection.along == ("from", 1)
    selection.direction = "to"
    assert selection.along == ("to", 3)


def test_typing_before_and_after_keeps_the_pin_on_its_token(selection):
    selection.pin(Cell(row=2))
    longer = tokens_of("abcdef")
    selection.follow(longer, longer)
    assert selection.pinned == Cell(row=2)


def test_a_token_that_is_gone_is_let_go(selection):
    selection.pin(Cell(row=3))
    selection.follow(tokens_of("ab"), tokens_of("ab"))
    assert not selection.pinned


def test_other_units_of_the_same_text_keep_the_place(selection):
    selection.pin(Cell(row=3))
    word = (Token("ab", 0, 2, special=False, piece="ab"), Token("cd", 2, 4, special=False, piece="cd"))
    selection.follow(word, word)
    assert selection.pinned == Cell(row=1)


def test_a_place_from_another_view_is_pinned_once(selection, qtbot):
    word = Token("cd", 2, 4, special=False, piece="cd")
    with qtbot.waitSignal(selection.changed):
        selection.pin_place(word)
    assert selection.pinned == Cell(row=2)
    with qtbot.assertNotEmitted(selection.changed):
        selection.pin_place(word)


def test_a_key_of_the_other_sentence_is_pinned_as_a_key(qapp):
    selection = Selection()
    selection.follow(tokens_of("ab"), tokens_of("xyz", sentence=1))
    selection.pin_place(Token("z", 2, 3, special=False, piece="z", sentence=1))
    assert selection.pinned == Cell(column=2)


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
def test_arrows_walk_and_stop_at_the_edges(selection, moves, place):
    for move in moves:
        selection.move(*move)
    assert selection.pinned == place


def test_a_new_text_ends_a_sweep(selection):
    selection.select(Sweep((0, 2), (1, 3)))
    assert selection.sweep
    selection.follow(tokens_of("xy"), tokens_of("xy"))
    assert not selection.sweep


def test_a_place_that_the_map_does_not_have_is_not_picked(selection, qtbot):
    with qtbot.assertNotEmitted(selection.changed):
        selection.pin(Cell(4, 0))
    selection.hover_over(Cell(0, 9))
    assert not selection.pinned
    assert not selection.hover
    selection.follow((), ())
    selection.pin(Cell(0, 0))
    assert selection.pinned_token() is None


def test_a_new_map_is_no_news_where_nothing_is_picked(selection, qtbot):
    with qtbot.assertNotEmitted(selection.changed):
        selection.follow(tokens_of("xy"), tokens_of("xy"))
    selection.hover_over(Cell(row=1))
    with qtbot.waitSignal(selection.changed):
        selection.follow(tokens_of("xyz"), tokens_of("xyz"))
    selection.pin(Cell(row=1))
    with qtbot.waitSignal(selection.changed):
        selection.follow(tokens_of("xyzw"), tokens_of("xyzw"))
