"""A document: what a tab has open, for the File menu, the title of the window and the list of recent files.

Each tab has one of its own kind (a session, a run, a store), and the lecture is one beside them. New, Open, Save and
their keys go to the document in front, and know none by name.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QObject, Signal, Slot


class Document(QObject):
    """One document. It tells what becomes of it by messages of its own.

    Attributes:
        kind: its kind's name in the settings.

    Signals:
        changed: it has another name, or another answer to whether it was saved.
        used: where it was just opened from, or saved: the address that :meth:`open` takes.
    """

    kind: ClassVar[str]

    changed = Signal()
    used = Signal(str)

    _told = ("", False)
    """Name and mark as they were told last."""

    @Slot()
    def tell(self) -> None:
        """Say that name or mark are others, if they are: a document hears of much that changes neither."""
        told = self.name, self.is_modified
        if told != self._told:
            self._told = told
            self.changed.emit()

    @property
    def name(self) -> str:
        """What it is called in the title; empty while there is none."""
        return ""

    @property
    def is_modified(self) -> bool:
        """Whether it differs from what was saved of it."""
        return False

    @property
    def would_be_lost(self) -> bool:
        """Whether something of it is gone where another takes its place."""
        return False

    def take_as_given(self) -> None:
        """What stands in it now was put there by a scene, and can be put there again: it is no loss, and no file's."""

    def new(self) -> None:
        """Begin another."""

    def ask_what_to_open(self) -> None:
        """Ask for one that was saved, and open it."""

    def open(self, address: str) -> None:
        """Open the one at ``address``; what can't be opened changes nothing, and is told."""

    def save(self) -> None:
        """Save it where it was opened from or saved; ask where, if that is nowhere yet."""

    def ask_where_to_save(self) -> None:
        """Ask for a place, and save it there from now on."""
