"""The synonyms tab: light at the start, complete when it is first looked at.

What it is made of brings SQLAlchemy and half a hundred widgets, which nobody should wait for who came to see a
cart. So its pages are built when it is opened first, after it has been painted once. They speak to the session
themselves; the tab brings them to the front, opens the store and remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import Actions, Context
from app.background import Background
from app.documents.file_kind import FileKind
from app.page import Page
from app.page_spec import PageSpec
from app.panel import Look
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.pages import PAGES
from app.synonyms.scenes import LEARN
from app.synonyms.store_document import StoreDocument
from app.tab import Tab
from app.widgets.plain import PlainLabel
from core.language import N_
from core.one_line import system_reason
from core.passwords import without_password
from core.paths import data_folder

if TYPE_CHECKING:
    from app.synonyms.ask.learning_ahead import LearningAhead
    from app.synonyms.page import SynonymsPage
    from app.synonyms.sample.banner import SampleBanner
    from app.synonyms.sample.sample_store import SampleStore
    from app.synonyms.workspace import Workspace
    from app.widgets.pages import Pages
    from core.lecture.lecture import Scene


class SynonymsTab(Tab):
    """Candidate pairs to browse, judge and exchange.

    Attributes:
        workspace: what the pages share; None until they are built.
        pages: by their names; none until they are built.
        stages: the widget that shows the page in front; None until there is one.
        sample: the sample store in the place of the open one; None until there is one.
    """

    context: Context = "synonyms"

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._background = background
        self._actions: Actions | None = None
        self._remembered: dict[str, Any] = {}
        self._is_open = self._is_presenting = False
        self._front = PAGES[0]
        self._awaited: tuple[str, Mapping[str, Any]] | None = None
        self._awaited_file: tuple[FileKind, str] | None = None
        self._document = StoreDocument(background, self)
        self._document.message.connect(self.message)
        self._document.wanted.connect(self._open_store)
        self.workspace: Workspace | None = None
        self.pages: dict[str, SynonymsPage] = {}
        self.stages: Pages | None = None
        self.sample: SampleStore | None = None
        self._banner: SampleBanner | None = None
        self._states_aside: dict[str, dict[str, Any]] | None = None
        self._states_awaited: dict[str, dict[str, Any]] = {}
        self._expected: tuple[str, ...] = ()
        self._ahead: LearningAhead | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._opening = PlainLabel()
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_style(self._opening, kind="muted")
        self.bind_text(self._opening.setText, N_("Opening the pairs…"))
        self._column.addWidget(self._opening)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self.pages.get(self._front.name)

    @property
    def document(self) -> StoreDocument:
        """The open store."""
        return self._document

    def open_files(self, kind: FileKind, paths: tuple[Path, ...]) -> None:
        """Open a store, or show what importing a file would change; as soon as the pages are there."""
        self._open_with(kind, str(paths[0]))

    def _open_with(self, kind: FileKind, address: str) -> None:
        if self.workspace is None:
            self._awaited_file = kind, address
        for page in self.pages.values():
            if kind in page.opens:
                page.open_file(address)

    @Slot(str)
    def _open_store(self, address: str) -> None:
        self._open_with(FileKind.STORE, address)

    @property
    def foot(self) -> QWidget | None:
        """The bar at the foot of the page in front."""
        page = self.pages.get(self._front.name)
        return None if page is None else page.status_bar

    @property
    def page_widget(self) -> QWidget:
        """The page in front, once it is there."""
        return self.pages.get(self._front.name, self)

    @property
    def hint_target(self) -> QWidget | None:
        """The first verdict, where there is a pair to judge in front."""
        parts = self.pressed_parts
        return parts[0] if parts else None

    @property
    def pressed_parts(self) -> tuple[QWidget, ...]:
        """What the page in front says: the verdicts of the card."""
        page = self.pages.get(self._front.name)
        return () if page is None else page.pressed_parts

    def connect_actions(self, actions: Actions) -> None:
        """Keep the actions for the pages, which connect them when they are built."""
        self._actions = actions
        actions["syn_choices"].setChecked(True)

    def opened(self) -> None:
        """Build the pages at first, after a painting of the tab; then show what there is."""
        self._is_open = True
        self.update()
        if self.workspace is not None:
            if self.workspace.session.queue is not None:
                self.workspace.session.queue.shown()
            self.open_page(self._front.id)

    def left(self) -> None:
        """Nothing is looked at any more."""
        self._is_open = False
        if self.pages:
            self.pages[self._front.name].left()

    def closed(self) -> None:
        """Close the store, or open none that is about to be opened."""
        self._is_open = False
        if self.workspace is not None and self.sample is not None:
            self.workspace.session.close()
            self.sample.end()

    @Slot()
    def take_focus(self) -> None:
        """Give the keyboard to the page in front."""
        if self.pages:
            self.pages[self._front.name].take_focus()
        else:
            super().take_focus()

    def turn(self, by: int) -> None:
        """Let the page in front go on, or back."""
        if self.pages:
            self.pages[self._front.name].turn(by)

    def present(self, on: bool) -> None:
        """The stage grows, the sidebar leaves."""
        self._is_presenting = on
        if self._banner is not None:
            self._banner.present(on)
        for page in self.pages.values():
            page.present(on)
        if self._actions is not None:
            self._actions["syn_choices"].setChecked(not on)
            self._show_sidebar(not on)

    def save_settings(self) -> dict[str, Any]:
        """Return store, queue, page and how far the mining was."""
        if self.workspace is None or self.sample is None:
            return self._remembered
        from app.synonyms.saved_choices import queue_to_json

        remembered: dict[str, Any] = {
            "store": without_password(self.sample.own_address),
            "page": self._front.name,
            "queue": queue_to_json(self.sample.own_config),
        }
        for page in self.pages.values():
            remembered |= page.save_settings()
        return remembered

    def restore_settings(self, remembered: dict[str, Any]) -> None:
        """Take up what :meth:`save_settings` gave, when the pages are built."""
        self._remembered = remembered

    def paintEvent(self, event: QPaintEvent) -> None:
        """Build the pages after the tab has been on the screen once."""
        super().paintEvent(event)
        if self.workspace is None and self._is_open:
            QTimer.singleShot(0, self, self.build)

    @Slot()
    def build(self) -> None:
        """Build the pages and open the store. Nothing happens the second time, or when nobody looks any more."""
        if self.workspace is not None or self._actions is None or not self._is_open:
            return
        from app.synonyms.annotation.session import LabelSession
        from app.synonyms.ask.learning_ahead import LearningAhead
        from app.synonyms.sample.sample_store import SampleStore
        from app.synonyms.saved_choices import queue_from_json
        from app.synonyms.sources.mining import Mining
        from app.synonyms.workspace import Workspace, default_annotator

        session = LabelSession(self._background, default_annotator(), self)
        session.config = queue_from_json(self._remembered.get("queue"), session.config)
        mining = Mining(self._background, self)
        self.workspace = Workspace(self.look, self._background, session, mining)
        self.sample = SampleStore(session, self)
        self._ahead = LearningAhead(self._background, session, self)
        self._ahead.want(self._expected)
        self.pages = {spec.name: spec.build(self.workspace) for spec in PAGES}
        self._lay_out(self._actions)
        self._connect(self.workspace, self._actions)
        self._begin(self.workspace)

    def _lay_out(self, actions: Actions) -> None:
        from app.synonyms.sample.banner import SampleBanner
        from app.widgets.pages import PageParts, Pages

        assert self.sample is not None  # it was made just now
        self._banner = SampleBanner(self.look)
        self.present(self._is_presenting)
        self._banner.left.connect(self.sample.close)
        self.sample.changed.connect(self._on_sample)
        self._column.setSpacing(0)
        self._column.addWidget(self._banner)
        parts = {}
        for spec in PAGES:
            page = self.pages[spec.name]
            parts[spec] = PageParts(page, page.sidebar, page.status_bar)
        self.stages = Pages(self.look, parts, "syn_choices")
        self.stages.switcher.connect_actions(actions)
        self.stages.handle.connect_actions(actions)
        self._show_sidebar(actions["syn_choices"].isChecked())
        self._opening.hide()
        self._column.addWidget(self.stages)

    def _connect(self, workspace: Workspace, actions: Actions) -> None:
        assert self.stages is not None, "there is a place for the pages by now"
        actions.on_toggle("syn_choices", self._show_sidebar)
        for spec in PAGES:
            page = self.pages[spec.name]
            actions.on(spec.action, partial(self.open_page, spec.id))
            page.connect_actions(actions)
            page.message.connect(self.message)
            page.message_withdrawn.connect(self.message_withdrawn)
            page.page_wanted.connect(self._on_page_wanted)
        workspace.session.opened.connect(self._on_opened)
        workspace.session.decisions.decided.connect(self.first_used)
        workspace.session.failed.connect(self._on_failed)
        workspace.session.held.connect(self._on_held)
        workspace.session.resolved.connect(self.message_withdrawn)
        workspace.session.told.connect(self._on_told)

    @Slot(bool)
    def _show_sidebar(self, on: bool) -> None:
        if self.stages is not None:
            self.stages.show_sidebar(on, presenting=self._is_presenting)

    def _begin(self, workspace: Workspace) -> None:
        """Open the store that was open last, or the usual one, and bring the page to the front that was there."""
        from app.synonyms.workspace import usual_address

        usual, wanted = usual_address(), self._remembered.get("store")
        if self._awaited_file is not None and self._awaited_file[0] is FileKind.STORE:
            wanted, self._awaited_file = self._awaited_file[1], None
        address = wanted if isinstance(wanted, str) and wanted else usual
        try:
            data_folder().mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.message.emit(
                "error",
                Sentence(
                    N_("The folder {folder} cannot be made ({reason}). Open a store elsewhere, under Sources."),
                    {"folder": data_folder(), "reason": system_reason(error)},
                ),
            )
        # What was open last stays wanted, also where it can't be opened now: labels belong there, not in another store.
        if not workspace.session.open(address, create=address == usual):
            from core.synonyms.store.errors import StoreAddressError

            if isinstance(workspace.session.why_not_open, StoreAddressError):  # nothing was ever there
                workspace.session.open(usual)
        for page in self.pages.values():
            page.restore_settings(self._remembered)
        if self._states_aside is not None:
            self._states_aside = self._states()
        self.open_page(self._remembered_front.id)
        if self._awaited is not None:
            self.restore_page(*self._awaited)
        if self._awaited_file is not None:
            self._open_with(*self._awaited_file)
            self._awaited_file = None

    @property
    def _remembered_front(self) -> PageSpec:
        """The page that was in front when the window was closed last."""
        name = self._remembered.get("page")
        return next((spec for spec in PAGES if spec.name == name), PAGES[0])

    def open_page(self, page_id: str) -> None:
        """Bring a page to the front; until there is one, keep in mind which is wanted."""
        wanted = next((spec for spec in PAGES if spec.id == page_id), None)
        if wanted is None:
            return
        if self.stages is None:
            self._awaited = (page_id, {})
            return
        former, self._front = self._front, wanted
        if former is not self._front:
            self.pages[former.name].left()
        self.stages.show_page(self._front)
        self.page_changed.emit()
        self.pages[self._front.name].entered()

    def restore_page(self, page_id: str, state: Mapping[str, Any]) -> None:
        """Bring a page to the front as it was, as soon as there is one, on the store that it showed."""
        if self.stages is None or self.sample is None:
            self._awaited = (page_id, state)
            return
        from app.synonyms.sample.sample_store import SAMPLE

        self._awaited = None
        if state.get("store") == SAMPLE:
            self.sample.open()
        else:
            self.sample.close()
        super().restore_page(page_id, state)

    def save_page(self) -> dict[str, Any]:
        """Return what the page in front shows, and whether that is of the sample store."""
        is_sample = self.sample is not None and self.sample.is_open
        return super().save_page() | ({"store": "sample"} if is_sample else {})

    def set_aside(self) -> Callable[[], None]:
        """Set what all pages show aside; who is asked, and what is open, comes back with it. Verdicts are kept anyway.

        Where the pages are only built for a scene, they come back as they were before it.
        """
        front = self._front if self.pages else self._remembered_front
        is_sample = self.sample is not None and self.sample.is_open
        self._states_aside = self._states()

        def bring_back() -> None:
            states, self._states_aside, self._awaited = self._states_aside or {}, None, None
            if self.workspace is None or self.sample is None:
                return
            if not is_sample:
                self.sample.close()
            if self.workspace.session.awaited:
                self._states_awaited = states
            else:
                self._restore_states(states)
            self.open_page(front.id)

        return bring_back

    def _states(self) -> dict[str, dict[str, Any]]:
        return {name: page.save_state() for name, page in self.pages.items()}

    def _restore_states(self, states: Mapping[str, Mapping[str, Any]]) -> None:
        """Let every page show again what it showed."""
        for name, state in states.items():
            if self.pages[name].save_state() != state:
                self.pages[name].restore_state(state)

    @property
    def is_busy(self) -> bool:
        """Whether the pages are still to be built, the first pairs to be mined, or the page in front to be filled."""
        if self.workspace is None or self.stages is None or self.sample is None:
            return True
        if self.workspace.mining.is_working and not self.sample.is_open:
            return True
        return self.pages[self._front.name].is_busy

    def perform(self, run: Mapping[str, Any]) -> None:
        """Let the method of the page in front learn."""
        if run.get("do") == LEARN.do and self.pages:
            self.pages[self._front.name].learn()

    def expect(self, scenes: tuple[Scene, ...]) -> None:
        """Let the methods that ``scenes`` ask learn ahead."""
        runs = [scene for scene in scenes if scene.run is not None and scene.run.get("do") == LEARN.do]
        self._expected = tuple(dict.fromkeys(str(scene.state.get("method", "")) for scene in runs))
        if self._ahead is not None:
            self._ahead.want(self._expected)

    def hold(self) -> None:
        """Let nothing move; a method that learns goes on."""
        if self.pages:
            self.pages[self._front.name].hold()

    @Slot(str, str)
    def _on_page_wanted(self, page_id: str, in_front: str) -> None:
        """Another page comes up under the mouse: a second click must not press what lies there."""
        if self.stages is not None and in_front in ("", self._front.id):
            self.open_page(page_id)
            self.stages.click_guard.hold()

    @Slot()
    def _on_opened(self) -> None:
        if self.workspace is not None and self.sample is not None:
            self._document.take_address(self.workspace.session.address, is_sample=self.sample.is_open)
            states, self._states_awaited = self._states_awaited, {}
            self._restore_states(states)

    @Slot()
    def _on_sample(self) -> None:
        if self._banner is not None and self.sample is not None:
            self._banner.setVisible(self.sample.is_open)

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self.message.emit("error", text)

    @Slot(object)
    def _on_held(self, text: object) -> None:
        self.message.emit("warning", text)

    @Slot(object)
    def _on_told(self, text: object) -> None:
        self.message.emit("info", text)
