"""Lectures in one window: which one is open, giving it, and making it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.dialogs import ask_for_file, ask_where_to_write
from app.file_names import file_name
from app.lecture.giving.caption_bar import CaptionBar
from app.lecture.giving.keyboard import Keyboard
from app.lecture.giving.player import Player
from app.lecture.giving.quiet import Quiet
from app.lecture.giving.scene_stage import SceneStage
from app.lecture.giving.set_aside import SetAside
from app.lecture.giving.speaker_window import SpeakerWindow
from app.lecture.host import Host
from app.lecture.lecture_document import OpenLecture
from app.lecture.making.document import LectureDocument
from app.lecture.making.scene_list import SceneList
from app.lecture.shelf import LectureShelf, is_shipped
from app.sentence import Sentence
from app.theme import BLACK, WHITE
from app.widgets.fold_handle import FoldHandle
from core.language import N_, _, current_language
from core.lecture.errors import LectureError
from core.lecture.lecture import Lecture, Scene
from core.lecture.lecture_file import ENDING
from core.lecture.shipped import SHIPPED

_KIND: Final = " (*.json)"


class Lectures(QObject):
    """Holds the open lecture, the bar of captions, the list of scenes and the speaker's window.

    Attributes:
        document: the open lecture; None while none is.
        player: where giving it has come to.
        stage: what puts scenes up.
        caption_bar: to be laid below the tabs.
        scene_list: to be laid beside them.
        list_handle: brings that back; to be laid at its edge.
        shelf: the files.
        file: the open lecture as the File menu knows it.

    Signals:
        changed: a lecture was opened or closed, or is being given, or no longer.
    """

    changed = Signal()

    def __init__(self, host: Host, window: QWidget) -> None:
        """Open none yet.

        Args:
            host: the window, for what it can do.
            window: the same, for dialogs to lie over.
        """
        super().__init__(window)
        self._host, self._window = host, window
        self.document: LectureDocument | None = None
        self.file = OpenLecture(self)
        self.shelf = LectureShelf(lambda path: self.file.used.emit(str(path)))
        self.stage = SceneStage(host, self)
        self.player = Player(self.stage, self)
        self.caption_bar = CaptionBar(host.look)
        self.scene_list = SceneList(host.look)
        self.list_handle = FoldHandle(host.look, "lecture_list")
        self.list_handle.connect_actions(host.actions_table)
        self.changed.connect(self._show_handle)
        self._speaker: SpeakerWindow | None = None
        self._quiet = Quiet(self)
        self._aside = SetAside(host)
        self._keyboard = Keyboard(self.caption_bar, window)
        self.player.moved.connect(self._on_moved)
        self.player.ended.connect(self._on_ended)
        self.caption_bar.asked.connect(self.ask)
        self.scene_list.add_wanted.connect(self.add_scene)
        self.scene_list.take_wanted.connect(self._take_scene)
        self.scene_list.shown_wanted.connect(self._show_scene)
        self.scene_list.closed.connect(partial(host.actions_table["lecture_list"].setChecked, False))
        self._verbs: dict[str, Callable[[], object]] = {
            "lecture_new": lambda: self._put(Lecture(language=current_language()), None),
            "lecture_open": self._ask_what_to_open,
            "lecture_save": self._save,
            "lecture_save_as": self._ask_where_to_save,
            "lecture_close": self.close_lecture,
            "lecture_start": lambda: self.start(0),
            "lecture_from_here": lambda: self.start(max(0, self.player.index, self.scene_list.current)),
            "lecture_add": self.add_scene,
            "lecture_next": self.player.next,
            "lecture_back": self.player.back,
            "lecture_black": lambda: host.cover(BLACK),
            "lecture_white": lambda: host.cover(WHITE),
            **{f"lecture_shipped_{one.name}": partial(self._open_shipped, one.name) for one in SHIPPED},
        }

    @property
    def is_running(self) -> bool:
        """Whether a lecture is being given."""
        return self.player.is_running

    def do(self, action_id: str) -> None:
        """Do what a row of the table of actions says."""
        self._verbs[action_id]()

    def show_list(self, on: bool) -> None:
        """Show the scenes beside the tabs, or hide them; without a lecture, begin a new one."""
        if on and self.document is None:
            self._put(Lecture(language=current_language()), None)
        self.scene_list.setVisible(on and not self.is_running)
        self._show_handle()

    @Slot()
    def _show_handle(self) -> None:
        """Leave a handle where the list of an open lecture is folded away, but while that is given."""
        is_folded = not self._host.actions_table["lecture_list"].isChecked()
        self.list_handle.setVisible(is_folded and self.document is not None and not self.is_running)

    def show_speaker(self, on: bool) -> None:
        """Open the speaker's window, or close it."""
        if self._speaker is not None:
            speaker, self._speaker = self._speaker, None
            speaker.close()
            speaker.deleteLater()
        if on:
            self._speaker = SpeakerWindow(self._host.look, self.player, self._window)
            self._speaker.asked.connect(self.ask)
            self._speaker.closed.connect(partial(self._host.actions_table["lecture_speaker"].setChecked, False))
            self._speaker.open()

    def open(self, path: Path) -> bool:
        """Open the lecture in ``path``; return whether it could be. The one before is kept if it was not saved."""
        try:
            lecture = self.shelf.read(path)
        except LectureError as error:
            self._host.messages.show_message("error", str(error))
            return False
        self._put(lecture, path)
        return True

    def _put(self, lecture: Lecture, path: Path | None) -> None:
        self._let_go()
        self.document = LectureDocument(lecture, path, self)
        self.player.index = -1
        self.scene_list.show_document(self.document)
        if not lecture.scenes:
            self._host.actions_table["lecture_list"].setChecked(True)
        self.changed.emit()

    def _let_go(self) -> None:
        """Leave the open lecture; what was not saved of it is kept, and said where."""
        self.player.end()
        if self.document is None:
            return
        kept = self.shelf.keep(self.document)
        if kept is not None:
            self._host.messages.show_message(
                "info", Sentence(N_("The lecture before wasn't saved; it is kept as {path}."), {"path": kept})
            )
        self.scene_list.show_document(None)
        self.document.deleteLater()
        self.document = None

    @Slot()
    def close_lecture(self) -> None:
        """Leave the open lecture."""
        self._let_go()
        self._host.actions_table["lecture_list"].setChecked(False)
        self.changed.emit()

    def close(self) -> None:
        """The window closes: keep what was not saved."""
        self.show_speaker(False)
        self._let_go()

    def start(self, index: int) -> None:
        """Give the open lecture, from the scene ``index`` on."""
        if self.document is None or not self.document.scenes or self.is_running:
            return
        self._aside.begin()
        self._aside.keep(self.document.scenes[index].tab)  # as it is laid out now
        self.scene_list.hide()
        self.player.is_running = True
        self.changed.emit()  # the window presents from now on, before anything is put up
        self.fit(self._window.height())
        self.caption_bar.show()
        self._quiet.begin(self._host.open_tab.foot)
        self._keyboard.begin()
        self.player.start(self.document, index)

    def fit(self, height: int) -> None:
        """Let captions, and all type while a lecture is given, be read from the last row before ``height`` pixels."""
        if not self.is_running:
            return
        self.caption_bar.fit(height)
        scene = self.player.scene
        self._host.look.scale.suit_hall(height, 1.0 if scene is None else scene.zoom)

    @Slot(str, int)
    def ask(self, verb: str, number: int = 0) -> None:
        """Do what a key asks for while the lecture is given."""
        player = self.player
        if not player.is_running:
            return
        match verb:
            case "next":
                player.next()
            case "back":
                player.back()
            case "first":
                player.go_to(0)
            case "last":
                player.go_to(len(player.scenes) - 1)
            case "jump":
                player.go_to(number - 1)
            case "black" | "white":
                self._host.cover(BLACK if verb == "black" else WHITE)
            case "end":
                player.end()

    @Slot()
    def _on_moved(self) -> None:
        """Another scene is about to be put up."""
        scene, player = self.player.scene, self.player
        if scene is not None:
            self._aside.keep(scene.tab)
            self.caption_bar.show_scene(scene.caption, player.index + 1, len(player.scenes))
            self.fit(self._window.height())
            self._host.messages.clear()  # what was wrong with the scene before is in the log

    @Slot()
    def _on_ended(self) -> None:
        self._keyboard.end()
        self._quiet.end()
        self.caption_bar.hide()
        self.scene_list.choose(self.player.index)
        self.scene_list.setVisible(self._host.actions_table["lecture_list"].isChecked())
        self.changed.emit()
        self._aside.bring_back()

    def follow_tab(self) -> None:
        """Another tab, or page, is in front: its foot fades from now on."""
        if self.is_running:
            self._quiet.watch(self._host.open_tab.foot)

    @Slot(int)
    def _show_scene(self, index: int) -> None:
        """Put a scene up where the lecture is made, without giving it; what would be lost by that is asked about."""
        if self.document is None or not 0 <= index < len(self.document.scenes):
            return
        scene = self.document.scenes[index]
        document = self._host.tab(scene.tab).document

        def show() -> None:
            self.player.index = index
            self.stage.show(scene)
            if document is not None:
                document.take_as_given()

        if document is None:
            show()
        else:
            self._host.documents.go_on_when_safe(document, show)

    @Slot()
    def add_scene(self) -> None:
        """Make a scene of what stands in the window, after the chosen one."""
        scene = self._taken()
        if scene is None:
            return
        if self.document is None:
            self._put(Lecture(language=current_language()), None)
        assert self.document is not None  # it was put there just now
        self.document.insert(self.scene_list.current + 1, scene)
        self._host.messages.show_message("success", Sentence(N_("Added as a scene. Write its caption in the list.")))

    @Slot()
    def _take_scene(self) -> None:
        """Let the chosen scene show what stands in the window; its words stay."""
        at = self.scene_list.current
        if self.document is not None and 0 <= at < len(self.document.scenes):
            scene = self._taken(self.document.scenes[at])
            if scene is not None:
                self.document.change(at, scene)

    def _taken(self, like: Scene | None = None) -> Scene | None:
        """Return what stands in the window as a scene; None where there is nothing that can be one, which is said."""
        try:
            return self.stage.take(like)
        except LectureError as error:
            self._host.messages.show_message("warning", str(error))
            return None

    def _open_shipped(self, name: str) -> None:
        shipped = next(one for one in SHIPPED if one.name == name)
        if self.open(shipped.path(current_language())):
            self._host.messages.show_message(
                "info", Sentence(N_('"{title}" is open. F5 gives it.'), {"title": self._title()})
            )

    @Slot(str, int)
    def show_shipped(self, name: str, index: int) -> None:
        """Open a lecture that came with the program, in the language in use, and put one of its scenes up."""
        shipped = next(one for one in SHIPPED if one.name == name)
        if self.open(shipped.path(current_language())):
            self.scene_list.choose(index)
            self._show_scene(index)

    def _title(self) -> str:
        return self.document.lecture.title if self.document is not None else ""

    def _ask_what_to_open(self) -> None:
        kinds = _("Lectures") + _KIND
        ask_for_file(self._window, _("Open a lecture"), self._open_chosen, kinds=kinds)

    def _open_chosen(self, path: Path) -> None:
        self.open(path)

    def _save(self) -> None:
        document = self.document
        if document is None:
            return
        if document.path is None or is_shipped(document.path):
            self._ask_where_to_save()
        else:
            self.save_as(document.path)

    def _ask_where_to_save(self) -> None:
        if self.document is not None:
            name = file_name(self._title() or _("New lecture"), ending=ENDING)
            kinds = _("Lectures") + _KIND
            ask_where_to_write(
                self._window, _("Save the lecture"), name, kinds, lambda path, _kind: self.save_as(Path(path))
            )

    def save_as(self, path: Path) -> None:
        """Save the open lecture as ``path``, and say whether that worked."""
        if self.document is None:
            return
        try:
            self.shelf.save(self.document, path)
        except (LectureError, OSError) as error:
            self._host.messages.show_message("error", str(error))
            return
        self._host.messages.show_message(
            "success", Sentence(N_("Lecture saved as {path}."), {"path": self.document.path})
        )
