"""What other windows and programs write into the open store is heard of."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.synonyms.pairs import SynonymsError

if TYPE_CHECKING:
    from core.synonyms.store import Store

_EVERY: Final = 1000
"""Milliseconds between two looks at a file; a look costs some ten microseconds while nothing has changed."""

log = logging.getLogger(__name__)


class StoreWatch(QObject):
    """Looks at the store from time to time; a server, which may be far away, only when it is told to.

    Signals:
        changed: ids of the pairs on which something was decided since the last look, here or elsewhere.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store: Store | None = None
        self._mark = (0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self, store: Store) -> None:
        """Hear of what is decided in ``store`` from now on."""
        self._store = store
        try:
            self._mark, _pairs = store.news((0, 0))
        except SynonymsError as error:  # whoever reads it next says what is wrong
            log.warning("Nothing will be heard of other programs: %s", error)
        if store.database.is_sqlite:
            self._timer.start()

    def end(self) -> None:
        """Look at nothing any more."""
        self._timer.stop()
        self._store = None

    @Slot()
    def look(self) -> None:
        """Look whether another program has written, and say which pairs are others now."""
        if self._store is None:
            return
        try:
            self._mark, pairs = self._store.news(self._mark)
        except SynonymsError as error:  # whoever reads it next says what is wrong
            log.warning("The store could not be looked at: %s", error)
            return
        if pairs:
            self.changed.emit(pairs)
