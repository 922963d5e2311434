"""The pages of the mechanisms: what is clicked, dragged and drawn is asked for, and what comes is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.attention.mechanisms.drawing.canvas import Canvas, coarse
from app.attention.mechanisms.drawing.lanes import Bars, Grid, Words
from app.attention.mechanisms.drawing.question import Question
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from app.attention.state import AttentionState
from app.attention.views import VIEWS
from core.attention.tasks import TASKS
from core.attention.tasks.mechanisms.requests import MOST_DRAWS
from tests.app.attention.conftest import shown_with
from tests.app.attention.mechanisms.answers import answer_of_mechanism

MECHANISMS = [spec.id for spec in VIEWS if spec.is_mechanism and ".learned." not in spec.builder]
"""Those on the vectors of a pretrained encoder."""


class Shown:
    """A view in front, with a hand that asks as the session would."""

    def __init__(self, view, **options):
        self.view = view
        self.options = ViewOptions(text="abcd", second="xyz", paired=True, **options)
        self.heard = []
        view.options_wanted.connect(self._on_wanted)
        view.page.resize(900, 700)
        view.page.show()
        self.answer()

    def _on_wanted(self, changes):
        self.heard.append(changes)
        self.options = replace(self.options, **changes)
        self.answer()

    def answer(self):
        wanted = self.view.wants(self.options, AttentionState())[0]
        self.view.show(shown_with(self.options, (self.view.slot, answer_of_mechanism(wanted.request))))
        self.picture.grab()

    @property
    def picture(self):
        return self.view.page.picture

    def lane(self, kind, title=None):
        return next(lane for lane in self.picture.scene.lanes if isinstance(lane, kind) and title in (None, lane.title))

    def drag(self, start, end):
        for kind, place, buttons in (
            (QEvent.Type.MouseButtonPress, start, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseMove, end, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.NoButton),
        ):
            button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
            where = self.picture.mapToGlobal(place)
            event = QMouseEvent(kind, place, where, button, buttons, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(self.picture, event)

    def x(self, key):
        return self.picture.axis.start + (key + 0.5) * self.picture.axis.cell


@pytest.mark.parametrize("view", MECHANISMS)
def test_each_asks_for_something_that_is_answered_and_made_a_table(views, view):
    wanted = views[view].wants(ViewOptions(text="abcd", second="xyz", paired=True), AttentionState())
    assert TASKS[type(wanted[0].request)].table
    assert set(wanted[1].request.formulas) == set(views[view].formulas)


@pytest.mark.parametrize("view", sorted(set(MECHANISMS) - {"over"}))
def test_a_clicked_word_asks_and_arrow_keys_walk_on(views, view):
    shown = Shown(views[view])
    question = shown.lane(Question)
    QTest.mouseClick(shown.picture, Qt.MouseButton.LeftButton, pos=question.places[2].center().toPoint())
    assert shown.options.mechanism.query == 2
    assert shown.lane(Question).query == 2
    assert shown.view.explain().values["q"].strip("\u2068\u2069") == "c"
    QTest.keyClick(shown.picture, Qt.Key.Key_Right)
    QTest.keyClick(shown.picture, Qt.Key.Key_Right)
    assert shown.options.mechanism.query == 3, "it stays at the last word"
    QTest.keyClick(shown.picture, Qt.Key.Key_Left)
    assert shown.options.mechanism.query == 2


@pytest.mark.parametrize("view", MECHANISMS)
def test_a_key_under_the_mouse_has_its_numbers_said(views, view):
    shown = Shown(views[view])
    before = shown.view.page.numbers.text
    for key in (0, 1):
        QTest.mouseMove(shown.picture, QPoint(round(shown.x(key)), shown.picture.height() // 2))
    assert shown.picture.key == 1
    said = shown.view.page.numbers.text
    assert said != before
    assert ("b" if view in ("self", "over") else "y") in said


@pytest.mark.sweep(2)
@pytest.mark.parametrize("view", MECHANISMS)
def test_what_is_exported_is_what_is_seen(views, view):
    shown = Shown(views[view])
    seen = shown.view.page.grab().toImage()
    image = QImage(seen.size(), QImage.Format.Format_RGB32)
    image.fill(seen.pixel(0, 0))
    painter = QPainter(image)
    shown.view.draw(painter, 1.0)
    painter.end()
    lines = [y for y in range(image.height()) if len({image.pixel(x, y) for x in range(0, image.width(), 7)}) > 1]
    assert len(lines) > image.height() // 4
    assert shown.view.caption(shown.view.shown)[0] == "abcd / xyz"


def test_another_score_function_is_chosen_and_shows_its_own_formula(views):
    shown = Shown(views["scores"])
    visible = [formula for formula, view in shown.view.page.formulas.items() if not view.isHidden()]
    assert any(r"\sqrt" in formula for formula in visible)
    box = shown.view.own.fields["score"]
    box.choose("additive")
    box.activated.emit(box.currentIndex())
    assert shown.options.mechanism.score == "additive"
    visible = [formula for formula, view in shown.view.page.formulas.items() if not view.isHidden()]
    assert any(r"\tanh" in formula for formula in visible)
    assert "not learned" in shown.view.caption(shown.view.shown)[1]


def test_the_window_is_dragged_by_its_middle_and_by_its_edge(views):
    shown = Shown(views["local"], mechanism=MechanismOptions(centre=1.0, width=0.5))
    band = shown.picture.band()
    assert band.center().x() == pytest.approx(shown.x(1.0), abs=1)
    assert band.width() == pytest.approx(shown.picture.axis.cell, abs=2)
    middle = QPointF(shown.x(1.0), band.center().y())
    shown.drag(middle, QPointF(shown.x(2.0), middle.y()))
    assert shown.options.mechanism.centre == pytest.approx(2.0, abs=0.02)
    edge = QPointF(shown.picture.band().left(), middle.y())
    shown.drag(edge, QPointF(shown.x(0.5), middle.y()))
    assert shown.options.mechanism.width == pytest.approx(1.5, abs=0.02)
    shown.drag(QPointF(shown.x(2.0), middle.y()), QPointF(5000.0, middle.y()))
    assert shown.options.mechanism.centre == 2.0, "p stays among the three keys"


def test_the_gaussian_is_shown_for_local_p_alone(views):
    shown = Shown(views["local"], mechanism=MechanismOptions(kind="p"))
    assert np.array_equal(shown.lane(Bars, "Gaussian").values, shown.view.shown[shown.view.slot].bell)
    shown.view.move(kind="m")
    assert "Gaussian" not in [lane.title for lane in shown.picture.scene.lanes]


def test_keys_are_drawn_one_by_one_and_by_the_thousand_up_to_a_limit(views):
    shown = Shown(views["hard"])
    one, thousand, again = (
        button for button in shown.view.own.findChildren(type(shown.view.own.add_button("", lambda: None)))
        if button.text()
    )  # fmt: skip
    one.click()
    one.click()
    assert shown.options.mechanism.draws == 2
    assert shown.lane(Bars, "Hard: share f").marked == 0
    for _time in range(6):
        thousand.click()
    assert shown.options.mechanism.draws == MOST_DRAWS
    again.click()
    assert (shown.options.mechanism.draws, shown.options.mechanism.seed) == (0, 1)


def test_the_penalty_slider_moves_the_rows(views):
    shown = Shown(views["multi_dimensional"])
    assert np.array_equal(shown.lane(Grid, "λ = 0").weights, shown.lane(Grid, "Rows A").weights)
    shown.view.own.fields["strength"].slider.setValue(40)
    assert shown.options.mechanism.strength == pytest.approx(4.0)
    assert not np.array_equal(shown.lane(Grid, "λ = 0").weights, shown.lane(Grid, "Rows A").weights)


def test_attention_over_attention_says_that_a_question_is_missing(views):
    view, alone = views["over"], ViewOptions(text="abcd")
    assert view.wants(alone, AttentionState()) == ()
    assert "type the question" in view.what_is_missing(alone)


def test_a_mask_hides_what_comes_later(views):
    shown = Shown(views["self"], mechanism=MechanismOptions(query=1))
    assert tuple(shown.lane(Grid).hidden) == ()
    shown.view.own.fields["causal"].click()
    assert tuple(shown.lane(Grid).hidden) == (2, 3)


def test_a_vector_has_as_many_cells_as_can_be_seen():
    assert coarse(np.arange(8, dtype=np.float32), 4).tolist() == [0.5, 2.5, 4.5, 6.5]
    assert coarse(np.arange(3, dtype=np.float32), 4).tolist() == [0, 1, 2]


@pytest.fixture
def writings(monkeypatch):
    """Where each text was drawn last, in order."""
    kept = []
    write = Canvas.write

    def keep(canvas, room, words, *rest, **more):
        kept.append((QRectF(room), words))
        write(canvas, room, words, *rest, **more)

    monkeypatch.setattr(Canvas, "write", keep)
    return kept


def numbers_in(writings, room):
    """The places of numbers within a lane's room, from the left."""
    inside = [place for place, words in writings if room.contains(place.center()) and "." in words]
    return sorted(inside, key=QRectF.left)


def test_words_over_the_keys_keep_their_letters_where_the_drawing_is_low(views):
    shown = Shown(views["scores"])
    picture = shown.picture
    keys = tuple(replace(key, text="withdrawal", piece="withdrawal") for key in picture.scene.keys)
    picture.resize(360, 230)
    picture.show_scene(replace(picture.scene, keys=keys))
    lanes = zip(picture.scene.lanes, picture.rooms, strict=True)
    room = next(room for lane, room in lanes if isinstance(lane, Words))
    widest = picture._labels.widest(picture.look.scale.font("caption"))
    assert room.height() > 0.7 * widest, "slanted words are as high as this"
    assert picture.rooms[-1].bottom() <= picture.height() + 1


def test_a_number_stands_above_the_rim_that_its_bar_is_to_fill(views, writings):
    shown = Shown(views["hard"])
    writings.clear()
    shown.picture.grab()
    lanes = {lane.title: room for lane, room in zip(shown.picture.scene.lanes, shown.picture.rooms, strict=True)}
    soft, hard = lanes["Soft: weight α"], lanes["Hard: share f"]
    assert soft.height() == hard.height()
    above = [[place.bottom() - room.top() for place in numbers_in(writings, room)] for room in (soft, hard)]
    assert above[0]
    assert above[1] == pytest.approx(above[0], abs=1), "nothing is drawn yet: the rims are as high as the bars above"


@pytest.mark.parametrize("kind", ["p", "m"])
def test_no_line_of_the_window_crosses_a_number(views, writings, kind):
    shown = Shown(views["local"], mechanism=MechanismOptions(kind=kind, centre=1.0, width=1.0))
    writings.clear()
    image = shown.picture.grab().toImage()
    band, marker = shown.picture.band(), shown.picture.look.theme.theme.colours.marker
    lanes = shown.picture.rooms[4:-1]
    crossed = [
        place
        for room in lanes
        for place in numbers_in(writings, room)
        if any(place.left() < x < place.right() for x in (band.left(), band.center().x(), band.right()))
    ]
    assert len(crossed) >= 2 * len(lanes)
    for place in crossed:
        rows = range(round(place.top() + 0.2 * place.height()), round(place.bottom() - 0.2 * place.height()))
        columns = [x for x in (band.left(), band.center().x(), band.right()) if place.left() < x < place.right()]
        assert marker not in {image.pixelColor(round(x), y).name() for x in columns for y in rows}


def test_dots_stand_for_words_of_the_query_that_have_no_room(views, writings):
    shown = Shown(views["scores"])
    shown.picture.resize(shown.picture.width(), shown.picture.height())
    assert "…" not in [words for _place, words in writings]
    writings.clear()
    question = shown.lane(Question)
    shown.view.page.resize(220, 700)
    shown.picture.grab()
    assert len(question.places) < len(question.tokens)
    assert "…" in [words for _place, words in writings]
