"""A copy of the sample store on the pages, and the person's own store back in its place."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from app.synonyms.workspace import usual_address
from core.language import _
from core.synonyms.queue.config import QueueConfig
from core.synonyms.sample import ANNOTATORS, copy_sample

if TYPE_CHECKING:
    from app.synonyms.annotation.session import LabelSession

SAMPLE: Final = "sample"
"""What a saved page says of the store it shows, where that is the sample."""

log = logging.getLogger(__name__)


class SampleStore(QObject):
    """Opens a copy that is thrown away, and keeps in mind which store is the person's own, and who they are there.

    Signals:
        changed: the sample is open, or no longer.
    """

    changed = Signal()

    def __init__(self, session: LabelSession, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._copies = 0
        self._own: tuple[str, QueueConfig] | None = None
        self._path = ""
        session.opened.connect(self._on_opened)

    @property
    def is_open(self) -> bool:
        """Whether the sample stands in the place of the person's own store."""
        return self._own is not None

    @property
    def own_address(self) -> str:
        """Address of the person's own store, open or wanted."""
        return self._own[0] if self._own is not None else self._session.awaited or self._session.address

    @property
    def own_config(self) -> QueueConfig:
        """The queue that was chosen in the person's own store, and who they are there."""
        return self._own[1] if self._own is not None else self._session.config

    def open(self) -> None:
        """Open a copy; while something entered still waits for the person's own store, that stays."""
        if self.is_open:
            return
        own = self.own_address, self.own_config
        try:
            self._path = str(self._copied())
        except OSError:
            log.exception("The sample store could not be copied")
            return
        self._own = own
        self._session.config = QueueConfig("", _(ANNOTATORS[0]))
        if not self._session.open(self._path, create=False):
            self._own, self._session.config = None, own[1]
            return
        self.changed.emit()

    def _copied(self) -> Path:
        """Return a new copy; the one before stays until the end, as a worker may still read it."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="yaya-lab-sample-", ignore_cleanup_errors=True)
        self._copies += 1
        folder = Path(self._folder.name) / str(self._copies)
        folder.mkdir()
        return copy_sample(folder)

    def close(self) -> None:
        """Leave the copy, and open the person's own store."""
        if self._own is None:
            return
        (address, config), self._own = self._own, None
        self._session.close()
        self._session.config = replace(config, store="")
        if address:
            self._session.open(address, create=address == usual_address())
        self.changed.emit()

    def end(self) -> None:
        """The window closes, and its store is closed: throw all copies away."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    @Slot()
    def _on_opened(self) -> None:
        """Another store was opened by hand: the person is there who they are elsewhere."""
        if self._own is not None and self._session.address != self._path:
            (_address, config), self._own = self._own, None
            self._session.arrange(config)
            self.changed.emit()
