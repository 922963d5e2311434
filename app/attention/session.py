"""One text under a person's hands: what is wanted, what is asked for, what has come back.

The worker does one thing at a time, and a view may need several (the map, then all heads). So the session keeps,
for each kind of answer, the request that would serve now, and lets the worker do the first that has no answer. A
newer request of the same kind replaces the older one, so what is shown is never older than one forward pass.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.options import ViewOptions
from app.attention.state import AttentionState, Status
from app.attention.state import Slot as Kind
from app.attention.views.steps.formulas import FORMULAS
from app.background import Background, Run
from app.sentence import Sentence
from core.attention.results import Token
from core.language import N_, _
from core.runtime.events import Failed
from core.runtime.lane import WORKER_DIED
from core.runtime.task import Job

SETTLE: Final = 150
"""Milliseconds of rest after a key before all heads are drawn: they may cost several maps' time."""

_TASKS: Final[dict[Kind, str]] = {
    "map": "core.attention.tasks.attention_map:attend",
    "heads": "core.attention.tasks.attention_map:attend",
    "pieces": "core.attention.tasks.attention_map:attend",
    "steps": "core.attention.tasks.steps:step_through",
    "comparison": "core.attention.tasks.comparison:compare",
    "alignment": "core.attention.tasks.alignment:align",
    "formulas": "core.formulas:typeset",
    "export": "core.attention.export.tables:export",
}
_EXPECTED: Final = frozenset({"AttentionError", "ModelError", "TextError", "NotAvailableError"})
"""Errors whose text is meant for the person at the screen."""
_HOPELESS: Final = frozenset({"TextError", "NotAvailableError"})
"""Errors that come again whenever the same is asked for."""


class AttentionSession(QObject):
    """Holds the options and the state; the verbs of the tab.

    Signals:
        options_changed: something else is wanted.
        answered: the kind of answer that has just come.
        status_changed: the stage has something else to say.
        failed: a ``Sentence`` about something nobody expected.
        noticed: a ``Sentence`` about something that is mended already.
        exported: a path that was to be written, and a sentence about what went wrong or None.
    """

    options_changed = Signal()
    answered = Signal(str)
    status_changed = Signal()
    failed = Signal(object)
    noticed = Signal(object)
    exported = Signal(object, object)

    LANE: Final = "attention"

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._asked_for: ViewOptions = ViewOptions()
        self._query: Token | None = None
        self._with_heads = True
        self._awake = False
        self._shown: object = None
        self._has_died = False
        self._run: Run | None = None
        self._running: tuple[Kind, Any] | None = None
        self._answers: dict[Kind, Any] = {}
        self._refusals: dict[Kind, Any] = {}
        self._averaged: set[str] = set()
        self._exporting: tuple[Any, Path] | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self._go_on)
        self.state = AttentionState()

    @property
    def options(self) -> ViewOptions:
        """What is wanted, as far as the models at hand have it."""
        options = self._asked_for
        cards = self.state.cards
        model, other = options.model, options.other_model or options.model
        if model in self._averaged or other in self._averaged:
            options = options.averaged()
        return options.within(cards.get(model), cards.get(other))

    @property
    def query(self) -> Token | None:
        """Whose three steps are asked for; None for the first typed piece."""
        return self._query

    def is_answered(self, kind: Kind) -> bool:
        """Return whether the newest answer of a kind is to what is wanted now."""
        return (kind, self._answers.get(kind)) in self._for_the_view()

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._running is not None or bool(self._missing())

    def wake(self) -> None:
        """Begin to answer: the tab is in front."""
        self._awake = True
        self._go_on()

    def want(self, **changes: Any) -> None:
        """Change the options; what is no longer wanted is dropped, what is new is asked for."""
        options = replace(self._asked_for, **changes)
        if options.source != self._asked_for.source and "masked" not in changes:
            options = replace(options, masked=())
        if options == self._asked_for:
            return
        if (options.text, options.second) != (self._asked_for.text, self._asked_for.second):
            self._settle.start()
        self._asked_for = options
        self._go_on()
        self.options_changed.emit()

    def ask_steps_of(self, token: Token | None) -> None:
        """Choose whose three steps are shown: the piece at ``token``'s place, or the first typed one."""
        if token != self._query:
            self._query = token
            self._go_on()

    def show_heads(self, on: bool) -> None:
        """Say whether all heads are in sight; while they aren't, they aren't asked for."""
        if on != self._with_heads:
            self._with_heads = on
            self._go_on()

    def retry(self) -> None:
        """Ask again for what was refused: a folder may have been mended."""
        self._refusals.clear()
        self._go_on()

    def say_again(self) -> None:
        """Ask for the map once more, so that its notes and refusals come in the language now in use."""
        self._refusals.clear()
        if "map" in self._answers:
            self._answers["map"] = None
        self._go_on()

    def export(self, path: Path) -> None:
        """Have the numbers on the stage written to ``path``; ``exported`` tells how that went."""
        wanted = self._for_the_view()
        if not wanted:
            self.exported.emit(path, _("There is nothing to keep yet."))
            return
        on_stage = {"heads": "heads", "steps": "steps"}.get(self.options.view, wanted[0][0])
        if on_stage == "heads" and path.suffix.lower() != ".csv":
            on_stage = "map"  # its arrays hold all heads
        self._exporting = (dict(wanted).get(on_stage, wanted[0][1]), path)
        self._go_on()

    def query_index(self) -> int | None:
        """Return which of the pieces the three steps are about; None before the pieces are there."""
        pieces = self.state.pieces
        if pieces is None or not pieces.rows:
            return None
        token = self._query
        if token is not None:
            for index, row in enumerate(pieces.rows):
                if row == token:
                    return index
            for index, row in enumerate(pieces.rows):
                if row.sentence == token.sentence and row.start < token.end and token.start < row.end:
                    return index
        return next((index for index, row in enumerate(pieces.rows) if not row.special and row.text.strip()), 0)

    def close(self) -> None:
        """Ask for nothing more."""
        self._awake = False
        self._settle.stop()
        self._forget_run()

    def _wanted(self) -> list[tuple[Kind, Any]]:
        """Return everything that is wanted, the most urgent first."""
        export: list[tuple[Kind, Any]] = [] if self._exporting is None else [("export", self._exporting)]
        return export + self._for_the_view()

    def _for_the_view(self) -> list[tuple[Kind, Any]]:
        """Return what would serve the view, the most urgent first."""
        options = self.options
        if not options.has_text:
            return []
        if options.view == "comparison":
            return [("comparison", options.comparison())]
        if options.view == "alignment":
            return [("alignment", options.alignment())] if options.has_second else []
        if options.view == "steps":
            pieces = options.pieces()
            wanted: list[tuple[Kind, Any]] = [("pieces", pieces)]
            query = self.query_index()
            if self._answers.get("pieces") == pieces and query is not None:
                wanted.append(("steps", options.steps(query)))
            wanted.append(("formulas", FORMULAS))
            return wanted
        if options.view == "heads":
            return [("heads", options.heads()), ("map", options.attention())]
        heads: list[tuple[Kind, Any]] = [("heads", options.heads())] if self._with_heads else []
        return [("map", options.attention()), *heads]

    def _missing(self) -> list[tuple[Kind, Any]]:
        """Return what is wanted and neither there nor refused; what comes after a refusal would be refused too."""
        missing = []
        for kind, request in self._wanted():
            if self._refusals.get(kind) == request:
                break
            if self._answers.get(kind) != request:
                missing.append((kind, request))
        return missing

    @Slot()
    def _go_on(self) -> None:
        """Let the worker do the first thing that has no answer, if it isn't at it already."""
        if not self._awake:
            return
        missing = self._missing()
        first = missing[0] if missing else None
        if first is not None and first[0] == "heads" and self._settle.isActive() and self.options.view != "heads":
            first = None
        if first != self._running and not (first is not None and self._is_loading()):
            if self._run is not None and (first is not None or not missing):
                self._forget_run()
            if first is not None:
                self._start(*first)
        self._show_status()

    def _is_loading(self) -> bool:
        """Whether the worker is opening the model that is wanted: ending that would only begin it again.

        It is, until it says that it reads the text part by part, which a newer text need not wait for.
        """
        if self._running is None:
            return False
        kind, request = self._running
        if kind not in ("map", "heads") or request.source.model != self.options.model:
            return False
        preparing = self.state.preparing
        return preparing.total == 0 if preparing is not None else request.source.model not in self.state.cards

    def _start(self, kind: Kind, request: Any) -> None:
        self._running = (kind, request)
        arguments = dict(zip(("request", "path"), request, strict=True)) if kind == "export" else {"request": request}
        run = self._background.start(self.LANE, Job(_TASKS[kind], arguments))
        run.progressed.connect(self._on_progressed)
        run.finished.connect(self._on_finished)
        run.failed.connect(self._on_failed)
        self._run = run

    def _forget_run(self) -> None:
        if self._run is not None:
            self._run.progressed.disconnect(self._on_progressed)
            self._run.finished.disconnect(self._on_finished)
            self._run.failed.disconnect(self._on_failed)
            self._run.cancel()
        self._run = self._running = self.state.preparing = None

    def _show_status(self) -> None:
        state = self.state
        wanted = self._for_the_view()
        refused = bool(wanted) and self._refusals.get(wanted[0][0]) == wanted[0][1]
        if not wanted:
            if not self.options.has_text:
                state.clear()
                formulas = self._answers.get("formulas")
                self._answers = {} if formulas is None else {"formulas": formulas}
            status = Status.EMPTY
        elif refused:
            status = Status.REFUSED
        elif any(kind not in self._answers for kind, _request in wanted[:1]):
            status = Status.WAITING
        else:
            status = Status.SHOWN
        state.status = status
        before, self._shown = self._shown, (status, self.is_busy, state.preparing)
        if self._shown != before or status is Status.REFUSED:
            self.status_changed.emit()

    @Slot(object)
    def _on_progressed(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        assert self._running is not None
        kind, request = self._running
        knew = len(self.state.cards)
        if self.state.apply(kind, payloads):
            self._answers[kind] = request
            self._refusals.pop(kind, None)
            self._has_died = False
        if len(self.state.cards) != knew:
            self._averaged.clear()
            self.options_changed.emit()
        if self._answers.get(kind) == request:
            self.answered.emit(kind)
        self._show_status()

    @Slot(object)
    def _on_finished(self, _result: object) -> None:
        exported = self._exporting if self._running is not None and self._running[0] == "export" else None
        self._run = self._running = None
        if exported is not None:
            self._exporting = None
            self.exported.emit(exported[1], None)
        self.state.preparing = None
        self._go_on()

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        assert self._running is not None
        kind, request = self._running
        self._run = self._running = None
        self.state.preparing = None
        if event.kind == WORKER_DIED and not self._has_died:  # it may have ended long before it was asked
            self._has_died = True
            self.noticed.emit(Sentence(N_("The process that reads texts ended unexpectedly. A new one reads on.")))
            self._go_on()
            return
        if kind == "export":
            self._exporting = None
            unexpected = _("{path} was not saved: {reason}.").format(path=request[1], reason=event.message)
            self.exported.emit(request[1], event.message if event.kind in _EXPECTED else unexpected)
            self._go_on()
            return
        options = self._asked_for
        unknown = {options.model, options.other_model or options.model} - set(self.state.cards) - self._averaged
        if event.kind == "NotAvailableError" and unknown:
            self._averaged |= unknown  # the layer chosen for another model may not be in this one
            self._go_on()
            return
        self._refusals[kind] = request
        self.state.may_go_better = event.kind not in _HOPELESS
        if event.kind == WORKER_DIED:
            died = Sentence(N_("The process that reads texts ended unexpectedly. Type or choose anything to go on."))
            self._fail(died)
        elif event.kind in _EXPECTED:
            self.state.trouble = event.message
        else:
            self._fail(Sentence(N_("This text couldn't be read: {reason}"), {"reason": event.message}))
        self._go_on()

    def _fail(self, trouble: Sentence) -> None:
        self.state.trouble = str(trouble)
        self.failed.emit(trouble)
