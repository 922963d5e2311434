"""The attention tab's document: what is being looked at, as a session that is saved and opened again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from app.attention.export.exporter import Exporter
from app.attention.options import ViewOptions
from app.attention.session import AttentionSession
from app.documents.document import Document
from app.documents.recent import is_gone
from core.attention.examples import EXAMPLES
from core.language import _


class SessionDocument(Document):
    """A session. One without a file is kept in the settings, too; what another takes the place of is not."""

    kind = "session"

    def __init__(
        self, session: AttentionSession, exporter: Exporter, begin: Callable[[], object], parent: QObject
    ) -> None:
        """Be a session without a file.

        Args:
            session: what is wanted.
            exporter: writes and reads files.
            begin: empties the text, and gives it the keyboard.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._session, self._exporter, self._begin = session, exporter, begin
        self._path: Path | None = None
        self._saved: ViewOptions | None = None
        self._given = ("", "")
        session.options_changed.connect(self.tell)
        exporter.located.connect(self._on_located)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name if self._path is not None else _("New session")

    @property
    def is_modified(self) -> bool:
        """Whether anything is wanted that the file doesn't say; without a file, whether something was typed."""
        options = self._session.asked_for
        if self._path is not None:
            return options != self._saved
        return options.has_text and (options.text, options.second) not in {*_EXAMPLES, self._given}

    @property
    def would_be_lost(self) -> bool:
        """Whether something was changed that no file holds."""
        return self.is_modified

    def save_settings(self) -> dict[str, Any]:
        """Return which file it is, for the next start."""
        return {} if self._path is None else {"path": str(self._path), "modified": self.is_modified}

    def restore_settings(self, remembered: object) -> None:
        """Be the file again that :meth:`save_settings` named, if it is still there; what is wanted was taken up."""
        given = remembered if isinstance(remembered, dict) else {}
        path = given.get("path")
        if isinstance(path, str) and path and not is_gone(path):
            self._path = Path(path)
            self._saved = None if given.get("modified") else self._session.asked_for
            self.tell()

    def take_as_given(self) -> None:
        """Be a session without a file whose text nobody here has typed."""
        options = self._session.asked_for
        self._path = self._saved = None
        self._given = options.text, options.second
        self.tell()

    def new(self) -> None:
        """Begin with an empty text; model and settings stay."""
        self._path = self._saved = None
        self._begin()
        self.changed.emit()

    def ask_what_to_open(self) -> None:
        """Ask for a session, or for weights and tokens."""
        self._exporter.ask_what_to_open()

    def open(self, address: str) -> None:
        """Open a session, or weights and tokens."""
        self._exporter.open_file(Path(address))

    def save(self) -> None:
        """Save it as its file, or ask for one."""
        if self._path is None:
            self._exporter.ask_where_to_save()
        else:
            self._exporter.save_session(self._path)

    def ask_where_to_save(self) -> None:
        """Ask for a file."""
        self._exporter.ask_where_to_save()

    @Slot(object)
    def _on_located(self, path: object) -> None:
        """The session is in a file, as it is now."""
        assert isinstance(path, Path)
        self._path, self._saved = path, self._session.asked_for
        self.used.emit(str(path))
        self.tell()


_EXAMPLES = frozenset((example.request.source.text, example.request.source.pair or "") for example in EXAMPLES)
