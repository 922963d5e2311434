"""What others have said of a pair leads nobody: it is seen only while disputes are settled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from app.synonyms.card.page import CardPage
from app.synonyms.methods.page import MethodsPage
from app.synonyms.table.page import TablePage
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.store import Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE, ids_of
from tests.app.synonyms.methods.retrained import retrained

NOTES = ("Annas Notiz", "bens note")


@pytest.fixture
def team(small):
    """Two annotators who have answered every pair, differ on three, and wrote and flagged."""
    with Store(small) as store:
        store.sharing = Sharing(overlap=1.0)
        for n, pair in enumerate(ids_of(small)):
            store.decide(pair, Verdict.SYNONYM if n % 2 else Verdict.NOT, "anna", note=NOTES[0], flagged=n == 1)
            store.decide(pair, Verdict.SYNONYM if n % 2 or n < 3 else Verdict.NOT, "ben", note=NOTES[1])
    return small


@pytest.fixture
def carla(session, team, qtbot):
    """The session of a third one, who has answered nothing."""
    arrange(session, qtbot)
    return session


def arrange(session, qtbot, only=Only.OPEN):
    session.arrange(QueueConfig("", "carla", only=only))
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)


@pytest.fixture
def card(qtbot, carla, workspace):
    return shown(qtbot, CardPage(workspace))


@pytest.fixture
def table(qtbot, carla, workspace):
    page = shown(qtbot, TablePage(workspace))
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    return page


def shown(qtbot, page):
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
        part.show()
    page.entered()
    return page


def said(page):
    """Everything that the visible parts of a page say, in texts, tips and to a screen reader."""
    parts = [part for root in (page, page.sidebar, page.status_bar) for part in (root, *root.findChildren(QWidget))]
    told = []
    for part in parts:
        if part.isHidden():
            continue
        told += [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
        told += [part.text()] if callable(getattr(part, "text", None)) else []
        told += [part.itemText(n) for n in range(part.count())] if isinstance(part, QComboBox) else []
    return "\n".join(told)


def cells(model):
    """Everything that the rows of a table say, in any role, but for words and ranks."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole)
    telling = [model.columns.index(column) for column in ("verdict", "flagged", "changed")]
    found = [model.index(row, column).data(role) for row in range(12) for column in telling for role in roles]
    return [each for each in found if each]


def test_the_card_tells_nothing_of_others(card, carla, qtbot):
    for _pair in range(3):
        assert carla.state.card.row.verdict is None
        assert not carla.state.card.row.disputed
        assert carla.state.annotator_answers == ()
        assert card.pair.annotator_answers == ()
        assert card.model_probability.words == "Model not trained yet"
        assert not any(note in said(card) for note in NOTES)
        assert "flagged" not in card.status.text()
        carla.decisions.decide(Verdict.NOT)


def test_a_pair_answered_before_tells_no_more(card, carla):
    """It can be changed with one key, and it is the changed answer that agreement would compare."""
    pair = carla.state.card.row.id
    carla.decisions.decide(Verdict.NOT)
    carla.current_card.reopen(pair)
    assert [each.annotator for each in carla.state.annotator_answers] == ["carla"]
    assert card.pair.annotator_answers == ()
    assert not any(note in said(card) for note in NOTES)


def test_nobody_looks_at_disputes_without_settling_them(card):
    choices = [card.sidebar.only.itemText(n) for n in range(card.sidebar.only.count())]
    assert len(choices) == 5
    assert sum("isput" in choice for choice in choices) == 1


def test_the_table_tells_of_oneself_alone(table, carla, qtbot):
    assert cells(table.model) == []
    assert "judges" not in table.model.columns
    for part in (table.sidebar.disputed, table.sidebar.annotator, table.sidebar.ranges["judges"]):
        assert part.isHidden()
    assert not any(name in said(table) for name in ("ben", *NOTES))
    pair = table.model.pair_at(0)
    carla.decisions.decide_all([pair], Verdict.NOT)
    assert [text for text in cells(table.model) if text == "Not"]
    table.sidebar.verdicts[Verdict.NOT].click()
    qtbot.waitUntil(lambda: table.model.ids.tolist() == [pair], timeout=PATIENCE)


def test_no_choice_that_was_kept_finds_pairs_by_what_others_said(table, qtbot):
    """A scene may bring back a choice that stands in a hidden field."""
    everything = table.model.ids.tolist()
    sidebar = table.sidebar
    sidebar.disputed.setCurrentIndex(1)
    sidebar.annotator.setCurrentIndex(1)
    sidebar.ranges["judges"].least.setText("2")
    table.restore_state(table.save_state())
    qtbot.wait(50)
    assert table.model.ids.tolist() == everything
    sidebar.flagged.setCurrentIndex(1)
    table.order.want(where=sidebar.filter())
    qtbot.waitUntil(lambda: table.model.rowCount() == 0, timeout=PATIENCE)


def test_who_settles_sees_both_sides_and_what_is_entered_settles(table, carla, team, qtbot):
    table.left()
    arrange(carla, qtbot, Only.DISPUTED)
    assert table.model.rowCount() == 0, "what was asked for the one before is not shown"
    table.entered()
    qtbot.waitUntil(lambda: table.model.rowCount() == 12, timeout=PATIENCE)
    assert "judges" in table.model.columns
    assert not table.sidebar.disputed.isHidden()
    assert {each.annotator for each in carla.state.annotator_answers} == {"anna", "ben"}
    pair = carla.state.card.row.id
    carla.decisions.decide_all([pair], Verdict.SYNONYM)
    with Store(team) as store:
        assert [each.adjudicates for each in store.judgements(pair) if each.annotator == "carla"] == [True]
    table.left()
    arrange(carla, qtbot)
    assert table.model.rowCount() == 0
    table.entered()
    qtbot.waitUntil(lambda: table.model.rowCount() == 12, timeout=PATIENCE)
    assert cells(table.model) == []
    assert pair not in [card.row.id for card in carla.queue.upcoming]


def test_methods_learn_from_others_only_while_disputes_are_settled(carla, workspace, qtbot):
    page = shown(qtbot, MethodsPage(workspace))

    def refused(*, enter=False):
        with qtbot.waitSignal(page.message, timeout=PATIENCE) as told:
            page.retraining.start(["classifier"], seed=0, enter=enter)
        return str(told.args[1])

    assert "carla has judged nothing" in refused()
    arrange(carla, qtbot, Only.DISPUTED)
    assert "Too few labels" in refused()
    assert "would tell those who judge here" in refused(enter=True)
    page.retraining.results["classifier"] = retrained()
    page.retraining.changed.emit()
    assert not page.labels.table.view.isHidden()
    arrange(carla, qtbot)
    assert page.retraining.results == {}
