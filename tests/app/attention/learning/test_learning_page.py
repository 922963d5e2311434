"""The page where one watches a training: its map, its curves beside a twin's, and what is chosen."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter

from app.attention.learning.learner import Phase
from app.attention.learning.options import LearningOptions
from app.attention.learning.view import TWIN, LearningView
from app.attention.options import ViewOptions
from app.attention.views.snapshot import ViewSnapshot
from core.attention.learned.live.events import Twin
from tests.app.attention.conftest import shown_with
from tests.app.attention.learning.conftest import COURSE, begun, looking, step


class Person:
    """Chooses and presses; what is wanted is shown at once."""

    def __init__(self, view, trainings):
        self.view, self.trainings = view, trainings
        self.options = ViewOptions(view="learning", learning=LearningOptions("seq2seq-general"))
        view.options_wanted.connect(self.want)
        view.own_controls.wanted.connect(self.want)
        view.is_in_front = True
        self.want({})

    def want(self, changes):
        from dataclasses import replace

        self.options = replace(self.options, **changes)
        self.view.own_controls.show_options(self.options, {})
        self.view.show(shown_with(self.options, (TWIN, Twin(COURSE))))


@pytest.fixture
def person(views, trainings, qtbot):
    view = views["learning"]
    assert isinstance(view, LearningView)
    view.take_background(trainings)
    view.page.resize(900, 500)
    return Person(view, trainings)


def test_the_map_sharpens_and_the_curves_grow_beside_the_twin_s(person):
    page, run = person.view.page, None
    assert not page.matrix.isVisibleTo(page), "nothing is learned yet"
    page.play.click()
    run = person.trainings.last
    run.say(begun(steps=100), step(1, 6.5), looking(1))
    assert page.matrix.isVisibleTo(page)
    assert page.matrix.drawing.content.rings == ((1, 1),)
    run.say(step(2, 6.0, validation_loss=5.5, bleu=1.5, aer=0.9), looking(2, ((0.9, 0.1), (0.1, 0.9))))
    assert np.allclose(page.matrix.drawing.content.weights, [[0.9, 0.1], [0.1, 0.9]])
    assert page.loss.drawn("loss") == ([1, 2], [6.5, 6.0])
    assert page.loss.drawn("validation_loss", is_twin=True) == ([50, 100], [3.0, 2.0])
    assert page.loss.drawn("validation_loss") == ([2], [5.5])
    assert page.worth.drawn("bleu") == ([2], [1.5])
    assert page.worth.drawn("aer") == ([2], [90.0])
    assert page.worth.drawn("bleu", is_twin=True) == ([50], [2.0])
    assert (page.wanted.text, page.said.text) == ("right: a cat", "says: cat cat")
    assert page.words.text.startswith("step 2 of 100 · loss 6.000")
    assert person.view.explain().values == {"cross_entropy": "6.000", "bleu": "1.5", "aer": "0.900"}


def test_the_first_button_says_what_it_does(person):
    page = person.view.page
    assert (page.play.text(), page.stop.isEnabled()) == ("Train", False)
    person.view.toggle_play()
    person.trainings.last.say(begun(), step(1, 6.5))
    assert page.play.text() == "Pause"
    person.view.toggle_play()
    assert page.play.text() == "Go on"
    page.step.click()
    page.stop.click()
    assert (page.play.text(), page.anew.isVisibleTo(page)) == ("Resume", True)
    page.play.click()
    assert person.trainings.last.request.is_resumed
    page.stop.click()
    person.view.learner.phase = Phase.STOPPED
    page.anew.click()
    assert not person.trainings.last.request.is_resumed


def test_one_step_begins_a_training_that_is_held(person):
    person.view.page.step.click()
    assert person.trainings.paces == ["pause"]
    person.trainings.last.say(begun(), step(1, 6.5), looking(1))
    assert person.view.page.play.text() == "Go on"


def test_another_model_leaves_the_one_under_way(person):
    page, controls = person.view.page, person.view.own_controls
    page.play.click()
    run = person.trainings.last
    run.say(begun(), step(1, 6.5), looking(1))
    controls.model.choose("memory-two-3")
    controls.model.activated.emit(controls.model.currentIndex())
    assert run.was_cancelled
    assert person.options.learning.model == "memory-two-3"
    assert page.loss.drawn("loss") == ([], [])
    assert not page.matrix.isVisibleTo(page)
    page.play.click()
    assert person.trainings.last.request.model == "memory-two-3"


def test_another_example_is_asked_for_and_the_seed_is_chosen(person):
    page, controls = person.view.page, person.view.own_controls
    page.play.click()
    person.trainings.last.say(begun(), step(1, 6.5), looking(1))
    controls.next.click()
    assert person.trainings.last.told == [("example", 1), "watch True"]
    controls.seed.setValue(3)
    page.play.click()
    assert (person.trainings.last.request.seed, person.trainings.last.request.example) == (3, 1)


def test_without_attention_there_is_no_map_but_what_it_says(person):
    person.view.page.play.click()
    person.trainings.last.say(begun(), step(1, 6.5), looking(1, None))
    page = person.view.page
    assert page.empty.isVisibleTo(page)
    assert "no attention" in page.empty.reason.text()
    assert page.said.text == "says: cat cat"


def test_it_is_brought_back_where_it_was_held(person):
    view = person.view
    view.page.play.click()
    person.trainings.last.say(begun(), step(1, 6.5), step(2, 6.0))
    view.page.play.click()
    assert view.snapshot().trained == 2
    view.page.stop.click()
    view.learner.clear()
    assert view.snapshot().trained == 0
    view.put_up(ViewSnapshot(trained=2))
    request = person.trainings.last.request
    assert (request.hold_after, request.is_resumed) == (2, True)


def test_what_is_exported_is_what_is_seen(person):
    person.view.page.play.click()
    person.trainings.last.say(begun(), step(1, 6.5), looking(1))
    image = QImage(person.view.page.size(), QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    person.view.draw(painter, 1.0)
    painter.end()
    lines = [y for y in range(image.height()) if len({image.pixel(x, y) for x in range(0, image.width(), 7)}) > 1]
    assert len(lines) > image.height() // 2
    assert person.view.caption(person.view.shown)[1].startswith("seq2seq-general (seed 0)")
