"""The policy gradient tab's document: the run on screen, as a folder that is saved and opened again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from app.documents.document import Document
from app.policy_gradient.runs.files import RunFiles, RunFolder
from app.policy_gradient.runs.names import run_name
from app.policy_gradient.session import TrainingSession


class RunDocument(Document):
    """A run. None is ever lost: what another takes the place of goes on the shelf."""

    kind = "run"

    def __init__(self, session: TrainingSession, files: RunFiles, begin: Callable[[], object], parent: QObject) -> None:
        """Be a run without a folder.

        Args:
            session: the run on screen.
            files: writes and reads folders.
            begin: puts a new run at its start.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._session, self._files, self._begin = session, files, begin
        self._kept: RunFolder | None = None
        session.restarted.connect(self.tell)
        session.phase_changed.connect(self.tell)
        files.located.connect(self._on_located)

    @property
    def _path(self) -> Path | None:
        """The folder of the run on screen; None where it has none, or another run is in it."""
        kept = self._kept
        return kept.path if kept is not None and kept.is_begun_by(self._session.shelf.current) else None

    @property
    def name(self) -> str:
        """The folder's name, else what the run is."""
        return self._path.name if self._path is not None else run_name(self._session.begun)

    @property
    def is_modified(self) -> bool:
        """Whether episodes were played that the folder doesn't hold."""
        run = self._session.shelf.current
        if self._path is None or self._kept is None:
            return bool(run.episodes)
        return run.place != self._kept.place

    def new(self) -> None:
        """Begin a run with the settings that are chosen."""
        self._begin()

    def ask_what_to_open(self) -> None:
        """Ask for a run's folder."""
        self._files.ask_what_to_open()

    def open(self, address: str) -> None:
        """Open a run's folder, or a checkpoint."""
        self._files.open(Path(address))

    def save(self) -> None:
        """Save the run as its folder where that holds its beginning, or ask for one."""
        if self._path is None:
            self._files.ask_where_to_save()
        else:
            self._files.save(self._path)

    def ask_where_to_save(self) -> None:
        """Ask for a folder."""
        self._files.ask_where_to_save()

    @Slot(object)
    def _on_located(self, folder: object) -> None:
        assert isinstance(folder, RunFolder)
        self._kept = folder
        self.used.emit(str(folder.path))
        self.tell()
