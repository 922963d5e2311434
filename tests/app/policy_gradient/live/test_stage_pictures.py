"""The loop carries the numbers of the step, and the network those of its own layers; the weights are drawn once."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from app.policy_gradient.drawing.network import MOST_UNITS, caption, shown_units, unit_places
from app.policy_gradient.live.stage_pictures import LoopView, NetworkView
from app.policy_gradient.state import TrainingState
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.events import Frame, Transition
from tests.pictures import across, extent, seen, where, within

OBS = (0.11, 0.25, 0.02, -0.2)


def state(action=1):
    """After one step, with weights that let only the angle count: π(right|s) = σ(10 · angle)."""
    step = Transition((0.1, 0.2, 0.03, -0.4), action, 0.731, (), 1.0, OBS, False, False, 3, 12, 12.0, 80)
    weights = np.array([0, 0, 1, 0, 0, 10, 0], np.float32)  # 4–1–1
    made = TrainingState()
    made.apply([Frame(None, OBS, 0.55, step, weights=weights)])
    return made


@pytest.fixture
def config():
    from dataclasses import replace

    return replace(ARTICLE, hidden=(1,))


def test_the_loop_carries_the_numbers_of_the_step(worn, qtbot, config):
    view = LoopView(worn, "Loop")
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_state(state(), config)
    scene, colours = view.scene(), worn.theme.theme.colours
    assert (scene.action, scene.reward) == ("right · π = 73.1%", "+1")
    assert scene.state[0] == "Position +0.11 m"
    arrow = extent(where(seen(view), colours.right_ink, near=3))
    assert arrow.x > 300, "down the right side"
    view.show_state(state(action=0), config)
    assert view.scene().action == "left · π = 26.9%"
    assert where(seen(view), colours.left_ink, near=3).any()
    view.show_state(TrainingState(), config)
    assert (view.scene().action, view.scene().state) == ("–", ())


def test_the_network_shows_what_each_layer_gives_and_pi_as_the_orange_bar(worn, qtbot, config):
    view = NetworkView(worn, "Network")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show_state(state(), config)
    scene = view.scene()
    assert scene.activations[0].tolist() == pytest.approx([0.02])
    assert scene.shares[1] == pytest.approx(1 / (1 + np.exp(-0.2)))
    colours = worn.theme.theme.colours
    (middle,) = unit_places(QRectF(view.rect()), scene, QFontMetricsF(view._style.caption).height())[-1]
    row = seen(view)[round(middle.y()), round(middle.x()) + 5 :]
    filled, left_over = (int(where(row, colour).sum()) for colour in (colours.right, colours.border))
    assert filled / (filled + left_over) == pytest.approx(scene.shares[1], abs=0.03)
    drawn = view._drawn_weights(scene)
    view.grab()
    assert view._drawn_weights(scene) is drawn, "the same weights are not drawn again"


def test_a_network_that_is_not_known_is_not_drawn(look, qtbot, config):
    view = NetworkView(look, "Network")
    qtbot.addWidget(view)
    view.show_state(TrainingState(), config)
    assert view.scene() is None
    view.grab()


def test_of_wide_layers_a_sample_is_drawn_and_said():
    assert shown_units(24).tolist() == list(range(24))
    shown = shown_units(1024)
    assert (len(shown), shown[0], shown[-1]) == (MOST_UNITS, 0, 1023)
    layers = [(np.ones((1024, 4), np.float32), np.zeros(1024, np.float32)),
              (np.ones((1, 1024), np.float32), np.zeros(1, np.float32))]  # fmt: skip
    assert "300 heaviest of 5120" in caption(layers)
    assert f"{MOST_UNITS} units" in caption(layers)
    small = [(np.ones((2, 3), np.float32), np.zeros(2, np.float32))]
    assert caption(small) == "3–2"


def test_units_stand_within_the_picture(look, qtbot, config):
    view = NetworkView(look, "Network")
    qtbot.addWidget(view)
    view.show_state(state(), config)
    rect = QRectF(0, 0, 427, 300)
    for layer in unit_places(rect, view.scene(), 15):
        assert all(rect.contains(place) for place in layer)


def test_words_of_a_diagram_grow_with_it(look, qtbot, config):
    view = LoopView(look, "Loop")
    qtbot.addWidget(view)
    heights = []
    for size in ((600, 400), (1200, 800)):
        view.resize(*size)
        view.show_state(state(), config)
        colours = look.theme.theme.colours
        ink = where(seen(view), colours.right_ink, near=3)  # the arrow of the action, and right of it its words
        arrow = max(across(ink), key=lambda piece: ink[:, slice(*piece)].sum())
        heights.append(extent(within(ink, left=arrow[1] + 1)).height)
    assert heights[1] > 1.4 * heights[0], "two lines of words"
