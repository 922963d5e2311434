"""Which pairs the table is asked for, in which order, and asking a worker for them."""

from __future__ import annotations

from collections.abc import Container
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from app.background import Background
from app.synonyms.annotation.session import TABLE_LANE, LabelSession
from app.synonyms.question import Question
from core.language import N_
from core.runtime.events import Payload
from core.synonyms.store import Sort
from core.synonyms.store.rows import AS_ADDED, Filter
from core.synonyms.store.table_task import TableOrder

_GROWING_EVERY: Final = 1500
"""Milliseconds between two looks at a store that is being filled."""


class PairOrder(QObject):
    """The filter and the sort of the table; the newest question is the one that is answered.

    Attributes:
        sort: by which column the pairs are sorted.
        milliseconds: from the last question to its answer.

    Signals:
        found: a ``TableOrder``, and whether it answers another filter or sort than the one before.
        unknown: there is no answer, which has been said.
    """

    found = Signal(object, bool)
    unknown = Signal()

    def __init__(self, background: Background, session: LabelSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sort: Sort = AS_ADDED
        self.milliseconds = 0.0
        self._where = Filter()
        self._session = session
        self._background = background
        self._is_warm = False
        self._is_other = False
        self._waited = QElapsedTimer()
        self._question = Question(
            background, TABLE_LANE, session, self,
            message=N_("The table can't be shown: {reason} Press {key} to try again."), key="F3",
            answered=self._on_progressed, failed=self.unknown.emit,
        )  # fmt: skip
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_GROWING_EVERY)
        self._growing.timeout.connect(self.ask)

    @property
    def is_known(self) -> bool:
        """Whether it was answered which pairs there are; before that, nothing is known of them."""
        return self._question.is_answered

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._question.is_asking

    @property
    def has_failed(self) -> bool:
        """Whether there is no answer, and none is waited for."""
        return self._question.has_failed

    def warm(self) -> None:
        """Let the worker start, if it never did: the first question then does not wait for that."""
        if not self._is_warm:
            self._is_warm = True
            self._background.warm(TABLE_LANE)

    def want(self, *, where: Filter | None = None, sort: Sort | None = None) -> None:
        """Ask with another filter or sort; None leaves the one there is."""
        self._where = self._where if where is None else where
        self.sort = self.sort if sort is None else sort
        self._is_other = True
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask which pairs match, in which order."""
        if not self._session.address:
            return
        self._waited.start()
        self._question.ask(
            "core.synonyms.store.table_task:order_table",
            store=self._session.address, where=self._where, order=self.sort, seen_by=self._session.seen_by,
        )  # fmt: skip

    def narrow(self, where: Filter) -> None:
        """Ask with this filter from the next question on."""
        self._where = where

    def forget(self) -> None:
        """Hear no answer to what was asked: it was about another store, or of what may not be seen any more."""
        self._question.forget()

    def ask_soon(self) -> None:
        """Ask again in a while: pairs are being added, and not each of them is worth a question."""
        if not self._growing.isActive():
            self._growing.start()

    def ask_no_more(self) -> None:
        """Forget what :meth:`ask_soon` was told."""
        self._growing.stop()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        found = next((payload for payload in payloads if isinstance(payload, TableOrder)), None)
        if found is not None:
            self.milliseconds = self._waited.nsecsElapsed() / 1e6
            is_other, self._is_other = self._is_other, False
            self.found.emit(found, is_other)

    def save_sort(self) -> list[Any]:
        """Return the column and whether it descends."""
        return [self.sort.column, self.sort.descending]


def sort_in(saved: object, columns: Container[str]) -> Sort | None:
    """Return the sort that :meth:`PairOrder.save_sort` gave, if one of ``columns`` is sorted by; else None."""
    match saved:
        case [str(column), bool(descending)] if column == AS_ADDED.column or column in columns:
            return Sort(column, descending)
        case _:
            return None
