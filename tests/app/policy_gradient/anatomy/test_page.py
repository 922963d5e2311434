"""In the real window: the update of an episode is taken apart, its corrections switched, and all of it brought back."""

from __future__ import annotations

import json

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.policy_gradient.anatomy.dissection import LANE
from app.policy_gradient.anatomy.formulas import ADVANTAGE, LOSS, RETURNS
from app.policy_gradient.anatomy.page import AnatomyPage
from app.policy_gradient.session import Phase
from core.policy_gradient.anatomy.findings import Corrections

PATIENCE = 90_000


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a run at its start and the page in front."""
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    QTest.keyClick(laboratory.window, Qt.Key.Key_F3)
    assert isinstance(tab.page, AnatomyPage)
    return tab


def update(tab, qtbot):
    """Let the run make one more update."""
    tab.session.step("UpdateFinished")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.PAUSED, timeout=PATIENCE)


def wait_for(tab, qtbot, episode):
    """Wait until an episode is shown."""

    def is_there():
        dissection = tab.page.dissection
        anatomy = dissection.anatomy
        return not dissection.is_running and anatomy is not None and anatomy.record.episode == episode

    qtbot.waitUntil(is_there, timeout=PATIENCE)


def shown(page):
    """Everything the page shows of the update."""
    equations = page.equations
    return {
        "rows": [row.values.tolist() for row in page.strips.rows],
        "cursor": (page.strips.step, page.strips.row, page.strips.zoom, page.strips.scrolled),
        "numbers": [label.text for label in (*equations.numbers, equations.sum, equations.curve)],
        "formulas": [formula for formula, view in equations.views.items() if view.isVisible()],
        "lines": page.code.lit,
        "gradient": page.gradient.words.text(),
        "batch": page.controls.batch.text(),
        "episode": page.controls.spin.value(),
        "follows": page.controls.follows.isChecked(),
        "explained": dict(page.explain().values),
    }


def a_term_and_its_strip_light_each_other(page, qtbot):
    pointed = []
    page.symbol_pointed.connect(pointed.append)
    page.equations.views[LOSS].pointed.emit("R")
    assert pointed == ["R"]
    assert all(view.lit == "R" for view in page.equations.views.values())
    handle, window = page.window().windowHandle(), page.window()

    def come():
        QTest.mouseMove(handle, QPoint(window.width() // 2, 2))  # the menu bar
        QTest.mouseMove(handle, page.strips.mapTo(window, page.strips.row_rect("reward").center().toPoint()))
        return pointed[-1] == "r"

    qtbot.waitUntil(come, timeout=PATIENCE)
    assert page.equations.views[RETURNS["to_go"]].lit == "r"
    assert page.strips.row == "reward"
    assert page.explain().values["r"] == "1"
    page.symbol_pointed.disconnect(pointed.append)


def in_a_small_window_all_strips_are_seen_at_once(page, window, qtbot):
    """At 1024 × 768, while the window presents, code and strips stand side by side and nothing need be scrolled."""
    window.resize(1024, 768)
    window.actions_table["pg_choices"].setChecked(False)
    qtbot.waitUntil(lambda: page.code.x() > page.strips.geometry().right(), timeout=PATIENCE)
    assert page.scroll_area.verticalScrollBar().maximum() == 0
    assert page.strips.row_rect("probability").bottom() < page.strips.height()
    assert page.code.width() >= page.code.lines.sizeHint().width(), "no line of code is cut"


def test_the_newest_episode_is_taken_apart_and_everything_shown_is_brought_back(tab, qtbot):
    page = tab.page
    assert page.empty.isVisible()
    assert page.empty.button.text() == "Train"
    update(tab, qtbot)
    wait_for(tab, qtbot, 6)  # the article's first batch
    qtbot.waitUntil(lambda: page.equations.views[LOSS].has_picture, timeout=PATIENCE)
    loss = float(tab.session.state.losses.values[0])
    lesson = page.lesson
    assert (lesson.products.sum() + lesson.rest) / page.dissection.anatomy.batch_steps == pytest.approx(loss, rel=1e-4)
    assert page.equations.curve.text == "✓ the loss that the curve shows for update 1"
    assert page.controls.batch.text().startswith("Update 1 learned from episodes 1–6: ")
    assert shown(page)["formulas"] == [RETURNS["to_go"], ADVANTAGE[True, False], LOSS]

    a_term_and_its_strip_light_each_other(page, qtbot)
    page.strips.setFocus()
    page.strips.move_to(0, "product")
    QTest.keyClick(page.strips, Qt.Key.Key_End)
    QTest.keyClick(page.strips, Qt.Key.Key_Up)
    assert page.strips.row == "log_prob"
    assert page.equations.views[LOSS].lit == "pi"
    last = page.dissection.anatomy.duration - 1
    assert page.strips.step == last
    assert page.equations.numbers[0].text == "r = 0"
    assert tab.session.phase is Phase.PAUSED, "the arrows are the strips'"

    before = shown(page)
    page.controls.credit_buttons["reward"].click()
    page.controls.normalise.click()
    assert page.controls.corrections == Corrections("reward", False)
    off = shown(page)
    changed = [np.array_equal(old, new) for old, new in zip(before["rows"], off["rows"], strict=True)]
    assert changed == [True, True, False, False, True, False, False], "strips follow at once, the past stays"
    assert off["gradient"] != before["gradient"]
    assert off["formulas"] == [RETURNS["reward"], ADVANTAGE[False, False], LOSS]
    assert "otherwise" in page.equations.curve.text

    page.controls.zoom_asked.emit(2.0)
    update(tab, qtbot)  # another batch, from which nobody asked for an episode
    assert page.dissection.episode == 6
    kept, saved = shown(page), json.loads(json.dumps(page.save_state()))
    page.controls.credit_buttons["to_go"].click()
    page.controls.follows.click()
    wait_for(tab, qtbot, 11)  # the newest, now that it is to be followed
    update(tab, qtbot)
    wait_for(tab, qtbot, 16)
    page.restore_state(saved)
    assert page.save_state() == saved
    wait_for(tab, qtbot, 6)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.PAUSED, timeout=PATIENCE)
    assert shown(page) == kept
    assert page.save_state() == saved
    for rubbish in ({}, {"episode": -1, "row": "no", "zoom": "x"}, {"step": 1.5, "credit": 3, "run": 7}):
        page.restore_state(rubbish)


def test_what_goes_wrong_is_said_and_tried_again(laboratory, tab, qtbot):
    page = tab.page
    page.controls.episode_chosen.emit(499)  # to get there takes seconds
    qtbot.waitUntil(lambda: page.dissection.is_running, timeout=PATIENCE)
    psutil.Process(laboratory.background.worker_pids()[LANE]).kill()
    qtbot.waitUntil(lambda: page.dissection.problem != "", timeout=PATIENCE)
    assert page.empty.reason.text() == "The process that takes updates apart ended unexpectedly."
    assert page.empty.button.text() == "Try again"
    update(tab, qtbot)
    assert page.dissection.anatomy is None, "what failed is not tried again by itself"
    page.controls.episode_chosen.emit(3)
    wait_for(tab, qtbot, 3)
    assert page.strips.isVisible()
    in_a_small_window_all_strips_are_seen_at_once(page, laboratory.window, qtbot)
    tab.session.reset()
    assert page.empty.isVisible(), "another run has no update yet"
    assert page.dissection.anatomy is None
