"""The window: it assembles tabs, menus and the message bar, and keeps nothing else."""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDesktopServices,
    QFocusEvent,
    QKeyEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QToolButton, QVBoxLayout, QWidget

from app.action import Context
from app.actions import ACTIONS, Actions
from app.background import Background
from app.copying.copying import Copying
from app.documents.document import Document
from app.documents.documents import Documents
from app.documents.drops import Drops
from app.help.desk import HelpDesk
from app.key_routing import KeyRouter, settle_focus
from app.lecture.actions import ROWS as LECTURE_ROWS
from app.lecture.lecture_document import OpenLecture
from app.panel import Look, Themed
from app.sentence import Sentence
from app.settings import Settings
from app.tab import Tab
from app.tabs import TABS
from app.theme import THEME_CHOICES, Theme, ThemeChoice
from app.welcome.greeter import Greeter
from app.widgets.messages.bar import MessageBar
from app.window.menus import Menus
from app.window.presentation import Presentation
from app.window.screenshot import Screenshot
from app.window.tab_pages import TabPages
from core.language import N_
from core.paths import log_folder

if TYPE_CHECKING:
    from app.explain.panel import ExplainPanel
    from app.lecture.lectures import Lectures

_USUAL_SIZE: Final = (66, 42)
"""Width and height of a first window, in lines of body text."""

log = logging.getLogger(__name__)


class MainWindow(Themed, QMainWindow):
    """Three tabs under one menu, with one message bar at the foot.

    Signals:
        language_wanted: the person wants the other language.
        theme_wanted: the person wants the next theme.
        theme_chosen: the ``ThemeChoice`` that the person wants.
        motion_reduced: the person wants nothing to move, or everything again.
        paper_wanted: the person wants pictures as on paper, or no longer.
        closing: the window is about to close; it still has its size.
        painted: the window stands on the screen for the first time.
    """

    language_wanted = Signal()
    theme_wanted = Signal()
    theme_chosen = Signal(str)
    motion_reduced = Signal(bool)
    paper_wanted = Signal(bool)
    closing = Signal()
    painted = Signal()

    def __init__(self, look: Look, background: Background) -> None:
        """Lay out an empty page for each tab. A tab is built when it is first opened.

        Args:
            look: colours and sizes.
            background: the workers of the tabs.
        """
        super().__init__()
        self.follow(look)
        self._background = background
        self._open_tab: Tab | None = None
        self._was_painted = False
        self._bar = TabPages(look, background)
        centre = QWidget()
        self.messages = MessageBar(look, centre)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.greeter = Greeter(self, centre)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._bar)
        self._explanation: ExplainPanel | None = None
        self._lectures: Lectures | None = None
        column.addWidget(self._split, 1)
        self._column = column
        self.setCentralWidget(centre)
        self.actions_table = Actions(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside all fields leaves them
        self._keys = KeyRouter(self, self.actions_table, self.give_to_page)
        self._presentation = Presentation(self, self.actions_table)
        self.screenshot = Screenshot(self, self)
        self.documents = Documents(self, self)
        self.copying = Copying(self, self)
        self.drops = Drops(self, self, self.documents)
        self._menus = Menus(self, look, self.actions_table)
        self._menus.insert(self.documents.menu(self._menus["file"]), "file", before="document_save")
        lectures = self.documents.menu(self._menus["lecture"], lambda: self.lectures.file, OpenLecture.kind)
        self._menus.insert(lectures, "lecture", before="lecture_save")
        self._corner = QWidget()
        self._corner_row = QHBoxLayout(self._corner)
        self._corner_row.setContentsMargins(0, 0, 0, 0)
        self._corner_buttons: list[QToolButton] = []
        for name in ("explain", "keys"):
            button = QToolButton()
            button.setDefaultAction(self.actions_table[name])
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._corner_row.addWidget(button)
            self._corner_buttons.append(button)
        self._bar.setCornerWidget(self._corner)
        self._connect_actions()
        self._connect_tabs()
        self._presentation.changed.connect(self._on_presented)
        self._restyle(look.theme.theme)
        self._retranslate()

    def open(self, tab_id: str) -> None:
        """Bring a tab to the front; an unknown name is ignored."""
        self._bar.open(tab_id)

    def tab(self, tab_id: str) -> Tab:
        """Return a tab, building it if nobody has opened it yet.

        Raises:
            KeyError: there is no such tab.
        """
        return self._bar.tab(tab_id)

    @property
    def lectures(self) -> Lectures:
        """Lectures in this window: opened, given, made. What they are made of is loaded when it is first asked for."""
        if self._lectures is None:
            from app.lecture.lectures import Lectures

            self._lectures = Lectures(self, self)
            self.documents.watch(self._lectures.file)
            self._column.addWidget(self._lectures.caption_bar)
            self._split.insertWidget(0, self._lectures.scene_list)
            self._split.insertWidget(0, self._lectures.list_handle)
            self._split.setStretchFactor(self._split.indexOf(self._bar), 1)
            self._lectures.changed.connect(self._on_lecture_changed)
        return self._lectures

    @property
    def document(self) -> Document | None:
        """The document in front: the lecture's while the keyboard is in its list, else the tab's."""
        lectures, focus = self._lectures, self.focusWidget()
        if lectures is not None and focus is not None and lectures.scene_list.isAncestorOf(focus):
            return lectures.file
        return None if self._open_tab is None else self._open_tab.document

    @property
    def is_lecturing(self) -> bool:
        """Whether a lecture is being given."""
        return self._lectures is not None and self._lectures.is_running

    def cover(self, colour: str) -> None:
        """Cover the window with one colour until the next key."""
        self._presentation.black.cover(colour)

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        return self._bar.in_front

    def restore_settings(self, settings: Settings) -> None:
        """Take up size, tab and what the tabs remember."""
        em = self.look.scale.em
        room = self.screen().availableSize()
        wish = QSize(em(_USUAL_SIZE[0]), em(_USUAL_SIZE[1]))
        self.resize(wish.boundedTo(room * 0.94))
        with contextlib.suppress(ValueError):
            if settings.geometry:
                self.restoreGeometry(QByteArray(bytes.fromhex(settings.geometry)))
        self._bar.remember(settings.tabs)
        self.documents.recent.restore(settings.recent)
        self.open(settings.tab)
        self._on_tab_changed(self._bar.currentIndex())
        self.actions_table["explain"].setChecked(settings.explains)
        self.actions_table["on_paper"].setChecked(settings.on_paper)
        self.actions_table[f"theme_{settings.theme}"].setChecked(True)
        self.actions_table["reduce_motion"].setChecked(settings.reduces_motion)

    def save_settings(self, settings: Settings) -> None:
        """Write size, tab and what the tabs remember into ``settings``."""
        if not self.isFullScreen():
            settings.geometry = self.saveGeometry().data().hex()
        settings.tab = self.open_tab.context
        settings.recent = self.documents.recent.save()
        settings.explains = self.actions_table["explain"].isChecked()
        settings.tabs = {**settings.tabs, **self._bar.save()}

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say once, after this paint has reached the screen, that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._after_first_paint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Use the keys that nothing else wanted."""
        if not self._keys.handle(event):
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy what lies there: under the mouse, or where the keyboard is."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if not self.is_lecturing:
            self.copying.show_menu(self.childAt(event.pos()) if by_mouse else self.focusWidget(), event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the page."""
        super().focusInEvent(event)
        self.give_to_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let everybody keep what the next start should find, and the tabs let go of what they hold."""
        if self._lectures is not None:
            self._lectures.close()
        self.closing.emit()
        for tab in self._bar.tabs:
            tab.closed()
        super().closeEvent(event)

    def _connect_actions(self) -> None:
        table = self.actions_table
        table.on("save_picture", self.screenshot.ask)
        table.on("open_log", self._open_log)
        table.on("quit", self.close)
        for index in range(len(TABS)):
            table.on(f"tab_{index + 1}", partial(self._bar.setCurrentIndex, index))
        table.on("zoom_in", self.look.scale.zoom_in)
        table.on("zoom_out", self.look.scale.zoom_out)
        table.on("zoom_reset", self.look.scale.reset)
        table.on("present_next", lambda: self.open_tab.turn(+1))
        table.on("present_back", lambda: self.open_tab.turn(-1))
        for spec in LECTURE_ROWS:
            if not spec.checkable:
                table.on(spec.id, partial(self._do_with_lectures, spec.id))
        table.on_toggle("lecture_list", self._show_scene_list)
        table.on_toggle("lecture_speaker", self._show_speaker)
        table.on("theme_next", self.theme_wanted.emit)
        for choice in THEME_CHOICES:
            table.on_toggle(f"theme_{choice}", partial(self._choose_theme, choice))
        table.on_toggle("reduce_motion", self.motion_reduced.emit)
        table.on_toggle("on_paper", self.paper_wanted.emit)
        table.on("language_next", self.language_wanted.emit)
        table.on_toggle("explain", self._show_explanation)
        table.on("welcome", self.greeter.welcome)
        self._help = HelpDesk(self, self)

    def _connect_tabs(self) -> None:
        self._bar.built.connect(self._on_built)
        self._bar.restored.connect(self._on_restored)
        self._bar.refused.connect(partial(self.messages.show_message, "warning"))
        self._bar.currentChanged.connect(self._on_tab_changed)

    @Slot()
    def give_to_page(self) -> None:
        """Give the keyboard to the page in front, or to the lecture that is being given."""
        if self._lectures is not None and self._lectures.is_running:
            self._lectures.caption_bar.setFocus()
        elif self._open_tab is not None:
            self._open_tab.take_focus()

    @Slot(object)
    def _on_built(self, tab: Tab) -> None:
        tab.connect_actions(self.actions_table)
        self.documents.watch(tab.document)
        tab.message.connect(self.messages.show_message)
        tab.message_withdrawn.connect(self.messages.take_back)
        tab.page_changed.connect(self._on_page_changed)

    @Slot(object)
    def _on_restored(self, tab: Tab) -> None:
        if self._presentation.is_on:
            tab.present(True)

    @Slot(int)
    def _on_tab_changed(self, index: int) -> None:
        tab = self.tab(TABS[index].id)
        self._enter(tab)
        if self._open_tab is not tab and self._open_tab is not None:
            self._open_tab.left()
            self.messages.let_go()
        self._open_tab = tab
        if self._was_painted:
            tab.opened()
        self._leave_fields()

    @Slot()
    def _on_page_changed(self) -> None:
        if self.sender() is self.open_tab:
            self._enter(self.open_tab)
            self._leave_fields()

    def _leave_fields(self) -> None:
        """Give the keyboard to what has come to the front; who walks through the tabs with the arrows goes on."""
        settle_focus(self)
        if not self._bar.tabBar().hasFocus():
            self.give_to_page()

    def _enter(self, tab: Tab) -> None:
        """Offer the actions of the page in front."""
        context = _context_of(tab)
        self.actions_table.enter(context)
        self.documents.show_title()
        self.messages.keep_clear_of(tab.foot, *tab.pressed_parts)
        if self._lectures is not None:
            self._lectures.follow_tab()
        self._menus.enter(context)
        self._show_hint()
        if self._explanation is not None and not self._explanation.isHidden():
            self._explanation.show_page(tab.page)

    def _show_hint(self) -> None:
        if self._presentation.is_on:
            self.greeter.leave()
        else:
            self.greeter.follow()

    @Slot()
    def _after_first_paint(self) -> None:
        self.painted.emit()
        if self.isVisible():
            self.open_tab.opened()

    def _restyle(self, theme: Theme) -> None:
        self.actions_table["on_paper"].setEnabled(theme.dark)  # elsewhere pictures are on paper anyway
        size = self.look.scale.icon_size(1.125)
        self._bar.setIconSize(size)
        self._corner_row.setSpacing(self.look.scale.em(0.125))
        for button in self._corner_buttons:
            button.setIconSize(size)
        self.setMinimumSize(self.look.scale.em(24), self.look.scale.em(16))

    def _retranslate(self) -> None:
        self.documents.show_title()
        self._bar.retranslate()
        self._menus.retranslate()
        self.actions_table.retranslate()

    @Slot(bool)
    def _on_presented(self, on: bool) -> None:
        self.messages.be_seen_from_afar(on)
        self._show_hint()
        self._claim_keys()
        for button in self._corner_buttons:  # a hall sees no ring around what nobody is about to press
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus if on else Qt.FocusPolicy.TabFocus)
        for tab in self._bar.tabs:
            tab.present(on)
        if not on and self._lectures is not None:
            self._lectures.player.end()
        self._fit()
        self.give_to_page()

    def _claim_keys(self) -> None:
        lectures = self._lectures
        self._presentation.claim_keys(
            lecture_is_open=lectures is not None and lectures.document is not None,
            lecture_is_running=self.is_lecturing,
        )

    def _do_with_lectures(self, action_id: str) -> None:
        self.lectures.do(action_id)

    @Slot(bool)
    def _show_scene_list(self, on: bool) -> None:
        self.lectures.show_list(on)

    @Slot(bool)
    def _show_speaker(self, on: bool) -> None:
        self.lectures.show_speaker(on)

    @Slot()
    def _on_lecture_changed(self) -> None:
        """Present while a lecture is given: menus and choices leave, what need not be read is not said."""
        is_running = self.lectures.is_running
        self.messages.say_only_what_must_be_read(is_running)
        self.actions_table["present"].setChecked(is_running)
        self._claim_keys()
        self.give_to_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what is presented follow the height."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let everything be read from the last row of a hall while the window presents."""
        if self.is_lecturing:
            self.lectures.fit(self.height())
        elif self._presentation.is_on:
            self.look.scale.suit_hall(self.height())
        else:
            self.look.scale.suit_desk()

    @Slot()
    def _open_log(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder()))):
            self.messages.show_message("info", Sentence(N_("The log is in {folder}."), {"folder": log_folder()}))

    def _choose_theme(self, choice: ThemeChoice, on: bool) -> None:
        if on:
            self.theme_chosen.emit(choice)

    @Slot(bool)
    def _show_explanation(self, on: bool) -> None:
        """Open the panel that explains the page in front, beside the tabs, or close it."""
        if self._explanation is None:
            from app.explain.panel import ExplainPanel  # the first paint need not wait for it

            self._explanation = ExplainPanel(self.look, self._background)
            self._explanation.closed.connect(partial(self.actions_table["explain"].setChecked, False))
            self._split.addWidget(self._explanation)
            self._split.setStretchFactor(0, 1)
            self._split.setStretchFactor(1, 0)
        self._explanation.setVisible(on)
        self._explanation.show_page(self.open_tab.page if on else None)

    @Slot(str)
    def do(self, action_id: str) -> None:
        """Do what an action does, on the page that offers it."""
        spec = next(spec for spec in ACTIONS if spec.id == action_id)
        if not spec.is_offered_in(self.context):
            self.open(spec.context.partition(".")[0])
            self.open_tab.open_page(spec.context)  # where it is a tab's, no page is called so
        self.actions_table[action_id].trigger()

    @property
    def context(self) -> Context:
        """The page in front, or the tab as long as it has none."""
        return _context_of(self.open_tab)


def _context_of(tab: Tab) -> Context:
    """Return where one is on a tab: its page in front, or the tab as long as it has none."""
    return tab.page.page_id if tab.page is not None else tab.context
