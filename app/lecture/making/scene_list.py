"""The panel that lists the scenes of the lecture, where one is made: add, take again, rename, write notes, drag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QPlainTextEdit, QToolButton, QVBoxLayout

from app.icons import IconName, icon
from app.lecture.making.document import LectureDocument
from app.lecture.making.run_choice import RunChoice
from app.lecture.making.scene_model import SceneModel
from app.overrides import called_by_qt
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.lecture.lecture import LONGEST_NOTES

_WIDTH = 16.0
"""In lines of text."""


class SceneList(Panel):
    """Shows a lecture's scenes; whoever owns it does what its buttons ask for.

    Signals:
        add_wanted: what stands in the window is to be a scene, after the one that is chosen.
        take_wanted: what stands in the window is to take the place of the chosen scene's page.
        shown_wanted: the number of a scene that is to be put up.
        closed: its button was pressed.
    """

    add_wanted = Signal()
    take_wanted = Signal()
    shown_wanted = Signal(int)
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._document: LectureDocument | None = None
        self.model = SceneModel()
        self.view = _Scenes(self._undo, self._redo, self._remove)
        self.view.setModel(self.model)
        self.notes = _Notes(self._keep_notes)
        self.runs = RunChoice(look)
        self._title, self._notes_title = PlainLabel(), PlainLabel()
        self.buttons = {
            "add": self._button("plus", N_("Add this as a scene"), self.add_wanted.emit),
            "take": self._button("camera", N_("Take this page for the chosen scene"), self.take_wanted.emit),
            "remove": self._button("trash", N_("Remove the chosen scene"), self._remove),
            "undo": self._button("undo", N_("Undo"), self._undo),
            "redo": self._button("redo", N_("Redo"), self._redo),
        }
        self._close = self._button("close", N_("Close"), self.closed.emit)
        self._lay_out()
        self.view.activated.connect(lambda index: self.shown_wanted.emit(index.row()))
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.runs.chosen.connect(self._on_run)
        self._restyle(look.theme.theme)
        self._retranslate()
        self._show_scene()
        self.hide()

    def _lay_out(self) -> None:
        set_style(self._title, kind="title")
        set_style(self._notes_title, kind="muted")
        self.view.setObjectName("lecture_scenes")
        self.notes.setObjectName("lecture_notes")
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 1)
        self._head.addWidget(self._close)
        self._row = QHBoxLayout()
        for name, button in self.buttons.items():
            if name == "undo":
                self._row.addStretch(1)
            self._row.addWidget(button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self._row)
        self._column.addWidget(self.view, 3)
        self._column.addWidget(self.runs)
        self._column.addWidget(self._notes_title)
        self._column.addWidget(self.notes, 1)

    def _button(self, drawing: IconName, words: str, slot: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(drawing))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: slot())
        self.bind_text(button.setToolTip, words)
        self.bind_text(button.setAccessibleName, words)
        return button

    @property
    def current(self) -> int:
        """Number of the chosen scene; -1 for none."""
        return self.view.currentIndex().row()

    def show_document(self, document: LectureDocument | None) -> None:
        """Show a lecture, or none."""
        self._document = document
        self.model.show(document)
        if document is not None:
            document.chosen.connect(self.choose)
            document.undo_stack.indexChanged.connect(self._offer)
            document.undo_stack.cleanChanged.connect(self._retranslate)
            document.renamed.connect(self._retranslate)
        self.choose(0)
        self._retranslate()

    @Slot(int)
    def choose(self, number: int) -> None:
        """Choose a scene."""
        index = self.model.index(number, 0)
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        self._show_scene()

    @Slot()
    def _offer(self) -> None:
        stack = None if self._document is None else self._document.undo_stack
        self.buttons["undo"].setEnabled(stack is not None and stack.canUndo())
        self.buttons["redo"].setEnabled(stack is not None and stack.canRedo())
        for name in ("take", "remove"):
            self.buttons[name].setEnabled(self.current >= 0)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show_scene()

    def _show_scene(self) -> None:
        """Show notes and run of the chosen scene."""
        scenes = () if self._document is None else self._document.scenes
        scene = scenes[self.current] if 0 <= self.current < len(scenes) else None
        self.notes.setEnabled(scene is not None)
        if scene is None or self.notes.toPlainText() != scene.notes:
            self.notes.setPlainText("" if scene is None else scene.notes)
        self.runs.show_scene(scene)
        self._offer()

    def _keep_notes(self) -> None:
        """Enter what was written; one change, however much was typed."""
        if self._document is not None and 0 <= self.current < len(self._document.scenes):
            scene = self._document.scenes[self.current]
            self._document.change(self.current, replace(scene, notes=self.notes.toPlainText()[:LONGEST_NOTES]))

    @Slot(object)
    def _on_run(self, run: dict[str, object] | None) -> None:
        if self._document is not None and 0 <= self.current < len(self._document.scenes):
            self._document.change(self.current, replace(self._document.scenes[self.current], run=run))

    def _undo(self) -> None:
        if self._document is not None:
            self._document.undo_stack.undo()

    def _redo(self) -> None:
        if self._document is not None:
            self._document.undo_stack.redo()

    def _remove(self) -> None:
        if self._document is not None and 0 <= self.current < len(self._document.scenes):
            self._document.remove(self.current)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.5), em(0.5), em(0.5), em(0.5))
        self._column.setSpacing(em(0.375))
        self.setMinimumWidth(em(_WIDTH))
        for button in (*self.buttons.values(), self._close):
            button.setIconSize(self.look.scale.icon_size(1.0))

    @Slot()
    def _retranslate(self) -> None:
        lecture = None if self._document is None else self._document.lecture
        name = _("Scenes") if lecture is None else lecture.title or _("New lecture")
        is_changed = self._document is not None and not self._document.is_saved
        self._title.setText(f"{name} •" if is_changed else name)
        self._notes_title.setText(_("Notes for the speaker"))
        self.notes.setAccessibleName(_("Notes for the speaker"))
        self.view.setAccessibleName(_("Scenes of the lecture"))


@called_by_qt
class _Scenes(QListView):
    """The list, which has undo, redo and Delete for itself."""

    def __init__(self, undo: Callable[[], None], redo: Callable[[], None], remove: Callable[[], None]) -> None:
        super().__init__()
        standard = QKeySequence.StandardKey
        self._verbs = ((standard.Undo, undo), (standard.Redo, redo), (standard.Delete, remove))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.SelectedClicked
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def event(self, event: QEvent) -> bool:
        """Have undo before the table of actions."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._verb(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, do again, remove."""
        verb = self._verb(event)
        if verb is not None:
            verb()
        else:
            super().keyPressEvent(event)

    def _verb(self, event: QKeyEvent) -> Callable[[], None] | None:
        return next((verb for key, verb in self._verbs if event.matches(key)), None)


@called_by_qt
class _Notes(QPlainTextEdit):
    """What the speaker wants to be reminded of; entered when the field is left."""

    def __init__(self, keep: Callable[[], None]) -> None:
        super().__init__()
        self._keep = keep
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, content: QMimeData) -> bool:
        """Leave files to the window, which opens them."""
        return not content.hasUrls() and super().canInsertFromMimeData(content)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Enter what was written."""
        super().focusOutEvent(event)
        self._keep()
