"""Something a worker is asked that changes nothing: it is asked again where the worker has died."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from app.actions import key_name
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from app.synonyms.annotation.session import LabelSession
from core.runtime.events import Payload


class Question(QObject):
    """The newest question in a lane, and what is known of its answer.

    A worker that has died is replaced and asked once more, in silence. What fails then, or otherwise, is said with the
    key that asks again, and taken back as soon as there is an answer.

    Attributes:
        is_answered: an answer has come since the last :meth:`forget`: before it nothing is known, not even "none".
        has_failed: there is none, and none is under way.
    """

    def __init__(
        self,
        background: Background,
        lane: str,
        session: LabelSession,
        parent: QObject,
        *,
        message: str,
        key: str,
        answered: Callable[[tuple[Payload, ...]], object],
        failed: Callable[[], object],
    ) -> None:
        """Ask nothing yet.

        Args:
            background: where it is asked.
            lane: of which worker.
            session: through which what fails is said.
            parent: the QObject that owns it.
            message: what fails, with ``{reason}`` and ``{key}``, marked with ``N_``.
            key: that asks again.
            answered: takes the payloads.
            failed: hears that there is no answer.
        """
        super().__init__(parent)
        self.is_answered = False
        self.has_failed = False
        self._session = session
        self._message, self._key = message, key
        self._take, self._hear_failed = answered, failed
        self._asked: tuple[str, dict[str, Any]] = ("", {})
        self._said: Sentence | None = None
        self._run = CurrentRun(
            background, lane, type(None), self, progressed=self._on_progressed, failed=self._on_failed
        )  # fmt: skip

    @property
    def is_asking(self) -> bool:
        """Whether an answer, or more of it, is awaited."""
        return self._run.is_running

    def ask(self, task: str, **arguments: Any) -> None:
        """Ask ``task`` (named by text) with ``arguments``."""
        self._asked = (task, arguments)
        self.has_failed = False
        self._run.start(task, **arguments)

    def forget(self) -> None:
        """Hear no answer any more, and know nothing."""
        self._run.forget()
        self.is_answered = self.has_failed = False

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        self.is_answered, self.has_failed = True, False
        if self._said is not None:
            self._session.resolved.emit(self._said)
            self._said = None
        self._take(payloads)

    def _on_failed(self, failure: Failure) -> None:
        if failure.has_died and not failure.again:
            task, arguments = self._asked
            self._run.start(task, **arguments)
            return
        self.has_failed = True
        if self._said is not None:
            self._session.resolved.emit(self._said)
        self._said = Sentence(self._message, {"reason": failure.message, "key": key_name(self._key)})
        self._session.failed.emit(self._said)
        self._hear_failed()
