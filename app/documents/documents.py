"""The documents of one window: the File menu's verbs, the title, what was opened last, and what is asked before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.actions import Actions
from app.dialogs import open_dialog
from app.documents.document import Document
from app.documents.recent import Recent, is_gone
from app.documents.recent_menu import RecentMenu
from app.panel import Look
from app.sentence import Sentence
from app.widgets.messages.bar import MessageBar
from core.language import N_, _
from core.passwords import speakable


class Host(Protocol):
    """The window, as far as documents know it.

    Attributes:
        look: colours and sizes.
        messages: where something is said to the person at the screen.
        actions_table: what can be done.
    """

    look: Look
    messages: MessageBar
    actions_table: Actions

    @property
    def document(self) -> Document | None:
        """The document in front: the lecture's while the keyboard is in its list, else the tab's."""
        ...

    @property
    def is_lecturing(self) -> bool:
        """Whether a lecture is being given: no document is opened, saved or asked about then."""
        ...


class Documents(QObject):
    """Does with the document in front what menu and keys ask for.

    Attributes:
        recent: what was opened or saved last.
    """

    def __init__(self, host: Host, window: QWidget) -> None:
        """Connect the actions.

        Args:
            host: the window, for what it can do.
            window: the same, whose title it is, and for dialogs to lie over.
        """
        super().__init__(window)
        self._host, self._window = host, window
        self.recent = Recent()
        self._shown: Document | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # there is a window, so there is one
        application.focusChanged.connect(self._on_focus)
        table = host.actions_table
        table.on("document_new", lambda: self._instead(lambda document: document.new()))
        table.on("document_open", lambda: self._instead(lambda document: document.ask_what_to_open()))
        table.on("document_save", lambda: self._do(lambda document: document.save()))
        table.on("document_save_as", lambda: self._do(lambda document: document.ask_where_to_save()))

    def watch(self, document: Document | None) -> None:
        """Follow what becomes of a document; None follows nothing."""
        if document is not None:
            document.changed.connect(self.show_title)
            document.used.connect(self._on_used)

    def menu(self, parent: QWidget, which: Callable[[], Document | None] | None = None, kind: str = "") -> RecentMenu:
        """Return the menu of what was opened last.

        Args:
            parent: the menu it lies in.
            which: returns the document whose place it takes; that in front by default.
            kind: of that document, where it need not be there before something is opened.
        """

        def document() -> Document | None:
            return self._host.document if which is None else which()

        def listed() -> tuple[str, ...]:
            if kind:
                return self.recent.of(kind)
            front = document()
            return () if front is None else self.recent.of(front.kind)

        def opened(address: str) -> None:
            front = document()
            if front is not None:
                self.reopen(front, address)

        words = N_("Recent lectures") if kind else N_("Recent")
        return RecentMenu(self._host.look, words, listed, opened, parent)

    def reopen(self, document: Document, address: str) -> None:
        """Open what was opened before; what is no longer there is said, and leaves the list."""
        if is_gone(address):
            self.recent.remove(document.kind, address)
            said = N_("{path} is no longer there. It has been taken off the list of recent files.")
            self._host.messages.show_message("info", Sentence(said, {"path": speakable(address)}))
        else:
            self.go_on_when_safe(document, lambda: document.open(address))

    @Slot()
    def show_title(self) -> None:
        """Write name and mark of the document in front into the title."""
        document = self._shown = self._host.document
        name = "" if document is None else document.name
        program = _("Yaya Lab")
        self._window.setWindowTitle(f"{name.replace('[*]', '[*][*]')}[*] – {program}" if name else program)
        self._window.setWindowModified(document is not None and document.is_modified)

    def go_on_when_safe(self, document: Document, then: Callable[[], object]) -> None:
        """Go on at once, or once a person has said what becomes of what is not saved."""
        if not document.would_be_lost:
            then()
            return
        save, leave, stay = (
            QMessageBox.StandardButton.Save, QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel
        )  # fmt: skip
        question = _('"{name}" has changes that are not saved. Save them first?').format(name=document.name)
        box = QMessageBox(QMessageBox.Icon.Question, _("Unsaved changes"), question, save | leave | stay, self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a file may be called like markup
        box.setDefaultButton(save)

        def answered(button: int) -> None:
            if button == save:
                document.save()
            if button == leave or (button == save and not document.would_be_lost):
                then()

        box.finished.connect(answered)
        open_dialog(box)

    def _instead(self, verb: Callable[[Document], object]) -> None:
        """Do what puts another document in the place of the one in front."""
        document = self._host.document
        if document is not None and not self._host.is_lecturing:
            self.go_on_when_safe(document, lambda: verb(document))

    def _do(self, verb: Callable[[Document], object]) -> None:
        document = self._host.document
        if document is not None and not self._host.is_lecturing:
            verb(document)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard has gone into the lecture's list, or out of it: another document is in front."""
        if new is not None and self._host.document is not self._shown:
            self.show_title()

    @Slot(str)
    def _on_used(self, address: str) -> None:
        document = self.sender()
        assert isinstance(document, Document)  # nothing else is watched
        self.recent.add(document.kind, address)
        self.show_title()
