"""What other windows and programs write into the open store is heard of."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.synonyms.annotation.store_calls import StoreCalls
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import StoreGoneError

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
        self._calls: StoreCalls | None = None
        self._mark: tuple[int, int] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self, calls: StoreCalls, store: Store) -> None:
        """Hear of what is decided in ``store``, which ``calls`` leads to, from now on."""
        self._calls, self._store, self._mark = calls, store, None
        calls.call(partial(store.news, (0, 0)), partial(self._take, store), self._log)
        if store.database.is_sqlite:
            self._timer.start()

    def end(self) -> None:
        """Look at nothing any more."""
        self._timer.stop()
        self._store = self._calls = None

    @Slot()
    def look(self) -> None:
        """Look whether another program has written, and say which pairs are others now."""
        store, mark = self._store, self._mark
        if store is not None and self._calls is not None and mark is not None:
            self._calls.call(partial(store.news, mark), partial(self._take, store), self._log)

    def _take(self, store: Store, news: tuple[tuple[int, int], list[int]]) -> None:
        if store is not self._store:
            return
        is_first, (self._mark, pairs) = self._mark is None, news
        if pairs and not is_first:
            self.changed.emit(pairs)

    def _log(self, error: SynonymsError) -> None:  # whoever enters or reads something next says what is wrong
        if isinstance(error, StoreGoneError):  # and what was in it is saved by now
            self._timer.stop()
        log.warning("The store could not be looked at: %s", error)
