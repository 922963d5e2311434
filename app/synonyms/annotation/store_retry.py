"""Opening stores; one that is wanted and can't be opened stays wanted, and no other takes its place by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.actions import key_name
from app.sentence import Sentence
from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.opening import is_server
from core.language import N_
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import StoreAccessError, StoreLockedError, StoreUnreachableError

_RETRY: Final = 1000
"""Milliseconds between two tries to open what another program keeps."""
_RECONNECT: Final = 5000
"""Milliseconds between two tries to reach a server."""

OpenStore = Callable[[str, bool, Callable[[], None], Callable[[SynonymsError], None]], None]
"""Opens the store at an address, making a new one where there is none if it is told so. What follows, at once or later,
is the third argument, or the fourth with the error."""


class StoreRetry(QObject):
    """Opens what is wanted, now or as soon as that is possible.

    Attributes:
        wanted: address of the store that is wanted and not open (yet); empty where what is wanted is open.
        reason: why it is not open; None while it is being opened for the first time.
        address: of the store that is tried again by itself; empty while none is.

    Signals:
        changed: something is wanted or waited for now, or is no more and was not opened.
        failed: why a store was not opened.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, open_store: OpenStore, problem: CurrentProblem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = ""
        self.reason: SynonymsError | None = None
        self.address = ""
        self._create = True
        self._is_trying = False
        self._open_store = open_store
        self._problem = problem
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_time)

    def open(self, address: str, *, create: bool, may_wait: bool) -> bool:
        """Open the store at ``address`` and return whether it is open now; a server's may be in a while.

        Args:
            address: a file, or a server's address.
            create: make a new store where there is none.
            may_wait: no store is open: this one stays wanted until it, or another that a person chooses, is.
        """
        opened: list[bool] = []
        if may_wait:
            self.stop()
            self.wanted, self._create = address, create
        failed = self._on_not_opened if may_wait else lambda error: self.failed.emit(str(error))
        self._is_trying = True
        self._open_store(address, create, lambda: self._on_opened(opened), lambda error: self._end(failed, error))
        if not opened and may_wait and self._is_trying:
            self.changed.emit()
        return bool(opened)

    @Slot()
    def try_again(self) -> None:
        """Try at once to open what is wanted."""
        if not self.wanted or self._is_trying:
            return
        self._is_trying = True
        self._open_store(
            self.wanted, self._create, lambda: self._on_opened([]), lambda error: self._end(self._on_not_opened, error)
        )

    def stop(self) -> None:
        """Want nothing."""
        self.wanted = self.address = ""
        self.reason = None
        self._is_trying = False
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        if self.address:
            self.try_again()

    def _on_opened(self, opened: list[bool]) -> None:
        opened.append(True)
        self._is_trying = False
        self._problem.resolve()

    def _end(self, failed: Callable[[SynonymsError], None], error: SynonymsError) -> None:
        self._is_trying = False
        failed(error)

    def _on_not_opened(self, error: SynonymsError) -> None:
        """Keep wanting it. What may pass by itself is tried again; everything else waits for a person."""
        is_news = self.reason is None or str(self.reason) != str(error)
        self.reason = error
        is_away = is_server(self.wanted) and isinstance(error, StoreUnreachableError)
        passes = isinstance(error, StoreLockedError) or (is_away and not isinstance(error, StoreAccessError))
        self.address = self.wanted if passes else ""
        if passes:
            self._timer.start(_RECONNECT if is_away else _RETRY)
        else:
            self._timer.stop()
        if is_news:
            self._say(error, passes=passes)
            self.changed.emit()

    def _say(self, error: SynonymsError, *, passes: bool) -> None:
        key = key_name("F2")
        if isinstance(error, StoreLockedError):
            message = N_("Another program is using the store. It opens as soon as it is free; {key} tries again now.")
            self._problem.hold(Sentence(message, {"key": key}))
        elif passes:
            message = N_("{reason} The program keeps trying; {key} tries again now. No other store is opened instead.")
            self._problem.hold(Sentence(message, {"reason": error, "key": key}))
        else:
            self._problem.report(error)
