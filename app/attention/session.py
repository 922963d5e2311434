"""One text under a person's hands: what is wanted, what is asked for, what has come back.

The worker does one thing at a time, and a view may need several (the map, then all heads). So the session keeps,
for each slot, the request that would serve now, and lets the worker do the first that has no answer. A newer request
for the same slot replaces the older one, so what is shown is never older than one forward pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import NoneType
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.options import ViewOptions
from app.attention.state import MAP, AttentionState, Status, Wanted
from app.attention.state import Slot as Place
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.sentence import Sentence
from core.attention.requests import OpenArraysRequest
from core.attention.results import Answer, ModelCard, OpenedArrays
from core.attention.tasks import task_for
from core.language import N_, _
from core.runtime.events import Payload

SETTLE: Final = 150
"""Milliseconds of rest after a key before what can wait is asked for: all heads may cost several maps' time."""

_UNTRAINED: Final = "UntrainedError"
_EXPECTED: Final = frozenset({"AttentionError", "ModelError", _UNTRAINED, "TextError", "NotAvailableError"})
"""Errors whose text is meant for the person at the screen."""
_HOPELESS: Final = frozenset({"TextError", "NotAvailableError"})
"""Errors that come again whenever the same is asked for."""

Wants = Callable[[ViewOptions, AttentionState], tuple[Wanted, ...]]


class Asking(Protocol):
    """What the session knows of a view."""

    @property
    def needs_text(self) -> bool:
        """Whether it shows something about what is typed."""
        ...

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Return what it has to know, the most urgent first."""
        ...


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What can't be done, and what there is to say about it: each page may have its own.

    Attributes:
        request: what was asked for.
        trouble: why not, in one or two sentences.
        is_untrained: a small model of ours has not been trained yet.
        may_go_better: trying again may help.
    """

    request: Any
    trouble: str
    is_untrained: bool
    may_go_better: bool


@dataclass(frozen=True, slots=True)
class _Export:
    """Numbers that are to be written into a file."""

    request: Any
    path: Path


_EXPORT: Final = Place("export", Answer)
_OPENING: Final = Place("arrays", OpenedArrays)


class AttentionSession(QObject):
    """Holds options and state; the verbs of the tab.

    Signals:
        options_changed: something else is wanted.
        answered: the name of the slot whose answer has just come.
        status_changed: the stage has something else to say.
        failed: a ``Sentence`` about something nobody expected.
        noticed: a ``Sentence`` about something that is mended already.
        arrays_opened: what is in a file of arrays, or None and a sentence about what is wrong with it.
        exported: a path that was to be written, and a sentence about what went wrong or None.
    """

    options_changed = Signal()
    answered = Signal(str)
    status_changed = Signal()
    failed = Signal(object)
    noticed = Signal(object)
    exported = Signal(object, object)
    arrays_opened = Signal(object, object)

    LANE: Final = "attention"

    def __init__(self, background: Background, views: Mapping[str, Asking], parent: QObject) -> None:
        """Want nothing yet.

        Args:
            background: where texts are read.
            views: by their id, what can stand on the stage.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._views = views
        self._asked_for = ViewOptions()
        self._options = ViewOptions()
        self._options_of: tuple[ViewOptions, bool, ModelCard | None, ModelCard | None] | None = None
        self._beside: Wants | None = None
        self._awake = False
        self._told: object = None
        self._run = CurrentRun(
            background,
            self.LANE,
            NoneType,
            self,
            progressed=self._on_progressed,
            finished=self._on_finished,
            failed=self._on_failed,
            counts_as_alive=lambda payloads: any(isinstance(payload, Answer) for payload in payloads),
        )
        self._running: Wanted | None = None
        self._refusals: dict[str, _Refusal] = {}
        self._averaged: set[str] = set()
        self._exporting: _Export | None = None
        self._opening: OpenArraysRequest | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE)
        self._settle.timeout.connect(self.go_on)
        self.state = AttentionState()

    @property
    def options(self) -> ViewOptions:
        """What is wanted, as far as the models at hand have it."""
        options, cards = self._asked_for, self.state.cards
        model, other = options.model, options.other_model or options.model
        is_averaged = model in self._averaged or other in self._averaged
        given = options, is_averaged, cards.get(model), cards.get(other)
        if given != self._options_of:  # asked dozens of times for each key typed
            self._options_of = given
            self._options = (options.averaged() if is_averaged else options).within(*given[2:])
        return self._options

    @property
    def asked_for(self) -> ViewOptions:
        """What was wanted, whether or not the models at hand have it."""
        return self._asked_for

    @property
    def is_view_refused(self) -> bool:
        """Whether another view is wanted than the models at hand can serve."""
        return self.options.view != self._asked_for.view

    def is_answered(self, place: Place[Any]) -> bool:
        """Return whether the newest answer of a kind is to what is wanted now."""
        return any(one.slot == place and self._has(one) for one in self._for_the_view())

    @property
    def is_complete(self) -> bool:
        """Whether everything that the view itself asks for is there."""
        wanted = self._of_the_view()
        return bool(wanted) and all(map(self._has, wanted))

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._running is not None or bool(self._missing())

    def wake(self) -> None:
        """Begin to answer: the tab is in front."""
        self._awake = True
        self.go_on()

    def want(self, **changes: Any) -> None:
        """Change the options; what is no longer wanted is dropped, what is new is asked for."""
        options = replace(self._asked_for, **changes)
        if options.source != self._asked_for.source and "masked" not in changes:
            options = replace(options, masked=())
        if options.text != self._asked_for.text and "other_masked" not in changes:
            options = replace(options, other_masked=())
        if changes.keys() & {"layer", "head"} and "chosen" not in changes:  # one is wanted instead of a set
            options = replace(options, chosen=None)
        if options == self._asked_for:
            return
        if (options.text, options.second) != (self._asked_for.text, self._asked_for.second):
            self._settle.start()
        self._asked_for = options
        self.go_on()
        self.options_changed.emit()

    def ask_beside(self, wants: Wants | None) -> None:
        """Ask also for what is shown beside the view; None asks for nothing more."""
        if wants != self._beside:
            self._beside = wants
            self.go_on()

    def retry(self) -> None:
        """Ask again for what was refused: a folder may have been mended."""
        self._refusals.clear()
        self.go_on()

    def say_again(self) -> None:
        """Ask for the map once more, so that its notes and refusals come in the language now in use."""
        self._refusals.clear()
        self.state.requests.pop(MAP.name, None)
        self.go_on()

    def export(self, request: Any, path: Path) -> None:
        """Have the numbers that answer ``request`` written to ``path``; ``exported`` tells how that went."""
        self._exporting = _Export(request, path)
        self.go_on()

    def open_arrays(self, path: Path) -> None:
        """Have a file of weights and tokens read; ``arrays_opened`` tells what is in it."""
        self.state.requests.pop(_OPENING.name, None)
        self._opening = OpenArraysRequest(str(path))
        self.go_on()

    def close(self) -> None:
        """Ask for nothing more."""
        self._awake = False
        self._settle.stop()
        self._forget_run()

    def _has(self, wanted: Wanted) -> bool:
        return bool(self.state.requests.get(wanted.slot.name) == wanted.request)

    def _wanted(self) -> tuple[Wanted, ...]:
        """Return everything that is wanted, the most urgent first."""
        opening = () if self._opening is None else (Wanted(_OPENING, self._opening),)
        exporting = () if self._exporting is None else (Wanted(_EXPORT, self._exporting),)
        return opening + exporting + self._for_the_view()

    def _of_the_view(self) -> tuple[Wanted, ...]:
        options, view = self.options, self._views[self.options.view]
        return view.wants(options, self.state) if options.has_text or not view.needs_text else ()

    def _for_the_view(self) -> tuple[Wanted, ...]:
        """Return what would serve the view and what stands beside it, the most urgent first."""
        wanted = self._of_the_view()
        if not wanted or self._beside is None:
            return wanted
        slots = {one.slot.name for one in wanted}
        return wanted + tuple(one for one in self._beside(self.options, self.state) if one.slot.name not in slots)

    def _missing(self) -> list[Wanted]:
        """Return what is wanted and neither there nor refused; what comes after a refusal would be refused too."""
        missing = []
        for wanted in self._wanted():
            if self._refusal_of(wanted) is not None:
                break
            if not self._has(wanted):
                missing.append(wanted)
        return missing

    @Slot()
    def go_on(self) -> None:
        """Let the worker do the first thing that has no answer, if it isn't at it already."""
        if not self._awake:
            return
        missing = self._missing()
        first = missing[0] if missing else None
        if first is not None and first.at_rest and self._settle.isActive():
            first = None
        if first != self._running and not (first is not None and self._is_loading()):
            if self._running is not None and (first is not None or not missing):
                self._forget_run()
            if first is not None:
                self._start(first)
        self._show_status()

    def _is_loading(self) -> bool:
        """Whether the worker is opening the model that is wanted: ending that would only begin it again.

        It is, until it says that it reads the text part by part, which a newer text need not wait for.
        """
        source = getattr(self._running.request, "source", None) if self._running is not None else None
        if source is None or source.model != self.options.model:
            return False
        preparing = self.state.preparing
        return preparing.total == 0 if preparing is not None else source.model not in self.state.cards

    def _start(self, wanted: Wanted) -> None:
        self._running = wanted
        request = wanted.request
        if isinstance(request, _Export):
            self._run.start("core.attention.export.tables:export", request=request.request, path=request.path)
        else:
            self._run.start(task_for(request).task, request=request)

    def _forget_run(self) -> None:
        self._run.forget(stop=True)
        self._running = self.state.preparing = None

    def _show_status(self) -> None:
        state = self.state
        wanted = self._for_the_view()
        refusal = self._refusal_of(wanted[0]) if wanted else None
        if not wanted:
            if not self.options.has_text:
                state.clear()
            status = Status.EMPTY
        elif refusal is not None:
            status = Status.REFUSED
            state.trouble, state.is_untrained = refusal.trouble, refusal.is_untrained
            state.may_go_better = refusal.may_go_better
        elif wanted[0].slot.name not in state.answers or self._is_another_models(wanted[0]):
            status = Status.WAITING
        else:
            status = Status.SHOWN
        state.status = status
        before, self._told = self._told, (status, self.is_busy, state.preparing)
        if self._told != before or status is Status.REFUSED:
            self.status_changed.emit()

    def _is_another_models(self, wanted: Wanted) -> bool:
        """Return whether what is on the stage was read by another model than the one that is chosen now."""
        shown = getattr(self.state.requests.get(wanted.slot.name), "source", None)
        source = getattr(wanted.request, "source", None)
        return shown is not None and source is not None and shown.model != source.model

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        assert self._running is not None
        wanted, knew = self._running, len(self.state.cards)
        answered = self.state.apply(wanted, payloads)
        if answered:
            self._refusals.pop(wanted.slot.name, None)
        if len(self.state.cards) != knew:
            self._averaged.clear()
            self.options_changed.emit()
        if answered and wanted.slot == _OPENING:
            self._opening = None
            self.arrays_opened.emit(self.state[_OPENING], None)
        elif answered:
            self.answered.emit(wanted.slot.name)
        self._show_status()

    def _on_finished(self, _result: None) -> None:
        wanted, self._running = self._running, None
        assert wanted is not None
        if isinstance(wanted.request, _Export):
            self._exporting = None
            self.exported.emit(wanted.request.path, None)
        self.state.preparing = None
        self.go_on()

    def _on_failed(self, failure: Failure) -> None:
        wanted, self._running = self._running, None
        assert wanted is not None
        self.state.preparing = None
        if failure.has_died and not failure.again:  # it may have ended long before it was asked
            self.noticed.emit(Sentence(N_("The process that runs the model ended unexpectedly. A new one takes over.")))
        elif isinstance(wanted.request, _Export):
            self._exporting = None
            path = wanted.request.path
            unexpected = _("{path} was not saved: {reason}.").format(path=path, reason=failure.message)
            if failure.has_died:  # that may have been after its last step
                unexpected = _("{path} may have been saved or not: {reason}. Save it again.").format(
                    path=path, reason=failure.message
                )
            self.exported.emit(path, failure.message if failure.kind in _EXPECTED else unexpected)
        elif wanted.slot == _OPENING:
            self._opening = None
            self.arrays_opened.emit(None, failure.message)
        elif failure.kind == "NotAvailableError" and (unknown := self._unknown_models()):
            self._averaged |= unknown  # the layer chosen for another model may not be in this one
        else:
            self._refuse(wanted, failure)
        self.go_on()

    def _unknown_models(self) -> set[str]:
        options = self._asked_for
        return {options.model, options.other_model or options.model} - set(self.state.cards) - self._averaged

    def _refuse(self, wanted: Wanted, failure: Failure) -> None:
        unexpected = None
        if failure.has_died:
            unexpected = Sentence(
                N_("The process that runs the model ended unexpectedly. Type or change anything to restart it.")
            )
        elif failure.kind not in _EXPECTED:
            unexpected = Sentence(N_("This text can't be read: {reason}"), {"reason": failure.message})
        self._refusals[wanted.slot.name] = _Refusal(
            wanted.request,
            failure.message if unexpected is None else str(unexpected),
            is_untrained=failure.kind == _UNTRAINED,
            may_go_better=failure.kind not in _HOPELESS,
        )
        if unexpected is not None:
            self.failed.emit(unexpected)

    def _refusal_of(self, wanted: Wanted) -> _Refusal | None:
        """Return why just this is refused; None where it is not."""
        refusal = self._refusals.get(wanted.slot.name)
        return refusal if refusal is not None and refusal.request == wanted.request else None
