"""Promises of how the CartPole tab looks: nothing lies on anything, nothing is clipped, nothing lies."""

import itertools

import numpy as np
import psutil
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.policy_gradient.session import Phase
from app.policy_gradient.state import TrainingState
from core.policy_gradient.events import EpisodeFinished, UpdateFinished
from tests.widgets import take_turns

LOADING = 60_000


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a run at its start, the first picture shown."""
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.state.frame is not None, timeout=LOADING)
    return tab


@pytest.fixture
def wear(laboratory, qtbot):
    """Give the window a size, a zoom, a language and a theme; return the tab."""

    def put_on(size, zoom, language="en", theme="light", details=False):
        laboratory.use_language(language)
        laboratory.look.theme.choose(theme)
        laboratory.look.scale.set_zoom(zoom)
        laboratory.window.actions_table["pg_details"].setChecked(details)
        laboratory.window.resize(*size)
        take_turns()
        assert laboratory.window.size().toTuple() == size
        return laboratory.window.tab("policy_gradient")

    return put_on


def place(widget, within):
    return QRect(widget.mapTo(within, QPoint(0, 0)), widget.size())


CLOTHES = [
    ((1024, 768), 1.0, "zh_CN", "projector", False),
    ((1024, 768), 1.0, "en", "projector", True),
    ((1366, 768), 1.0, "en", "light", True),
    ((1024, 768), 1.5, "en", "dark", True),
    ((1920, 1080), 3.0, "en", "light", True),
    ((1920, 1080), 3.0, "zh_CN", "dark", False),
]


@pytest.mark.sweep(1)
@pytest.mark.parametrize("clothes", CLOTHES)
def test_nothing_lies_on_anything_and_no_word_is_clipped(wear, clothes):
    tab = wear(*clothes)
    page = tab.page.page_layout.widget()
    buttons = [place(b, tab) for b in tab.transport.findChildren(QAbstractButton) if b.isVisible()]
    parts = [
        tab.page.environment_view,
        tab.page.probability,
        tab.page.last_action,
        tab.page.curves,
        *tab.page.state_numbers._cells,
        *tab.page.run_numbers._cells,
    ]
    places = [place(part, page) for part in parts]
    for rects, room in ((buttons, tab.rect()), (places, page.rect())):
        assert all(room.contains(rect) for rect in rects)
        assert not any(a.intersects(b) for a, b in itertools.combinations(rects, 2))
    assert page.width() <= tab.page.page_layout.viewport().width()
    for label in tab.page.run_numbers.findChildren(QLabel) + tab.page.state_numbers.findChildren(QLabel):
        assert QFontMetrics(label.font()).horizontalAdvance(label.text()) <= label.width(), label.text()
    words = tab.page.probability.words(tab.page.probability.width())
    metrics = QFontMetrics(tab.look.scale.font())
    assert sum(metrics.horizontalAdvance(text) for text in words) < tab.page.probability.width()


@pytest.mark.long
def test_what_has_no_room_is_reached_with_the_arrow_keys(wear, qtbot, laboratory):
    tab = wear((1024, 768), 2.0, details=True)
    bar = tab.page.page_layout.verticalScrollBar()
    assert bar.maximum() > 0
    tab.window().activateWindow()
    for widget in (tab.window(), tab.transport.play):
        bar.setValue(0)
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_Down)
        assert bar.value() > 0
        qtbot.keyClick(widget, Qt.Key.Key_Up)
        assert bar.value() == 0
    for _press in range(100):
        qtbot.keyClick(tab.window(), Qt.Key.Key_Down)
    assert bar.value() == bar.maximum()
    laboratory.window.open("attention")
    assert not laboratory.window.actions_table["pg_scroll_down"].isEnabled()
    laboratory.window.open("policy_gradient")
    assert laboratory.window.actions_table["pg_scroll_down"].isEnabled()
    wear((1920, 1080), 1.0)
    assert not laboratory.window.actions_table["pg_scroll_down"].isEnabled()


def test_the_last_of_the_update_plots_alone_names_the_x_axis(wear):
    tab = wear((1366, 768), 1.0, details=True)
    curves = tab.page.curves
    named = [plot.item.getAxis("bottom").label.isVisible() for plot in (curves.loss, curves.entropy, curves.grad_norm)]
    assert named == [False, False, True]
    assert [plot._title.text() for plot in (curves.loss, curves.entropy, curves.grad_norm)] == [
        "Loss", "Entropy (nat)", "Gradient norm",
    ]  # fmt: skip


@pytest.mark.long
def test_on_a_narrow_window_the_choices_fold_and_come_back(wear, laboratory):
    assert wear((1366, 768), 1.0).sidebar.isVisible()
    tab = wear((1024, 768), 1.5)
    assert not tab.sidebar.isVisible()
    laboratory.window.actions_table["pg_choices"].trigger()
    assert tab.sidebar.isVisible()
    laboratory.window.actions_table["pg_choices"].trigger()
    assert wear((1366, 768), 1.0).sidebar.isVisible()


def test_the_numbers_stay_in_sight_beside_evidence_that_is_scrolled(wear):
    tab = wear((1366, 768), 1.5, details=True)
    room = tab.page.page_layout.viewport().rect()
    assert tab.page.page_layout.widget().height() > room.height()
    assert room.contains(place(tab.page.state_numbers, tab.page.page_layout.viewport()))


def test_a_hundred_thousand_episodes_are_drawn_with_as_many_points_as_there_are_pixels(wear):
    tab = wear((1366, 768), 1.0, details=True)
    state = TrainingState()
    for number in range(1, 100_001):
        state.durations.append(8 + number % 7)
        state.returns.append(8.0 + number % 7)
        state.means.append(10.0)
        state.losses.append(0.0)
    state.durations.values[43_210] = state.returns.values[43_210] = 499
    state.losses.values[77_777] = 8.5
    state.apply([EpisodeFinished(100_001, 9, 9.0, True, False, 1, 10.0), UpdateFinished(1, 5, 0, 0.6, 7, 0.01, 1, 1)])
    tab.page.curves.show_state(state, anew=True)
    plot = tab.page.curves.durations
    x, y = plot._episodes.getData()
    assert len(x) <= plot.widget.width() + 2
    assert y[x == 43_211] == 499
    assert len(plot.drawn_means()[0]) <= 302
    x, y = tab.page.curves.loss._curve.getData()
    assert len(x) <= 302
    assert y[x == 77_778] == 8.5
    (left, right), _y = plot.item.viewRange()
    assert left < 1
    assert right > 100_001


def test_a_restart_keeps_the_old_picture_until_the_new_one_comes(tab, qtbot):
    shown = []
    tab.session.restarted.connect(
        lambda: shown.append((tab.page.environment_view.has_picture, tab.page.probability.accessibleName()))
    )
    before = tab.page.probability.accessibleName()
    assert "not known" not in before
    qtbot.keyClick(tab.window(), Qt.Key.Key_R)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)
    assert shown == [(True, before)]


def test_a_run_that_fails_before_its_first_picture_says_what_to_do(spawned_workers, laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: bool(laboratory.background.worker_pids()), timeout=LOADING)
    assert "torch" in tab.page.environment_view.words
    psutil.Process(laboratory.background.worker_pids()["training"]).kill()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FAILED, timeout=LOADING)
    assert not tab.page.environment_view.has_picture
    assert "Press R" in tab.page.environment_view.words
    assert "ended unexpectedly" in laboratory.window.messages.text
    qtbot.keyClick(tab.window(), Qt.Key.Key_R)
    assert laboratory.window.messages.text == ""
    assert "torch" in tab.page.environment_view.words
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=LOADING)


@pytest.mark.long
def test_steps_are_offered_as_long_as_there_is_one_to_take(tab, qtbot, laboratory):
    actions = laboratory.window.actions_table
    qtbot.mouseClick(tab.sidebar._preset_buttons["fast"], Qt.MouseButton.LeftButton)
    tab.session.set_speed("turbo")
    qtbot.keyClick(tab.window(), Qt.Key.Key_Space)
    assert actions["pg_step"].isEnabled()
    laboratory.window.open("attention")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    laboratory.window.open("policy_gradient")
    assert not any(actions[name].isEnabled() for name in ("pg_step", "pg_step_episode", "pg_step_update"))
    assert not tab.findChild(QAbstractButton, "pg_step").isEnabled()
    assert tab.page.run_numbers.texts()[5] == f"{tab.session.state.best_greedy:.1f}"
    qtbot.keyClick(tab.window(), Qt.Key.Key_R)
    assert actions["pg_step"].isEnabled()


def test_the_transport_shows_the_speed_whoever_sets_it(tab):
    tab.session.set_speed("slow")
    assert tab.transport.speed_buttons["slow"].isChecked()


def test_the_last_action_is_the_one_of_the_picture(tab, qtbot):
    qtbot.keyClick(tab.window(), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: tab.session.state.frame.transition is not None, timeout=LOADING)
    step = tab.session.state.frame.transition
    _name, action, had = tab.page.last_action.words()
    assert action == ("right →" if step.action else "← left")
    right = step.probability_right
    assert had == f"with π = {right if step.action else 1 - right:.1%}"
    assert tab.page.probability.words(2000)[1] == f"π(right|s) {tab.session.state.frame.probability_right:.1%} →"


def test_the_keyboard_does_not_stop_at_what_cannot_be_operated(laboratory):
    tab = laboratory.window.tab("policy_gradient")
    inside = [*tab.page.curves.findChildren(QWidget), tab.page.page_layout, tab.page.environment_view]
    assert [w for w in inside if w.focusPolicy() != Qt.FocusPolicy.NoFocus] == []


def test_reading_the_drawn_line_gives_the_means(wear):
    tab = wear((1366, 768), 1.0)
    state = TrainingState()
    state.apply([EpisodeFinished(n, 10 * n, 10.0 * n, True, False, n, 10.0 * n) for n in (1, 2, 3)])
    tab.page.curves.show_state(state, anew=True)
    x, y = tab.page.curves.durations.drawn_means()
    np.testing.assert_array_equal(x, [1, 2, 3])
    np.testing.assert_array_equal(y, [10, 20, 30])


def test_the_updates_are_drawn_right_after_the_durations(tab, wear, qtbot):
    wear((1366, 768), 1.0, details=True)
    state = TrainingState()
    state.apply([EpisodeFinished(1, 9, 9.0, True, False, 9, 9.0), UpdateFinished(1, 1, 0.25, 0.6, 7.0, 0.01, 9, 9)])
    tab.page.curves.show_state(state)
    assert tab.page.curves.durations.drawn_means()[1].tolist() == [9.0]
    qtbot.waitUntil(lambda: len(tab.page.curves.grad_norm._curve.yData) == 1)
    drawn = [
        plot._curve.getData()[1].tolist()
        for plot in (tab.page.curves.loss, tab.page.curves.entropy, tab.page.curves.grad_norm)
    ]
    assert drawn == [[0.25], [0.6], [7.0]]
