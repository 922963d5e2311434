"""As on paper, a picture in a dark window is the light theme's, pixel for pixel; as the window is, nothing glares."""

from dataclasses import replace

import numpy as np
import pytest

from app.policy_gradient.anatomy.strips import Strips
from app.policy_gradient.live.environment_view import EnvironmentView
from app.policy_gradient.live.stage_pictures import LoopView, NetworkView
from app.policy_gradient.plane.axes import AxisRange
from app.policy_gradient.plane.policy_map import MapContent, PolicyMap
from app.policy_gradient.state import TrainingState
from app.policy_gradient.swarm.batch_plot import BatchPlot
from app.policy_gradient.swarm.view import SwarmView
from app.theme import theme_of
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import CARTPOLE, describe
from core.policy_gradient.events import Copies, Frame
from tests.app.policy_gradient.anatomy.toy import anatomy
from tests.pictures import seen, where

OBS = (0.11, 0.25, 0.02, -0.2)
AXIS = AxisRange("Angle", "°", 1.0, -1.0, 1.0, limit=0.5)
DARK, LIGHT = theme_of("dark").colours, theme_of("light").colours
SIZE = (520, 400)


def stage(look):
    view = EnvironmentView(look)
    view.show_frame(Frame(None, OBS, 0.55, None))
    return view


def swarm(look):
    view = SwarmView(look)
    obs = np.array([OBS, (-0.4, 0.0, -0.1, 0.0)], np.float32)
    view.show_copies(Copies(obs, np.array([0, 0]), 1, 3), describe(CARTPOLE))
    return view


def painted(kind):
    def make(look):
        view = kind(look, "Picture")
        state = TrainingState()
        state.apply([Frame(None, OBS, 0.55, None, weights=np.array([0, 0, 1, 0, 0, 10, 0], np.float32))])
        view.show_state(state, replace(ARTICLE, hidden=(1,)))
        return view

    return make


def plane(look):
    return PolicyMap(
        look, MapContent(AXIS, AXIS, "right", "left", np.linspace(0, 1, 81, dtype=np.float32).reshape(9, 9))
    )


def strips(look):
    view = Strips(look)
    whole = anatomy()
    view.show_anatomy(whole, whole.lessons[0])
    return view


PICTURES = [stage, swarm, painted(LoopView), painted(NetworkView), plane, strips]


def drawn(qtbot, made):
    qtbot.addWidget(made)
    made.resize(*SIZE)
    return made


@pytest.mark.parametrize("make", PICTURES, ids=["stage", "swarm", "loop", "network", "plane", "strips"])
def test_a_picture_has_its_ground_in_the_dark_and_is_the_light_one_on_paper(look, qtbot, make):
    picture = drawn(qtbot, make(look))
    light = seen(picture)
    look.theme.choose("dark")
    dark = seen(picture)
    assert where(dark, DARK.stage).mean() > 0.2, "where there is nothing to see is the ground"
    assert (dark.min(axis=-1) > 200).mean() < 0.1, "nothing large is white"
    look.theme.of_pictures.show_on_paper(True)
    assert np.array_equal(seen(picture), light)
    look.theme.of_pictures.show_on_paper(False)
    assert np.array_equal(seen(picture), dark)


def test_a_plot_is_a_sheet_of_paper_with_the_words_above_it(look, qtbot):
    look.theme.choose("dark")
    plot = drawn(qtbot, BatchPlot(look))
    plot.show_environment(describe(CARTPOLE), None)
    plot.show_means(np.array([20.0, 80.0, 200.0]), 230.0)
    look.theme.of_pictures.show_on_paper(True)
    pixels = seen(plot)
    for ground in (DARK.window, DARK.stage):
        assert not where(pixels, ground).any()
    assert where(pixels, LIGHT.stage).mean() > 0.5
    title, legend = pixels[:30, :150], pixels[:30, 200:]
    assert where(title, LIGHT.muted, near=6).any()
    assert where(legend, LIGHT.series[0], near=6).any(), "the line's own colour"
    assert where(legend, LIGHT.muted, near=6).any()


def test_paper_changes_no_window_that_is_light(worn, qtbot):
    picture = drawn(qtbot, stage(worn))
    before = seen(picture)
    worn.theme.of_pictures.show_on_paper(True)
    assert np.array_equal(seen(picture), before) is not worn.theme.theme.dark
