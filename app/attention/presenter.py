"""From state to pictures: which views are drawn anew when something was answered, wished or picked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.drawing.map_content import bar_content, gallery_bar_content, map_content
from app.attention.evidence_panel import Evidence
from app.attention.layout_rules import WITH_EVIDENCE
from app.attention.options import View
from app.attention.selection import Picks
from app.attention.session import AttentionSession
from app.attention.state import Status
from app.attention.views.readout import read_place
from app.attention.views.stack import Stage
from core.attention.requests import Ramp, Scale
from core.attention.results import AttentionMap
from core.language import _

BEHIND: Final = 20
"""Milliseconds by which the evidence follows the stage: the map is painted first."""


class Display(QObject):
    """Keeps stage and evidence in step with the session.

    Signals:
        note_changed: what has to be known about the map on screen.
        position_changed: where one is, and the same in fewer words.
    """

    note_changed = Signal(str)
    position_changed = Signal(str, str)

    def __init__(
        self, session: AttentionSession, picks: Picks, stage: Stage, evidence: Evidence, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._picks = session, picks
        self._stage, self._evidence = stage, evidence
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BEHIND)
        self._later.timeout.connect(self._show_evidence)
        self._has_room = True
        self._is_about_it = True  # the last answers are about what is wanted, or the moment before it
        self._drawn_for: tuple[View, Ramp, Scale] | None = None
        session.answered.connect(self._on_answered)
        session.status_changed.connect(self.show_status)
        picks.changed.connect(self.show_reading)
        picks.hovered.connect(self.show_reading)

    def show_wish(self) -> None:
        """Bring the wanted view to the front, in the wanted colours."""
        wish = self._session.wish
        self._stage.show_view(wish.view)
        self._evidence.show_view(wish.view)
        for mosaic in (self._stage.mosaic, self._evidence.mosaic):
            mosaic.show_current(wish.layer, wish.head)
        if self._drawn_for != (wish.view, wish.ramp, wish.scale):
            self._drawn_for = (wish.view, wish.ramp, wish.scale)
            self._show_map()
            self._show_gallery()
        self._show_bar()
        self._show_special_views()
        self.show_status()

    def make_room(self, *, evidence: bool) -> None:
        """Say whether there is room for the evidence beside the stage."""
        self._has_room = evidence
        self._show_or_hide_evidence()

    def _show_or_hide_evidence(self) -> None:
        view = self._session.wish.view
        seen = self._has_room and self._session.state.status is Status.SHOWN and view in WITH_EVIDENCE
        self._evidence.setVisible(seen)
        self._session.show_heads(on=self._has_room or view == "heads")

    @Slot()
    def show_reading(self) -> None:
        """Show the numbers of what is picked."""
        reading = read_place(self._shown(), self._picks)
        self._stage.readout.show_reading(reading)
        self._stage.matrix.setAccessibleDescription(f"{reading.place} {reading.weight}")

    @Slot()
    def show_status(self) -> None:
        """Show the view, or say why there is nothing to see."""
        state = self._session.state
        notice, wish = self._stage.notice, self._session.wish
        waiting = state.preparing
        if state.status is Status.EMPTY and wish.has_text and wish.view == "alignment":
            notice.tell("link", _("An alignment needs two sentences: type the second one below the first."))
        elif state.status is Status.EMPTY:
            notice.tell("attention", _("Type a sentence above, and see what the model attends to."), example=True)
        elif state.status is Status.REFUSED:
            notice.tell("warning", state.trouble, retry=state.may_go_better)
        elif state.status is Status.WAITING:
            text = waiting.message if waiting is not None else _("Starting the model: a few seconds the first time …")
            parts = (waiting.done, waiting.total) if waiting is not None else (0, 0)
            notice.tell("attention", text, parts=parts)
        is_about_it = state.status is not Status.REFUSED
        if state.status is Status.EMPTY or is_about_it is not self._is_about_it:
            self._is_about_it = is_about_it
            self._show_map()
            self._show_gallery()
        self._show_or_hide_evidence()
        if state.status is Status.SHOWN:
            self._stage.show_view(wish.view)
        else:
            self._stage.show_notice()
        self._show_words()

    @Slot(str)
    def _on_answered(self, kind: str) -> None:
        if kind == "map":
            self._show_map()
        elif kind == "heads":
            self._show_gallery()
        else:
            self._show_special_views()
        self._show_words()

    def _shown(self) -> AttentionMap | None:
        return self._session.state.map if self._is_about_it else None

    def _show_map(self) -> None:
        shown, wish = self._shown(), self._session.wish
        if shown is None:
            self._picks.follow((), ())
            content = None
        else:
            self._picks.follow(shown.rows, shown.columns)
            content = map_content(shown, wish.ramp, wish.scale)
        self._stage.matrix.show_map(content)
        self._stage.lines.show_map(content)
        self._show_bar()
        if self._evidence.isVisible() and content is not None:
            self._later.start()
        else:
            self._show_evidence()
        self.show_reading()

    @Slot()
    def _show_evidence(self) -> None:
        shown, wish = self._shown(), self._session.wish
        if shown is None:
            self._evidence.show_content(None, ())
        else:
            self._evidence.show_content(map_content(shown, wish.ramp, wish.scale), shown.texts)

    def _show_bar(self) -> None:
        shown, wish = self._shown(), self._session.wish
        if wish.view == "heads":
            self._stage.bar.show_bar(gallery_bar_content(wish.ramp, wish.scale))
        else:
            content = bar_content(shown.weights, wish.ramp, wish.scale) if shown is not None else None
            if shown is not None and content is not None and wish.view == "map":
                limits = map_content(shown, wish.ramp, wish.scale).has_limits
                content = replace(content, has_limits=limits)
            self._stage.bar.show_bar(content)

    def _show_gallery(self) -> None:
        gallery, wish = self._session.state.gallery if self._is_about_it else None, self._session.wish
        for mosaic in (self._stage.mosaic, self._evidence.mosaic):
            mosaic.show_gallery(gallery, wish.ramp, wish.scale)

    def _show_special_views(self) -> None:
        state, wish, stage = self._session.state, self._session.wish, self._stage
        if wish.view == "steps":
            stage.steps.show_formulas(state.formulas)
            stage.steps.show_steps(state.steps, state.steps_pieces, wish.temperature, wish.masked)
        elif wish.view == "compare":
            stage.compare.show_comparison(state.comparison, wish.ramp, wish.scale)
        elif wish.view == "alignment":
            stage.alignment.show_alignment(state.alignment, wish.ramp, self._picks.pinned_token())

    def _show_words(self) -> None:
        """Say what has to be known about the view, and in the transport where one is and what it took."""
        state, view = self._session.state, self._session.wish.view
        shown = state.on_stage(view) if state.status is Status.SHOWN else None
        self.note_changed.emit(shown.note if shown is not None else "")
        aligned = state.alignment
        if state.preparing is not None:
            words = brief = state.preparing.message
        elif shown is not None:
            took = sum(shown.milliseconds.values())
            words = _("{units} rows · {tokens} tokens · {ms:.0f} ms").format(
                units=len(shown.rows), tokens=shown.tokens, ms=took
            )
            brief = _("{tokens} tokens · {ms:.0f} ms").format(tokens=shown.tokens, ms=took)
        elif view == "alignment" and state.status is Status.SHOWN and aligned is not None:
            words = brief = _("{rows} × {columns} rows and columns").format(
                rows=len(aligned.rows), columns=len(aligned.columns)
            )
        else:
            words = brief = _("Reading …") if state.status is Status.WAITING else ""
        self.position_changed.emit(words, brief)
