"""What the whole tab shows for what a worker answers; the worker is the test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLayout, QToolButton, QWidget

from app.actions import Actions
from app.attention.learning.learner import Phase
from app.attention.learning.view import LearningView
from app.attention.selection import Cell
from app.attention.state import Status
from app.attention.tab import AttentionTab
from app.attention.views.map import MapView
from core.attention.learned.translation.grammar.drawn import drawn_sentence
from core.attention.requests import HeadsRequest
from core.attention.results import Alignment, Comparison
from tests.app.attention.conftest import E5, end, heads_grid_of, map_of
from tests.app.attention.mechanisms.learned.answers import answer_of_learned


@pytest.fixture
def tab(look, background, qtbot):
    made = AttentionTab(look, background)
    made.resize(1400, 900)
    made.said = {}
    made.presenter.note_changed.connect(lambda note: made.said.update(note=note))
    made.presenter.position_changed.connect(lambda words, _brief: made.said.update(position=words))
    made.session.want(text="abc", layer=0)
    made.opened()
    made.show()
    qtbot.waitExposed(made)
    yield made
    end(made, qtbot)


@pytest.fixture
def shown(tab, background, qtbot):
    """The tab with a map and all heads."""
    background.last.answer(replace(map_of("abc", card=E5), note="read in parts"))
    qtbot.waitUntil(lambda: isinstance(background.last.request, HeadsRequest))
    background.last.answer(heads_grid_of(2, 3, 3))
    return tab


class Moves(QObject):
    """Notes what is shown or hidden below a widget."""

    def __init__(self, root):
        super().__init__(root)
        self.seen = []
        for widget in (root, *root.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() in {QEvent.Type.ShowToParent, QEvent.Type.HideToParent}:
            self.seen.append((type(watched).__name__, watched.objectName(), event.type().name))
        return False


@pytest.mark.parametrize("view", ["map", "seq2seq"])
def test_a_key_typed_shows_and_hides_none_of_the_settings(shown, view):
    shown.session.want(view=view)
    moves = Moves(shown.sidebar)
    for text in ("abcd", "abcde"):
        shown.session.want(text=text)
    assert moves.seen == []


def refuse(tab, background, kind, text="too long a text"):
    tab.session.want(text=text)
    background.last.fail(kind, "It can't be read.")
    assert tab.session.state.status is Status.REFUSED


def retry_of(tab):
    return tab.stage.empty_state.button


def test_beside_a_refusal_nothing_is_left_of_another_text(shown, background):
    assert shown.evidence.isVisible()
    refuse(shown, background, "TextError")
    assert not shown.evidence.isVisible()
    assert shown.stage.bar is None
    assert not shown.view(MapView).footer.isVisible()
    assert shown.said["position"] == ""
    assert "%" not in shown.sidebar._effect.text()
    assert shown.said["note"] == ""


@pytest.mark.parametrize(
    ("kind", "hopeful"), [("TextError", False), ("NotAvailableError", False), ("ModelError", True)]
)
def test_trying_again_is_offered_only_where_it_may_help(shown, background, kind, hopeful):
    refuse(shown, background, kind)
    assert retry_of(shown).isVisible() is hopeful


def test_each_page_says_its_own_reason_however_often_one_comes_back(shown, background):
    refuse(shown, background, "TextError")
    shown.session.want(view="seq2seq")
    background.last.fail("UntrainedError", "It has not been trained yet.")
    assert shown.session.state.trouble == "It has not been trained yet."
    shown.session.want(view="map")
    state = shown.session.state
    assert (state.status, state.trouble) == (Status.REFUSED, "It can't be read.")
    assert not state.is_untrained
    assert not retry_of(shown).isVisible(), "a long text stays long"
    shown.session.want(view="seq2seq")
    assert retry_of(shown).text() == "Train it live"


def test_a_page_with_a_model_of_its_own_offers_a_text_that_this_model_knows(shown, background):
    shown.session.want(view="seq2seq")
    background.last.fail("TextError", "This model knows 327 words; abc is not one.")
    assert retry_of(shown).text() == "Take a text that it knows"
    retry_of(shown).click()
    assert shown.session.options.text == "".join(drawn_sentence(0).zh)
    assert not shown.sidebar.model.isVisible(), "no other model reads it"
    back, head = (shown.transport.findChild(QToolButton, name) for name in ("at_layer_back", "at_head_back"))
    assert (back.accessibleName(), head.isVisible()) == ("Previous step", False)
    background.last.fail("ModelError", "It has not been trained yet.")
    assert retry_of(shown).text() == "Try again"
    shown.session.want(view="memory", text="abc", paired=False)
    assert retry_of(shown).text() == "Take a text that it knows", "a question is missing"
    retry_of(shown).click()
    assert shown.session.options.has_second
    shown.session.want(view="map")
    assert shown.sidebar.model.isVisible()
    assert (back.accessibleName(), head.isVisible()) == ("Previous layer", True)


def test_a_page_whose_model_nobody_has_trained_leads_to_train_live_with_that_model(
    shown, background, monkeypatch, tmp_path
):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", tmp_path / "one")
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path / "two")
    (tmp_path / "two" / "seq2seq-none-seed3.safetensors").touch()
    shown.session.want(view="seq2seq", mechanism=replace(shown.session.options.mechanism, translator="dot"))
    background.last.fail("UntrainedError", "seq2seq-dot has not been trained yet.")
    assert retry_of(shown).text() == "Train it live"
    retry_of(shown).click()
    assert (shown.session.options.view, shown.session.options.learning.model) == ("learning", "seq2seq-dot")


def test_where_nothing_typed_is_shown_there_is_no_field_and_where_nothing_moves_no_transport(shown):
    seen = {}
    for view in ("learning", "report", "map"):
        shown.session.want(view=view)
        seen[view] = (shown.text_bar.isVisible(), shown.transport.isVisible())
    assert seen == {"learning": (False, True), "report": (False, False), "map": (True, True)}


@pytest.fixture
def keyed(shown):
    """The tab with the table's actions."""
    actions = Actions(shown.window())
    actions.enter("attention")
    shown.connect_actions(actions)
    shown.opened()
    yield shown
    actions.deleteLater()


def test_where_there_is_nothing_to_walk_through_nothing_can_be_played_and_the_tip_says_why(keyed, background):
    play, step = keyed.transport.play, keyed.transport.findChild(QToolButton, "at_layer_next")
    assert (play.isEnabled(), step.isEnabled(), step.toolTip()) == (True, True, "Next layer (])")
    refuse(keyed, background, "TextError")
    assert (play.isEnabled(), step.isEnabled()) == (False, False)
    assert step.toolTip().endswith("\nThere is nothing to walk through yet.")
    seen = {}
    for hops in (3, 1):
        mechanism = replace(keyed.session.options.mechanism, hops=hops)
        keyed.session.want(view="memory", text="a。b。", second="c？", paired=True, mechanism=mechanism)
        background.last.answer(answer_of_learned(background.last.request))
        seen[hops] = (play.isEnabled(), step.isEnabled())
    assert seen == {3: (True, True), 1: (False, False)}
    assert play.toolTip().endswith("\nThere is only one step, and it is on the stage.")


def test_while_a_model_is_trained_the_transport_offers_to_hold_it(keyed):
    keyed.session.want(view="learning")
    transport, learner = keyed.transport, keyed.view(LearningView).learner
    assert (transport.play.text(), transport.play.isEnabled()) == ("Play", True)
    assert not any(button.isVisible() for button in transport.speed_buttons.values()), "it has one pace"
    seen = []
    for phase in (Phase.PREPARING, Phase.RUNNING, Phase.PAUSED, Phase.EXAMINING):
        learner.phase = phase
        learner.changed.emit()
        seen.append((transport.play.text(), transport.play.isEnabled()))
    assert seen == [("Play", False), ("Pause", True), ("Play", True), ("Play", False)]
    assert transport.play.toolTip().endswith("\ngoing through the test examples …")
    learner.phase = Phase.IDLE
    learner.changed.emit()
    keyed.session.want(view="map")
    assert all(button.isVisible() for button in transport.speed_buttons.values())


def test_a_reader_has_no_layers_to_walk_through(shown):
    seen = {}
    for reader in ("stories", "encoder"):
        mechanism = replace(shown.session.options.mechanism, reader=reader)
        shown.session.want(view="over", second="____", paired=True, mechanism=mechanism)
        seen[reader] = shown.transport.isVisible()
    assert seen == {"stories": False, "encoder": True}


def test_an_empty_stage_has_no_headings_over_nothing(shown):
    shown.session.want(text="")
    assert shown.stage.is_empty
    assert not shown.evidence.isVisible()
    assert shown.stage.bar is None


def test_a_look_at_the_three_steps_leaves_the_mean_alone(shown, background):
    assert shown.session.options.head is None
    shown.session.want(view="steps")
    assert shown.sidebar.head.index == 0
    shown.sidebar.head.slider.setValue(0)  # the mean's place: steps have none
    assert shown.sidebar.head.index == 0
    shown.session.want(view="map")
    assert shown.session.options.head is None
    assert shown.sidebar.head.index is None


def test_the_line_below_the_sentence_is_about_the_view_in_sight(shown, background):
    assert shown.said["note"] == "read in parts"
    shown.session.want(view="comparison")
    background.last.answer(Comparison(map_of("abc", card=E5), map_of("abc", card=E5), map_of("abc").weights * 0))
    assert shown.said["note"] == ""


def test_an_alignment_that_stands_is_not_being_read(shown, background):
    shown.session.want(view="alignment", second="xy", paired=True)
    both = map_of("abc"), map_of("xy")
    cosine = both[0].weights[:, :2]
    rows, columns = both[0].rows, tuple(unit.in_sentence(1) for unit in both[1].rows)
    background.last.answer(Alignment(E5, 1, rows, columns, cosine, cosine, ((0, 0),), cosine[:0, :0]))
    assert shown.session.state.status is Status.SHOWN
    assert shown.said["position"] == "Rows × columns: 3 × 2"


def test_a_pin_outlives_a_visit_to_every_other_view(shown, background):
    shown.selection.pin(Cell(row=2))
    shown.session.want(view="comparison")
    background.last.answer(Comparison(map_of("abc", card=E5), map_of("abc", card=E5), map_of("abc").weights * 0))
    assert shown.selection.pinned == Cell(row=2)
    shown.session.want(view="alignment")
    assert shown.session.state.status is Status.EMPTY
    shown.session.want(view="map")
    assert shown.selection.pinned == Cell(row=2)


def test_no_typed_text_is_taken_for_a_tag(tab):
    views = (tab.views["steps"].widget, tab.views["comparison"].widget, tab.views["alignment"].widget, tab.text_bar)
    labels = [label for view in views for label in view.findChildren(QLabel)]
    telling = {id(label) for label in labels if label.textFormat() == Qt.TextFormat.PlainText}
    assert {id(views[0]._detail), id(views[1]._numbers), id(views[2]._numbers)} <= telling


@pytest.mark.parametrize(("lines", "sidebar", "evidence"), [(70, True, True), (40, True, False), (20, False, False)])
def test_a_narrow_window_keeps_the_stage_and_folds_the_rest(shown, qtbot, lines, sidebar, evidence):
    shown.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the main window is as small as one likes
    shown.setMinimumSize(1, 1)
    shown.resize(shown.look.scale.em(lines), shown.look.scale.em(40))
    assert shown.sidebar.isVisible() is sidebar
    assert shown.evidence.isVisible() is evidence
    switch = shown.stage.switch
    qtbot.waitUntil(lambda: all(switch.rect().contains(one.geometry()) for one in switch.buttons.values()))
    assert all(one.width() >= one.sizeHint().width() for one in switch.buttons.values())


def test_choices_asked_for_in_a_narrow_window_come_and_a_presentation_takes_them_away(shown):
    shown.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    shown.setMinimumSize(1, 1)
    shown.resize(shown.look.scale.em(20), shown.look.scale.em(40))
    assert not shown.sidebar.isVisible()
    shown._on_sidebar(True)
    assert shown.sidebar.isVisible()
    shown.present(True)
    assert not shown.sidebar.isVisible()
    shown.present(False)
    assert not shown.sidebar.isVisible()
    shown.resize(shown.look.scale.em(70), shown.look.scale.em(40))
    assert shown.sidebar.isVisible()


def test_an_alignment_without_a_second_sentence_offers_to_type_it(shown, qtbot):
    shown.session.want(view="alignment")
    assert "two sentences" in shown.stage.empty_state.reason.text()
    shown.stage.empty_state.button.click()
    qtbot.waitUntil(shown.text_bar.second.hasFocus)
    assert shown.session.options.paired


def test_three_steps_are_refused_with_a_reason_where_a_model_gives_maps_only(tab, background):
    button = tab.stage.switch.buttons["steps"]
    background.last.answer(map_of("abc", card=replace(E5, only_maps=True)))
    assert not button.isEnabled()
    assert "steps and norms can't be" in button.toolTip()
    tab.session.want(text="abcd")
    background.last.answer(map_of("abcd", card=E5))
    assert button.isEnabled()


def test_the_map_takes_the_place_of_steps_that_a_model_has_not_and_says_why(tab, background):
    said, withdrawn = [], []
    tab.message.connect(lambda kind, text: said.append((kind, str(text))))
    tab.message_withdrawn.connect(lambda text: withdrawn.append(str(text)))
    tab.session.want(view="steps", model="own")
    background.last.answer(map_of("abc", card=replace(E5, name="own", only_maps=True), unit="piece"))
    assert tab.page.spec.id == "map"
    assert tab.stage.switch.buttons["map"].isChecked()
    assert [(kind, "steps and norms can't be" in text) for kind, text in said] == [("info", True)]
    background.last.answer(map_of("abc", card=replace(E5, name="own", only_maps=True)))
    assert (tab.session.state.status, tab.stage.is_empty) == (Status.SHOWN, False)
    assert withdrawn == []
    tab.session.want(model="e5")  # what was wanted comes back with a model that has it
    background.last.answer(map_of("abc", card=E5, unit="piece"))
    assert tab.page.spec.id == "steps"
    assert withdrawn == [text for _kind, text in said]


def test_a_key_typed_draws_the_page_once_until_it_is_answered(shown, monkeypatch):
    times = []
    page, show = shown.page, shown.page.show
    monkeypatch.setattr(page, "show", lambda given: times.append(given) or show(given))
    shown.session.want(text="abcd")
    assert [one.options.text for one in times] == ["abcd"]
    shown.session.want(scale="log")  # nothing to ask for: the same answer in another scale
    assert times[-1].options.scale == "log"


def test_settings_of_a_page_are_brought_up_to_date_when_it_comes_onto_the_stage(shown):
    shown.session.want(view="alignment")
    shown.session.want(states=1)
    shown.session.want(view="local")
    shown.session.want(states=2)
    shown.session.want(view="alignment")
    assert shown.page.own_controls.layers.index == 2
