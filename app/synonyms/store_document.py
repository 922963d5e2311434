"""The synonyms tab's document: the open store, which saves itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.dialogs import ask_for_file, ask_where_to_write
from app.documents.document import Document
from app.file_names import file_name
from app.sentence import Sentence
from core.language import N_, _
from core.outputs import OutputRefusedError, check_outputs, free_name
from core.passwords import speakable
from core.paths import data_folder

ENDING: Final = ".db"
_KIND: Final = "SQLite (*.db)"
_KINDS: Final = "SQLite (*.db *.sqlite);;* (*)"
_LANE: Final = "exchange"
_TASK: Final = "core.synonyms.store.sqlite_file.copying:copying"


class StoreDocument(Document):
    """A store. Every verdict is on the disk before the next card comes, so there is never anything to save.

    Signals:
        message: kind and text of a message for the person at the screen.
        wanted: the address of a store to open.
    """

    kind = "store"

    message = Signal(str, object)
    wanted = Signal(str)

    def __init__(self, background: Background, window: QWidget) -> None:
        """Be no store yet.

        Args:
            background: where stores are copied.
            window: over which is asked; it owns the document.
        """
        super().__init__(window)
        self._window = window
        self._address = ""
        self._is_sample = False
        self._copy = Path()
        self._copying = CurrentRun(
            background, _LANE, type(None), self, finished=self._on_copied, failed=self._on_not_copied
        )

    def take_address(self, address: str, *, is_sample: bool = False) -> None:
        """Be the store that is open now; an empty address for none. The sample is nobody's, and not remembered."""
        if address != self._address:
            self._address, self._is_sample = address, is_sample
            self.changed.emit()
            if address and not is_sample:
                self.used.emit(address)

    @property
    def name(self) -> str:
        """The file's name, or what may be said of a server's address; empty while none is open."""
        if self._is_sample:
            return _("Sample store")
        return speakable(self._address) if is_on_server(self._address) else Path(self._address).name

    def new(self) -> None:
        """Ask for a file, and make a store there."""
        ask_for_new_store(self._window, self._address, self.wanted.emit)

    def ask_what_to_open(self) -> None:
        """Ask for a store's file, and open it."""
        ask_for_store(self._window, self._address, self.wanted.emit)

    def open(self, address: str) -> None:
        """Open a store."""
        self.wanted.emit(address)

    def save(self) -> None:
        """Say that everything is saved."""
        said = N_("{name} saves itself: every verdict is on the disk before the next card comes.")
        if self._is_sample:
            said = N_("The sample store is thrown away. Save it as a file of your own to keep what you say in it.")
        self.message.emit("info", Sentence(said if self._address else N_("No store is open."), {"name": self.name}))

    def ask_where_to_save(self) -> None:
        """Ask for a file, copy the store there, and go on in the copy."""
        if not self._address or is_on_server(self._address):
            said = N_("A team's store stays on its server. Export its pairs to have them in a file.")
            self.message.emit("info", Sentence(said if self._address else N_("No store is open.")))
            return
        folder = data_folder() if self._is_sample else Path(self._address).parent
        proposed = str(free_name(folder / Path(self._address).name))
        title = _("Save a copy of the store and go on in it")
        ask_where_to_write(self._window, title, proposed, _KIND, lambda name, _kind: self.copy(name))

    def copy(self, name: str) -> None:
        """Copy the open store into the file ``name``, and open that."""
        path = Path(name if Path(name).suffix else name + ENDING)
        try:
            check_outputs({path.name: path})
        except OutputRefusedError as error:
            self.message.emit("error", error.reason)
            return
        self._copy = path
        self._copying.start(_TASK, address=self._address, path=path)

    def _on_copied(self, _nothing: None) -> None:
        said = N_("A copy is saved as {path}. From now on you work in the copy.")
        self.message.emit("success", Sentence(said, {"path": self._copy}))
        self.wanted.emit(str(self._copy))

    def _on_not_copied(self, failure: Failure) -> None:
        self.message.emit("error", Sentence(N_("The store was not copied: {reason}"), {"reason": failure.message}))


def is_on_server(address: str) -> bool:
    """Return whether an address is a server's."""
    return "://" in address and not address.startswith("sqlite:")


def store_stem(address: str) -> str:
    """Return what files made from a store are called after: its own name without an ending."""
    return Path(address.partition("?")[0]).stem or "synonyms"


def ask_for_store(parent: QWidget, address: str, then: Callable[[str], None]) -> None:
    """Ask for the file of a store, beside the one at ``address`` first."""
    folder = "" if is_on_server(address) else str(Path(address).parent)
    ask_for_file(parent, _("Open a store"), lambda path: then(str(path)), folder=folder, kinds=_KINDS)


def ask_for_new_store(parent: QWidget, address: str, then: Callable[[str], None]) -> None:
    """Ask for the file of a store that is to be made, beside the one at ``address``."""
    folder = Path() if is_on_server(address) else Path(address).parent
    proposed = str(free_name(folder / file_name("synonyms", ending=ENDING)))
    ask_where_to_write(
        parent, _("New store"), proposed, _KIND,
        lambda name, _kind: then(name if Path(name).suffix else name + ENDING),
    )  # fmt: skip
