"""What moves arrives: by itself, at once when something is pressed, and without moving where nothing should."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.motion.glide import USUAL, Glide, Motion


@pytest.fixture
def owner(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


@pytest.fixture
def motion(qapp):
    return Motion(is_seen=True)


def test_it_goes_from_the_start_to_the_end_and_leaves_nothing_behind(motion, owner, qtbot):
    steps = []
    glide = Glide(motion, owner, steps.append)
    assert glide.begin()
    assert glide.progress == 0.0
    qtbot.waitUntil(lambda: not glide.is_moving)
    assert steps == sorted(steps)
    assert steps[-1] == 1.0
    assert motion._gliding == []


def test_what_goes_with_its_widget_on_its_way_is_forgotten(motion, qtbot):
    gone = QWidget()
    gone.show()
    Glide(motion, gone, lambda _progress: None, lasts=60_000).begin()
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    motion.arrive()
    assert motion._gliding == []


def test_a_key_lets_it_arrive_at_once(motion, owner):
    steps = []
    glide = Glide(motion, owner, steps.append, lasts=60_000)
    glide.begin()
    QTest.keyClick(owner, Qt.Key.Key_Space)
    assert steps == [1.0]
    assert not glide.is_moving


def test_beginning_again_ends_what_was_before(motion, owner):
    steps = []
    glide = Glide(motion, owner, steps.append, lasts=60_000)
    glide.begin()
    glide.begin()
    assert steps == [1.0]
    assert glide.progress == 0.0
    motion.arrive()
    assert steps == [1.0, 1.0]


@pytest.mark.parametrize("why", ["reduced", "unseen", "hidden"])
def test_where_nothing_should_move_nothing_does(qapp, owner, why):
    motion = Motion(is_seen=why != "unseen")
    motion.reduce(why == "reduced")
    owner.setVisible(why != "hidden")
    steps = []
    glide = Glide(motion, owner, steps.append)
    assert not glide.begin()
    assert (glide.progress, steps) == (1.0, [])


def test_reducing_motion_in_the_middle_lets_it_arrive(motion, owner):
    steps = []
    glide = Glide(motion, owner, steps.append, lasts=60_000)
    glide.begin()
    motion.reduce(True)
    assert steps == [1.0]
    motion.reduce(False)
    assert glide.begin()
    motion.arrive()


def test_a_movement_is_short():
    assert 120 <= USUAL <= 200


def test_the_program_moves_nothing_that_nobody_sees_and_remembers_the_wish(start, qtbot):
    laboratory = start()
    assert not laboratory.motion.moves  # offscreen
    laboratory.window.actions_table["reduce_motion"].trigger()
    laboratory.close()
    again = start(show=False)
    assert again.settings.reduces_motion
    assert again.window.actions_table["reduce_motion"].isChecked()
