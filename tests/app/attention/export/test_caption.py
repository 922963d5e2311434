"""Below a kept picture stands what it shows, in each view."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from app.attention.options import ViewOptions
from app.attention.state import HEADS, MAP
from app.attention.views.alignment import ALIGNMENT
from app.attention.views.comparison import COMPARISON
from app.attention.views.steps.view import STEPS
from app.plots.caption import broken
from core.attention.results import Alignment, Comparison
from tests.app.attention.conftest import CARD, heads_grid_of, map_of, shown_with, steps_of, tokens_of


def test_a_map_says_how_heads_were_read(views):
    options = ViewOptions(text="abc")
    plain, norms = map_of(layer=1, head=2), replace(map_of(layer=1, head=2), aggregation="norms")
    said = [views["map"].caption(shown_with(options, (MAP, shown)))[1] for shown in (plain, norms)]
    assert said[0].startswith("Tiny · softmax weights · layer 1 of 0–1 · head 2 of 0–2 · by character")
    assert said[1].startswith("Tiny · weighted by vector norms · layer 1 of 0–1 · head 2 of 0–2")


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("layer", "each row a layer, 0–1; each column a head, 0–2"),
        ("entropy", "layer·head, counted from 0; Most focused"),
    ],
)
def test_all_heads_say_where_layers_and_heads_stand_and_their_own_scale(views, order, said):
    lines = views["heads"].caption(shown_with(ViewOptions(text="abcd", order=order), (HEADS, heads_grid_of())))
    assert said in lines[1]
    assert lines[2] == "colour from 0 to each head's largest weight"


def test_the_three_steps_say_query_temperature_and_what_was_hidden(views):
    lines = views["steps"].caption(shown_with(ViewOptions(text="abc", masked=(1,)), (STEPS, steps_of())))
    assert lines[1] == "Tiny · layer 0 of 0–1 · head 0 of 0–2 · query: a · T = 1.00 · masked by hand: b"


def test_two_maps_are_told_apart(views):
    both = Comparison(map_of("ab", layer=0), map_of("cd", layer=None), np.zeros((0, 0), np.float32))
    first, second, scale = views["comparison"].caption(shown_with(ViewOptions(text="ab"), (COMPARISON, both)))
    assert first.startswith("first map: ab · Tiny · softmax weights · layer 0 of 0–1")
    assert second.startswith("second map: cd · Tiny · softmax weights · mean of layers 0–1")
    assert scale == "colour from 0 to the largest weight of both maps"


@pytest.mark.parametrize(("by", "said"), [("similarity", "cosine"), ("attention", "layer 0 of 0–1, mean of heads 0–2")])
def test_an_alignment_says_after_how_many_layers_and_what_its_map_shows(views, by, said):
    cosine = np.eye(2, dtype=np.float32)
    found = Alignment(CARD, 1, tokens_of("ab"), tokens_of("cd", 1), cosine, cosine, ((0, 0),), cosine / 2)
    options = ViewOptions(text="ab", second="cd", paired=True, unit="word", by=by)
    lines = views["alignment"].caption(shown_with(options, (ALIGNMENT, found)))
    assert lines[0] == "ab / cd"
    assert lines[1] == "Tiny · vectors after 1 of 2 layers · by word · colour from 0 to the map's largest weight"
    assert said in lines[2]


@pytest.mark.parametrize("words", ["layer 3 of 0–11 · " * 12, "𠮷银行门口行走" * 30, "short", ""])
def test_a_long_caption_is_broken_into_lines_that_fit(qapp, words):
    font = QFont("Noto Sans SC", 11)
    lines = broken(words, font, 300, 3)
    assert all(QFontMetricsF(font).horizontalAdvance(line) <= 300 for line in lines)
    assert len(lines) <= 3
    whole = broken(words, font, 300, 100)
    assert "".join(whole).replace(" ", "") == words.replace(" ", "")
    assert (len(whole) > 3) == bool(lines and lines[-1].endswith("…"))
