"""A lecture is made in a list: named, moved, removed, and every change undone."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt

from app.lecture.making.document import LectureDocument
from app.lecture.making.scene_list import SceneList
from app.lecture.making.scene_model import SceneModel
from core.lecture.lecture import LONGEST_CAPTION, Lecture, Scene


@pytest.fixture
def owner(qapp):
    return QObject()


@pytest.fixture
def document(owner):
    pages = ("policy_gradient.live", "attention.map", "synonyms.card")
    scenes = tuple(Scene(page, caption=name) for page, name in zip(pages, "abc", strict=True))
    return LectureDocument(Lecture("Three", "en", scenes), None, owner)


@pytest.fixture
def scenes(look, qtbot, document):
    made = SceneList(look)
    qtbot.addWidget(made)
    made.show()
    made.show_document(document)
    return made


def captions(document):
    return "".join(scene.caption for scene in document.scenes)


def drag(model, number, before):
    data = model.mimeData([model.index(number, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, QModelIndex())


def test_the_list_is_a_model_as_qt_wants_it(document, qtmodeltester):
    qtmodeltester.check(SceneModel(document))


def test_a_scene_is_renamed_in_place(scenes, document):
    scenes.model.setData(scenes.model.index(1, 0), "  Another\n caption ")
    assert document.scenes[1].caption == "Another caption"
    scenes.model.setData(scenes.model.index(1, 0), "x" * 1000)
    assert len(document.scenes[1].caption) == LONGEST_CAPTION
    assert scenes.current == 1


@pytest.mark.parametrize(
    ("number", "before", "order"),
    [(0, 3, "bca"), (0, 2, "bac"), (2, 0, "cab"), (1, 1, "abc"), (1, 2, "abc"), (0, -1, "bca")],
)
def test_a_scene_is_dragged(scenes, document, number, before, order):
    drag(scenes.model, number, before)
    assert captions(document) == order
    if order != "abc":
        assert document.scenes[scenes.current].caption == "abc"[number]
        document.undo_stack.undo()
    assert captions(document) == "abc"


def test_what_another_program_drags_is_no_scene(scenes, document):
    data = QMimeData()
    data.setText("0")
    assert not scenes.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, QModelIndex())
    assert captions(document) == "abc"


def test_every_change_is_undone_and_done_again(scenes, document, qtbot):
    before = document.lecture
    scenes.choose(1)
    scenes.buttons["remove"].click()
    assert captions(document) == "ac"
    scenes.notes.setPlainText("Say why.\nThen go on.")
    scenes.notes.clearFocus()
    scenes._keep_notes()
    assert document.scenes[1].notes == "Say why.\nThen go on."
    document.insert(0, Scene("attention.heads", caption="d"))
    assert captions(document) == "dac"
    assert not document.is_saved
    after = document.lecture
    scenes.view.setFocus()
    for _change in range(3):
        qtbot.keyClick(scenes.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.lecture == before
    assert document.is_saved
    assert not scenes.buttons["undo"].isEnabled()
    for _change in range(3):
        scenes.buttons["redo"].click()
    assert document.lecture == after


def test_a_scene_runs_what_its_page_can(scenes, document):
    scenes.choose(0)
    names = [scenes.runs.box.itemText(n) for n in range(scenes.runs.box.count())]
    assert names == ["Runs nothing", "Let the run play on", "Train until an episode"]
    scenes.runs.box.setCurrentIndex(2)
    scenes.runs.box.activated.emit(2)
    assert document.scenes[0].run == {"do": "train_until", "episode": 150}
    scenes.choose(2)
    assert scenes.runs.isHidden()  # nothing is run on what is kept
