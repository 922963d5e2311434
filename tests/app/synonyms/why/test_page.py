"""Why this pair, as a person does: come from another page, drag from before to after, read sentences and bars."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtTest import QTest

from app.motion.glide import Motion
from app.synonyms.ask.page import AskPage
from app.synonyms.card.page import CardPage
from app.synonyms.why.map_places import MapPlaces, name_places
from app.synonyms.why.neighbour_map import STEP
from app.synonyms.why.page import WhyPage
from core.synonyms.asking import ask as asking
from core.synonyms.asking.ask import Oracle
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.relations import Relations
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.space import Space
from core.synonyms.pairs import word_pair
from core.synonyms.vectors import load_vectors
from core.synonyms.why.reasons import NeighbourMap
from tests.app.synonyms.why import samples

PATIENCE = 60_000


@pytest.fixture
def oracle(material, monkeypatch):
    """What has been read of the small material; Attract-Repel has moved 医师 onto 医生."""
    vectors = load_vectors(material.vectors)
    cilin = Cilin({"Aa01A01=": ("医生", "医师"), "Aa01B01#": ("医生", "护士")})
    made = Oracle(vectors, material.vectors, Candidates(vectors), Relations((cilin,)), 0)
    made.scorers["attract_repel"] = Space(vectors, {"医师": vectors.vector("医生")})
    pairs = [("医生", "医师", True), ("美丽", "漂亮", True), ("医师", "电脑", False), ("护士", "漂亮", False)]
    made.learn_from(LabelledPairs.of((word_pair(a, b), yes, "") for a, b, yes in pairs))
    monkeypatch.setattr(asking, "_oracles", {(material.vectors, (), 0): made})
    return made


@pytest.fixture
def why(qtbot, workspace, oracle):
    page = WhyPage(workspace)
    for widget in (page.sidebar, page.status_bar, page):
        qtbot.addWidget(widget)
    page.resize(900, 600)
    page.show()
    return page


def test_a_pair_is_asked_from_a_row_and_its_map_moves_from_before_to_after(why, qtbot, workspace, monkeypatch):
    with qtbot.waitSignal(why.page_wanted) as wanted:
        workspace.wishes.pair.emit("医师", "医生", "attract_repel")
    assert wanted.args[0] == "synonyms.why"
    qtbot.waitUntil(lambda: isinstance(why.asked.reason, NeighbourMap), timeout=PATIENCE)
    assert [label.text() for label in why.names] == ["医师", "医生"]
    assert why.score.value.text().endswith("→ 1.00")
    assert "医生: in pairs that were learnt" in why.facts.text()
    shown = why.map.map
    start = shown.places.place(0)
    why.map.slider.setValue(1000)  # by hand
    assert shown.position == 1
    assert shown.places.place(0) != start
    assert shown.places.place(0) == shown.places.place(1)
    assert "stays" in why.map.note.text(), "only one of the two has moved"
    why.turn(-1)
    assert shown.position == 0, "nothing moves where nobody wants it to"
    monkeypatch.setattr(Motion, "moves", True)
    shown.move_to(0.5)
    why.turn(-1)  # a clicker plays it back
    assert shown.is_playing
    qtbot.waitUntil(lambda: shown.position == 0, timeout=30 * STEP)
    assert not shown.is_playing
    assert why.map.slider.value() == 0
    with qtbot.waitSignal(workspace.wishes.word) as asked:
        QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.places.place(1).toPoint())
    assert asked.args == [why.asked.words[1]]


def test_a_method_that_has_not_learnt_says_so_and_learns_at_a_click(why, qtbot):
    why.sidebar.choose("classifier")
    why.ask("医生", "医师")
    qtbot.waitUntil(lambda: why.asked.not_learnt is not None, timeout=PATIENCE)
    assert "is not trained yet" in why.empty.reason.text()
    why.empty.button.click()
    qtbot.waitUntil(lambda: why.asked.reason is not None, timeout=PATIENCE)
    names = [row.name for row in why.bars.bars.rows]
    assert (names[0], names[-1]) == ("Usual pairs", "Log-odds of synonyms")
    assert set(names[1:-1]) == {"Difference |u − v|", "Product u ∘ v"}
    assert sum(row.share for row in why.bars.bars.rows[:-1]) == pytest.approx(why.bars.bars.rows[-1].share, abs=1e-3)
    assert "Logistic regression" in why.status_bar.scores.text()


def test_a_word_without_a_vector_is_one_sentence_and_a_button(why, qtbot):
    why.ask("医生们", "护士")
    qtbot.waitUntil(lambda: "has no vector" in why.empty.reason.text(), timeout=PATIENCE)
    why.empty.button.click()
    assert set(why.asked.words) == {"医生", "护士"}


def test_sentences_patterns_and_features_are_shown_each_in_its_manner(why):
    samples.show(why, samples.SENTENCES)
    rows = [row for row in why.sentences.rows if row.isVisible()]
    assert [row.cell.weight for row in rows] == [0.62, 0.3, 0.08]
    text = rows[1].text
    marks = {text.text[mark.start : mark.end]: mark.kind for mark in text._marks}
    assert marks == {"医生": "one", "大夫": "two"}
    samples.show(why, samples.PATTERNS)
    bars = why.bars.bars.rows
    assert [row.name for row in bars[1:-1]] == ["X 也 叫 Y", "X 和 Y"]
    assert bars[1].note.split() == ["×1", "=34", "≠3"]
    assert why.score.value.text() == "41%"  # σ(−.38)
    samples.show(why, samples.NETWORK)
    assert [row.name for row in why.bars.bars.rows][2] == "Product u ∘ v"


def test_names_never_lie_on_each_other_and_the_scale_is_one():
    places = MapPlaces(samples.MAP.words, QRectF(50, 50, 400, 300), 0.0)
    after = MapPlaces(samples.MAP.words, QRectF(50, 50, 400, 300), 1.0)
    still = next(n for n, word in enumerate(samples.MAP.words) if not word.is_moved)
    assert places.place(still) == after.place(still)
    one, other = places.place(0) - places.place(1), after.place(0) - after.place(1)
    assert one.manhattanLength() > other.manhattanLength()
    dots = [QPointF(100, 100), QPointF(100, 104), QPointF(104, 100), QPointF(300, 200)]
    rooms = name_places(dots, [QSizeF(40, 16)] * 4, 8, QRectF(0, 0, 400, 300))
    found = [room for room in rooms if room is not None]
    assert rooms[0] is not None
    assert rooms[3] is not None
    assert not any(a.intersects(b) for n, a in enumerate(found) for b in found[:n])
    crowded = name_places([QPointF(20, 20)], [QSizeF(100, 16)], 8, QRectF(0, 0, 60, 40))
    assert crowded == [None]


def test_the_card_and_a_neighbour_lead_here(qtbot, workspace, oracle):
    card, ask = CardPage(workspace), AskPage(workspace)
    for page in (card, ask):
        for widget in (page.sidebar, page.status_bar, page):
            qtbot.addWidget(widget)
        page.resize(900, 600)
        page.show()
    row = workspace.session.state.card.row
    with qtbot.waitSignal(workspace.wishes.pair) as asked:
        card.evidence.why.click()
    assert asked.args == [row.word1, row.word2, ""]
    for name, box in ask.sidebar.methods.items():
        box.setChecked(name == "cosine")
    ask.entered()
    qtbot.waitUntil(lambda: "cosine" in ask.asking.answers, timeout=PATIENCE)
    near = ask.columns.columns[0].rows[1].near.word
    with qtbot.waitSignal(workspace.wishes.pair) as asked:
        place = ask.columns.places.why(0, 1).center().toPoint()
        QTest.mouseClick(ask.columns, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args == ["医生", near, "cosine"]
    assert np.isclose(ask.columns.places.why(0, 1).width(), workspace.look.scale.em(1))
