"""From state to pictures: what is drawn anew when something was answered or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.drawing.map_content import map_content
from app.attention.evidence_panel import EvidencePanel
from app.attention.session import AttentionSession
from app.attention.state import MAP, Status
from app.attention.views.base import Shown, View, is_same
from app.attention.views.stack import Stage
from core.language import _, current_language

BEHIND: Final = 20
"""Milliseconds by which the evidence follows the stage: the map is painted first."""


class Presenter(QObject):
    """Keeps stage and evidence in step with the session.

    Signals:
        note_changed: what has to be known about the map on screen.
        position_changed: where one is, and the same in fewer words.
    """

    note_changed = Signal(str)
    position_changed = Signal(str, str)

    def __init__(
        self,
        session: AttentionSession,
        views: Mapping[str, View],
        stage: Stage,
        evidence: EvidencePanel,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._views = session, views
        self._stage, self._evidence = stage, evidence
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BEHIND)
        self._later.timeout.connect(self._show_evidence)
        self._has_room = True
        self._beside: tuple[object, ...] = ()
        self._shown_for: tuple[object, ...] = ()
        session.answered.connect(self._on_answered)
        session.status_changed.connect(self.show_status)

    @property
    def view(self) -> View:
        """The view that is wanted."""
        return self._views[self._session.options.view]

    @property
    def shown(self) -> Shown:
        """What it has to show."""
        session = self._session
        return Shown(session.options, session.state, session.is_complete)

    def show_options(self) -> None:
        """Bring the wanted view to the front, in the wanted colours."""
        self._evidence.leave_out(self.view.picture)
        is_shown = self._session.state.status is Status.SHOWN
        if not is_shown or not is_same(self._shown_for, self._now()):  # else a new status has shown it already
            self._stage.show_view(self.view)
            self.show_status()

    def make_room(self, *, evidence: bool) -> None:
        """Say whether there is room for the evidence beside the stage."""
        self._has_room = evidence
        self._show_or_hide_evidence()

    def _show_or_hide_evidence(self) -> None:
        has_evidence = self._has_room and self.view.has_evidence
        self._evidence.setVisible(has_evidence and self._session.state.status is Status.SHOWN)
        self._session.ask_beside(self._evidence.wants if has_evidence else None)

    @Slot()
    def show_status(self) -> None:
        """Show the view, or say why there is nothing to see."""
        is_shown = self._session.state.status is Status.SHOWN
        if is_shown:
            self._stage.show_view(self.view)
        else:
            self._say_why_empty()
            self._stage.show_empty_state()
        self._show_or_hide_evidence()
        self._show()

    def _say_why_empty(self) -> None:
        state, options, empty = self._session.state, self._session.options, self._stage.empty_state
        waiting = state.preparing
        if state.status is Status.EMPTY:
            missing = self.view.what_is_missing(options) if options.has_text else ""
            if missing:
                empty.show_reason(
                    missing, button=self.view.remedy or _("Type the second sentence"), picture=self.view.spec.icon
                )
            else:
                text = _("Type a sentence above to see what the model attends to.")
                empty.show_reason(text, button=_("Start with an example"), picture="attention")
        elif state.status is Status.REFUSED:
            if state.is_untrained:
                button = _("Train it live")
            else:
                button = _("Try again") if state.may_go_better else self.view.remedy
            empty.show_reason(state.trouble, button=button, picture="warning", primary=state.is_untrained)
        elif state.status is Status.WAITING:
            text = waiting.message if waiting is not None else _("Starting the model: a few seconds the first time…")
            parts = (waiting.done, waiting.total) if waiting is not None else (0, 0)
            empty.show_reason(text, picture="attention", parts=parts)

    @Slot(str)
    def _on_answered(self, _slot: str) -> None:
        self._show()

    def _show(self) -> None:
        """Show what is there: on the stage at once, beside it a moment later."""
        shown = self.shown
        self._shown_for = self._now()
        self.view.show(shown)
        if self.view.has_evidence:
            self._evidence.show_heads(shown)
            self._show_map_beside(shown)
        self._show_words(shown)

    def _now(self) -> tuple[object, ...]:
        """Return what a picture of the same answers depends on."""
        return self._session.options, current_language()

    def _show_map_beside(self, shown: Shown) -> None:
        found, options = shown[MAP], shown.options
        beside = (found, options.colormap, options.scale)
        if is_same(self._beside, beside):
            return
        self._beside = beside
        if self._evidence.isVisible() and found is not None:
            self._later.start()
        else:
            self._show_evidence()

    @Slot()
    def _show_evidence(self) -> None:
        shown = self.shown
        found, options = shown[MAP], shown.options
        if found is None:
            self._evidence.show_content(None, ())
        else:
            self._evidence.show_content(map_content(found, options.colormap, options.scale), found.texts)

    def _show_words(self, shown: Shown) -> None:
        """Say what has to be known about the view, and in the transport where one is and what it took."""
        state, is_shown = shown.state, shown.state.status is Status.SHOWN
        self.note_changed.emit(self.view.note(shown) if is_shown else "")
        position = self.view.position(shown) if is_shown else None
        if state.preparing is not None:
            words = brief = state.preparing.message
        elif position is not None:
            words, brief = position
        else:
            words = brief = _("Reading …") if state.status is Status.WAITING else ""
        self.position_changed.emit(words, brief)
