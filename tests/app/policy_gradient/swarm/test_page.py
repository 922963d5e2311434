"""The page shows every cart of the batch, what has become of it, and the means of the batches."""

from dataclasses import replace

import numpy as np
import pytest

from app.policy_gradient.swarm.page import SwarmPage
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.events import Transition, UpdateFinished


@pytest.fixture
def page(look, inline, qtbot):
    made = SwarmPage(look, inline(replace(FAST, episodes=640)))
    made.session = made._session
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    made.opened()
    made.session.look()
    return made


def test_all_carts_are_shown_as_they_stand_and_fall(page):
    assert page.session.watches_copies
    assert page.numbers.texts()[:2] == ["64 of 64", "0"]
    page.session.until(Transition, 15)
    copies = page.session.state.frame.copies
    scene = page.view.scene()
    np.testing.assert_array_equal(scene.obs, copies.obs)
    assert (scene.since[copies.alive] < 0).all()
    fallen = ~copies.alive
    assert 0 < fallen.sum() < 64
    np.testing.assert_allclose(scene.since[fallen], (15 - copies.ended[fallen]) * 0.02)
    assert page.numbers.texts()[0] == f"{int(copies.alive.sum())} of 64"
    page.grab()
    assert page.view.frames_painted > 0


def test_the_curve_is_the_mean_of_each_batch_and_a_ring_that_of_the_one_under_way(page):
    page.session.until(UpdateFinished, 2)
    durations = page.session.state.durations.values
    means = [durations[:64].mean(), durations[64:128].mean()]
    assert page.session.state.batch_means.values.tolist() == pytest.approx(means)
    x, y = page.plot._points.getData()
    assert (x.tolist(), y.tolist()) == ([1, 2], pytest.approx(means))
    assert not len(page.plot._now.getData()[0]), "the batch on screen has been learned from"
    page.session.until(Transition, 3)
    x, y = page.plot._now.getData()
    assert (x.tolist(), y.tolist()) == ([3], [3.0])
    assert page.numbers.texts()[3] == f"{means[1]:.1f}"


def test_who_looks_away_asks_for_the_carts_no_longer(page):
    page.hide()
    assert not page.session.watches_copies
    assert page.session.nothing.controlled[-1] == ("copies", False)
    page.session.look()
    assert page.session.state.frame.copies is None


def test_a_run_of_one_cart_says_so_and_begins_one_of_many(look, inline, qtbot):
    page = SwarmPage(look, inline(ARTICLE))
    qtbot.addWidget(page)
    page.show()
    page.opened()
    assert page.empty.isVisible()
    assert "one cart at a time" in page.empty.reason.text()
    assert page.empty.button.isVisible()
    assert page.has_primary, "the thing to press next stands here"
    page.empty.button.click()
    assert page._session.config == FAST
    assert page._session.speed == "real"
    assert not page.empty.isVisible()
    assert not page.has_primary


def test_it_is_brought_back_with_the_run(page):
    page.session.until(Transition, 9)
    saved = page.save_state()
    page.restore_state({"run": 3, "config": "x", "speed": None})
    assert page.save_state() == saved
