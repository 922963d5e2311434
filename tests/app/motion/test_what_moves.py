"""What moves in the window, with motion and without: it begins at once, a key ends it, and nothing is left."""

from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.attention.drawing.heatmap import MapContent
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.attention.views.steps.table import StepsTable
from app.motion.flash import Flash
from app.motion.glide import Motion
from app.panel import Look
from app.synonyms.card.sliding_pair import SlidingPair
from core.attention.results import Token
from core.synonyms.verdicts import Verdict

TOKENS = (Token("a", 0, 1, False, "a"), Token("b", 1, 2, False, "b"))


@pytest.fixture(params=[True, False], ids=["moving", "reduced"])
def seen(look, request):
    """A look in which things move, and one in which they don't."""
    motion = Motion(is_seen=True)
    motion.reduce(not request.param)
    yield Look(look.theme, look.scale, motion)
    motion.arrive()


def on_screen(qtbot, widget, wide=300, high=200):
    qtbot.addWidget(widget)
    widget.resize(wide, high)
    widget.show()
    return widget


def content(deep):
    weights = np.array([[deep, 1 - deep], [0.5, 0.5]], np.float32)
    return MapContent(TOKENS, TOKENS, weights, (weights * 255).astype(np.uint8), "red")


def test_cells_cross_fade_between_layers_of_one_sentence_alone(seen, qtbot):
    matrix = on_screen(qtbot, Matrix(seen, Selection()))
    matrix.show_map(content(0.0))
    assert not matrix._fading.is_moving  # there was none before
    matrix.grab()
    cell = matrix.drawing.cells_rect().topLeft().toPoint() + matrix.rect().topLeft()
    white = matrix.grab().toImage().pixelColor(cell.x() + 4, cell.y() + 4)
    matrix.show_map(content(1.0))
    assert matrix._fading.is_moving is seen.motion.moves
    painted = matrix.maps_painted
    between = matrix.grab().toImage().pixelColor(cell.x() + 4, cell.y() + 4)
    assert matrix.maps_painted == painted + 1  # the first picture has the new map in it
    seen.motion.arrive()
    deep = matrix.grab().toImage().pixelColor(cell.x() + 4, cell.y() + 4)
    assert white == QColor("white")
    assert (deep.lightness() < between.lightness() < white.lightness()) is seen.motion.moves or between == deep
    matrix.show_map(MapContent(TOKENS[:1], TOKENS, np.ones((1, 2), np.float32), np.zeros((1, 2), np.uint8), "red"))
    assert not matrix._fading.is_moving  # another sentence is another map


def steps(query):
    keys = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    values, weights = np.ones((2, 2), np.float32), np.array([0.75, 0.25], np.float32)
    return SimpleNamespace(
        query=np.array(query, np.float32), keys=keys, values=values, weights=weights, model_weights=weights,
        scores=np.array([2.0, 1.0], np.float32), products=np.array([2.0, 1.0], np.float32),
        bias=np.zeros(2, np.float32), key_tokens=TOKENS, query_token=TOKENS[0],
        context=np.ones(2, np.float32), model_context=np.ones(2, np.float32),
    )  # fmt: skip


def test_the_three_steps_grow_for_another_query_and_not_under_the_hand(seen, qtbot):
    table = on_screen(qtbot, StepsTable(seen), 900)
    table.show_steps(steps([1.0, 0.0]), frozenset())
    assert table._growing.is_moving is seen.motion.moves
    small = table.grab().toImage()
    seen.motion.arrive()
    whole = table.grab().toImage()
    assert (small != whole) is seen.motion.moves
    table.show_steps(steps([1.0, 0.0]), frozenset({1}))  # a mask, or a temperature
    assert not table._growing.is_moving


def test_a_judged_pair_slides_to_its_place(seen, qtbot):
    over = on_screen(qtbot, QWidget(), 600, 400)
    pair = SlidingPair(seen, over)
    pair.slide(("医生", "大夫"), Verdict.SYNONYM, QRect(200, 50, 200, 100), QRect(10, 350, 100, 30))
    assert pair.isVisible() is seen.motion.moves
    if seen.motion.moves:
        qtbot.waitUntil(lambda: pair.y() > 120)
        qtbot.waitUntil(lambda: not pair.is_moving)
    assert not pair.isVisible()


@pytest.mark.parametrize("sweeps", [True, False])
def test_a_flash_is_gone_again(seen, qtbot, sweeps):
    over = on_screen(qtbot, QWidget())
    flash = Flash(seen, over, sweeps=sweeps)
    flash.begin("#f6c324")
    assert flash.isVisible() is seen.motion.moves
    over.resize(200, 100)
    over.grab()
    seen.motion.arrive()
    assert not flash.isVisible()
