"""The queue that is chosen in the sidebar: offered from what the store holds, and begun."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.sentence import Sentence
from app.synonyms.annotation.session import LabelSession
from app.synonyms.card.queue_sidebar import QueueSidebar
from core.language import N_
from core.synonyms.queue.config import QueueConfig


class QueueChooser(QObject):
    """Stands between the sidebar and the session.

    Signals:
        message: kind and text of a message for the person at the screen.
        message_withdrawn: a message that is no longer so.
    """

    message = Signal(str, object)
    message_withdrawn = Signal(object)

    def __init__(self, session: LabelSession, sidebar: QueueSidebar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._sidebar = sidebar
        self._message_of_name: object = None
        sidebar.wanted.connect(self._on_wanted)
        sidebar.refused.connect(self._on_refused)
        for signal in (session.opened, session.arranged, session.renewed):
            signal.connect(self.show_people)
        session.progressed.connect(self._show_model)
        session.card_changed.connect(self._show_model)

    @Slot()
    def show_people(self) -> None:
        """Offer annotators and scores of the store, and show the queue that was chosen."""
        self._read_people(lambda _names: None)
        self._sidebar.show_config(self._session.config)

    def _read_people(self, then: Callable[[list[str]], None]) -> None:
        store = self._session.store
        if store is None:
            then([])
            return

        def read() -> tuple[list[str], list[str]]:
            return [each.name for each in store.annotators()], store.table_query().scores()

        def show(read: tuple[list[str], list[str]]) -> None:
            names, scores = read
            if store is self._session.store:
                self._sidebar.show_store(names, scores)
                self._sidebar.show_config(self._session.config)
                then(names)

        self._session.calls.call(read, show, lambda error: self.message.emit("error", str(error)))

    @Slot(object)
    def _on_wanted(self, config: object) -> None:
        assert isinstance(config, QueueConfig)
        former = self._session.annotator
        if self._message_of_name is not None:
            self.message_withdrawn.emit(self._message_of_name)
            self._message_of_name = None
        self._session.arrange(config)
        if config.annotator != former:
            self._read_people(partial(self._greet, config.annotator))
        self._sidebar.show_config(self._session.config)

    def _greet(self, given: str, names: list[str]) -> None:
        annotator = self._session.annotator
        if annotator != given:
            self._say(Sentence(N_("{given} is {name} here."), {"given": given, "name": annotator}))
        elif annotator not in names:
            text = N_(
                "{name} is new here: with the first verdict they join and take a share of the unjudged pairs. "
                "A slip? Choose your name again."
            )
            self._say(Sentence(text, {"name": annotator}))

    def _say(self, sentence: Sentence) -> None:
        self._message_of_name = sentence
        self.message.emit("info", sentence)

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        """A name was refused: the one before stays, on the screen as in the session."""
        self._message_of_name = reason
        self.message.emit("error", reason)

    @Slot()
    def _show_model(self) -> None:
        self._sidebar.show_model(self._session.state.model)
