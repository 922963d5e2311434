"""Opening stores; one that another program keeps for itself is tried again until it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.actions import key_name
from app.sentence import Sentence
from app.synonyms.annotation.current_problem import CurrentProblem
from core.language import N_
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.errors import StoreLockedError

_RETRY: Final = 1000
"""Milliseconds between two tries to open it."""

OpenStore = Callable[[str, bool], None]
"""Opens the store at an address, making a new one where there is none if it is told so; raises ``StoreError``."""


class StoreRetry(QObject):
    """Opens what is wanted, now or as soon as that is possible.

    Attributes:
        address: of the store that is waited for; empty while none is.

    Signals:
        changed: something is waited for now, or is no more and was not opened.
        failed: why a store was not opened.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, open_store: OpenStore, problem: CurrentProblem, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.address = ""
        self._create = True
        self._open_store = open_store
        self._problem = problem
        self._timer = QTimer(self)
        self._timer.setInterval(_RETRY)
        self._timer.timeout.connect(self.try_again)

    def open(self, address: str, *, create: bool, may_wait: bool) -> bool:
        """Open the store at ``address`` and return whether that worked.

        Args:
            address: a file, or a server's address.
            create: make a new store where there is none.
            may_wait: where another program keeps it, open it as soon as it is free.
        """
        try:
            self._open_store(address, create)
        except StoreLockedError as error:
            if may_wait:
                self._wait_for(address, create=create)
            else:
                self.failed.emit(str(error))
            return False
        except SynonymsError as error:
            self.failed.emit(str(error))
            return False
        return True

    @Slot()
    def try_again(self) -> None:
        """Try at once to open what is waited for."""
        if not self.address:
            return
        try:
            self._open_store(self.address, self._create)
        except StoreLockedError:
            return
        except SynonymsError as error:
            self.stop()
            self._problem.report(error)
            self.changed.emit()
            return
        self._problem.resolve()

    def stop(self) -> None:
        """Wait for nothing."""
        self.address = ""
        self._timer.stop()

    def _wait_for(self, address: str, *, create: bool) -> None:
        self.address, self._create = address, create
        self._timer.start()
        message = N_("Another program is using the store. It opens as soon as it is free; {key} tries again now.")
        self._problem.hold(Sentence(message, {"key": key_name("F2")}))
        self.changed.emit()
