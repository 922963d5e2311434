"""Symbols are declared once, and can be told apart with and without colour."""

import itertools

import pytest

from app.explain.symbols import SYMBOLS
from app.explain.texts import page_text
from app.theme import SYMBOL_HUES, THEME_NAMES, contrast, theme_of
from tests.app.explain.conftest import PAGES
from tests.app.test_theme import distance

ASKED_BY_PAGES = {
    "q", "k", "v", "alpha", "c", "score", "n_head", "d_k", "softmax",
    "s", "a", "r", "pi", "G", "gamma", "R", "alpha_lr", "theta", "loss", "entropy",
    "u", "v_word", "cos", "kappa", "alpha_k", "P", "recall", "AP",
}  # fmt: skip


def test_every_symbol_that_pages_speak_of_is_declared():
    assert set(SYMBOLS) >= ASKED_BY_PAGES
    assert all(symbol.id == key for key, symbol in SYMBOLS.items())


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_symbol_can_be_read_in_every_theme(name):
    colours = theme_of(name).colours
    for symbol in SYMBOLS.values():
        for ground in (colours.window, colours.surface, colours.stage):
            assert contrast(symbol.colour(colours), ground) >= 4.5, symbol.id


@pytest.mark.parametrize("page", PAGES)
def test_on_a_page_no_two_symbols_share_hue_or_mark(page):
    symbols = [SYMBOLS[symbol] for symbol in page_text(page, "en").symbols]
    for one, other in itertools.combinations(symbols, 2):
        assert one.mark != other.mark, (one.id, other.id)
        for name in THEME_NAMES:
            colours = theme_of(name).colours
            assert distance(one.colour(colours), other.colour(colours), "usual") > 0.05, (one.id, other.id, name)


def test_in_policy_gradient_no_two_symbols_share_hue_or_mark():
    symbols = [symbol for symbol in SYMBOLS.values() if symbol.subject == "policy_gradient"]
    assert len({symbol.hue for symbol in symbols}) == len(symbols)
    assert len({symbol.mark for symbol in symbols}) == len(symbols)


def test_in_attention_hue_and_mark_go_together():
    """There are more symbols than hues: one that takes another's hue, on other pages, takes its mark, too."""
    symbols = [symbol for symbol in SYMBOLS.values() if symbol.subject == "attention"]
    assert len({(symbol.hue, symbol.mark) for symbol in symbols}) == len({symbol.hue for symbol in symbols})


def test_reserved_hues_mean_what_they_are_kept_for():
    colours = theme_of("light").colours
    others = {symbol.id: symbol.hue for symbol in SYMBOLS.values() if symbol.hue not in SYMBOL_HUES}
    assert others == {"alpha": "attention", "alpha_s": "attention", "pi": "right"}
    assert SYMBOLS["alpha"].colour(colours) == colours.attention_ink
    assert SYMBOLS["pi"].colour(colours) == colours.right_ink
