"""Is the file of an open store still there? Whoever deletes or replaces it would otherwise take decisions along.

An open SQLite file goes on working after it was deleted, moved or replaced (by a synchronising program, by a backup
put back): everything written afterwards is in a file that nobody can open any more.
"""

from __future__ import annotations

from pathlib import Path


class FileGuard:
    """Knows the file that was opened by its place on the disk."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: tuple[int, int] | None = None

    def note(self) -> None:
        """Take the file that lies there now for the store."""
        if self._opened is None:
            self._opened = self._place()

    @property
    def is_lost(self) -> bool:
        """Whether the file has gone or is another now. Costs one question to the system."""
        return self._opened is not None and self._place() != self._opened

    def _place(self) -> tuple[int, int] | None:
        try:
            state = self._file.stat()
        except OSError:
            return None
        return state.st_dev, state.st_ino
